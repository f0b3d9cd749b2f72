#pragma once
// Stories and the items they are made of, in memory and as rows of the state.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/state.h"
#include "core/story.h"
#include "processors/story/compact_id.h"
#include "processors/story/number_list.h"
#include "processors/story/sketch.h"
#include "processors/story/terms.h"

namespace steppe {

/// An item that later items are compared with: 112 bytes, most of them its sketch.
struct StoryPeer {
  std::uint64_t numbers = 0;       // two bits for each number in title and lead
  std::uint32_t content_hash = 0;  // lower half
  CompactId id;
  Relation relation = Relation::kOrigin;
  bool forgotten : 1 = false;
  bool linked : 1 = false;    // compared for stories, not only for copies
  bool adopted : 1 = false;   // kept by adoption, not by its own words
  bool reworded : 1 = false;  // a copy in other words: its terms do not count as one more use
  std::uint16_t lang = 0;     // number of its name
  Sketch sketch;
  std::uint32_t outlet = 0;  // number of its name
  std::uint32_t story = 0;   // its place among the stories
  CompactInstant at;
};
static_assert(sizeof(StoryPeer) == 112);

/// All keys an item may be found by as a copy: bands of its sketch, the last part of its address.
using CopyKeys = std::array<std::uint32_t, kBands + 1>;

/// The same, as a row of the state.
struct PeerRow {
  std::uint32_t number = 0;  // order of arrival, from 1
  StoryId story;
  std::string lang;
  std::string outlet;
  std::string url;
  StoryPeer peer;
  CopyKeys keys{};
  std::vector<StoryTerm> terms;  // empty for copies: they add nothing to a story
};

/// The first title in each language, in one block of memory.
class StoryTitles {
 public:
  struct Title {
    std::uint16_t lang = 0;  // number of its name
    std::string_view text;
  };

  /// Cut after 65,535 bytes. A title in a language that has one already is not taken.
  void add(std::uint16_t lang, std::string_view text);
  /// In the order they came; views of this object.
  std::vector<Title> all() const;

 private:
  std::string packed_;  // of each: language and length in two bytes each, text
};

/// What is known of its relations to other stories.
struct StoryKinship {
  StoryId merged_into;
  StoryId split_from;
};

struct StoryRecord {
  CompactStoryId id;
  std::uint32_t revision = 0;  // of the last snapshot
  std::uint32_t items_count = 0;
  Instant first_seen_at{};
  Instant last_seen_at{};
  Instant published_at{};  // story time of the last snapshot
  StoryTitles titles;
  NumberList outlets;  // numbers of names, in order of arrival
  NumberList sources;  // independent: wire credit, else outlet; copies add none
  NumberList places;
  NumberList members;  // numbers of remembered items, ascending
  std::unique_ptr<StoryKinship> kinship;
};

/// Keys of the rows: items, what the terms weigh, and else stories by their id.
inline constexpr std::string_view kPeerPrefix = "peer/";
inline constexpr std::string_view kWeightsKey = "terms/weights";

StateRow to_row(const StoryRecord& story, const NameTable& names);
StateRow to_row(const PeerRow& peer);
StateRow erased_peer_row(const CompactId& item);

/// Nothing when the row is damaged. Members are not part of the row: items name their story.
std::optional<StoryRecord> read_story(const StateRow& row, NameTable& names);
std::optional<PeerRow> read_peer(const StateRow& row);

}  // namespace steppe
