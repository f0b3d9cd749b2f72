#include "processors/figures/quantity_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace steppe {
namespace {

constexpr double kLastDigit = 8;  // that another follows
constexpr double kApproxSpread = 0.05;
constexpr std::uint32_t kSmallWord = 4;       // bytes: two Cyrillic letters
constexpr std::uint32_t kUnitReach = 9;       // half words looked ahead for a person noun
constexpr std::uint32_t kOtherUnitReach = 2;  // and for a noun that spoils the number

struct Symbol {
  std::string_view text;
  Currency currency;
};
constexpr std::array kCurrencySymbols = {
    Symbol{"$", Currency::kUsd}, Symbol{"\xE2\x82\xAC", Currency::kEur},  // euro sign
    Symbol{"\xE2\x82\xB8", Currency::kKzt},                               // tenge sign
    Symbol{"\xE2\x82\xBD", Currency::kRub},                               // rouble sign
};
constexpr std::array<std::string_view, 2> kNumberSigns = {"\xE2\x84\x96", "#"};  // numero sign

std::uint32_t class_bit(std::uint8_t detail) {
  return std::uint32_t{1} << detail;
}

template <typename Detail>
bool is(const Mark* mark, Detail detail) {
  return mark != nullptr && mark->detail == static_cast<std::uint8_t>(detail);
}

}  // namespace

std::optional<Quantity> QuantityReader::read(std::uint32_t token, std::uint32_t limit) {
  numbers_.set_limit(limit);
  const std::optional<NumberSpan> number = numbers_.read(token);
  std::optional<Quantity> read(std::in_place);  // made where it stays: a copy would wait
  Quantity& quantity = *read;
  if (number) {
    quantity.first = quantity.number_first = number->first;
    quantity.last = quantity.number_last = number->last;
    quantity.value = quantity.low = quantity.high = number->value;
    quantity.in_words = number->in_words;
    quantity.part = number->part;
    if (const auto end = read_range_end(*number)) {
      const bool lends = end->multiplier > number->value && number->multiplier <= 1;
      quantity.low = number->value * (lends ? end->multiplier : 1);
      quantity.value = quantity.high = end->value;
      quantity.number_last = quantity.last = end->last;
      quantity.qualifier = Qualifier::kRange;
    }
  } else {
    read = read_vague(token);
    if (!read) return read;
  }
  read_prefix(quantity);
  read_suffix(quantity);
  read_bounds(quantity);
  if (quantity.reject == Reject::kNone) read_unit(quantity);
  if (quantity.unit_last > quantity.last) read_bound_after(quantity, quantity.unit_last);
  if (number) check_year(quantity, *number);
  if (number) check_age(quantity, *number);
  if (number && number->decimal) check_clock(quantity);
  const bool whole = !quantity.value || std::floor(*quantity.value) == *quantity.value;
  if (!whole && quantity.unit != UnitKind::kMoney && quantity.reject == Reject::kNone) {
    quantity.reject = Reject::kFraction;
  }
  return read;
}

std::optional<Quantity> QuantityReader::read_vague(std::uint32_t token) const {
  const Mark* mark = text_.find(token, LexemeRole::kVague);
  if (mark == nullptr) return {};
  Quantity quantity;
  quantity.first = quantity.number_first = mark->first;
  quantity.last = quantity.number_last = mark->last;
  quantity.qualifier = Qualifier::kVague;
  if (mark->value > 0) quantity.vague_value = quantity.low = mark->value;
  quantity.in_words = true;
  return quantity;
}

/// Two Han digits in a row that follow each other name a range: "four five thousand".
std::optional<NumberSpan> QuantityReader::read_neighbour(const NumberSpan& low) const {
  const bool digit = low.in_words && low.last == low.first + 1 && low.value >= 1 &&
                     low.value <= kLastDigit && text_.tokens()[low.first].kind == TokenKind::kHan;
  if (!digit || !text_.is_glued(low.last)) return {};
  const Mark* next = text_.find(low.last, LexemeRole::kNumber);
  if (next == nullptr || next->value != low.value + 1) return {};
  return numbers_.read(low.last);
}

/// "250-300", "2,000 to 3,000", "between 10 and 20".
std::optional<NumberSpan> QuantityReader::read_range_end(const NumberSpan& low) {
  const std::uint32_t at = low.last;
  if (at >= text_.size()) return {};
  const Mark* opener = text_.find_before(low.first, LexemeRole::kRangeOpen);
  std::uint32_t next = 0;
  if (text_.tokens()[at].punctuation == '-') {
    next = at + 1;
  } else if (const Mark* join = text_.find(at, LexemeRole::kRangeJoin)) {
    next = join->last;
  } else {
    return read_neighbour(low);
  }
  // "rose from 12 to 15" tells an old and a new toll
  if (opener == nullptr && text_.find_before(low.first, LexemeRole::kFormer) != nullptr) return {};
  const bool dash = next == at + 1 && text_.tokens()[at].punctuation == '-';
  if (dash && opener == nullptr && text_.is_glued(at) != text_.is_glued(next)) return {};
  const std::optional<NumberSpan> high = numbers_.read(next);
  if (!high || high->value <= low.value || high->in_words != low.in_words) return {};
  if (high->value > low.value * 100 && high->multiplier <= 1) return {};
  return high;
}

/// The text before a token, without spaces at its end.
std::string_view QuantityReader::text_before(std::uint32_t token) const {
  std::string_view before = text_.text().substr(0, text_.tokens()[token].begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  return before;
}

/// What stands before the number: "article 402", "$5", "Il-76".
void QuantityReader::read_prefix(Quantity& quantity) const {
  const std::uint32_t first = quantity.number_first;
  const std::string_view ahead = text_before(first);
  const auto follows = [&](std::string_view sign) {
    return !ahead.empty() && ahead.back() == sign.back() && ahead.ends_with(sign);
  };
  for (const Symbol& symbol : kCurrencySymbols) {
    if (!follows(symbol.text)) continue;
    quantity.unit = UnitKind::kMoney;
    quantity.currency = static_cast<std::uint8_t>(symbol.currency);
  }
  for (const std::string_view sign : kNumberSigns) {
    if (follows(sign)) quantity.reject = Reject::kOrdinal;
  }
  if (const Mark* before = text_.find_before(first, LexemeRole::kBefore);
      is(before, BeforeNumber::kSpoils)) {
    quantity.reject = Reject::kBefore;
  }
  if (first == 0 || !text_.is_glued(first)) return;
  const Token& left = text_.tokens()[first - 1];
  const bool prefix =
      left.kind == TokenKind::kWord &&
      text_.lexicon().find_word(text_.folded_token(first - 1), LexemeRole::kPrefix) != nullptr;
  if (left.kind == TokenKind::kWord && !prefix) quantity.reject = Reject::kGlued;
  const bool joined =
      (left.punctuation == '-' || left.punctuation == '/' || left.punctuation == ':') &&
      first > 1 && text_.is_glued(first - 1);
  if (!joined) return;
  const Token& far = text_.tokens()[first - 2];
  if (left.punctuation == ':') {
    quantity.reject = far.kind == TokenKind::kNumber ? Reject::kClock : quantity.reject;
  } else if (far.kind != TokenKind::kHan) {
    quantity.reject = Reject::kGlued;
  }
}

/// What is glued to the number: "16th", "37-year-old", "19-y", "16:00", "5%".
void QuantityReader::read_suffix(Quantity& quantity) const {
  const auto& tokens = text_.tokens();
  std::uint32_t at = quantity.last;
  if (at >= text_.size() || !text_.is_glued(at)) return;
  if (tokens[at].punctuation == '%') {
    quantity.reject = Reject::kUnit;
    return;
  }
  if (tokens[at].punctuation == '+') {
    quantity.last = at + 1;
    apply_bound(quantity, NumberBound::kAtLeast);
    return;
  }
  const char joint = tokens[at].punctuation;
  const bool next_glued = at + 1 < text_.size() && text_.is_glued(at + 1);
  if ((joint == ':' || joint == '/') && next_glued && tokens[at + 1].kind == TokenKind::kNumber) {
    quantity.reject = Reject::kClock;
    return;
  }
  const bool hyphen = joint == '-' && next_glued;
  if (hyphen) ++at;
  if (tokens[at].kind != TokenKind::kWord) return;
  const WordMeaning* suffix =
      text_.lexicon().find_word(text_.folded_token(at), LexemeRole::kSuffix);
  std::uint8_t detail = suffix != nullptr ? suffix->detail : 0;
  std::uint32_t last = at + 1;
  if (const Mark* longer = text_.find(at, LexemeRole::kSuffix)) {
    detail = longer->detail;
    last = longer->last;
  } else if (suffix == nullptr) {
    // "10-day", "5G": a unit or something unknown; "12-member" with a hyphen is let through
    const bool spoils = !hyphen || text_.find(at, LexemeRole::kNotPeople) != nullptr ||
                        text_.find(at, LexemeRole::kDateUnit) != nullptr;
    if (spoils) quantity.reject = Reject::kGlued;
    return;
  }
  quantity.last = last;
  switch (static_cast<NumberSuffix>(detail)) {
    case NumberSuffix::kCase: return;
    case NumberSuffix::kPart: quantity.part = true; return;
    case NumberSuffix::kApprox: apply_bound(quantity, NumberBound::kApprox); return;
    case NumberSuffix::kOrdinal: quantity.reject = Reject::kOrdinal; return;
    case NumberSuffix::kSpoils: quantity.reject = Reject::kGlued; return;
  }
}

void QuantityReader::apply_bound(Quantity& quantity, NumberBound bound) const {
  if (!quantity.value) return;  // "more than dozens" stays vague
  const double value = *quantity.value;
  switch (bound) {
    case NumberBound::kAtLeast:
    case NumberBound::kMoreThan:
      quantity.qualifier = Qualifier::kAtLeast;
      quantity.low = value;
      quantity.high.reset();
      return;
    case NumberBound::kAtMost:
      quantity.qualifier = Qualifier::kAtMost;
      quantity.low.reset();
      quantity.high = value;
      return;
    case NumberBound::kApprox:
      quantity.qualifier = Qualifier::kApprox;
      quantity.low = value * (1 - kApproxSpread);
      quantity.high = value * (1 + kApproxSpread);
      return;
    case NumberBound::kNearly:
      quantity.qualifier = Qualifier::kApprox;
      quantity.low = value * (1 - kApproxSpread);
      quantity.high = value;
      return;
  }
}

/// "at least another 20", "about $5 million"; after it "20 or more".
void QuantityReader::read_bounds(Quantity& quantity) const {
  std::uint32_t first = quantity.number_first;
  const auto step_over = [&](std::uint32_t at) {
    if (const Mark* added = text_.find_before(at, LexemeRole::kAdded)) return added->first;
    if (at > 0 && text_.tokens()[at - 1].punctuation == '$') return at - 1;
    if (at > 0 && text_.tokens()[at - 1].punctuation == '"') return at - 1;
    // "almost of 9,900": a preposition
    const bool small = at > 1 && text_.tokens()[at - 1].kind == TokenKind::kWord &&
                       text_.tokens()[at - 1].end - text_.tokens()[at - 1].begin <= kSmallWord;
    if (small && text_.find_before(at - 1, LexemeRole::kBound) != nullptr) return at - 1;
    return at;
  };
  for (int steps = 0; steps < 3; ++steps) {
    if (const Mark* bound = text_.find_before(first, LexemeRole::kBound)) {
      // "has risen to 23": in some languages the word also says "up to"
      const Mark* risen = text_.find_before(bound->last, LexemeRole::kSame);
      if (risen != nullptr && risen->first < bound->first) break;
      if (quantity.qualifier == Qualifier::kExact) {
        apply_bound(quantity, static_cast<NumberBound>(bound->detail));
      }
      first = quantity.first = bound->first;
      continue;
    }
    if (const Mark* open = text_.find_before(first, LexemeRole::kRangeOpen);
        open != nullptr && quantity.qualifier == Qualifier::kRange) {
      quantity.first = open->first;
      break;
    }
    const std::uint32_t over = step_over(first);
    if (over == first) break;
    first = over;
  }
  if (const Mark* after = read_bound_after(quantity, quantity.last)) quantity.last = after->last;
}

/// "20 or more": the word at `token`, null when there is none.
const Mark* QuantityReader::read_bound_after(Quantity& quantity, std::uint32_t token) const {
  const Mark* after = text_.find(token, LexemeRole::kBoundAfter);
  if (after != nullptr && quantity.qualifier == Qualifier::kExact && quantity.value) {
    apply_bound(quantity, static_cast<NumberBound>(after->detail));
  }
  return after;
}

/// True when the search for a unit ends at `token`.
bool QuantityReader::take_unit_at(Quantity& quantity, std::uint32_t token,
                                  std::uint32_t distance) const {
  constexpr Roles kUnits = roles_of(
      LexemeRole::kPerson, LexemeRole::kTriggerNoun, LexemeRole::kTroops, LexemeRole::kBuilding,
      LexemeRole::kVehicle, LexemeRole::kCurrency, LexemeRole::kNotPeople, LexemeRole::kDateUnit);
  if ((text_.roles_at(token) & kUnits) == 0) return false;
  for (const Mark& mark : text_.marks_at(token)) {
    UnitKind unit = UnitKind::kNone;
    switch (mark.role) {
      case LexemeRole::kPerson: unit = UnitKind::kPeople; break;
      case LexemeRole::kTriggerNoun: unit = UnitKind::kPeople; break;
      case LexemeRole::kTroops: unit = UnitKind::kTroops; break;
      case LexemeRole::kBuilding: unit = UnitKind::kBuildings; break;
      case LexemeRole::kVehicle: unit = UnitKind::kVehicles; break;
      case LexemeRole::kCurrency: unit = UnitKind::kMoney; break;
      case LexemeRole::kNotPeople:
      case LexemeRole::kDateUnit: unit = UnitKind::kOther; break;
      default: continue;
    }
    const bool counts_people = unit == UnitKind::kPeople || unit == UnitKind::kTroops;
    if (!counts_people && distance > kOtherUnitReach) continue;
    // "400 hospitalised" counts no hospitals
    constexpr Roles kActs = roles_of(LexemeRole::kTriggerVerb, LexemeRole::kTriggerAfter);
    if (unit == UnitKind::kOther && (text_.roles_at(token) & kActs) != 0) continue;
    quantity.unit = unit;
    quantity.unit_first = mark.first;
    quantity.unit_last = mark.last;
    if (mark.role == LexemeRole::kPerson) quantity.victim_classes |= class_bit(mark.detail);
    if (mark.role == LexemeRole::kTroops) {
      quantity.victim_classes |=
          class_bit(static_cast<std::uint8_t>(VictimClass::kSecurityPersonnel));
    }
    if (unit == UnitKind::kMoney) quantity.currency = mark.detail;
    if (unit == UnitKind::kOther) quantity.reject = Reject::kUnit;
    return true;
  }
  return false;
}

/// The first counted noun after the number, within its noun phrase.
void QuantityReader::read_unit(Quantity& quantity) const {
  quantity.unit_first = quantity.unit_last = quantity.last;
  if (quantity.unit == UnitKind::kMoney || quantity.last >= text_.size()) return;
  const auto& tokens = text_.tokens();
  // "ten of these cases"
  const Mark* part = text_.find(quantity.last, LexemeRole::kPart);
  const std::uint32_t first =
      part != nullptr && part->last < text_.size() ? part->last : quantity.last;
  const std::uint32_t origin = tokens[first].position;
  for (std::uint32_t at = first; at < text_.size(); ++at) {
    const Token& token = tokens[at];
    const std::uint32_t distance = token.position - origin;
    if (distance > (first == quantity.last ? kUnitReach : kOtherUnitReach)) return;
    if (token.kind == TokenKind::kNumber || token.kind == TokenKind::kLineEnd) return;
    if (token.kind == TokenKind::kPunctuation && token.punctuation != '"' &&
        token.punctuation != '-') {
      return;
    }
    if (take_unit_at(quantity, at, distance)) {
      extend_unit(quantity);
      return;
    }
    // "46 wrecked buildings": what was done to them may stand before them
    const Mark* done = at == quantity.last ? text_.find(at, LexemeRole::kTriggerVerb) : nullptr;
    if (done != nullptr && take_unit_at(quantity, done->last, 0)) return;
    constexpr Roles kEnds = roles_of(LexemeRole::kTriggerVerb, LexemeRole::kTriggerAfter,
                                     LexemeRole::kTriggerBefore, LexemeRole::kNumber);
    if ((text_.roles_at(at) & kEnds) != 0) return;
  }
}

/// "police officers and soldiers", "members of the security forces": later nouns of the phrase.
void QuantityReader::extend_unit(Quantity& quantity) const {
  if (quantity.unit != UnitKind::kPeople && quantity.unit != UnitKind::kTroops) return;
  constexpr std::uint32_t kGap = 2;  // tokens between two nouns
  for (std::uint32_t at = quantity.unit_last; at < text_.size() && at <= quantity.unit_last + kGap;
       ++at) {
    const Token& token = text_.tokens()[at];
    if (token.kind == TokenKind::kPunctuation || token.kind == TokenKind::kLineEnd ||
        token.kind == TokenKind::kNumber) {
      return;
    }
    const Mark* noun = text_.find(at, LexemeRole::kPerson);
    const Mark* troops = text_.find(at, LexemeRole::kTroops);
    if (noun == nullptr && troops == nullptr) continue;
    const Mark& more = noun != nullptr ? *noun : *troops;
    quantity.victim_classes |=
        class_bit(noun != nullptr ? noun->detail
                                  : static_cast<std::uint8_t>(VictimClass::kSecurityPersonnel));
    quantity.unit_last = more.last;
    at = more.last - 1;
  }
}

/// Four plain digits between 1900 and 2100 are a year unless people are counted with them.
void QuantityReader::check_year(Quantity& quantity, const NumberSpan& number) const {
  if (quantity.reject != Reject::kNone || number.digits != 4) return;
  if (number.value < 1900 || number.value > 2100) return;
  const Mark* before = text_.find_before(number.first, LexemeRole::kBefore);
  const bool announced = is(before, BeforeNumber::kYear);
  const bool counts = quantity.unit != UnitKind::kNone && quantity.unit_first <= quantity.last + 1;
  const bool bounded =
      quantity.first != quantity.number_first || quantity.last != quantity.number_last;
  if (announced || (!counts && !bounded)) quantity.reject = Reject::kYear;
}

/// "Zhanna Temirova, 34, who ..." and "Temirova (34)": how old the person just named is.
void QuantityReader::check_age(Quantity& quantity, const NumberSpan& number) const {
  constexpr double kOldest = 110;
  const std::uint32_t at = number.first;
  const bool plain = quantity.reject == Reject::kNone && quantity.unit == UnitKind::kNone &&
                     quantity.first == at && number.digits > 0 && number.value <= kOldest;
  if (!plain || at < 2 || number.last >= text_.size()) return;
  const auto& tokens = text_.tokens();
  const char before = tokens[at - 1].punctuation;
  const char behind = tokens[number.last].punctuation;
  const bool set_off =
      (before == ',' && (behind == ',' || behind == '.')) || (before == '(' && behind == ')');
  const bool named =
      text_.is_capitalised(at - 2) && text_.find_before(at - 1, LexemeRole::kPlace) == nullptr;
  if (set_off && named) quantity.reject = Reject::kBefore;
}

/// "17.20" is a time of day in many languages; "4.5 million" was multiplied and is whole by now.
void QuantityReader::check_clock(Quantity& quantity) const {
  const std::string_view digits = text_.folded_token(quantity.number_first);
  const bool looks = digits.size() == 5 && digits[2] == '.';
  if (looks && quantity.unit == UnitKind::kNone && quantity.reject == Reject::kNone) {
    quantity.reject = Reject::kClock;
  }
}

}  // namespace steppe
