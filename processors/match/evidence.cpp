#include "processors/match/evidence.h"

#include <algorithm>

#include "core/utf8.h"
#include "processors/match/crowd_number.h"
#include "processors/match/fold.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

std::vector<TermPattern> patterns_of(const Profile& profile) {
  std::vector<TermPattern> patterns;
  patterns.reserve(profile.terms.size());
  for (const ProfileTerm& term : profile.terms) {
    patterns.push_back(term.pattern);
    patterns.back().id = static_cast<std::uint32_t>(patterns.size() - 1);
  }
  return patterns;
}

constexpr double kMassAlone = 0.3;  // weight of a mass term without a number

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

bool is_covered(const TermHit& hit, const std::vector<Span>& stops) {
  return std::any_of(stops.begin(), stops.end(), [&](const Span& stop) {
    return stop.begin <= hit.begin && hit.end <= stop.end;
  });
}

// A dot or comma inside a number or an abbreviation breaks nothing: a gap must follow.
std::uint32_t count_breaks(std::string_view folded, std::size_t from, std::size_t to) {
  std::uint32_t breaks = 0;
  for (std::size_t at = from; at < to; ++at) {
    const bool mark = std::string_view(",.;:!?()|").find(folded[at]) != std::string_view::npos;
    if (mark && at + 1 < folded.size() && is_gap(folded[at + 1])) ++breaks;
  }
  return breaks;
}

}  // namespace

EvidenceFinder::EvidenceFinder(const Profile& profile)
    : scanner_(patterns_of(profile)), weights_(profile.rules) {
  std::map<std::string, std::uint32_t> first_of;
  for (const ProfileTerm& term : profile.terms) {
    const std::uint64_t only_in = bits_of(term.only_in);
    const std::uint64_t counts_in =
        (only_in == 0 ? ~std::uint64_t{0} : only_in) & ~bits_of(term.not_in);
    const auto index = static_cast<std::uint32_t>(rules_.size());
    const std::uint32_t same = first_of.try_emplace(fold(term.pattern.text), index).first->second;
    rules_.push_back({term.kind, term.weight, counts_in, same});
  }
}

// Beyond 62 named languages the last bit is shared: such terms count a little too often.
std::uint64_t EvidenceFinder::bits_of(const std::vector<std::string>& languages) {
  std::uint64_t bits = 0;
  for (const std::string& language : languages) {
    const std::size_t next = std::min<std::size_t>(languages_.size() + 1, 63);
    bits |= languages_.try_emplace(language, std::uint64_t{1} << next).first->second;
  }
  return bits;
}

double EvidenceFinder::spot_weight(const Item& item, TextField field, std::uint32_t begin) const {
  if (field == TextField::kTitle) return weights_.title_weight;
  const bool opens = field == TextField::kSummary || item.summary.empty();
  const bool lead = opens && begin < static_cast<std::uint64_t>(weights_.lead_bytes);
  return lead ? weights_.lead_weight : weights_.body_weight;
}

void EvidenceFinder::find_in(const Item& item, TextField field, std::uint64_t language,
                             std::vector<Found>& out) const {
  const std::string_view text =
      truncate_utf8(text_of(item, field), static_cast<std::size_t>(weights_.body_bytes));
  if (text.empty()) return;
  const std::string folded = fold(text);
  std::vector<TermHit> hits;
  scanner_.scan(folded, hits);
  std::vector<Span> stops;
  for (const TermHit& hit : hits) {
    if (rules_[hit.id].kind == TermKind::kStop) stops.push_back({hit.begin, hit.word_end});
  }
  std::size_t count = 0;
  std::size_t counted = 0;
  std::uint32_t clause = 0;
  for (const TermHit& hit : hits) {
    const Rule& rule = rules_[hit.id];
    if (rule.kind == TermKind::kStop || (rule.counts_in & language) == 0) continue;
    if (is_covered(hit, stops)) continue;
    if (++count > kMaxFoundPerField) return;
    clause += count_breaks(folded, counted, hit.begin);
    counted = hit.begin;
    Found found{hit.id, field, hit.begin, hit.word_end, clause, rule.same, rule.kind, rule.weight};
    if (rule.kind == TermKind::kMass) {
      const bool mass = has_number_near(folded, hit.begin, hit.word_end, weights_.mass_count);
      found.kind = mass ? TermKind::kStrong : TermKind::kWeak;
      if (!mass) found.strength = std::min(rule.weight, kMassAlone);
    }
    found.strength *= spot_weight(item, field, hit.begin);
    out.push_back(found);
  }
}

std::vector<Found> EvidenceFinder::find(const Item& item) const {
  const auto known = languages_.find(item.lang.code);
  const std::uint64_t language = known == languages_.end() ? kOthers : known->second;
  std::vector<Found> found;
  for (const TextField field : {TextField::kTitle, TextField::kSummary, TextField::kBody}) {
    find_in(item, field, language, found);
  }
  return found;
}

}  // namespace steppe
