#include "processors/match/matcher.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace steppe {
namespace {

constexpr std::size_t kMaxReasons = 40;
constexpr double kAddressWeight = 0.7;      // of a country named in an article's address
constexpr double kNamesPlace = 0.6;         // from here an elsewhere term names a country or city
constexpr double kVetoAgainstTopic = 0.65;  // how much plain topic words resist a veto

// The parts of a score.
struct Balance {
  double where = 0;
  double what = 0;
  double against = 0;  // vetoes
  double digest = 0;   // share lost to several stories in one
  double title = 1;    // share kept although the title names only other places
  double lost = 0;     // topic strength that went to other countries

  double score() const { return where * what * (1 - against) * (1 - digest) * title; }
};

// How far weak terms alone may go: further where nothing else explains them.
double weak_limit(const Sides& sides, const MatchRules& rules) {
  const bool clear = sides.veto.all().empty() && sides.elsewhere.joined() < kNamesPlace &&
                     sides.weak.in_title() > 0;
  return clear ? std::max(rules.weak_limit, rules.weak_clear_limit) : rules.weak_limit;
}

Balance balance(const Sides& sides, double source, const MatchRules& rules) {
  Balance out;
  out.where = join(sides.where.joined(), source);
  out.what = join(sides.topic.joined(), std::min(weak_limit(sides, rules), sides.weak.joined()));
  out.against = sides.veto.joined() * (1 - kVetoAgainstTopic * sides.plain.joined());
  out.digest = sides.digest.joined() * (1 - rules.digest_weight);
  const bool other = sides.elsewhere.in_title() >= kNamesPlace && sides.where.in_title() == 0;
  if (other) out.title = rules.other_title_weight;
  out.lost = sides.lost;
  return out;
}

// The more words, the more that are there by chance: a text must say more than a title alone, or
// say it in several plain words.
double score_to_keep(const Item& item, const Sides& sides, const MatchRules& rules) {
  const std::size_t text = std::max(item.summary.size(), item.body.size());
  const bool alone = text < static_cast<std::size_t>(rules.text_bytes);
  if (alone || sides.plain.joined() >= rules.plain_enough) return rules.keep;
  return std::max(rules.keep, rules.keep_with_text);
}

// The one thing that, most of all, kept the item from being kept.
std::string_view drop_reason(const Balance& parts, double keep, const MatchRules& rules) {
  if (parts.where < rules.review) return "no_country";
  if (parts.lost > parts.what) return "other_place";
  if (parts.what < rules.review) return "no_topic";
  if (parts.where * parts.what < keep) return "weak_evidence";
  if (parts.title < 1) return "other_place";
  return parts.against > parts.digest ? "veto" : "digest";
}

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#:"));
}

bool is_within(std::string_view host, std::string_view domain) {
  if (!host.ends_with(domain)) return false;
  if (domain.front() == '.' || host.size() == domain.size()) return true;
  return host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

Matcher::Matcher(const Profile& profile)
    : rules_(profile.rules),
      countries_(profile.countries),
      languages_(profile.languages),
      sources_(profile.sources),
      finder_(profile) {
  terms_.reserve(profile.terms.size());
  for (const ProfileTerm& term : profile.terms)
    terms_.push_back({term.notation, term.lang, term.kind});
}

bool Matcher::is_monitored(const std::string& country) const {
  return std::find(countries_.begin(), countries_.end(), country) != countries_.end();
}

// What the feed is configured for decides; only without it the outlet's host, and last the
// language.
Reason Matcher::source_reason(const Item& item, const Feed& feed) const {
  Reason reason;
  reason.group = "source_default";
  reason.term = feed.country;
  if (!feed.country.empty()) {
    reason.weight = is_monitored(feed.country) ? rules_.source_weight : 0;
    return reason;
  }
  const std::string_view host = host_of(item.url);
  const auto known = std::find_if(sources_.begin(), sources_.end(), [&](const ProfileSource& one) {
    return is_within(host, one.host);
  });
  if (known != sources_.end()) {
    if (!is_monitored(known->country)) return reason;
    reason.term = known->host;
    reason.weight = rules_.source_weight;
  } else if (std::find(languages_.begin(), languages_.end(), item.lang.code) != languages_.end()) {
    reason.term = item.lang.code;
    reason.weight = rules_.source_weight;
  }
  return reason;
}

// Where the text itself names no country: the headline its address is made of.
Reason Matcher::address_reason(const Item& item) const {
  Reason reason;
  reason.group = "address";
  const std::string* term = finder_.country_in_address(item.url, item.lang.code);
  if (term == nullptr) return reason;
  reason.term = *term;
  reason.weight = kAddressWeight;
  return reason;
}

Reason Matcher::explain(const Found& one, double weight) const {
  const Term& term = terms_[one.term];
  Reason reason;
  reason.term = term.notation;
  reason.group = to_string(term.kind);
  reason.lang = term.lang;
  reason.weight = weight;
  reason.evidence = {one.field, one.begin, one.end};
  return reason;
}

// The strongest first; the outlet's country is one of them.
std::vector<Reason> Matcher::reasons(const Sides& sides, const Reason& source) const {
  std::vector<std::pair<double, const Found*>> parts;
  for (const Distinct* side : {&sides.where, &sides.topic, &sides.weak}) {
    for (const auto& [one, strength] : side->all()) parts.emplace_back(strength, one);
  }
  for (const Distinct* side : {&sides.veto, &sides.elsewhere, &sides.digest}) {
    for (const auto& [one, strength] : side->all()) parts.emplace_back(-strength, one);
  }
  if (source.weight > 0) parts.emplace_back(source.weight, nullptr);
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
    return std::abs(a.first) > std::abs(b.first);
  });
  if (parts.size() > kMaxReasons) parts.resize(kMaxReasons);
  std::vector<Reason> reasons;
  reasons.reserve(parts.size());
  for (const auto& [weight, one] : parts) {
    reasons.push_back(one == nullptr ? source : explain(*one, weight));
  }
  return reasons;
}

Match Matcher::match(const Item& item, const Feed& feed) const {
  Reason source = source_reason(item, feed);
  const std::vector<Found> found = finder_.find(item);
  const auto names_country = [&](const Found& one) { return one.kind == TermKind::kCountry; };
  const bool silent = source.weight == 0 && !found.empty() &&
                      std::none_of(found.begin(), found.end(), names_country);
  if (silent) source = address_reason(item);
  const Sides sides = weigh(found, source.weight);
  const Balance parts = balance(sides, source.weight, rules_);

  Match match;
  match.score = parts.score();
  const double keep = score_to_keep(item, sides, rules_);
  if (match.score >= keep) {
    match.decision = Decision::kKeep;
  } else {
    match.decision = match.score >= rules_.review ? Decision::kReview : Decision::kDrop;
    match.drop_reason = drop_reason(parts, keep, rules_);
  }
  match.reasons = reasons(sides, source);
  return match;
}

}  // namespace steppe
