#include "processors/match/sides.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr double kEventNamesCountry = 0.6;  // an event's name says less of where than of what
constexpr double kFarBytes = 120;           // between fields, and when a field names no place
constexpr double kNearBytes = 20;           // distance at which a place's pull halves
constexpr std::uint32_t kClauseBytes = 20;
constexpr double kNextClause =
    0.4;  // of the pull, from the clause behind one that is told elsewhere
constexpr double kFirmPlace = 0.5;      // countries that often act abroad are named more weakly
constexpr double kHomeAdvantage = 1.1;  // a topic between two countries leans to the monitored one

constexpr std::size_t kUsualPlaces = 16;

enum class Side : std::uint8_t { kWhere, kWhat, kVeto, kElsewhere, kDigest };

Side side_of(TermKind kind) {
  switch (kind) {
    case TermKind::kCountry:
    case TermKind::kPlace:
    case TermKind::kLeader:
    case TermKind::kInstitution: return Side::kWhere;
    case TermKind::kEvent:
    case TermKind::kStrong:
    case TermKind::kFraming:
    case TermKind::kWeak:
    case TermKind::kMass: return Side::kWhat;
    case TermKind::kVeto: return Side::kVeto;
    case TermKind::kElsewhere: return Side::kElsewhere;
    case TermKind::kDigest:
    case TermKind::kStop: return Side::kDigest;
  }
  return Side::kDigest;
}

bool overlaps(const Found& a, const Found& b) {
  return a.field == b.field && a.begin < b.end && b.begin < a.end;
}

// In bytes; a clause between counts as many more.
std::uint32_t distance(const Found& a, const Found& b) {
  if (b.begin < a.begin) return distance(b, a);
  const std::uint32_t bytes = b.begin > a.end ? b.begin - a.end : 0;
  return bytes + kClauseBytes * (b.clause - a.clause);
}

// How strongly the nearest of `places` claims the topic word.
double pull(const Found& topic, const std::vector<const Found*>& places) {
  double best = 0;
  for (const Found* place : places) {
    const double bytes = place->field == topic.field
                             ? std::min<double>(distance(topic, *place), kFarBytes)
                             : kFarBytes;
    best = std::max(best, place->strength / (1 + bytes / kNearBytes));
  }
  return best;
}

class Scale {
 public:
  explicit Scale(double source) : source_(source) {
    home_.reserve(kUsualPlaces);
    away_.reserve(kUsualPlaces);
  }

  // Everything but topic words, whose weight depends on all the places.
  void place(const Found& one) {
    switch (side_of(one.kind)) {
      case Side::kWhere:
        sides.where.add(one, one.strength);
        home_.push_back(&one);
        break;
      case Side::kWhat:
        if (one.kind == TermKind::kEvent) sides.where.add(one, one.strength * kEventNamesCountry);
        break;
      case Side::kVeto: sides.veto.add(one, one.strength); break;
      case Side::kElsewhere:
        sides.elsewhere.add(one, one.strength);
        away_.push_back(&one);
        break;
      case Side::kDigest: sides.digest.add(one, one.strength); break;
    }
  }

  void weigh_topic(const Found& one) {
    if (side_of(one.kind) != Side::kWhat || one.kind == TermKind::kWeak) return;
    const double strength = shared(one);
    sides.topic.add(one, strength);
    if (one.kind != TermKind::kFraming) sides.plain.add(one, strength);
  }

  // A weak term inside a stronger one says nothing more.
  void weigh_weak(const Found& one) {
    if (one.kind != TermKind::kWeak) return;
    const auto& topic = sides.topic.all();
    const bool covered = std::any_of(topic.begin(), topic.end(),
                                     [&](const auto& kept) { return overlaps(*kept.first, one); });
    if (!covered) sides.weak.add(one, shared(one));
  }

  Sides sides;

 private:
  // "Protesters clash in Tbilisi; Kazakhstan urges calm": the clause of the topic word names
  // another country, and the monitored one is named in a later clause only.
  bool told_elsewhere(const Found& topic) const {
    if (topic.field != TextField::kTitle) return false;
    const auto beside = [&](const Found* place) {
      return place->field == topic.field && place->clause == topic.clause;
    };
    const auto firm = [&](const Found* place) {
      return place->strength >= kFirmPlace && beside(place);
    };
    const auto later = [&](const Found* place) {
      return place->field != topic.field || place->clause > topic.clause;
    };
    return std::any_of(away_.begin(), away_.end(), firm) &&
           std::all_of(home_.begin(), home_.end(), later);
  }

  // The strength that belongs to the monitored country. Names of events need no place.
  double shared(const Found& one) {
    if (away_.empty() || one.kind == TermKind::kEvent) return one.strength;
    const double away = pull(one, away_);
    const double named = pull(one, home_) * (told_elsewhere(one) ? kNextClause : 1);
    const double home = std::max(named, source_ / (1 + kFarBytes / kNearBytes));
    const double part = home * home / (home * home + away * away);
    const double strength = one.strength * std::min(1.0, kHomeAdvantage * part);
    sides.lost = std::max(sides.lost, one.strength - strength);
    return strength;
  }

  double source_;
  std::vector<const Found*> home_;
  std::vector<const Found*> away_;
};

}  // namespace

double join(double a, double b) {
  return 1 - (1 - a) * (1 - b);
}

void Distinct::add(const Found& found, double strength) {
  for (auto& [kept, best] : kept_) {
    if (kept->same != found.same && !overlaps(*kept, found)) continue;
    if (strength > best) {
      kept = &found;
      best = strength;
    }
    return;
  }
  kept_.emplace_back(&found, strength);
}

double Distinct::joined() const {
  double all = 0;
  for (const auto& [found, strength] : kept_) all = join(all, std::clamp(strength, 0.0, 1.0));
  return all;
}

double Distinct::in_title() const {
  double best = 0;
  for (const auto& [found, strength] : kept_) {
    if (found->field == TextField::kTitle) best = std::max(best, strength);
  }
  return best;
}

Sides weigh(std::span<const Found> found, double source) {
  Scale scale(source);
  for (const Found& one : found) scale.place(one);
  for (const Found& one : found) scale.weigh_topic(one);
  for (const Found& one : found) scale.weigh_weak(one);
  return std::move(scale.sides);
}

}  // namespace steppe
