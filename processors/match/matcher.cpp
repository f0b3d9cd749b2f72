#include "processors/match/matcher.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace steppe {
namespace {

constexpr std::size_t kMaxReasons = 40;
constexpr double kEventNamesCountry = 0.6;  // an event's name says less of where than of what
constexpr double kFarBytes = 120;           // between fields, and when a field names no place
constexpr double kNearBytes = 20;           // distance at which a place's pull halves
constexpr std::uint32_t kClauseBytes = 20;
constexpr double kHomeAdvantage = 1.1;  // a topic between two countries leans to the monitored one
constexpr double kNamesPlace = 0.6;     // from here an elsewhere term names a country or city
constexpr double kVetoAgainstTopic = 0.65;  // how much plain topic words resist a veto

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

// Independent pieces of evidence: 1 - (1-a)(1-b)...
class Joined {
 public:
  void add(double strength) { doubt_ *= 1 - std::clamp(strength, 0.0, 1.0); }
  double value() const { return 1 - doubt_; }

 private:
  double doubt_ = 1;
};

bool overlaps(const Found& a, const Found& b) {
  return a.field == b.field && a.begin < b.end && b.begin < a.end;
}

// A term, and a word in the text, counts once, where it is strongest.
class Distinct {
 public:
  void add(const Found& found, double strength) {
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
  double joined() const {
    Joined all;
    for (const auto& [found, strength] : kept_) all.add(strength);
    return all.value();
  }
  /// The strongest in the title.
  double in_title() const {
    double best = 0;
    for (const auto& [found, strength] : kept_) {
      if (found->field == TextField::kTitle) best = std::max(best, strength);
    }
    return best;
  }
  const std::vector<std::pair<const Found*, double>>& all() const { return kept_; }

 private:
  std::vector<std::pair<const Found*, double>> kept_;
};

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

// All that speaks for and against one item.
struct Sides {
  Distinct where;
  Distinct topic;  // event, strong, framing
  Distinct plain;  // event, strong only
  Distinct weak;
  Distinct veto;
  Distinct elsewhere;
  Distinct digest;
  double lost = 0;  // topic strength given to other countries
};

class Scale {
 public:
  Scale(const std::vector<Found>& found, double source) : source_(source) {
    for (const Found& one : found) place(one);
    for (const Found& one : found) {
      if (side_of(one.kind) == Side::kWhat) weigh(one);
    }
  }

  Sides take() { return std::move(sides_); }

 private:
  void place(const Found& one) {
    switch (side_of(one.kind)) {
      case Side::kWhere:
        sides_.where.add(one, one.strength);
        home_.push_back(&one);
        break;
      case Side::kWhat:
        if (one.kind == TermKind::kEvent) {
          sides_.where.add(one, one.strength * kEventNamesCountry);
        }
        break;
      case Side::kVeto: sides_.veto.add(one, one.strength); break;
      case Side::kElsewhere:
        sides_.elsewhere.add(one, one.strength);
        away_.push_back(&one);
        break;
      case Side::kDigest: sides_.digest.add(one, one.strength); break;
    }
  }

  void weigh(const Found& one) {
    const double strength = one.strength * share(one);
    sides_.lost = std::max(sides_.lost, one.strength - strength);
    switch (one.kind) {
      case TermKind::kWeak: sides_.weak.add(one, strength); return;
      case TermKind::kFraming: sides_.topic.add(one, strength); return;
      default: sides_.topic.add(one, strength); sides_.plain.add(one, strength);
    }
  }

  // The part of a topic word that belongs to the monitored country. Names of events need no place.
  double share(const Found& one) const {
    if (away_.empty() || one.kind == TermKind::kEvent) return 1;
    const double away = pull(one, away_);
    const double home = std::max(pull(one, home_), source_ / (1 + kFarBytes / kNearBytes));
    const double part = home * home / (home * home + away * away);
    return std::min(1.0, kHomeAdvantage * part);
  }

  double source_;
  std::vector<const Found*> home_;
  std::vector<const Found*> away_;
  Sides sides_;
};

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#:"));
  return url;
}

bool is_within(std::string_view host, std::string_view domain) {
  if (domain.front() == '.') return host.ends_with(domain);
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

Matcher::Matcher(const Profile& profile)
    : terms_(profile.terms),
      rules_(profile.rules),
      countries_(profile.countries),
      sources_(profile.sources),
      finder_(profile) {}

double Matcher::source_weight(const Item& item, const Feed& feed, std::string& named) const {
  const auto is_ours = [this](const std::string& country) {
    return std::find(countries_.begin(), countries_.end(), country) != countries_.end();
  };
  if (!feed.country.empty()) {
    named = feed.country;
    return is_ours(feed.country) ? rules_.source_weight : 0;
  }
  const std::string_view host = host_of(item.url);
  for (const ProfileSource& source : sources_) {
    if (!is_within(host, source.host)) continue;
    named = source.host;
    return is_ours(source.country) ? rules_.source_weight : 0;
  }
  return 0;
}

Match Matcher::match(const Item& item, const Feed& feed) const {
  std::string source_name;
  const double source = source_weight(item, feed, source_name);
  const std::vector<Found> found = finder_.find(item);
  const Sides sides = Scale(found, source).take();

  Joined where;
  where.add(sides.where.joined());
  where.add(source);
  Joined what;
  what.add(sides.topic.joined());
  what.add(std::min(rules_.weak_limit, sides.weak.joined()));
  const double against = sides.veto.joined() * (1 - kVetoAgainstTopic * sides.plain.joined());
  const double digest = sides.digest.joined() * (1 - rules_.digest_weight);

  Match match;
  const bool other_title = sides.elsewhere.in_title() >= kNamesPlace && sides.where.in_title() == 0;
  const double title = other_title ? rules_.other_title_weight : 1;
  match.score = where.value() * what.value() * (1 - against) * (1 - digest) * title;
  if (match.score >= rules_.keep) {
    match.decision = Decision::kKeep;
  } else {
    match.decision = match.score >= rules_.review ? Decision::kReview : Decision::kDrop;
    if (where.value() < rules_.review) {
      match.drop_reason = "no_country";
    } else if (sides.lost > what.value()) {
      match.drop_reason = "other_place";
    } else if (what.value() < rules_.review) {
      match.drop_reason = "no_topic";
    } else if (where.value() * what.value() >= rules_.keep) {
      match.drop_reason = title < 1 ? "other_place" : against > digest ? "veto" : "digest";
    } else {
      match.drop_reason = "weak_evidence";
    }
  }
  const auto add = [&](const Distinct& side, double sign) {
    for (const auto& [one, strength] : side.all()) {
      const ProfileTerm& term = terms_[one->term];
      Reason reason;
      reason.term = term.notation;
      reason.group = to_string(term.kind);
      reason.lang = term.lang;
      reason.weight = sign * strength;
      reason.evidence = {one->field, one->begin, one->end,
                         text_of(item, one->field).substr(one->begin, one->end - one->begin)};
      match.reasons.push_back(std::move(reason));
    }
  };
  add(sides.where, 1);
  add(sides.topic, 1);
  add(sides.weak, 1);
  add(sides.veto, -1);
  add(sides.elsewhere, -1);
  add(sides.digest, -1);
  if (source > 0) {
    Reason reason;
    reason.term = source_name;
    reason.group = "source_default";
    reason.weight = source;
    match.reasons.push_back(std::move(reason));
  }
  std::stable_sort(
      match.reasons.begin(), match.reasons.end(),
      [](const Reason& a, const Reason& b) { return std::abs(a.weight) > std::abs(b.weight); });
  if (match.reasons.size() > kMaxReasons) match.reasons.resize(kMaxReasons);
  return match;
}

}  // namespace steppe
