#include "processors/claims/place_site.h"

#include <algorithm>

namespace steppe {

Site::Site(const AnnotatedText& all, const PlaceMention& one, const Sentence& around)
    : text(all), place(one), sentence(around) {
  if (place.first == 0) return;
  const Token& before = text.tokens()[place.first - 1];
  if (before.kind == TokenKind::kLineEnd) return;
  so_far = text.folded().substr(0, before.end);
  if (before.kind != TokenKind::kHan) word_bytes = before.end - before.begin;
}

bool stands_before(const Site& site, const std::vector<std::string>& words) {
  if (site.so_far.empty()) return false;
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const bool may_be =
        site.word_bytes == 0 ? word.back() == site.so_far.back() : word.size() == site.word_bytes;
    return may_be && site.so_far.ends_with(word);
  });
}

std::uint32_t end_with_kind(const Site& site) {
  const Mark* kind = site.text.find(site.place.last, LexemeRole::kPlaceKind);
  return kind == nullptr ? site.place.last : kind->last;
}

bool has_ending(const Site& site, const std::vector<std::string>& endings) {
  if (endings.empty()) return false;
  const std::uint32_t last = end_with_kind(site) - 1;
  const std::string_view word = site.text.folded_token(last);
  std::size_t own = 1;  // bytes of the name without an ending
  if (last < site.place.last) {
    const std::string_view name = site.entry().kk;
    own = name.size() - std::min(name.size(), name.rfind(' ') + 1);
  }
  return std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
    return word.size() >= own + ending.size() && word.ends_with(ending);
  });
}

namespace {

/// "-lyk": who is from there; "kalalyk" behind the name is of the town, not from it.
bool has_people_ending(const Site& site) {
  return end_with_kind(site) == site.place.last && has_ending(site, site.ways().people_endings);
}

}  // namespace

bool ends_whence(const Site& site) {
  return has_ending(site, site.ways().from_endings) || has_people_ending(site);
}

bool is_whence(const Site& site) {
  return stands_before(site, site.ways().from) || ends_whence(site);
}

bool is_inside(const Site& site) {
  const auto& ways = site.ways();
  if (ways.in.empty() && ways.in_endings.empty()) return true;
  return stands_before(site, ways.in) || has_ending(site, ways.in_endings);
}

}  // namespace steppe
