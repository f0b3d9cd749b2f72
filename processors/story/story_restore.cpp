// Rebuilding the index from its rows, in whatever order they come.

#include <algorithm>

#include "core/hash.h"
#include "core/packing.h"
#include "processors/story/story_index.h"

namespace steppe {

void StoryIndex::restore(const StateRow& row) {
  if (row.key.starts_with(kPeerPrefix)) {
    if (auto peer = read_peer(row)) restored_.push_back(std::move(*peer));
  } else if (row.key == kWeightsKey) {
    Unpacker in(row.value);
    const auto from = static_cast<std::uint32_t>(in.number());
    if (weights_.unpack(in.text())) unsaved_from_ = from;
  } else if (auto story = read_story(row, names_)) {
    by_id_[hash64(story->id.view())] = static_cast<std::uint32_t>(stories_.size());
    stories_.push_back(std::move(*story));
  }
}

// Numbers far from one another come from a damaged row.
void StoryIndex::finish_restore() {
  if (restored_.empty()) return;
  std::vector<PeerRow> rows;
  rows.swap(restored_);
  std::sort(rows.begin(), rows.end(),
            [](const PeerRow& a, const PeerRow& b) { return a.number < b.number; });
  const std::uint64_t end = rows.front().number + std::uint64_t{2} * options_.max_items;
  for (PeerRow& row : rows) {
    const auto story = slot_of(row.story);
    if (!story || row.number < peers_.next_number() || row.number > end) continue;
    row.peer.story = *story;
    row.peer.lang = static_cast<std::uint16_t>(names_.number(row.lang));
    row.peer.outlet = names_.number(row.outlet);
    peers_.add(row.number, row.peer, row.keys, row.terms, std::move(row.url));
    stories_[*story].members.push_back(row.number);
    clock_ = std::max<Instant>(clock_, row.peer.at);
    if (row.terms.empty()) continue;
    if (row.number >= unsaved_from_) {
      if (!row.peer.reworded) weights_.add(row.terms);
      ++unsaved_;
    }
    trim(*story);
  }
  drop_empty_stories();
  peers_.unlink_before(clock_ - options_.link_window, [](const StoryPeer&) {});
  peers_.drop_urls_before(clock_ - std::chrono::hours{48});
}

// Merged ones stay; others without items were cut off by a crash of an older version, or damaged.
void StoryIndex::drop_empty_stories() {
  std::vector<std::uint32_t> merged;
  for (std::uint32_t slot = 0; slot < stories_.size(); ++slot) {
    StoryRecord& story = stories_[slot];
    if (story.id.empty() || !story.members.empty()) continue;
    if (story.kinship && !story.kinship->merged_into.empty()) {
      merged.push_back(slot);
      continue;
    }
    by_id_.erase(hash64(story.id.view()));
    story = {};
    free_slots_.push_back(slot);
  }
  std::sort(merged.begin(), merged.end(), [this](std::uint32_t a, std::uint32_t b) {
    const StoryRecord& one = stories_[a];
    const StoryRecord& two = stories_[b];
    return one.last_seen_at != two.last_seen_at ? one.last_seen_at < two.last_seen_at
                                                : one.id.view() < two.id.view();
  });
  merged_.assign(merged.begin(), merged.end());
}

}  // namespace steppe
