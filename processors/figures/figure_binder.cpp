#include "processors/figures/figure_binder.h"

#include <algorithm>

namespace steppe {
namespace {

// Costs are half words; a trigger further than this claims nothing.
constexpr std::uint32_t kReach = 26;
constexpr std::uint32_t kReachWithoutUnit = 9;
constexpr std::uint32_t kReachOfToll = 14;  // a toll counts half
constexpr std::uint32_t kReachOfOne = 6;
constexpr std::uint32_t kCommaCost = 3;
constexpr std::uint32_t kBreakCost = 14;  // bracket, colon before the trigger
constexpr std::uint32_t kStopCost = 22;   // semicolon
constexpr std::uint32_t kColonCost = 1;   // "wounded: 748"
constexpr std::uint32_t kOtherTriggerCost = 8;
constexpr std::uint32_t kOtherNumberCost = 6;
constexpr std::uint32_t kNextNumberCost = 8;
constexpr std::uint32_t kObjectCost = 6;            // the verb has an object of its own
constexpr std::uint32_t kParticipantsCost = 6;      // who takes part may also be detained
constexpr std::uint32_t kParticipantNounCost = 10;  // "26 protesters and 16 officers were killed"
constexpr std::uint32_t kStateNounCost = 5;         // "six detainees died"
constexpr std::uint32_t kStateReach = 4;
constexpr std::uint32_t kOfficersCost = 8;  // soldiers are brought somewhere rather than detained
constexpr double kLeastDamage = 10000;      // in any currency; below it a price
constexpr std::uint32_t kPlainTroopsCost = 8;  // "1,500 people arrived at the rally"
constexpr std::uint32_t kNounCost = 2;         // a noun stands before its number
constexpr std::uint32_t kAttributeCost = 8;    // and the number counts a noun of its own
constexpr std::uint32_t kListGap = 2;
constexpr std::uint32_t kPartReach = 8;
constexpr std::uint32_t kFormerReach = 8;
constexpr std::uint32_t kUnrealReach = 8;
constexpr std::uint32_t kUnrealToTrigger = 4;
constexpr std::uint32_t kNearReach = 2;   // a trigger this near outweighs the total before
constexpr std::uint32_t kOwnReach = 9;    // and this near, where people are named
constexpr std::uint32_t kListReach = 16;  // to the part before in a list
constexpr std::uint32_t kPlaceReach = 4;
constexpr std::uint32_t kTellReach = 8;  // "said there were at most"
constexpr double kMostRatio = 30;        // between two numbers for the same thing

constexpr std::string_view kPartRule = "figure.part";

bool is_trigger(LexemeRole role) {
  return role == LexemeRole::kTriggerVerb || role == LexemeRole::kTriggerBefore ||
         role == LexemeRole::kTriggerAfter || role == LexemeRole::kTriggerNoun ||
         role == LexemeRole::kTriggerToll;
}

bool counts(const Quantity& quantity) {
  return quantity.reject == Reject::kNone;
}

bool counts_people(const Quantity& quantity) {
  return quantity.unit == UnitKind::kPeople || quantity.unit == UnitKind::kTroops;
}

bool is_noun(const Mark& trigger) {
  return trigger.role == LexemeRole::kTriggerNoun || trigger.role == LexemeRole::kTriggerToll;
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
  triggers_.clear();
  for (const Mark& mark : text_.marks_in(text_.sentences()[sentence])) {
    if (is_trigger(mark.role)) triggers_.push_back(&mark);
  }
  for (std::size_t i = 0; i < quantities.size(); ++i) {
    if (counts(quantities[i])) bind_one(sentence, i);
  }
}

void FigureBinder::bind_one(std::uint32_t sentence, std::size_t index) {
  const Quantity& quantity = quantities_[index];
  const std::optional<Choice> choice = choose(quantity);
  const bool part = is_part(quantity);
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
  if (total && !near && !far && !alone && accepts(quantity, found_[*total].kind)) {
    return inherit(sentence, quantity, *total);
  }
  if (!choice) return compare(sentence, quantity);
  if (choice->trigger->detail == kOtherFigure) return;
  const std::optional<Unreal> unreal = this->unreal(quantity, *choice->trigger);
  const bool sent = static_cast<FigureKind>(choice->trigger->detail) == FigureKind::kDeployed;
  if (unreal && !(sent && *unreal == Unreal::kPlanned)) return;
  add(sentence, quantity, *choice);
  if (unreal) found_.back().kind = FigureKind::kTroopsPlanned;
  if (part && total && found_[*total].kind == found_.back().kind) found_.back().part_of = total;
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
  const double ratio = *quantity.value / *before.quantity.value;
  return ratio <= kMostRatio && ratio >= 1 / kMostRatio && ratio != 1 ? &before : nullptr;
}

/// "the mayor spoke of 400", and in some languages "400 says the mayor".
bool FigureBinder::is_told(const Quantity& quantity) const {
  if (role_before(quantity, LexemeRole::kSpeech, kTellReach) != nullptr) return true;
  const std::uint32_t end = std::max(quantity.last, quantity.unit_last);
  return text_.find(end, LexemeRole::kSpeech) != nullptr;
}

/// "17 held, not 70"; "..., the mayor spoke of 400": another number for what was just counted.
void FigureBinder::compare(std::uint32_t sentence, const Quantity& quantity) {
  const FoundFigure* before = compared(sentence, quantity);
  if (before == nullptr) return;
  const Mark* denied = text_.find_before(quantity.first, LexemeRole::kUnreal);
  const bool contrast = denied != nullptr && before->sentence == sentence &&
                        static_cast<Unreal>(denied->detail) == Unreal::kDenied;
  if (!contrast && !is_told(quantity)) return;
  FoundFigure figure;
  figure.kind = before->kind;
  figure.quantity = quantity;
  figure.sentence = sentence;
  figure.trigger_first = figure.trigger_last = quantity.first;
  figure.former = contrast;
  figure.rule = contrast ? "figure.contrast" : "figure.compared";
  figure.confidence = 0.6;
  found_.push_back(figure);
}

/// "including two children", "103 of them", and in some languages a suffix.
bool FigureBinder::is_part(const Quantity& quantity) const {
  if (quantity.part || role_before(quantity, LexemeRole::kPart, kPartReach) != nullptr) return true;
  const std::uint32_t end = std::max(quantity.last, quantity.unit_last);
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
  if (found_.empty() || quantity.unit != UnitKind::kNone) return false;
  const FoundFigure& before = found_.back();
  if (!before.part_of || before.sentence != sentence || before.rule != kPartRule) return false;
  if (quantity.qualifier == Qualifier::kVague) return false;
  const auto& tokens = text_.tokens();
  const std::uint32_t end = std::max(before.quantity.last, before.quantity.unit_last);
  if (end >= quantity.first) return false;
  for (std::uint32_t at = end; at < quantity.first; ++at) {
    if (tokens[at].punctuation == ';' || tokens[at].punctuation == '(') return false;
  }
  return tokens[quantity.first].position - tokens[end].position <= kListReach;
}

/// Only people are killed or detained, only money is damage in money.
bool FigureBinder::accepts(const Quantity& quantity, FigureKind kind) const {
  switch (quantity.unit) {
    case UnitKind::kMoney:
      return kind == FigureKind::kDamageMoney && quantity.value.value_or(0) >= kLeastDamage;
    case UnitKind::kBuildings:
    case UnitKind::kVehicles: return kind == FigureKind::kBuildingsDamaged;
    case UnitKind::kOther: return false;
    case UnitKind::kTroops:
    case UnitKind::kPeople:
      return kind != FigureKind::kDamageMoney && kind != FigureKind::kBuildingsDamaged;
    case UnitKind::kNone:
      return kind != FigureKind::kDamageMoney && kind != FigureKind::kBuildingsDamaged;
  }
  return false;
}

bool FigureBinder::accepts_alone(const Quantity& quantity, const Choice& choice) const {
  if (quantity.unit == UnitKind::kNone && !is_noun(*choice.trigger) &&
      choice.cost > kReachWithoutUnit) {
    return false;
  }
  // "one" is a pronoun as often as a number
  if (quantity.in_words && quantity.value == 1.0) {
    return quantity.unit == UnitKind::kPeople && choice.cost <= kReachOfOne;
  }
  return true;
}

std::optional<FigureBinder::Choice> FigureBinder::choose(const Quantity& quantity) const {
  std::optional<Choice> best;
  bool stays_away = false;
  for (const Mark* trigger : triggers_) {
    const bool other = trigger->detail == kOtherFigure;
    if (!other && !accepts(quantity, static_cast<FigureKind>(trigger->detail))) continue;
    const bool attends =
        !other && static_cast<FigureKind>(trigger->detail) == FigureKind::kParticipants;
    // "100 people planning to attend a rally were detained": they did not come to the rally
    stays_away = stays_away || (attends && unreal(quantity, *trigger));
    if (attends && stays_away) continue;
    const auto price = cost(quantity, *trigger);
    if (!price || (best && *price > best->cost)) continue;
    // of two as near, the one that says more
    const bool tie = best && *price == best->cost;
    const bool better = tie && (best->trigger->detail == kOtherFigure
                                    ? !other
                                    : !other && is_noun(*trigger) && !is_noun(*best->trigger));
    if (tie && !better) continue;
    const Choice choice{trigger, *price};
    if (other || accepts_alone(quantity, choice)) best = choice;
  }
  return best;
}

/// How far the trigger is from the quantity; nothing when it stands on the wrong side or too far.
std::optional<std::uint32_t> FigureBinder::cost(const Quantity& quantity,
                                                const Mark& trigger) const {
  const std::uint32_t end = std::max(quantity.last, quantity.unit_last);
  const bool after = trigger.first >= quantity.number_last;
  std::uint32_t price = 0;
  std::uint32_t reach = kReach;
  if (after) {
    if (trigger.role == LexemeRole::kTriggerBefore || trigger.role == LexemeRole::kTriggerToll) {
      return {};
    }
    if (trigger.first > end) price += cost_between(end, trigger.first, quantity, trigger);
    if (trigger.first > end && counts_the_next(trigger)) price += kNextNumberCost;
    // a counted noun belongs to the number right before it
    if (trigger.role == LexemeRole::kTriggerNoun && trigger.first > quantity.unit_first) return {};
  } else {
    if (trigger.role == LexemeRole::kTriggerAfter || trigger.last > quantity.first) return {};
    if (trigger.role == LexemeRole::kTriggerToll) reach = kReachOfToll;
    price += cost_between(trigger.last, quantity.first, quantity, trigger);
    if (trigger.role == LexemeRole::kTriggerNoun) {
      // "the detained: 8", but of "the detained 8 people died" the eight died
      const std::uint32_t extra = counts_people(quantity) ? kAttributeCost : kNounCost;
      reach = kReachWithoutUnit + extra - kNounCost;
      price += extra;
    }
    if (trigger.role == LexemeRole::kTriggerToll) price = (price + 1) / 2;
  }
  const auto kind = static_cast<FigureKind>(trigger.detail);
  if (after && tells_a_state(quantity, trigger)) price += kStateNounCost;
  constexpr std::uint32_t kPlainPeople = 1;
  const bool plain = quantity.unit == UnitKind::kPeople && quantity.victim_classes == kPlainPeople;
  if (plain && kind == FigureKind::kDeployed) price += kPlainTroopsCost;
  constexpr std::uint32_t kOfficers = std::uint32_t{1}
                                      << static_cast<unsigned>(VictimClass::kSecurityPersonnel);
  const bool officers = (quantity.victim_classes & kOfficers) != 0;
  if (officers && kind == FigureKind::kDetained) price += kOfficersCost;
  if (kind == FigureKind::kParticipants) {
    const bool noun = trigger.role == LexemeRole::kTriggerNoun;
    const std::uint32_t extra = noun ? kParticipantNounCost : kParticipantsCost;
    price += extra;
    reach += extra;
  }
  if (price > reach) return {};
  return price;
}

/// "six detainees died", "four wounded died": what the verb right behind says is the news.
bool FigureBinder::tells_a_state(const Quantity& quantity, const Mark& trigger) const {
  const auto kind = static_cast<FigureKind>(trigger.detail);
  const bool state = kind == FigureKind::kDetained || kind == FigureKind::kInjured;
  const bool counted = trigger.role == LexemeRole::kTriggerNoun ||
                       (trigger.first == quantity.unit_first && trigger.last == quantity.unit_last);
  if (!state || !counted) return false;
  const auto& tokens = text_.tokens();
  return std::any_of(triggers_.begin(), triggers_.end(), [&](const Mark* other) {
    if (is_noun(*other) || other->first < trigger.last || other->detail == trigger.detail) {
      return false;
    }
    const auto breaks = [](const Token& token) { return token.kind == TokenKind::kPunctuation; };
    return tokens[other->first].position - tokens[trigger.last].position <= kStateReach &&
           std::none_of(tokens.begin() + trigger.last, tokens.begin() + other->first, breaks);
  });
}

/// "..., detained more than 4,000": after a comma, with a number of its own right behind it.
bool FigureBinder::counts_the_next(const Mark& trigger) const {
  const auto& tokens = text_.tokens();
  if (trigger.role == LexemeRole::kTriggerNoun || tokens[trigger.first - 1].punctuation != ',') {
    return false;
  }
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& other) {
    return counts(other) && other.first == trigger.last;
  });
}

std::uint32_t FigureBinder::cost_between(std::uint32_t first, std::uint32_t last,
                                         const Quantity& quantity, const Mark& trigger) const {
  const auto& tokens = text_.tokens();
  std::uint32_t price = tokens[last].position - tokens[first].position;
  const bool trigger_first = trigger.last <= first;
  for (std::uint32_t at = first; at < last; ++at) {
    switch (tokens[at].punctuation) {
      case ',': price += kCommaCost; break;
      case ':': price += trigger_first ? kColonCost : kBreakCost; break;
      case ';': price += kStopCost; break;
      case '(':
      case ')': price += kBreakCost; break;
      case '-': price += text_.is_glued(at) ? 0 : kCommaCost; break;
      default: break;
    }
    for (const Mark& mark : text_.marks_at(at)) {
      if (is_trigger(mark.role) && mark.detail != trigger.detail &&
          mark.role != LexemeRole::kTriggerNoun) {
        price += kOtherTriggerCost;
        break;
      }
      if (mark.role == LexemeRole::kPerson && trigger_first && !is_counted(mark)) {
        price += kObjectCost;
        break;
      }
    }
  }
  for (const Quantity& other : quantities_) {
    const bool between = other.number_first >= first && other.number_last <= last;
    if (!counts(other) || !between || other.number_first == quantity.number_first) continue;
    // "8 policemen and 1 prosecutor were detained" shares its trigger
    const std::uint32_t end = std::max(other.last, other.unit_last);
    const std::uint32_t start = std::min(quantity.first, text_.size() - 1);
    const bool listed = end <= start && tokens[start].position - tokens[end].position <= kListGap;
    if (!listed) price += kOtherNumberCost;
  }
  return price;
}

/// True for a noun that some number of the sentence counts.
bool FigureBinder::is_counted(const Mark& noun) const {
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
    return noun.first >= quantity.number_first && noun.last <= quantity.unit_last;
  });
}

/// "planning to march were detained": the word belongs to the first trigger behind it.
bool FigureBinder::speaks_of_another(const Mark& unreal, const Mark& trigger) const {
  return std::any_of(triggers_.begin(), triggers_.end(), [&](const Mark* other) {
    return other->first >= unreal.last && other->last <= trigger.first &&
           other->detail != trigger.detail;
  });
}

/// "might", "planned to", "denied that": nothing happened yet, or at all.
std::optional<Unreal> FigureBinder::unreal(const Quantity& quantity, const Mark& trigger) const {
  const std::uint32_t first = std::min(trigger.first, quantity.first);
  const std::uint32_t last = std::max(trigger.last, quantity.last);
  const std::uint32_t origin = text_.tokens()[first].position;
  const Sentence& sentence = text_.sentences()[text_.sentence_of(first)];
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.role != LexemeRole::kUnreal) continue;
    const auto kind = static_cast<Unreal>(mark.detail);
    if (kind != Unreal::kHypothetical && kind != Unreal::kPlanned) continue;
    const bool before_trigger =
        mark.first >= first && mark.last <= trigger.first && !speaks_of_another(mark, trigger);
    const std::uint32_t to_trigger = before_trigger ? text_.tokens()[trigger.first].position -
                                                          text_.tokens()[mark.last - 1].position
                                                    : 0;
    if (before_trigger && to_trigger <= kUnrealToTrigger + 2) return kind;
    if (mark.first >= trigger.last && mark.last <= last) return kind;
    const bool close =
        mark.last <= first && origin - text_.tokens()[mark.first].position <= kUnrealReach;
    if (close) return kind;
  }
  return {};
}

const Mark* FigureBinder::role_before(const Quantity& quantity, LexemeRole role,
                                      std::uint32_t reach) const {
  const std::uint32_t origin = text_.tokens()[quantity.first].position;
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  const Mark* nearest = nullptr;
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.first >= quantity.first) break;
    if (mark.role == role && origin - text_.tokens()[mark.first].position <= reach) nearest = &mark;
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
  if (plain) return false;
  const std::uint32_t limit = std::min(quantity.last + 3, text_.size());
  for (std::uint32_t at = quantity.last; at < limit; ++at) {
    if (text_.find(at, LexemeRole::kPlace) != nullptr) return true;
    if (text_.tokens()[at].kind == TokenKind::kNumber) return false;
  }
  return false;
}

/// The last total told in this sentence or the one before.
std::optional<std::size_t> FigureBinder::total_for(std::uint32_t sentence,
                                                   const Quantity& quantity) const {
  for (std::size_t i = found_.size(); i > 0; --i) {
    const FoundFigure& figure = found_[i - 1];
    if (figure.sentence + 1 < sentence) return {};
    if (figure.part_of || figure.former) continue;
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
  FoundFigure figure;
  figure.kind = static_cast<FigureKind>(choice.trigger->detail);
  if (figure.kind == FigureKind::kBuildingsDamaged && quantity.unit == UnitKind::kVehicles) {
    figure.kind = FigureKind::kVehiclesDamaged;
  }
  figure.quantity = quantity;
  figure.sentence = sentence;
  figure.trigger_first = choice.trigger->first;
  figure.trigger_last = choice.trigger->last;
  figure.former = role_before(quantity, LexemeRole::kFormer, kFormerReach) != nullptr;
  figure.added = role_before(quantity, LexemeRole::kAdded, 2) != nullptr;
  figure.rule = rule_of(choice.trigger->role);
  figure.confidence = std::max(0.5, 0.95 - 0.015 * choice.cost);
  found_.push_back(figure);
}

void FigureBinder::inherit(std::uint32_t sentence, const Quantity& quantity, std::size_t total) {
  FoundFigure figure;
  figure.kind = found_[total].kind;
  figure.quantity = quantity;
  figure.sentence = sentence;
  figure.trigger_first = figure.trigger_last = quantity.first;
  figure.part_of = total;
  figure.rule = kPartRule;
  figure.confidence = 0.75;
  found_.push_back(figure);
}

}  // namespace steppe
