// Two stories that turn out to be one.

#include <algorithm>

#include "core/hash.h"
#include "processors/story/story_index.h"

namespace steppe {
namespace {

constexpr std::size_t kComparedMembers = 8;  // of each story, the newest
constexpr int kMaxMerges = 16;               // a story is followed through so many

void add_all(NumberList& to, const NumberList& from) {
  for (const std::uint32_t name : from) {
    if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
  }
}

}  // namespace

std::optional<std::uint32_t> StoryIndex::slot_of(const StoryId& id) const {
  StoryId wanted = id;
  for (int i = 0; i < kMaxMerges; ++i) {
    const auto found = by_id_.find(hash64(wanted.str()));
    if (found == by_id_.end()) return {};
    const StoryRecord& story = stories_[found->second];
    if (!story.kinship || story.kinship->merged_into.empty()) return found->second;
    wanted = story.kinship->merged_into;
  }
  return {};
}

std::vector<std::uint32_t> StoryIndex::newest_linked(std::uint32_t story) const {
  std::vector<std::uint32_t> newest;
  const NumberList& members = stories_[story].members;
  for (auto member = members.rbegin(); member != members.rend() && newest.size() < kComparedMembers;
       ++member) {
    if (peers_.is_linked(*member)) newest.push_back(*member);
  }
  return newest;
}

// How near the items of `story` are to their nearest ones of `other`, on average.
double StoryIndex::nearness(std::uint32_t story, std::uint32_t other) const {
  const std::vector<std::uint32_t> items = newest_linked(story);
  const std::vector<std::uint32_t> others = newest_linked(other);
  double sum = 0;
  for (const std::uint32_t number : items) {
    const WeightedTerms fresh(*peers_.terms_of(number), weights_);
    double nearest = 0;
    for (const std::uint32_t peer : others) {
      const bool one_language = peers_.find(peer)->lang == peers_.find(number)->lang;
      nearest = std::max(nearest, likeness(fresh, *peers_.terms_of(peer), weights_, one_language));
    }
    sum += nearest;
  }
  return items.empty() ? 0 : sum / static_cast<double>(items.size());
}

// An item near to two stories ties them when their items are near to one another as well.
void StoryIndex::merge_if_one(const Best& first, const Best& second,
                              std::vector<StateRow>& deltas) {
  if (second.number == 0 || second.similarity < options_.merge_similarity) return;
  if (first.copy || first.story == second.story) return;
  const auto older = [this](std::uint32_t a, std::uint32_t b) {
    const StoryRecord& one = stories_[a];
    const StoryRecord& two = stories_[b];
    return one.first_seen_at != two.first_seen_at ? one.first_seen_at < two.first_seen_at
                                                  : one.id.view() < two.id.view();
  };
  std::uint32_t into = first.story;
  std::uint32_t from = second.story;
  const bool one = nearness(from, into) >= options_.merged_nearness &&
                   nearness(into, from) >= options_.merged_nearness;
  if (!one) return;
  if (older(from, into)) std::swap(from, into);
  merge(from, into, deltas);
}

// Rows of the moved items keep the old story's id, which leads to the new one.
void StoryIndex::merge(std::uint32_t from, std::uint32_t into, std::vector<StateRow>& deltas) {
  StoryRecord& gone = stories_[from];
  StoryRecord& story = stories_[into];
  for (const std::uint32_t number : gone.members) peers_.find(number)->story = into;
  std::vector<std::uint32_t> members;
  std::merge(story.members.begin(), story.members.end(), gone.members.begin(), gone.members.end(),
             std::back_inserter(members));
  story.members = NumberList(members);
  gone.members.clear();
  story.items_count += gone.items_count;
  story.last_seen_at = std::max(story.last_seen_at, gone.last_seen_at);
  for (const auto& title : gone.titles.all()) story.titles.add(title.lang, title.text);
  add_all(story.outlets, gone.outlets);
  add_all(story.sources, gone.sources);
  add_all(story.places, gone.places);
  if (!gone.kinship) gone.kinship = std::make_unique<StoryKinship>();
  gone.kinship->merged_into = story.id.unpacked();
  gone.last_seen_at = clock_;
  merged_.push_back(from);
  fresh_merges_.push_back({gone.id.unpacked(), story.id.unpacked()});
  trim(into);
  deltas.push_back(to_row(gone, names_));
  deltas.push_back(to_row(story, names_));
}

std::vector<StoryId> StoryIndex::merged_into(const StoryId& id) const {
  std::vector<StoryId> found;
  for (const std::uint32_t slot : merged_) {
    if (stories_[slot].kinship->merged_into == id) found.push_back(stories_[slot].id.unpacked());
  }
  return found;
}

// A merged story is remembered until its last item is forgotten.
void StoryIndex::forget_merged(std::vector<StateRow>& deltas) {
  while (!merged_.empty()) {
    StoryRecord& story = stories_[merged_.front()];
    if (clock_ - story.last_seen_at <= options_.memory) return;
    deltas.push_back({StateRow::Space::kStory, std::string(story.id.view()), ""});
    by_id_.erase(hash64(story.id.view()));
    free_slots_.push_back(merged_.front());
    story = {};
    merged_.pop_front();
  }
}

}  // namespace steppe
