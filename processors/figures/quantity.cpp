#include "processors/figures/quantity.h"

#include "processors/figures/quantity_reader.h"

namespace steppe {

std::string_view to_string(Reject reject) {
  switch (reject) {
    case Reject::kNone: return "nothing says that it counts what figures count";
    case Reject::kYear: return "a year";
    case Reject::kOrdinal: return "an ordinal";
    case Reject::kGlued: return "part of a name or an age";
    case Reject::kBefore: return "an age, an article or the number of something";
    case Reject::kUnit: return "of days, percent, cases or other things";
    case Reject::kClock: return "a time of day";
    case Reject::kFraction: return "a fraction of what has none";
  }
  return {};
}

namespace {

bool may_begin(const AnnotatedText& text, std::uint32_t token) {
  constexpr Roles kOpeners =
      roles_of(LexemeRole::kNumber, LexemeRole::kMultiplier, LexemeRole::kVague);
  return text.tokens()[token].kind == TokenKind::kNumber || (text.roles_at(token) & kOpeners) != 0;
}

/// "Khabar 24": the number of a name.
bool is_named(const AnnotatedText& text, std::uint32_t token) {
  constexpr std::uint32_t kNameTokens = 3;
  for (std::uint32_t at = token > kNameTokens ? token - kNameTokens : 0; at < token; ++at) {
    const Mark* name = text.find(at, LexemeRole::kActor);
    if (name != nullptr && name->last > token) return true;
  }
  return false;
}

/// "from 5 to 9 January": the day before the date it shares its month with.
bool is_first_day(const AnnotatedText& text, const Quantity& quantity,
                  const DateMention* following) {
  constexpr double kDays = 31;
  if (following == nullptr || quantity.value.value_or(0) > kDays) return false;
  if (text.plain_number(following->first) == std::nullopt) return false;
  const std::uint32_t last = quantity.number_last;
  if (last >= following->first) return false;
  const Mark* join = text.find(last, LexemeRole::kRangeJoin);
  if (join != nullptr) return join->last == following->first;
  return text.tokens()[last].punctuation == '-' && last + 1 == following->first;
}

/// "from 10 to 20 days": the first number counts what the second one does.
void share_reject(const AnnotatedText& text, std::vector<Quantity>& out) {
  if (out.size() < 2 || out.back().reject != Reject::kUnit) return;
  const Quantity& high = out.back();
  Quantity& low = out[out.size() - 2];
  if (low.reject != Reject::kNone || low.unit != UnitKind::kNone) return;
  const Mark* join = text.find(low.last, LexemeRole::kRangeJoin);
  if (join == nullptr) join = text.find(low.last, LexemeRole::kBound);
  if (join != nullptr && join->last == high.number_first) low.reject = Reject::kUnit;
}

}  // namespace

void find_quantities(const AnnotatedText& text, std::span<const DateMention> dates,
                     std::vector<Quantity>& out) {
  out.clear();
  QuantityReader reader(text);
  std::size_t date = 0;
  std::uint32_t covered = 0;
  for (const std::uint32_t token : text.counters()) {
    if (out.size() == kMostQuantities) return;
    while (date < dates.size() && dates[date].last <= token) ++date;
    const bool dated = date < dates.size() && dates[date].first <= token;
    if (token < covered || dated || !may_begin(text, token) || is_named(text, token)) continue;
    const std::uint32_t limit = date < dates.size() ? dates[date].first : text.size();
    const std::optional<Quantity> quantity = reader.read(token, limit);
    if (!quantity) continue;
    covered = quantity->number_last;
    if (is_first_day(text, *quantity, date < dates.size() ? &dates[date] : nullptr)) continue;
    out.push_back(*quantity);
    share_reject(text, out);
  }
}

}  // namespace steppe
