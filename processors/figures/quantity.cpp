#include "processors/figures/quantity.h"

#include <algorithm>

#include "processors/figures/quantity_reader.h"

namespace steppe {

std::string_view to_string(Reject reject) {
  switch (reject) {
    case Reject::kNone: return "none";
    case Reject::kYear: return "year";
    case Reject::kOrdinal: return "ordinal";
    case Reject::kGlued: return "glued";
    case Reject::kBefore: return "before";
    case Reject::kUnit: return "unit";
    case Reject::kClock: return "clock";
    case Reject::kFraction: return "fraction";
  }
  return "none";
}

namespace {

bool may_begin(const AnnotatedText& text, std::uint32_t token) {
  constexpr Roles kOpeners =
      roles_of(LexemeRole::kNumber, LexemeRole::kMultiplier, LexemeRole::kVague);
  return text.tokens()[token].kind == TokenKind::kNumber || (text.roles_at(token) & kOpeners) != 0;
}

}  // namespace

void find_quantities(const AnnotatedText& text, std::span<const DateMention> dates,
                     std::vector<Quantity>& out) {
  out.clear();
  QuantityReader reader(text);
  std::size_t date = 0;
  for (std::uint32_t token = 0; token < text.size();) {
    while (date < dates.size() && dates[date].last <= token) ++date;
    if (date < dates.size() && dates[date].first <= token) {
      token = dates[date].last;
      continue;
    }
    if (!may_begin(text, token)) {
      ++token;
      continue;
    }
    const std::uint32_t limit = date < dates.size() ? dates[date].first : text.size();
    std::optional<Quantity> quantity = reader.read(token, limit);
    if (!quantity) {
      ++token;
      continue;
    }
    token = std::max(quantity->number_last, token + 1);
    out.push_back(*quantity);
  }
}

}  // namespace steppe
