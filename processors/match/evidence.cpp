#include "processors/match/evidence.h"

#include <algorithm>

#include "core/utf8.h"
#include "processors/match/fold.h"

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

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

bool is_covered(const TermHit& hit, const std::vector<Span>& stops) {
  return std::any_of(stops.begin(), stops.end(), [&](const Span& stop) {
    return stop.begin <= hit.begin && hit.end <= stop.end;
  });
}

}  // namespace

EvidenceFinder::EvidenceFinder(const Profile& profile)
    : scanner_(patterns_of(profile)), weights_(profile.rules) {
  for (const ProfileTerm& term : profile.terms) {
    const std::uint64_t only_in = bits_of(term.only_in);
    const std::uint64_t not_in = bits_of(term.not_in);
    rules_.push_back(
        {term.kind, term.weight, (only_in == 0 ? ~std::uint64_t{0} : only_in) & ~not_in});
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
  std::vector<TermHit> hits;
  scanner_.scan(fold(text), hits);
  std::vector<Span> stops;
  for (const TermHit& hit : hits) {
    if (rules_[hit.id].kind == TermKind::kStop) stops.push_back({hit.begin, hit.word_end});
  }
  std::size_t count = 0;
  for (const TermHit& hit : hits) {
    const Rule& rule = rules_[hit.id];
    if (rule.kind == TermKind::kStop || (rule.counts_in & language) == 0) continue;
    if (is_covered(hit, stops)) continue;
    if (++count > kMaxFoundPerField) return;
    const double strength = rule.weight * spot_weight(item, field, hit.begin);
    out.push_back({hit.id, field, hit.begin, hit.word_end, strength});
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
