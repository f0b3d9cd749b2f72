#include "processors/figures/quantity.h"

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
  std::uint32_t covered = 0;
  for (const std::uint32_t token : text.counters()) {
    while (date < dates.size() && dates[date].last <= token) ++date;
    const bool dated = date < dates.size() && dates[date].first <= token;
    if (token < covered || dated || !may_begin(text, token)) continue;
    const std::uint32_t limit = date < dates.size() ? dates[date].first : text.size();
    const std::optional<Quantity> quantity = reader.read(token, limit);
    if (!quantity) continue;
    covered = quantity->number_last;
    out.push_back(*quantity);
  }
}

}  // namespace steppe
