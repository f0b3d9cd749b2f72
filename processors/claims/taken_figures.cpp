#include "processors/claims/taken_figures.h"

#include <algorithm>
#include <utility>

#include "processors/claims/number_contrast.h"
#include "processors/claims/retraction_rule.h"

namespace steppe {
namespace {

constexpr std::uint32_t kNeighbourSentences = 2;  // back to the figure whose kind a number takes
constexpr std::uint32_t kTriggerReach = 24;       // half words
constexpr std::uint32_t kTriggerBefore = 48;      // the same, in the sentence before
constexpr double kConfidenceBeside = 0.6;  // of a number that takes the kind of its neighbour
constexpr double kClockHours = 12;
constexpr double kConfidenceOpen = 0.4;  // of one whose kind nothing tells

/// The kind of a figure that counts things or money.
std::optional<FigureKind> loss_of(UnitKind unit) {
  switch (unit) {
    case UnitKind::kMoney: return FigureKind::kDamageMoney;
    case UnitKind::kBuildings: return FigureKind::kBuildingsDamaged;
    case UnitKind::kVehicles: return FigureKind::kVehiclesDamaged;
    default: return {};
  }
}

}  // namespace

void TakenFigures::take(std::size_t figure, std::string_view rule, const Mark& cue) {
  if (!taken_[figure]) taken_[figure] = {rule, cue.first, cue.last};
}

void TakenFigures::take_told(std::size_t figure, std::string_view rule, const Mark& cue) {
  if (!reader_.is_new(figures_[figure].quantity)) take(figure, rule, cue);
}

const Mark* TakenFigures::cue_of(std::size_t figure) const {
  const TakenBack& taken = taken_[figure];
  if (!taken) return nullptr;
  const std::span<const Mark> marks = text_.marks_at(taken.first);
  const auto cue = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return mark.role == LexemeRole::kRetraction && mark.last == taken.last;
  });
  return cue != marks.end() ? &*cue : nullptr;
}

bool TakenFigures::is_standing(std::size_t figure) const {
  return std::find(standing_.begin(), standing_.end(), figure) != standing_.end();
}

std::optional<std::size_t> TakenFigures::index_of(const Quantity& quantity) const {
  return steppe::index_of(figures_, quantity);
}

std::optional<std::size_t> TakenFigures::find_or_make(const Quantity& quantity, std::uint32_t s) {
  const auto known = index_of(quantity);
  return known ? known : make(quantity, s);
}

/// "Withdrew its tally": said of what was told, not of who was counted.
bool TakenFigures::is_word_of_retraction(const Mark& trigger) const {
  for (std::uint32_t at = trigger.first; at < trigger.last; ++at) {
    if (reader_.has(at, Retraction::kWithdraws)) return true;
  }
  return false;
}

const Mark* TakenFigures::trigger_near(const Quantity& quantity, std::uint32_t s,
                                       std::uint32_t reach) const {
  const Mark* nearest = nullptr;
  for (const Mark& mark : text_.marks_in(text_.sentences()[s])) {
    if (!is_trigger(mark.role) || mark.detail == kOtherFigure) continue;
    if (is_word_of_retraction(mark)) continue;
    const std::uint32_t distance = reader_.gap(mark.first, quantity.number_first);
    const bool counts = may_count(quantity, static_cast<FigureKind>(mark.detail));
    if (distance > reach || !counts) continue;
    if (nearest == nullptr || distance < reader_.gap(nearest->first, quantity.number_first)) {
      nearest = &mark;
    }
  }
  return nearest;
}

std::optional<std::size_t> TakenFigures::make(const Quantity& quantity, std::uint32_t s) {
  const Mark* nearest = trigger_near(quantity, s, kTriggerReach);
  if (nearest == nullptr && s > 0) nearest = trigger_near(quantity, s - 1, kTriggerBefore);
  if (nearest != nullptr) return add(quantity, s, static_cast<FigureKind>(nearest->detail));
  for (std::size_t i = figures_.size(); i > 0; --i) {
    const FoundFigure& figure = figures_[i - 1];
    if (figure.sentence > s || figure.sentence + kNeighbourSentences < s) continue;
    return add(quantity, s, figure.kind);
  }
  return make_by_unit(quantity, s);
}

std::optional<std::size_t> TakenFigures::make_open(const Quantity& quantity, std::uint32_t s,
                                                   bool named) {
  if (const auto made = make(quantity, s)) return made;
  const std::uint32_t end = end_of(quantity);
  const bool people = quantity.unit == UnitKind::kPeople;
  // "at seven in the morning"
  const bool small = quantity.in_words && quantity.value && *quantity.value <= kClockHours;
  const bool word = quantity.unit == UnitKind::kNone && !small && end < text_.size() &&
                    text_.tokens()[end].kind == TokenKind::kWord;
  const bool bare = named && quantity.unit == UnitKind::kNone;
  const std::optional<FigureKind> loss = loss_of(quantity.unit);
  if (!loss && !people && !word && !bare) return {};
  const auto made = add(quantity, s, loss.value_or(FigureKind::kParticipants));
  if (made) figures_[*made].confidence = kConfidenceOpen;
  return made;
}

/// What is counted tells of which kind it is: "600 soldiers".
std::optional<std::size_t> TakenFigures::make_by_unit(const Quantity& quantity, std::uint32_t s) {
  constexpr std::uint32_t kOfficers = 1U << static_cast<unsigned>(VictimClass::kSecurityPersonnel);
  constexpr std::uint32_t kRioters = 1U << static_cast<unsigned>(VictimClass::kRioters);
  const auto marks = text_.marks_in(text_.sentences()[s]);
  const bool other = std::any_of(marks.begin(), marks.end(), [this](const Mark& mark) {
    return is_trigger(mark.role) && !is_word_of_retraction(mark);
  });
  if (other) return {};  // "taken hostage"
  if (quantity.unit == UnitKind::kTroops) return add(quantity, s, FigureKind::kDeployed);
  if (const auto loss = loss_of(quantity.unit)) return add(quantity, s, *loss);
  if ((quantity.victim_classes & kRioters) != 0) {
    return add(quantity, s, FigureKind::kParticipants);
  }
  if ((quantity.victim_classes & kOfficers) == 0) return {};
  return add(quantity, s, FigureKind::kDeployed);
}

std::optional<std::size_t> TakenFigures::make_like(Quantity quantity, std::size_t figure) {
  const FoundFigure& like = figures_[figure];
  if (quantity.unit == UnitKind::kNone) {
    quantity.unit = like.quantity.unit;
    quantity.currency = like.quantity.currency;
  }
  const auto s = static_cast<std::uint32_t>(text_.sentence_of(quantity.first));
  return add(quantity, s, like.kind);
}

std::optional<std::size_t> TakenFigures::add(const Quantity& quantity, std::uint32_t s,
                                             FigureKind kind) {
  if (!may_count(quantity, kind)) return {};
  FoundFigure figure;
  figure.kind = kind;
  figure.quantity = quantity;
  figure.sentence = s;
  figure.trigger_first = figure.trigger_last = quantity.first;
  figure.former = true;
  figure.rule = "figure.corrected";
  figure.confidence = kConfidenceBeside;
  figures_.push_back(figure);
  taken_.emplace_back();
  return figures_.size() - 1;
}

/// "Deleted its post on 12 dead, but confirmed later that twelve had died".
bool TakenFigures::is_told_again(const Quantity& number, const TakenBack& taken) const {
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& other) {
    return other.value == number.value && other.first > number.first && other.first >= taken.last &&
           other.reject == Reject::kNone && reader_.is_new(other);
  });
}

std::vector<TakenBack> TakenFigures::finish() {
  for (const std::size_t i : standing_) taken_[i] = {};
  for (const Quantity* right : right_numbers_) {
    if (const auto stands = index_of(*right)) taken_[*stands] = {};
  }
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    if (taken_[i] && is_told_again(figures_[i].quantity, taken_[i])) taken_[i] = {};
  }
  return std::move(taken_);
}

}  // namespace steppe
