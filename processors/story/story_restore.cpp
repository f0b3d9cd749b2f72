// Rebuilding the index from its rows, in whatever order they come.

#include <algorithm>

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
    by_id_[story->id.str()] = static_cast<std::uint32_t>(stories_.size());
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
    clock_ = std::max(clock_, row.peer.at);
    if (row.terms.empty()) continue;
    if (row.number >= unsaved_from_) {
      weights_.add(row.terms);
      ++unsaved_;
    }
    trim(*story);
  }
  peers_.unlink_before(clock_ - options_.link_window, [](const StoryPeer&) {});
  peers_.drop_urls_before(clock_ - std::chrono::hours{48});
}

}  // namespace steppe
