// Which trigger of a sentence claims a quantity, and what it costs: part of FigureBinder.

#include <algorithm>

#include "processors/figures/figure_binder.h"

namespace steppe {
namespace {

// Costs are half words; a trigger further than this claims nothing.
constexpr std::uint32_t kReach = 26;
constexpr std::uint32_t kReachWithoutUnit = 9;
constexpr std::uint32_t kReachOfToll = 14;  // a toll counts half
constexpr std::uint32_t kReachOfOne = 6;
constexpr std::uint32_t kReachOfWhole = 4;  // "of the 46 dead", but "of the 252, 29 died"
constexpr std::uint32_t kCommaCost = 3;
constexpr std::uint32_t kBreakCost = 14;  // bracket, colon before the trigger
constexpr std::uint32_t kStopCost = 22;   // semicolon
constexpr std::uint32_t kColonCost = 1;   // "wounded: 748"
constexpr std::uint32_t kOtherTriggerCost = 8;
constexpr std::uint32_t kOtherNumberCost = 6;
constexpr std::uint32_t kNextNumberCost = 8;
constexpr std::uint32_t kTakenCost = 4;             // the trigger closes the count before it
constexpr std::uint32_t kObjectCost = 6;            // the verb has an object of its own
constexpr std::uint32_t kParticipantsCost = 6;      // who takes part may also be detained
constexpr std::uint32_t kParticipantNounCost = 10;  // "26 protesters and 16 officers were killed"
constexpr std::uint32_t kStateNounCost = 5;         // "six detainees died"
constexpr std::uint32_t kStateReach = 4;
constexpr std::uint32_t kParticipleCost = 6;   // before its noun where verbs stand last
constexpr std::uint32_t kOfficersCost = 8;     // soldiers are brought somewhere, not detained
constexpr double kLeastDamage = 10000;         // in any currency; below it a price
constexpr std::uint32_t kPlainTroopsCost = 8;  // "1,500 people arrived at the rally"
constexpr std::uint32_t kReachOfLoss = 9;      // "losses: 400 cars"
constexpr std::uint32_t kNounCost = 2;         // a noun stands before its number
constexpr std::uint32_t kAttributeCost = 8;    // and the number counts a noun of its own
constexpr std::uint32_t kListGap = 4;
constexpr std::uint32_t kUnrealReach = 8;
constexpr std::uint32_t kUnrealToTrigger = 4;

bool counts_people(const Quantity& quantity) {
  return quantity.unit == UnitKind::kPeople || quantity.unit == UnitKind::kTroops;
}

bool is_noun(const Mark& trigger) {
  return trigger.role == LexemeRole::kTriggerNoun || trigger.role == LexemeRole::kTriggerToll;
}

}  // namespace

/// True when it may stand for a figure: not rejected, and no whole of which a part is told.
bool FigureBinder::is_live(const Quantity& quantity) const {
  return quantity.reject == Reject::kNone && !is_whole_here(quantity);
}

/// Only people are killed or detained, only money is damage in money.
bool FigureBinder::accepts(const Quantity& quantity, FigureKind kind) const {
  switch (quantity.unit) {
    case UnitKind::kMoney:
      return kind == FigureKind::kDamageMoney && quantity.value.value_or(0) >= kLeastDamage;
    case UnitKind::kBuildings:
    case UnitKind::kVehicles:
      return kind == FigureKind::kBuildingsDamaged || kind == FigureKind::kVehiclesDamaged ||
             kind == FigureKind::kDamageMoney;  // "losses: 400 cars"
    case UnitKind::kOther: return false;
    case UnitKind::kTroops:
    case UnitKind::kPeople:
    case UnitKind::kNone:
      return kind != FigureKind::kDamageMoney && kind != FigureKind::kBuildingsDamaged &&
             kind != FigureKind::kVehiclesDamaged;
  }
  return false;
}

/// Whether a part of a total of this kind may be counted so: of "423 cars" "346" are cars too, and
/// so are "346 - the police's".
bool FigureBinder::may_share(const Quantity& quantity, FigureKind kind) const {
  const bool things = kind == FigureKind::kBuildingsDamaged || kind == FigureKind::kVehiclesDamaged;
  const bool apart = quantity.unit != UnitKind::kMoney && quantity.unit != UnitKind::kOther &&
                     (quantity.unit == UnitKind::kNone || quantity.unit_first > quantity.last);
  return accepts(quantity, kind) || (things && apart);
}

/// "A figure of 164": what is withdrawn then is the figure, and no soldiers.
bool FigureBinder::is_called_number(const Quantity& quantity) const {
  constexpr std::uint32_t kNounReach = 3;  // tokens before the number
  const std::uint32_t from = quantity.first - std::min(quantity.first, kNounReach);
  for (std::uint32_t at = from; at < quantity.first; ++at) {
    const Mark* noun = text_.find(at, LexemeRole::kRetraction);
    if (noun != nullptr && static_cast<Retraction>(noun->detail) == Retraction::kNumber)
      return true;
  }
  return false;
}

bool FigureBinder::accepts_alone(const Quantity& quantity, const Choice& choice) const {
  const auto kind = static_cast<FigureKind>(choice.trigger->detail);
  if (kind == FigureKind::kWithdrawn && is_called_number(quantity)) return false;
  const bool attends =
      choice.trigger->first >= quantity.number_last && kind == FigureKind::kParticipants;
  const std::uint32_t reach = kReachWithoutUnit + (attends ? kParticipantsCost : 0);
  if (quantity.unit == UnitKind::kNone && !is_noun(*choice.trigger) && choice.cost > reach) {
    return false;
  }
  // "one" is a pronoun as often as a number
  if (quantity.in_words && quantity.value == 1.0) {
    const bool counted = quantity.unit == UnitKind::kPeople || counts_things(quantity);
    return counted && choice.cost <= kReachOfOne;
  }
  return true;
}

std::optional<FigureBinder::Choice> FigureBinder::choose(const Quantity& quantity) const {
  if (triggers_.size() > 1) {
    if (const Mark* news = news_of_those(quantity)) return Choice{news, kReachOfOne};
  }
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
    const std::uint32_t price = cost(quantity, *trigger);
    if (price == kTooFar || (best && price > best->cost)) continue;
    // of two as near, the one that says more
    const bool tie = best && price == best->cost;
    const bool better = tie && (best->trigger->detail == kOtherFigure
                                    ? !other
                                    : !other && is_noun(*trigger) && !is_noun(*best->trigger));
    if (tie && !better) continue;
    const Choice choice{trigger, price};
    if (other || accepts_alone(quantity, choice)) best = choice;
  }
  return best;
}

/// How far the trigger is from the quantity; kTooFar also when it stands on the wrong side.
std::uint32_t FigureBinder::cost(const Quantity& quantity, const Mark& trigger) const {
  if (counts_bodies(quantity, trigger)) return 0;
  const bool after = trigger.first >= quantity.number_last;
  std::uint32_t reach = kReach;
  std::uint32_t price =
      after ? cost_behind(quantity, trigger) : cost_before(quantity, trigger, reach);
  if (price == kTooFar) return kTooFar;
  const auto kind = static_cast<FigureKind>(trigger.detail);
  if (after && tells_a_state(quantity, trigger)) price += kStateNounCost;
  constexpr std::uint32_t kPlainPeople = 1;
  const bool plain = quantity.unit == UnitKind::kPeople && quantity.victim_classes == kPlainPeople;
  if (plain && kind == FigureKind::kDeployed) price += kPlainTroopsCost;
  if (counts_things(quantity) && kind == FigureKind::kDamageMoney) reach = kReachOfLoss;
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
  if (quantity.reject == Reject::kNone && !is_live(quantity)) reach = kReachOfWhole;
  return price > reach ? kTooFar : price;
}

/// No price is below the distance: what is far need not be priced.
bool FigureBinder::is_far(std::uint32_t first, std::uint32_t last, std::uint32_t reach) const {
  return last > first && text_.tokens()[last].position - text_.tokens()[first].position > reach;
}

/// Of a trigger behind the number.
std::uint32_t FigureBinder::cost_behind(const Quantity& quantity, const Mark& trigger) const {
  if (trigger.role == LexemeRole::kTriggerBefore || trigger.role == LexemeRole::kTriggerToll) {
    return kTooFar;
  }
  const std::uint32_t end = end_of(quantity);
  if (is_far(end, trigger.first, kReach)) return kTooFar;
  if (belongs_to_part(quantity, trigger) || is_told_to(quantity, trigger)) return kTooFar;
  std::uint32_t price = 0;
  if (trigger.first > end) price += cost_between(end, trigger.first, quantity, trigger);
  if (trigger.first > end && counts_the_next(trigger)) price += kNextNumberCost;
  // a counted noun belongs to the number right before it
  if (trigger.role == LexemeRole::kTriggerNoun && trigger.first > quantity.unit_first) {
    return kTooFar;
  }
  return price;
}

/// "16 workers, detained last week, walked free", "three activists arrested last week were
/// released": where a participle only says who they are, the verb that closes the sentence; else
/// null.
const Mark* FigureBinder::news_of_those(const Quantity& quantity) const {
  const std::uint32_t end = end_of(quantity);
  if (quantity.unit == UnitKind::kNone || end >= text_.size()) return nullptr;
  const auto& tokens = text_.tokens();
  const std::uint32_t start = tokens[end].punctuation == ',' ? end + 1 : end;
  const Mark* state = nullptr;
  for (const Mark* trigger : triggers_) {
    if (trigger->first == start && !is_noun(*trigger)) state = trigger;
  }
  if (state == nullptr) return nullptr;
  const auto kind = static_cast<FigureKind>(state->detail);
  const bool participle = start > end || state->last == state->first + 1;
  if (!participle || (kind != FigureKind::kDetained && kind != FigureKind::kInjured)) {
    return nullptr;
  }
  for (const Mark* news : triggers_) {
    if (news->first <= state->last || is_noun(*news)) continue;
    if (static_cast<FigureKind>(news->detail) != FigureKind::kReleased) continue;
    const bool far = tokens[news->first].position - tokens[end].position > kReach;
    return !far && tells_on(*state, *news, start > end) ? news : nullptr;
  }
  return nullptr;
}

/// True when nothing else is counted between a participle and the verb behind it, and the
/// participle is set off by commas on both sides or the verb is more than a word.
bool FigureBinder::tells_on(const Mark& state, const Mark& news, bool set_off) const {
  const auto& tokens = text_.tokens();
  bool closed = false;
  for (std::uint32_t at = state.last; at < news.first; ++at) {
    const char mark = tokens[at].punctuation;
    if (mark == ';' || mark == ':') return false;
    closed = closed || mark == ',';
  }
  if (set_off ? !closed : news.last == news.first + 1) return false;
  return std::none_of(quantities_.begin(), quantities_.end(), [&](const Quantity& one) {
    return is_live(one) && one.first >= state.last && one.last <= news.first;
  });
}

/// "131 people, of whom about 40 were released": in Han text the verb belongs to the part that
/// stands right before it.
bool FigureBinder::belongs_to_part(const Quantity& quantity, const Mark& trigger) const {
  if (text_.tokens()[trigger.first].kind != TokenKind::kHan) return false;
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& other) {
    const std::uint32_t end = end_of(other);
    if (other.first <= quantity.first || end > trigger.first || !is_live(other)) return false;
    return is_part(other) && text_.is_unbroken(end, trigger.first);
  });
}

/// "5 adamga qatysty": in the case of "to" people take no part, something concerns them.
bool FigureBinder::is_told_to(const Quantity& quantity, const Mark& trigger) const {
  if (static_cast<FigureKind>(trigger.detail) != FigureKind::kParticipants) return false;
  const bool beside = trigger.first > quantity.unit_first && trigger.first <= quantity.unit_last;
  if (!beside) return false;
  const std::string_view word = text_.folded_token(trigger.first - 1);
  const std::vector<std::string>& endings = text_.lexicon().pack().ways.to_endings;
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return word.ends_with(ending); });
}

/// Of a trigger before the number.
std::uint32_t FigureBinder::cost_before(const Quantity& quantity, const Mark& trigger,
                                        std::uint32_t& reach) const {
  if (trigger.last > quantity.first) return kTooFar;
  if (is_far(trigger.last, quantity.first, 2 * kReachOfToll)) return kTooFar;
  std::uint32_t price = cost_between(trigger.last, quantity.first, quantity, trigger);
  if (trigger.role == LexemeRole::kTriggerAfter) {
    // "wounded 31 people": where verbs stand last, a participle stands before its noun
    const bool participle = text_.lexicon().pack().verb_final && price == 0;
    return participle ? kParticipleCost : kTooFar;
  }
  if (trigger.role == LexemeRole::kTriggerToll) reach = kReachOfToll;
  if (trigger.role == LexemeRole::kTriggerNoun) {
    // "the detained: 8", but of "the detained 8 people died" the eight died
    const std::uint32_t extra = counts_people(quantity) ? kAttributeCost : kNounCost;
    reach = kReachWithoutUnit + extra - kNounCost;
    price += extra;
  }
  if (trigger.role == LexemeRole::kTriggerToll) price = (price + 1) / 2;
  // "14 people died 174 were hurt": it closes the count before it
  const bool taken = price == 0 && !is_noun(trigger) &&
                     std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& one) {
                       return is_live(one) && end_of(one) == trigger.first;
                     });
  return taken ? price + kTakenCost : price;
}

/// "202 bodies": who is counted as dead is dead, whatever is done with them.
bool FigureBinder::counts_bodies(const Quantity& quantity, const Mark& trigger) const {
  return trigger.role == LexemeRole::kTriggerNoun &&
         static_cast<FigureKind>(trigger.detail) == FigureKind::kKilled &&
         trigger.first >= quantity.number_last && trigger.first >= quantity.unit_first &&
         trigger.last <= quantity.unit_last;
}

/// "Of the 310 detainees ...": another number counts a part of it.
bool FigureBinder::is_whole_here(const Quantity& quantity) const {
  const auto index = static_cast<std::size_t>(&quantity - quantities_.data());
  return index < whole_.size() && whole_[index];
}

/// "six detainees died", "four wounded died": what the verb right behind says is the news.
bool FigureBinder::tells_a_state(const Quantity& quantity, const Mark& trigger) const {
  const auto kind = static_cast<FigureKind>(trigger.detail);
  const bool state = kind == FigureKind::kDetained || kind == FigureKind::kInjured;
  const bool counted = trigger.role == LexemeRole::kTriggerNoun ||
                       (trigger.first == quantity.unit_first && trigger.last == quantity.unit_last);
  if (!state || !counted || is_whole_here(quantity)) return false;
  const auto& tokens = text_.tokens();
  return std::any_of(triggers_.begin(), triggers_.end(), [&](const Mark* other) {
    if (is_noun(*other) || other->detail == trigger.detail) return false;
    // "died three of the wounded"
    const bool dead = static_cast<FigureKind>(other->detail) == FigureKind::kKilled;
    if (dead && other->last == quantity.first) return true;
    if (other->first < trigger.last) return false;
    return tokens[other->first].position - tokens[trigger.last].position <= kStateReach &&
           text_.is_unbroken(trigger.last, other->first);
  });
}

/// "..., detained more than 4,000": after a comma, with a number of its own right behind it.
bool FigureBinder::counts_the_next(const Mark& trigger) const {
  const auto& tokens = text_.tokens();
  if (trigger.role == LexemeRole::kTriggerNoun || tokens[trigger.first - 1].punctuation != ',') {
    return false;
  }
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& other) {
    return is_live(other) && other.first == trigger.last;
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
          mark.role != LexemeRole::kTriggerNoun && quantity.unit != UnitKind::kMoney) {
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
    if (!is_live(other) || !between || other.number_first == quantity.number_first) continue;
    // "8 policemen and 1 prosecutor were detained" shares its trigger
    const std::uint32_t end = end_of(other);
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
  for (const Mark* each : unreal_) {
    const Mark& mark = *each;
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

}  // namespace steppe
