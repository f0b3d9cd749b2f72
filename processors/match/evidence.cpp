#include "processors/match/evidence.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/utf8.h"
#include "processors/match/address.h"
#include "processors/match/crowd_number.h"
#include "processors/match/search_text.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr double kNamesCountry = 0.6;  // weight of a term that alone says which country

constexpr std::size_t kUsualFound = 64;  // rarely more in one item
constexpr double kMassAlone = 0.3;       // weight of a mass term without a number

void resolve_mass(std::string_view folded, std::int64_t least, Found& found) {
  if (has_number_near(folded, found.begin, found.end, least)) {
    found.kind = TermKind::kStrong;
  } else {
    found.kind = TermKind::kWeak;
    found.strength = std::min(found.strength, kMassAlone);
  }
}

constexpr std::array<bool, 256> make_breaks() {
  std::array<bool, 256> breaks{};
  for (const char mark : std::string_view(",.;:!?()|"))
    breaks[static_cast<std::size_t>(mark)] = true;
  return breaks;
}
constexpr std::array<bool, 256> kBreaks = make_breaks();

// A dot or comma inside a number or an abbreviation breaks nothing: a gap must follow.
std::uint32_t count_breaks(std::string_view folded, std::size_t from, std::size_t to) {
  std::uint32_t breaks = 0;
  for (std::size_t at = from; at < to; ++at) {
    if (kBreaks[static_cast<unsigned char>(folded[at])] && at + 1 < folded.size() &&
        is_gap(folded[at + 1]))
      ++breaks;
  }
  return breaks;
}

// A regular expression stays as written: its signs are no punctuation.
std::string searched_form(const TermPattern& pattern) {
  if (pattern.anchor == Anchor::kRegex) return pattern.text;
  SearchText search;
  search.assign(pattern.text);
  return std::string(search.folded());
}

}  // namespace

EvidenceFinder::EvidenceFinder(const Profile& profile) : weights_(profile.rules) {
  std::vector<TermPattern> patterns;
  std::map<std::tuple<std::string, Anchor, std::uint8_t>, std::uint32_t> ids;
  std::map<std::string, std::uint32_t> same;
  std::vector<std::vector<Rule>> rules;  // by pattern
  for (std::uint32_t index = 0; index < profile.terms.size(); ++index) {
    const ProfileTerm& term = profile.terms[index];
    const std::string text = searched_form(term.pattern);
    const auto key = std::tuple(text, term.pattern.anchor, term.pattern.max_suffix);
    const auto next = static_cast<std::uint32_t>(patterns.size());
    const auto [known, fresh] = ids.try_emplace(key, next);
    if (fresh) {
      patterns.push_back(term.pattern);
      patterns.back().id = next;
      patterns.back().text = text;
      shared_.push_back({.same = same.try_emplace(text, next).first->second});
      rules.emplace_back();
    }
    const std::uint64_t only_in = bits_of(term.only_in);
    const std::uint64_t counts_in =
        (only_in == 0 ? ~std::uint64_t{0} : only_in) & ~bits_of(term.not_in);
    Shared& shared = shared_[known->second];
    const bool names = term.kind == TermKind::kCountry && term.weight >= kNamesCountry;
    if (names) countries_[known->second] = term.notation;
    rules[known->second].push_back({index, term.kind, term.weight, counts_in});
    shared.stops = shared.stops || term.kind == TermKind::kStop;
  }
  keep_rules(rules);
  scanner_ = std::make_unique<const TermScanner>(patterns);
}

void EvidenceFinder::keep_rules(const std::vector<std::vector<Rule>>& rules) {
  shared_.shrink_to_fit();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    shared_[i].first_rule = static_cast<std::uint32_t>(rules_.size());
    shared_[i].rule_count = static_cast<std::uint32_t>(rules[i].size());
    rules_.insert(rules_.end(), rules[i].begin(), rules[i].end());
  }
  rules_.shrink_to_fit();
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
  SearchText search;
  search.assign(text);
  const std::string_view folded = search.folded();
  std::vector<TermHit> hits;
  hits.reserve(kUsualFound);
  scanner_->scan(folded, hits);
  const std::vector<Span> stops = stop_spans(hits, language);
  const std::size_t limit = out.size() + kMaxFoundPerField;
  std::size_t counted = 0;
  std::uint32_t clause = 0;
  for (const TermHit& hit : hits) {
    if (is_covered(hit, stops)) continue;
    clause += count_breaks(folded, counted, hit.begin);
    counted = hit.begin;
    for (const Rule& rule : rules_of(shared_[hit.id])) {
      if (rule.kind == TermKind::kStop || (rule.counts_in & language) == 0) continue;
      if (out.size() == limit) return;
      Found found{rule.term, field,      hit.begin, hit.word_end, clause, shared_[hit.id].same,
                  rule.kind, rule.weight};
      if (rule.kind == TermKind::kMass) resolve_mass(folded, weights_.mass_count, found);
      found.begin = search.original(hit.begin);
      found.end = search.original(hit.word_end);
      found.strength *= spot_weight(item, field, found.begin);
      out.push_back(found);
    }
  }
}

std::vector<EvidenceFinder::Span> EvidenceFinder::stop_spans(const std::vector<TermHit>& hits,
                                                             std::uint64_t language) const {
  std::vector<Span> spans;
  for (const TermHit& hit : hits) {
    if (!shared_[hit.id].stops) continue;
    for (const Rule& rule : rules_of(shared_[hit.id])) {
      if (rule.kind != TermKind::kStop || (rule.counts_in & language) == 0) continue;
      spans.push_back({hit.begin, hit.word_end});
    }
  }
  return spans;
}

bool EvidenceFinder::is_covered(const TermHit& hit, const std::vector<Span>& stops) {
  return std::any_of(stops.begin(), stops.end(), [&](const Span& stop) {
    return stop.begin <= hit.begin && hit.end <= stop.end;
  });
}

const std::string* EvidenceFinder::country_in_address(std::string_view url,
                                                      const std::string& language) const {
  const std::string words = words_of_address(url);
  if (words.empty()) return nullptr;
  const auto known = languages_.find(language);
  SearchText search;
  search.assign(words);
  std::vector<TermHit> hits;
  scanner_->scan(search.folded(), hits);
  const std::vector<Span> stops =
      stop_spans(hits, known == languages_.end() ? kOthers : known->second);
  for (const TermHit& hit : hits) {
    const auto country = countries_.find(hit.id);
    if (country != countries_.end() && !is_covered(hit, stops)) return &country->second;
  }
  return nullptr;
}

std::vector<Found> EvidenceFinder::find(const Item& item) const {
  const auto known = languages_.find(item.lang.code);
  const std::uint64_t language = known == languages_.end() ? kOthers : known->second;
  std::vector<Found> found;
  found.reserve(kUsualFound);
  for (const TextField field : {TextField::kTitle, TextField::kSummary, TextField::kBody}) {
    find_in(item, field, language, found);
  }
  return found;
}

}  // namespace steppe
