#include "processors/figures/figure_binder.h"

#include <algorithm>
#include <array>

namespace steppe {
namespace {

// In half words.
constexpr std::uint32_t kListGap = 4;
constexpr std::uint32_t kPartReach = 8;
constexpr std::uint32_t kFormerReach = 8;
constexpr std::uint32_t kNearReach = 2;   // a trigger this near outweighs the total before
constexpr std::uint32_t kOwnReach = 9;    // and this near, where people are named
constexpr std::uint32_t kListReach = 16;  // to the part before in a list
constexpr std::uint32_t kPlaceReach = 4;
constexpr std::uint32_t kTellReach = 8;     // "said there were at most"
constexpr std::uint32_t kTellGap = 4;       // "400 people, says the mayor"
constexpr std::uint32_t kSameReach = 14;    // "the number at the gate has risen to 23"
constexpr std::uint32_t kSameGap = 6;       // "the number of those wounded"
constexpr std::uint32_t kDayReach = 8;      // "on Friday there had been 30"
constexpr std::uint32_t kWholeGap = 8;      // "of the plant's 2,600 workers"
constexpr std::uint32_t kSmallWord = 4;     // bytes: two Cyrillic letters
constexpr std::uint32_t kAround = 200;      // tokens around the numbers that are looked at
constexpr std::size_t kUsualTriggers = 16;  // room made at once
constexpr double kMostRatio = 30;           // between two numbers for the same thing

constexpr std::string_view kPartRule = "figure.part";

/// What is said of buildings is said of vehicles too.
FigureKind kind_of(FigureKind told, const Quantity& quantity) {
  if (quantity.unit == UnitKind::kVehicles) return FigureKind::kVehiclesDamaged;
  return quantity.unit == UnitKind::kBuildings ? FigureKind::kBuildingsDamaged : told;
}

std::string_view rule_of(LexemeRole role) {
  switch (role) {
    case LexemeRole::kTriggerNoun: return "figure.noun";
    case LexemeRole::kTriggerToll: return "figure.toll";
    case LexemeRole::kTriggerBefore: return "figure.before";
    case LexemeRole::kTriggerAfter: return "figure.after";
    default: return "figure.verb";
  }
}

}  // namespace

void FigureBinder::bind(std::uint32_t sentence, std::span<const Quantity> quantities) {
  quantities_ = quantities;
  find_triggers(sentence);
  whole_.assign(quantities.size(), false);
  for (std::size_t i = 0; i < quantities.size() && quantities.size() > 1; ++i) {
    whole_[i] = is_whole(i);
  }
  for (std::size_t i = 0; i < quantities.size(); ++i) {
    if (quantities[i].reject == Reject::kNone) bind_one(sentence, i);
  }
}

void FigureBinder::find_triggers(std::uint32_t sentence) {
  triggers_.clear();
  triggers_.reserve(kUsualTriggers);
  same_.clear();
  named_.clear();
  unreal_.clear();
  roles_ = 0;
  const std::uint32_t from =
      quantities_.front().first - std::min(quantities_.front().first, kAround);
  const std::uint32_t to = end_of(quantities_.back()) + kAround;
  const Sentence& all = text_.sentences()[sentence];
  const Sentence around{std::max(from, all.first), std::min(to + 1, all.last)};
  for (const Mark& mark : text_.marks_in(around)) {
    roles_ |= roles_of(mark.role);
    if (is_trigger(mark.role)) triggers_.push_back(&mark);
    if (mark.role == LexemeRole::kSame) same_.push_back(&mark);
    if (mark.role == LexemeRole::kUnreal) unreal_.push_back(&mark);
  }
  if (same_.empty()) return;
  named_.reserve(same_.size());
  for (const Mark* same : same_) {
    const Mark* counted = counted_by(*same);
    if (counted == nullptr) continue;
    named_.push_back({same->first, std::max(same->last, counted->last), 0, LexemeRole::kTriggerToll,
                      counted->detail});
  }
  for (const Mark& toll : named_) triggers_.push_back(&toll);
}

/// "The number of those wounded": the trigger right beside the word, null when there is none.
const Mark* FigureBinder::counted_by(const Mark& same) const {
  const auto& tokens = text_.tokens();
  for (const Mark* trigger : triggers_) {
    const bool known = trigger->first < same.last && same.first < trigger->last;
    if (known) return nullptr;  // "the death toll" says it itself
    if (trigger->detail == kOtherFigure || trigger->role == LexemeRole::kTriggerToll) continue;
    if (trigger->last == same.first) return trigger;
    if (trigger->first < same.last) continue;
    const auto breaks = [](const Token& token) {
      return token.kind == TokenKind::kPunctuation || token.kind == TokenKind::kNumber;
    };
    const bool apart =
        std::any_of(tokens.begin() + same.last, tokens.begin() + trigger->first, breaks);
    const std::uint32_t gap = tokens[trigger->first].position - tokens[same.last].position;
    return apart || gap > kSameGap ? nullptr : trigger;
  }
  return nullptr;
}

/// "Of the plant's 2,600 workers, 1,900 walked out", "six of the nine", and in some languages
/// behind the number: another number counts a part of this one.
bool FigureBinder::is_whole(std::size_t index) const {
  const Quantity& quantity = quantities_[index];
  const std::uint32_t end = end_of(quantity);
  const bool more = index + 1 < quantities_.size();
  const Mark* behind = text_.find(end, LexemeRole::kWhole);
  if (behind != nullptr && static_cast<NumberSide>(behind->detail) == NumberSide::kAfter) {
    return more;
  }
  if (more && quantities_[index + 1].part && quantities_[index + 1].first == end) return true;
  const Mark* before = role_before(quantity, LexemeRole::kWhole, kWholeGap);
  if (before == nullptr || static_cast<NumberSide>(before->detail) != NumberSide::kBefore) {
    return false;
  }
  if (!text_.is_unbroken(before->last, quantity.first)) return false;
  const bool half = index > 0 && quantities_[index - 1].last == before->first;
  return half || (more && quantities_[index + 1].reject == Reject::kNone);
}

void FigureBinder::bind_one(std::uint32_t sentence, std::size_t index) {
  const Quantity& quantity = quantities_[index];
  if (is_excepted(quantity)) return;
  const std::optional<Choice> choice = choose(quantity);
  if (whole_[index] && !choice) return;
  const bool part = is_part(quantity) || (!choice && names_a_part(sentence, quantity));
  const bool listed = !part && (opens_list(quantity) || continues_list(sentence, quantity));
  const bool placed = !part && !listed && beside_place(quantity);
  const std::optional<std::size_t> total =
      part || listed || placed ? total_for(sentence, quantity) : std::nullopt;
  // a part follows its total, unless a trigger stands right beside it
  const std::uint32_t reach = quantity.unit == UnitKind::kNone ? kNearReach : kOwnReach;
  const bool near = choice && choice->cost <= (part ? kNearReach : reach);
  // "151 in one city, 17 people in another": what follows a part in its sentence is none on its own
  const bool follows = !found_.empty() && found_.back().sentence == sentence &&
                       found_.back().rule == kPartRule && found_.back().part_of == total;
  const bool far = quantity.unit != UnitKind::kNone && !part && !follows && total &&
                   found_[*total].sentence != sentence;
  const bool alone = total && choice && acts_alone(quantity, *choice, found_[*total].kind);
  if (total && !near && !far && !alone && may_share(quantity, found_[*total].kind)) {
    return inherit(sentence, quantity, *total);
  }
  if (!choice) {
    if (continues_row(sentence, quantity)) return repeat(sentence, quantity);
    return compare(sentence, quantity);
  }
  if (choice->trigger->detail == kOtherFigure) return;
  const std::optional<Unreal> unreal = this->unreal(quantity, *choice->trigger);
  const bool sent = static_cast<FigureKind>(choice->trigger->detail) == FigureKind::kDeployed;
  if (unreal && !(sent && *unreal == Unreal::kPlanned)) return;
  add(sentence, quantity, *choice);
  if (unreal) found_.back().kind = FigureKind::kTroopsPlanned;
  if (part && total && found_[*total].kind == found_.back().kind) found_.back().part_of = total;
}

/// "39 houses burned down, and also 58 cars": things in a row with things.
bool FigureBinder::continues_row(std::uint32_t sentence, const Quantity& quantity) const {
  constexpr std::uint32_t kRowTokens = 4;
  if (!counts_things(quantity) || found_.empty() || found_.back().sentence != sentence)
    return false;
  const FoundFigure& before = found_.back();
  const std::uint32_t end = end_of(before.quantity);
  if (!counts_things(before.quantity) || end > quantity.first || quantity.first - end > kRowTokens)
    return false;
  constexpr Roles kVerbs = roles_of(LexemeRole::kTriggerVerb, LexemeRole::kTriggerAfter,
                                    LexemeRole::kSpeech, LexemeRole::kUnreal);
  for (std::uint32_t at = end; at < quantity.first; ++at) {
    const char mark = text_.tokens()[at].punctuation;
    if (mark == ';' || mark == '(' || (text_.roles_at(at) & kVerbs) != 0) return false;
  }
  return true;
}

/// Counts what the figure before counts.
void FigureBinder::repeat(std::uint32_t sentence, const Quantity& quantity) {
  FoundFigure figure = found_.back();
  figure.kind = kind_of(figure.kind, quantity);
  figure.quantity = quantity;
  figure.sentence = sentence;
  figure.part_of.reset();
  figure.denied = false;
  figure.rule = "figure.row";
  figure.confidence = std::min(figure.confidence, 0.75);
  found_.push_back(figure);
}

/// "300 were held; 211 of them were let go": a verb right behind the number says something else of
/// the part than of its total.
bool FigureBinder::acts_alone(const Quantity& quantity, const Choice& choice,
                              FigureKind total) const {
  const Mark& trigger = *choice.trigger;
  const bool verb =
      trigger.role == LexemeRole::kTriggerVerb || trigger.role == LexemeRole::kTriggerAfter;
  return verb && trigger.first >= quantity.number_last && choice.cost <= kOwnReach &&
         (trigger.detail == kOtherFigure || static_cast<FigureKind>(trigger.detail) != total);
}

/// The figure right before that a number without a trigger may be held against.
const FoundFigure* FigureBinder::compared(std::uint32_t sentence, const Quantity& quantity) const {
  if (found_.empty() || !quantity.value || *quantity.value <= 1) return nullptr;
  const FoundFigure& before = found_.back();
  if (before.sentence + 1 < sentence || !before.quantity.value) return nullptr;
  const bool money = quantity.unit == UnitKind::kMoney;
  if (money != (before.kind == FigureKind::kDamageMoney)) return nullptr;
  if (quantity.unit == UnitKind::kOther || !accepts(quantity, before.kind)) return nullptr;
  if (money && quantity.currency != before.quantity.currency) return &before;
  const double ratio = *quantity.value / *before.quantity.value;
  return ratio <= kMostRatio && ratio >= 1 / kMostRatio && ratio != 1 ? &before : nullptr;
}

/// "All but four were released".
bool FigureBinder::is_excepted(const Quantity& quantity) const {
  const Mark* before = text_.find_before(quantity.first, LexemeRole::kExcept);
  if (before != nullptr && static_cast<NumberSide>(before->detail) == NumberSide::kBefore) {
    return true;
  }
  const std::uint32_t end = end_of(quantity);
  const Mark* behind = text_.find(end, LexemeRole::kExcept);
  return behind != nullptr && static_cast<NumberSide>(behind->detail) == NumberSide::kAfter;
}

/// "19 vacancies": the word right behind the number is none that is known, and no small one.
bool FigureBinder::counts_unknown(const Quantity& quantity) const {
  const std::uint32_t at = quantity.last;
  if (quantity.unit != UnitKind::kNone || at >= text_.size()) return false;
  const Token& token = text_.tokens()[at];
  if (token.kind == TokenKind::kHan) return text_.roles_at(at) == 0;
  return token.kind == TokenKind::kWord && token.end - token.begin > kSmallWord &&
         text_.roles_at(at) == 0;
}

/// "the union speaks of 1,100, the company - of 350": behind a dash, where one was counted before.
bool FigureBinder::follows_dash(std::uint32_t sentence, const Quantity& quantity) const {
  if (found_.empty() || found_.back().sentence != sentence || counts_unknown(quantity))
    return false;
  const auto& tokens = text_.tokens();
  std::uint32_t at = quantity.first;
  const bool small = at > 0 && tokens[at - 1].kind == TokenKind::kWord &&
                     tokens[at - 1].end - tokens[at - 1].begin <= kSmallWord;
  if (small) --at;
  return at > 0 && tokens[at - 1].punctuation == '-' && !text_.is_glued(at - 1);
}

/// "Thirty-eight were officers" behind "94 are in hospital": a sentence that says only who they
/// are.
bool FigureBinder::names_a_part(std::uint32_t sentence, const Quantity& quantity) const {
  const bool opens = quantity.first == text_.sentences()[sentence].first;
  return opens && triggers_.empty() && quantities_.size() == 1 &&
         quantity.unit == UnitKind::kPeople && quantity.unit_first > quantity.last;
}

/// "the mayor spoke of 400", and in some languages "400 says the mayor".
bool FigureBinder::is_told(const Quantity& quantity) const {
  const std::uint32_t end = end_of(quantity);
  if (counts_unknown(quantity)) return false;
  if (role_before(quantity, LexemeRole::kSpeech, kTellReach) != nullptr) return true;
  if (role_before(quantity, LexemeRole::kSame, kSameReach) != nullptr) return true;
  if (text_.find(end, LexemeRole::kSame) != nullptr) return true;  // "500 of us"
  const auto& tokens = text_.tokens();
  for (std::uint32_t at = end; at < text_.size(); ++at) {
    if (tokens[at].kind == TokenKind::kPunctuation || tokens[at].kind == TokenKind::kLineEnd ||
        tokens[at].position - tokens[end].position > kTellGap) {
      return false;
    }
    if (text_.find(at, LexemeRole::kSpeech) != nullptr) return true;
  }
  return false;
}

/// "On Friday there had been 30, on Sunday 55": nothing but a day beside the number.
bool FigureBinder::is_dated(const Quantity& quantity) const {
  if (!triggers_.empty()) return false;
  constexpr std::array kDays = {LexemeRole::kWeekday, LexemeRole::kDay};
  return std::any_of(kDays.begin(), kDays.end(), [&](LexemeRole role) {
    return role_before(quantity, role, kDayReach) != nullptr;
  });
}

/// "17 held, not 70"; "..., the mayor spoke of 400": another number for what was just counted.
void FigureBinder::compare(std::uint32_t sentence, const Quantity& quantity) {
  const FoundFigure* before = compared(sentence, quantity);
  if (before == nullptr) return;
  const Mark* denied = text_.find_before(quantity.first, LexemeRole::kUnreal);
  const bool contrast = denied != nullptr && before->sentence == sentence &&
                        static_cast<Unreal>(denied->detail) == Unreal::kDenied;
  const bool again = is_told(quantity) || is_dated(quantity) || follows_dash(sentence, quantity);
  if (!contrast && !again) return;
  FoundFigure figure;
  figure.kind = kind_of(before->kind, quantity);
  figure.quantity = quantity;
  figure.sentence = sentence;
  figure.trigger_first = figure.trigger_last = quantity.first;
  figure.former = figure.denied = contrast;
  figure.rule = contrast ? "figure.contrast" : "figure.compared";
  figure.confidence = 0.6;
  found_.push_back(figure);
}

/// "including two children", "103 of them", and in some languages a suffix.
bool FigureBinder::is_part(const Quantity& quantity) const {
  if (quantity.part || role_before(quantity, LexemeRole::kPart, kPartReach) != nullptr) return true;
  const std::uint32_t end = end_of(quantity);
  return text_.find(quantity.last, LexemeRole::kPart) != nullptr ||
         text_.find(end, LexemeRole::kPart) != nullptr;
}

/// "164 dead: 103 in ...", "164 dead (103 in ...": the first of the parts.
bool FigureBinder::opens_list(const Quantity& quantity) const {
  if (quantity.unit != UnitKind::kNone || quantity.first == 0 || found_.empty()) return false;
  const char before = text_.tokens()[quantity.first - 1].punctuation;
  return (before == ':' || before == '(') && quantity.qualifier != Qualifier::kVague;
}

/// "103 in one city, 21 in another and 10": what stands in a row with a part is a part.
bool FigureBinder::continues_list(std::uint32_t sentence, const Quantity& quantity) const {
  if (found_.empty()) return false;
  const FoundFigure& before = found_.back();
  if (!before.part_of || before.sentence != sentence || before.rule != kPartRule) return false;
  if (quantity.qualifier == Qualifier::kVague) return false;
  const auto& tokens = text_.tokens();
  const std::uint32_t end = end_of(before.quantity);
  if (end >= quantity.first) return false;
  for (std::uint32_t at = end; at < quantity.first; ++at) {
    if (tokens[at].punctuation == ';' || tokens[at].punctuation == '(') return false;
  }
  // "seven police stations and three banks"
  const std::uint32_t reach = quantity.unit == UnitKind::kNone ? kListReach : kListGap;
  return tokens[quantity.first].position - tokens[end].position <= reach;
}

const Mark* FigureBinder::role_before(const Quantity& quantity, LexemeRole role,
                                      std::uint32_t reach) const {
  if ((roles_ & roles_of(role)) == 0) return nullptr;
  const std::uint32_t origin = text_.tokens()[quantity.first].position;
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  const Mark* const first = text_.marks_in(sentence).data();
  const Mark* nearest = nullptr;
  for (const Mark* mark = text_.marks_at(quantity.first).data(); mark > first;) {
    --mark;
    if (origin - text_.tokens()[mark->first].position > reach) return nullptr;
    if (mark->role != role) continue;
    nearest = mark;
    break;
  }
  if (nearest == nullptr) return nullptr;
  // another number between: the word speaks of that one
  const bool taken =
      std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& other) {
        return other.number_first >= nearest->last && other.number_last <= quantity.first;
      });
  return taken ? nullptr : nearest;
}

/// "in Almaty 151", "Almaty (151)", "26 in Kyzylorda": an entry of a list by place. Where people
/// are counted by a plain word the place must stand right before.
bool FigureBinder::beside_place(const Quantity& quantity) const {
  constexpr std::uint32_t kPlainPeople = 1;
  if (quantity.qualifier == Qualifier::kVague) return false;
  const bool plain =
      quantity.unit == UnitKind::kPeople && (quantity.victim_classes & ~kPlainPeople) == 0;
  if (quantity.unit != UnitKind::kNone && !plain) return false;
  if (role_before(quantity, LexemeRole::kPlace, kPlaceReach) != nullptr) return true;
  // "In Kyzylorda the count stands at 23"
  const Mark* same = role_before(quantity, LexemeRole::kSame, kSameReach);
  if (same != nullptr && text_.find_before(same->first, LexemeRole::kPlace) != nullptr) return true;
  if (plain) return false;
  const std::uint32_t limit = std::min(quantity.last + 3, text_.size());
  for (std::uint32_t at = quantity.last; at < limit; ++at) {
    if (text_.find(at, LexemeRole::kPlace) != nullptr) return true;
    if (text_.tokens()[at].kind == TokenKind::kNumber) return false;
  }
  return false;
}

/// The last total told in this sentence or the one before; parts told since keep it near.
std::optional<std::size_t> FigureBinder::total_for(std::uint32_t sentence,
                                                   const Quantity& quantity) const {
  for (std::size_t i = found_.size(); i > 0; --i) {
    const FoundFigure& figure = found_[i - 1];
    if (figure.sentence + 1 < sentence) return {};
    if (figure.former) continue;
    if (figure.part_of) {
      sentence = std::min(sentence, figure.sentence);
      continue;
    }
    // "at least 164" has no upper end, but its parts are parts of the 164
    const double least = figure.quantity.value.value_or(0);
    const double limit = std::max(figure.quantity.high.value_or(least), least);
    const double value = quantity.value.value_or(quantity.low.value_or(0));
    const bool known = figure.quantity.value.has_value();
    if (!known || value <= limit) return i - 1;
  }
  return {};
}

void FigureBinder::add(std::uint32_t sentence, const Quantity& quantity, const Choice& choice) {
  FoundFigure& figure = found_.emplace_back();
  figure.kind = kind_of(static_cast<FigureKind>(choice.trigger->detail), quantity);
  figure.quantity = quantity;
  figure.sentence = sentence;
  figure.trigger_first = choice.trigger->first;
  figure.trigger_last = choice.trigger->last;
  figure.former = role_before(quantity, LexemeRole::kFormer, kFormerReach) != nullptr;
  figure.added = role_before(quantity, LexemeRole::kAdded, 2) != nullptr;
  figure.rule = rule_of(choice.trigger->role);
  figure.confidence = std::max(0.5, 0.95 - 0.015 * choice.cost);
}

void FigureBinder::inherit(std::uint32_t sentence, const Quantity& quantity, std::size_t total) {
  FoundFigure& figure = found_.emplace_back();
  figure.kind = kind_of(found_[total].kind, quantity);
  figure.quantity = quantity;
  figure.sentence = sentence;
  figure.trigger_first = figure.trigger_last = quantity.first;
  figure.part_of = total;
  figure.rule = kPartRule;
  figure.confidence = 0.75;
}

}  // namespace steppe
