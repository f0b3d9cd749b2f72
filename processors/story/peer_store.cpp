#include "processors/story/peer_store.h"

#include <algorithm>
#include <cmath>

namespace steppe {
namespace {

constexpr std::size_t kMaxPostings = 1500;  // a term of more items than this finds nothing
constexpr std::size_t kMaxListed = 2 * kMaxPostings;
constexpr std::size_t kMaxScanned = 1500;  // postings looked at for one item
static_assert(kMaxPostings + kMaxScanned < ScoreTable::kMaxNumbers);

}  // namespace

WeightedTerms::WeightedTerms(const std::vector<StoryTerm>& of, const TermWeights& by) : terms(of) {
  weights.reserve(terms.size());
  double all = 0;
  double neutral = 0;
  for (const StoryTerm term : terms) {
    const double weight = by.weight(term);
    weights.push_back(static_cast<float>(weight));
    all += weight * weight;
    if (is_neutral(term)) neutral += weight * weight;
  }
  norm = std::sqrt(all);
  neutral_norm = std::sqrt(neutral);
  for (std::size_t place = 0; place < terms.size(); ++place) {
    std::size_t slot = slot_of(terms[place]);
    while (places_[slot] != 0) slot = (slot + 1) % kSlots;
    places_[slot] = static_cast<std::uint8_t>(place + 1);
  }
}

void PeerStore::add(std::uint32_t number, const StoryPeer& peer, const CopyKeys& keys,
                    const std::vector<StoryTerm>& terms, std::string url) {
  if (peers_.empty()) first_ = number;
  while (next_number() < number) {
    peers_.emplace_back();
    peers_.back().forgotten = true;
  }
  peers_.push_back(peer);
  for (const std::uint32_t key : keys) {
    if (key != 0) keys_.put(key, number);
  }
  if (!terms.empty()) {
    for (const StoryTerm term : terms) post(term, number);
    terms_.emplace(number, terms);
    peers_.back().linked = true;
    if (terms_.size() == 1) oldest_linked_ = number;
  }
  if (!url.empty()) urls_.emplace_hint(urls_.end(), number, std::move(url));
}

void PeerStore::post(StoryTerm term, std::uint32_t number) {
  Posting& posting = postings_[term];
  ++posting.count;
  if (!posting.listed) return;
  posting.numbers.push_back(number);
  if (posting.count <= kMaxListed) return;
  posting.numbers = {};
  posting.listed = false;
}

void PeerStore::list_again(StoryTerm term, Posting& posting) const {
  posting.listed = true;
  posting.numbers.reserve(posting.count);
  for (const auto& [number, terms] : terms_) {
    if (std::binary_search(terms.begin(), terms.end(), term)) posting.numbers.push_back(number);
  }
  std::sort(posting.numbers.begin(), posting.numbers.end());
}

StoryPeer* PeerStore::find(std::uint32_t number) {
  if (number < first_ || number - first_ >= peers_.size()) return nullptr;
  StoryPeer& peer = peers_[number - first_];
  return peer.forgotten ? nullptr : &peer;
}

const StoryPeer* PeerStore::find(std::uint32_t number) const {
  if (number < first_ || number - first_ >= peers_.size()) return nullptr;
  const StoryPeer& peer = peers_[number - first_];
  return peer.forgotten ? nullptr : &peer;
}

const StoryPeer* PeerStore::oldest() {
  while (!peers_.empty() && peers_.front().forgotten) {
    peers_.pop_front();
    ++first_;
  }
  keys_.forget_below(first_);
  return peers_.empty() ? nullptr : &peers_.front();
}

void PeerStore::forget(std::uint32_t number) {
  unlink(number);
  urls_.erase(number);
  if (StoryPeer* peer = find(number); peer != nullptr) peer->forgotten = true;
}

void PeerStore::unlink(std::uint32_t number) {
  const auto found = terms_.find(number);
  if (found == terms_.end()) return;
  const std::vector<StoryTerm> terms = std::move(found->second);
  terms_.erase(found);
  for (const StoryTerm term : terms) {
    const auto at = postings_.find(term);
    Posting& posting = at->second;
    if (--posting.count == 0) {
      postings_.erase(at);
    } else if (posting.listed) {
      posting.numbers.erase(
          std::lower_bound(posting.numbers.begin(), posting.numbers.end(), number));
    } else if (posting.count <= kMaxPostings) {
      list_again(term, posting);
    }
  }
  if (StoryPeer* peer = find(number); peer != nullptr) peer->linked = false;
}

std::vector<std::uint32_t> PeerStore::under(const CopyKeys& keys) const {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t key : keys) {
    if (key == 0) continue;
    const auto number = keys_.find(key);
    if (number && find(*number) != nullptr) found.push_back(*number);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::uint32_t> PeerStore::sharing(const WeightedTerms& fresh) const {
  struct Lead {
    const std::vector<std::uint32_t>* numbers;
    float weight;
  };
  std::vector<Lead> leads;
  for (std::size_t i = 0; i < fresh.terms.size(); ++i) {
    const auto posting = postings_.find(fresh.terms[i]);
    if (posting == postings_.end() || posting->second.count > kMaxPostings) continue;
    leads.push_back({&posting->second.numbers, fresh.weights[i] * fresh.weights[i]});
  }
  std::stable_sort(leads.begin(), leads.end(), [](const Lead& a, const Lead& b) {
    return a.numbers->size() < b.numbers->size();
  });
  scores_.clear();
  std::size_t scanned = 0;
  for (const Lead& lead : leads) {
    scanned += lead.numbers->size();
    if (scanned > kMaxScanned && !scores_.entries().empty()) break;
    for (const std::uint32_t number : *lead.numbers) scores_.add(number, lead.weight);
  }
  std::vector<std::pair<float, std::uint32_t>> ranked;
  ranked.reserve(scores_.entries().size());
  for (const auto& [number, weight] : scores_.entries()) ranked.emplace_back(weight, number);
  const auto better = [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second > b.second;
  };
  const std::size_t take = std::min(ranked.size(), options_.max_compared);
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(take),
                    ranked.end(), better);
  std::vector<std::uint32_t> best;
  for (std::size_t i = 0; i < take; ++i) best.push_back(ranked[i].second);
  return best;
}

const std::vector<StoryTerm>* PeerStore::terms_of(std::uint32_t number) const {
  const auto found = terms_.find(number);
  return found == terms_.end() ? nullptr : &found->second;
}

void PeerStore::drop_urls_before(Instant since) {
  while (!urls_.empty()) {
    const StoryPeer* peer = find(urls_.begin()->first);
    if (peer != nullptr && Instant(peer->at) >= since) return;
    urls_.erase(urls_.begin());
  }
}

std::string PeerStore::url_of(std::uint32_t number) const {
  const auto found = urls_.find(number);
  return found == urls_.end() ? std::string() : found->second;
}

namespace {

// Walks the terms of `other` that count: which of them `fresh` has at an index, which not at all.
template <typename Shared, typename Alone>
void walk(const WeightedTerms& fresh, const std::vector<StoryTerm>& other, bool one_language,
          Shared shared, Alone alone) {
  for (const StoryTerm term : other) {
    if (!one_language && !is_neutral(term)) continue;
    const std::size_t place = fresh.find(term);
    if (place != WeightedTerms::kNone) {
      shared(term, double{fresh.weights[place]} * double{fresh.weights[place]});
    } else {
      alone(term);
    }
  }
}

}  // namespace

InCommon in_common(const WeightedTerms& fresh, const std::vector<StoryTerm>& other,
                   bool one_language) {
  InCommon common;
  const auto count = [&common, one_language](StoryTerm term, double square) {
    common.shared += square;
    // Beside words of one language a figure is one thing with its number; across languages that the
    // number is of the same kind tells as much as a name.
    if (kind_of(term) != StoryTermKind::kFigure || !one_language) ++common.things;
    if (kind_of(term) == StoryTermKind::kNumber) ++common.numbers;
  };
  walk(fresh, other, one_language, count, [](StoryTerm) {});
  return common;
}

double likeness(const WeightedTerms& fresh, const std::vector<StoryTerm>& other,
                const TermWeights& weights, bool one_language) {
  double squares = 0;
  double shared = 0;
  walk(
      fresh, other, one_language,
      [&](StoryTerm, double square) {
        squares += square;
        shared += square;
      },
      [&](StoryTerm term) {
        const double weight = weights.weight(term);
        squares += weight * weight;
      });
  const double norms = std::sqrt(squares) * (one_language ? fresh.norm : fresh.neutral_norm);
  return norms > 0 ? shared / norms : 0;
}

}  // namespace steppe
