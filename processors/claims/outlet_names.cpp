#include "processors/claims/outlet_names.h"

#include <algorithm>

#include "processors/match/fold.h"

namespace steppe {
namespace {

/// Folded words with one space between them.
std::string plain(std::string_view name) {
  std::string words;
  for (const char c : fold(name)) {
    if (c != ' ' || (!words.empty() && words.back() != ' ')) words += c;
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

}  // namespace

OutletNames::OutletNames(std::span<const ActorEntry> actors) {
  for (const ActorEntry& actor : actors) {
    if (actor.is("person")) continue;
    add(actor.name, actor.key);
    for (const std::string& form : actor.forms) add(form, actor.key);
  }
}

// Of a pattern its literal part: "^tass", "kazinform*". Regular expressions are no names.
void OutletNames::add(std::string_view form, const std::string& key) {
  if (form.starts_with('/')) return;
  if (form.starts_with('^')) form.remove_prefix(1);
  form = form.substr(0, form.find('*'));
  const auto [known, fresh] = keys_.try_emplace(plain(form), key);
  if (!fresh && known->second != key) known->second.clear();
}

std::string_view OutletNames::key_of(std::string_view name) const {
  for (const std::string_view each : {name, name.substr(0, name.find_first_of("(,"))}) {
    const std::string words = plain(each);
    const auto found = keys_.find(words);
    if (!words.empty() && found != keys_.end()) return found->second;
  }
  return {};
}

}  // namespace steppe
