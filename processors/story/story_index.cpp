#include "processors/story/story_index.h"

#include <algorithm>
#include <array>

#include "core/hash.h"
#include "core/utf8.h"

namespace steppe {
namespace {

constexpr std::size_t kNewestMembers = 100;
constexpr std::size_t kMaxPostings = 2000;  // a feature of more items than this tells nothing
constexpr std::size_t kTitleBytes = 300;

std::string source_of(const StoryInput& input) {
  return !input.item->credit.empty() ? input.item->credit : input.feed->name;
}

StoryPeer peer_of(const StoryInput& input) {
  return {.number = 0,
          .item_id = input.item_id,
          .story_id = {},
          .lang = input.item->lang.code,
          .outlet = input.feed->name,
          .content_hash = input.item->content_hash,
          .at = input.at,
          .features = story_features(*input.item)};
}

// The features peers are found by.
std::array<const std::vector<std::uint64_t>*, 3> indexed_lists(const StoryPeer& peer) {
  return {&peer.features.words, &peer.features.findings, &peer.features.shingles};
}

}  // namespace

void StoryIndex::restore(const StateRow& row) {
  if (!row.key.starts_with(kPeerPrefix)) {
    if (auto story = read_story(row)) stories_.insert_or_assign(story->id, std::move(*story));
  } else if (auto peer = read_peer(row)) {
    std::vector<StateRow> ignored;
    remember(std::move(*peer), ignored);
  }
}

StoryLink StoryIndex::apply(const StoryInput& input, std::vector<StateRow>& deltas) {
  if (stories_.contains(input.known_story)) return known(input, deltas);
  StoryPeer fresh = peer_of(input);
  Best best = find_copy(fresh);
  if (best.peer == nullptr) best = find_event(fresh);
  StoryLink link;
  if (best.peer != nullptr) {
    link = {best.peer->story_id, best.relation, best.similarity, best.peer->item_id};
  } else {
    link.story_id = StoryId("s" + to_hex(hash128(input.item_id.str())).substr(0, 20));
  }
  StoryRecord& story = stories_[link.story_id];
  story.id = link.story_id;
  join(link, input, story);
  fresh.story_id = link.story_id;
  deltas.push_back(to_row(story));
  remember(std::move(fresh), deltas);
  forget_old(input.at, deltas);
  return link;
}

// A revision, or the same item in another feed: the story stays, what it is compared by is renewed.
StoryLink StoryIndex::known(const StoryInput& input, std::vector<StateRow>& deltas) {
  StoryRecord& story = stories_.at(input.known_story);
  story.last_seen_at = std::max(story.last_seen_at, input.at);
  story.outlets.insert(input.feed->name);
  StoryLink link{.story_id = story.id,
                 .relation = input.revision > 1 ? Relation::kRevision : Relation::kOrigin,
                 .similarity = 1,
                 .of_item = input.item_id};
  StoryPeer peer = peer_of(input);
  peer.story_id = story.id;
  deltas.push_back(to_row(story));
  remember(std::move(peer), deltas);
  return link;
}

StoryIndex::Best StoryIndex::find_copy(const StoryPeer& fresh) const {
  const auto same = contents_.find(fresh.content_hash);
  if (same != contents_.end()) {
    const auto peer = peers_.find(same->second);
    if (peer != peers_.end() && fresh.at - peer->second.at <= options_.memory) {
      return {&peer->second, 1, Relation::kReprint};
    }
  }
  return {};
}

// Peers that share the rarest features, newest first.
std::vector<const StoryPeer*> StoryIndex::candidates(const StoryPeer& fresh) const {
  std::map<std::uint64_t, std::uint32_t, std::greater<>> shared;  // peer number -> shared features
  for (const auto* list : indexed_lists(fresh)) {
    for (const std::uint64_t feature : *list) {
      const auto posting = postings_.find(feature);
      if (posting == postings_.end() || posting->second.size() > kMaxPostings) continue;
      for (const std::uint64_t number : posting->second) ++shared[number];
    }
  }
  std::vector<const StoryPeer*> found;
  for (const auto& [number, count] : shared) {
    const auto peer = peers_.find(number);
    if (count < 2 || peer == peers_.end() || peer->second.item_id == fresh.item_id) continue;
    if (fresh.at - peer->second.at > options_.link_window) continue;
    found.push_back(&peer->second);
    if (found.size() >= options_.max_candidates) break;
  }
  return found;
}

// Numbers that differ veto a copy: "5,800 detained" and "9,900 detained" are two items.
StoryIndex::Best StoryIndex::compare(const StoryPeer& fresh, const StoryPeer& peer) const {
  const StoryFeatures& a = fresh.features;
  const StoryFeatures& b = peer.features;
  const bool one_language = fresh.lang == peer.lang;
  const double runs = one_language ? jaccard(a.shingles, b.shingles) : 0;
  if (runs >= options_.copy_similarity && a.numbers == b.numbers)
    return {&peer, runs, Relation::kReprint};
  const double findings = jaccard(a.findings, b.findings);
  const bool telling = common(a.strong, b.strong) > 0;
  if (!one_language) {
    const bool enough = telling && common(a.findings, b.findings) >= 3;
    if (!enough || findings < options_.translation_similarity) return {};
    return {&peer, findings, Relation::kTranslation};
  }
  const double words = jaccard(a.words, b.words);
  const double similarity = std::max(runs, 0.6 * words + 0.4 * findings);
  if (similarity < options_.same_event_similarity || (!telling && words < 0.5)) return {};
  return {&peer, similarity, Relation::kSameEvent};
}

StoryIndex::Best StoryIndex::find_event(const StoryPeer& fresh) const {
  Best best;
  for (const StoryPeer* peer : candidates(fresh)) {
    const Best found = compare(fresh, *peer);
    const bool copy = found.relation == Relation::kReprint && best.relation != Relation::kReprint;
    if (found.peer != nullptr &&
        (best.peer == nullptr || copy || found.similarity > best.similarity))
      best = found;
  }
  return best;
}

void StoryIndex::join(const StoryLink& link, const StoryInput& input, StoryRecord& story) const {
  if (story.items_count == 0) story.first_seen_at = input.at;
  story.first_seen_at = std::min(story.first_seen_at, input.at);
  story.last_seen_at = std::max(story.last_seen_at, input.at);
  ++story.items_count;
  const Item& item = *input.item;
  story.title.try_emplace(item.lang.code, truncate_utf8(item.title, kTitleBytes));
  story.languages.insert(item.lang.code);
  story.outlets.insert(input.feed->name);
  if (link.relation != Relation::kReprint) story.sources.insert(source_of(input));
  for (const Place& place : item.found.places) {
    if (!place.key.empty() && place.role != "statement" && story.places.size() < 100)
      story.places.insert(place.key);
  }
  story.newest.push_front({input.item_id, link.relation, input.feed->name, item.url});
  if (story.newest.size() > kNewestMembers) story.newest.pop_back();
}

void StoryIndex::remember(StoryPeer peer, std::vector<StateRow>& deltas) {
  if (const auto old = peer_numbers_.find(peer.item_id); old != peer_numbers_.end()) {
    forget(peers_.find(old->second));
  }
  if (peer.number == 0) peer.number = next_number_;
  next_number_ = std::max(next_number_, peer.number + 1);
  deltas.push_back(to_row(peer));
  peer_numbers_[peer.item_id] = peer.number;
  contents_.insert_or_assign(peer.content_hash, peer.number);
  for (const auto* list : indexed_lists(peer)) {
    for (const std::uint64_t feature : *list) postings_[feature].push_back(peer.number);
  }
  peers_.insert_or_assign(peer.number, std::move(peer));
}

void StoryIndex::forget(Peers::iterator peer) {
  for (const auto* list : indexed_lists(peer->second)) {
    for (const std::uint64_t feature : *list) {
      const auto posting = postings_.find(feature);
      std::erase(posting->second, peer->first);
      if (posting->second.empty()) postings_.erase(posting);
    }
  }
  const auto content = contents_.find(peer->second.content_hash);
  if (content != contents_.end() && content->second == peer->first) contents_.erase(content);
  peer_numbers_.erase(peer->second.item_id);
  peers_.erase(peer);
}

void StoryIndex::forget_old(Instant now, std::vector<StateRow>& deltas) {
  const auto is_old = [&](Instant at) { return now - at > options_.memory; };
  bool forgot = false;
  while (!peers_.empty() &&
         (peers_.size() > options_.max_peers || is_old(peers_.begin()->second.at))) {
    deltas.push_back(erased_peer_row(peers_.begin()->second.item_id));
    forget(peers_.begin());
    forgot = true;
  }
  if (!forgot) return;
  std::erase_if(stories_, [&](const auto& entry) {
    const bool old = is_old(entry.second.last_seen_at);
    if (old) deltas.push_back({StateRow::Space::kStory, entry.first.str(), ""});
    return old;
  });
}

StorySnapshot StoryIndex::publish(const StoryId& id, std::vector<StateRow>& deltas) {
  const auto found = stories_.find(id);
  if (found == stories_.end()) return {};
  StoryRecord& story = found->second;
  ++story.revision;
  deltas.push_back(to_row(story));
  StorySnapshot snapshot;
  snapshot.story_id = id;
  snapshot.story_revision = story.revision;
  snapshot.title = story.title;
  snapshot.first_seen_at = story.first_seen_at;
  snapshot.last_seen_at = story.last_seen_at;
  snapshot.items_count = story.items_count;
  snapshot.languages.assign(story.languages.begin(), story.languages.end());
  snapshot.outlets_count = static_cast<std::uint32_t>(story.outlets.size());
  snapshot.independent_sources = static_cast<std::uint32_t>(story.sources.size());
  snapshot.newest_members.assign(story.newest.begin(), story.newest.end());
  snapshot.places.assign(story.places.begin(), story.places.end());
  return snapshot;
}

}  // namespace steppe
