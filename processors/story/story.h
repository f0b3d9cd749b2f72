#pragma once
// One story and its remembered members, as rows of the state.

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/state.h"
#include "core/story.h"
#include "processors/story/features.h"

namespace steppe {

/// An item that later items are compared with.
struct StoryPeer {
  std::uint64_t number = 0;  // order of arrival, from 1; 0: not remembered yet
  ItemId item_id;
  StoryId story_id;
  std::string lang;
  std::string outlet;
  std::uint64_t content_hash = 0;
  Instant at{};
  StoryFeatures features;
};

struct StoryRecord {
  StoryId id;
  std::uint32_t revision = 0;  // of the last snapshot
  std::map<std::string, std::string> title;
  Instant first_seen_at{};
  Instant last_seen_at{};
  std::uint32_t items_count = 0;
  std::set<std::string> languages;
  std::set<std::string> outlets;
  std::set<std::string> sources;  // independent: wire credit, else outlet; reprints add none
  std::set<std::string> places;
  std::deque<StoryMember> newest;  // newest first, at most 100
};

StateRow to_row(const StoryRecord& story);
StateRow to_row(const StoryPeer& peer);
StateRow erased_peer_row(const ItemId& item);

/// Keys of peers start with this; all other keys are story ids.
inline constexpr std::string_view kPeerPrefix = "peer/";

/// Nothing when the row is damaged.
std::optional<StoryRecord> read_story(const StateRow& row);
std::optional<StoryPeer> read_peer(const StateRow& row);

}  // namespace steppe
