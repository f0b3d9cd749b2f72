#pragma once
// Decides what is new, revised or a repeat, assigns the story, updates the claim ledger and encodes
// the records: turns a Digest into one StateBatch. No I/O of its own besides the injected view.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/digest.h"
#include "core/state.h"
#include "core/story.h"
#include "daemon/metrics.h"
#include "daemon/polling_policy.h"
#include "processors/claims/claim_ledger.h"
#include "processors/encode/encode.h"
#include "processors/story/story_index.h"

namespace steppe {

struct KeeperOptions {
  std::string profile;
  std::string profile_hash;
  std::string software;
  bool publish_review = false;
  std::chrono::seconds story_interval{10};  // story time between two snapshots of one story
  PollingOptions polling;
};

/// Where an item came from, for one apply_item().
struct ItemSource {
  const Feed* feed = nullptr;
  const DocumentTrace* trace = nullptr;
  Validators validators;
  Instant fetched_at{};
  bool backfill = false;
  bool known_here = true;  // this feed showed the item before, or is its only source
};

struct ItemVerdict {
  enum class Kind : std::uint8_t { kNew, kRevised, kRepeat };
  Kind kind = Kind::kNew;
  ItemId item_id;
  std::uint32_t revision = 0;
  StoryLink story;
  std::vector<ClaimEvent> claims;
};

/// One thread at a time.
class Keeper {
 public:
  Keeper(KeeperOptions options, SeenView& seen, std::uint64_t last_seq, Metrics* metrics);

  /// State rows and feeds as committed before; call before the first apply.
  void restore(const StateRow& row);
  void restore(const FeedState& state);

  /// Applies one digest and appends everything to be committed to `batch`.
  Result<void> apply(Digest digest, StateBatch& batch);

  /// Applies one kept item; `item` gets claim ids and statuses.
  Result<ItemVerdict> apply_item(Item& item, const ItemSource& source, StateBatch& batch);

  /// Publishes story snapshots that are due at `now` (all of them when `force`).
  void publish_stories(Instant now, bool force, StateBatch& batch);

  /// `batch` reached the store; what it holds no longer has to be remembered here.
  void committed(const StateBatch& batch);

  std::uint64_t last_seq() const { return last_seq_; }
  const std::map<FeedId, FeedState>& feeds() const { return feeds_; }
  /// Feeds that left the configuration.
  void forget_feed(const FeedId& id) { feeds_.erase(id); }
  bool stories_waiting() const { return !dirty_stories_.empty(); }

 private:
  Result<std::optional<SeenItem>> find(const Item& item);
  void remember(const Item& item, const SeenItem& seen, StateBatch& batch);
  void append(Result<Record> record, const Feed& feed, std::string_view what, StateBatch& batch);
  void append(Record record, StateBatch& batch);
  ItemVerdict publish_item(Item& item, const ItemSource& source, const std::optional<SeenItem>& seen,
                           StateBatch& batch);
  ItemVerdict repeat(Item& item, const ItemSource& source, const SeenItem& seen, StateBatch& batch);
  void touch_story(const StoryId& id, Instant at, bool at_once, StateBatch& batch);
  FeedState& update_feed(const FetchOutcome& outcome, StateBatch& batch);
  void publish_feed_change(const Feed& feed, const FeedState& state, const FetchOutcome& outcome,
                           StateBatch& batch);
  Result<void> apply_items(Digest& digest, FeedState& state, StateBatch& batch);
  void count(std::string_view family, std::string_view label, double amount = 1);

  KeeperOptions options_;
  SeenView& seen_;
  Metrics* metrics_;
  std::uint64_t last_seq_;
  StoryIndex stories_;
  ClaimLedger ledger_;
  std::map<FeedId, FeedState> feeds_;
  std::unordered_map<Hash128, SeenItem> uncommitted_;  // by key: items of the open batch
  std::map<StoryId, Instant> story_published_at_;
  std::set<StoryId> dirty_stories_;
};

}  // namespace steppe
