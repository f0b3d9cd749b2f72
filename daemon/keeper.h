#pragma once
// Decides what is new, revised or a repeat, assigns the story, updates the claim ledger and encodes
// the records: turns a Digest into one StateBatch. No I/O of its own besides the injected view.

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/digest.h"
#include "core/state.h"
#include "core/story.h"
#include "daemon/full_text/page_book.h"
#include "daemon/metrics.h"
#include "daemon/polling/blackout.h"
#include "daemon/polling/feed_update.h"
#include "daemon/polling/kept_feeds.h"
#include "daemon/polling/polling_options.h"
#include "processors/encode/records.h"
#include "processors/ledger/claim_ledger.h"
#include "processors/story/adoption.h"
#include "processors/story/story_index.h"

namespace steppe {

struct KeeperOptions {
  RecordContext context;
  bool publish_review = false;
  std::chrono::seconds story_interval{10};  // story time between two snapshots of one story
  PollingOptions polling;
  std::vector<KnownClaim> history;  // claims the profile knows from before
  PlaceTree places;                 // of the profile
  StoryOptions stories;
  AdoptionOptions adoption;
  /// Finds in an adopted item what is found in a kept one; without it nothing is adopted.
  std::function<void(Item&, const Feed&)> enrich;
  std::optional<FullTextOptions> full_text;  // nothing: no pages are wanted
};

struct PageTicket;

/// Where an item came from, for one apply_item(). Pointers are borrowed.
struct ItemSource {
  const Feed* feed = nullptr;
  const DocumentTrace* trace = nullptr;
  Validators validators;
  Instant fetched_at{};
  bool backfill = false;
  bool known_here = true;  // this feed showed the item before, or is its only source
  Rights rights;           // as far as the article page says
  std::string tag;         // the caller's own name for the item, given back when it is adopted
};

struct ItemVerdict {
  enum class Kind : std::uint8_t { kNew, kRevised, kRepeat };
  Kind kind = Kind::kNew;
  SeenItem seen;
  StoryLink story;
};

/// A feed after a poll; `window` when it changed.
struct PolledFeed {
  FeedStatePtr state;
  WindowPtr window;
};

/// An item that was left out before and belongs to a story now.
struct AdoptedItem {
  std::string tag;
  Item item;
  ItemId item_id;
  StoryLink story;
  std::size_t outbox_row = 0;  // of the batch: its record
};

/// One thread at a time.
class Keeper {
 public:
  Keeper(KeeperOptions options, SeenView& seen, std::uint64_t last_seq, Metrics* metrics);

  /// State rows and feeds as committed before; call before the first apply.
  void restore(const StateRow& row);
  void restore(const FeedStatePtr& state) { feeds_.restore(state); }
  void restore(const FeedPtr& feed) { feeds_.restore(feed); }
  /// After the last of them.
  void resume(Instant now) { pages_.resume(now); }

  /// What the profile knows now, after a reload.
  void know(const std::vector<KnownClaim>& history, const PlaceTree& places) {
    ledger_.know(history, places);
  }

  /// Applies one digest and appends everything to be committed to `batch`.
  /// Errors: of the injected view.
  Result<void> apply(Digest digest, StateBatch& batch);

  /// The feed is about to be asked: until its outcome is committed, `next_poll_at` counts, so that
  /// a crash in between asks nobody twice.
  void note_asked(const FeedPtr& feed, Instant next_poll_at, StateBatch& batch);

  /// The page of this item is about to be asked for; likewise.
  void note_page_asked(const ItemId& id, Instant not_before, StateBatch& batch);

  /// Pages that became wanted since the last call, and are in the store once the batch is.
  std::vector<PageJob> take_pages() { return pages_.take_jobs(); }
  /// Feeds whose pages moved on since the last call.
  auto take_page_counts() { return pages_.take_counts(); }

  /// Before each commit: pages that waited too long are given up, and feed states that were not
  /// stored with their polls. With `force` a part of all of them; true while there is more.
  bool settle(Instant now, bool force, StateBatch& batch) {
    forget_pages(now, batch);
    return feeds_.settle(now, force, batch);
  }

  /// The feeds whose outcomes were applied since the last call, in order.
  std::vector<PolledFeed> take_polled() { return std::exchange(polled_, {}); }

  /// The wall clock jumped by this much while we ran: stored due times and ages jump along, so that
  /// the next start asks nobody too soon or too late.
  void shift_clock(Millis by, const std::vector<HostBlock>& blocks, StateBatch& batch);

  /// Applies one kept item; its figures get claim ids and statuses.
  Result<ItemVerdict> apply_item(Item& item, const ItemSource& source, StateBatch& batch);

  /// Applies an item that is kept; looks for a story that adopts one in review or dropped. Nothing
  /// when the item is left out; one in review then waits for a story.
  Result<std::optional<ItemVerdict>> decide(Item& item, const ItemSource& source,
                                            StateBatch& batch);

  /// What was adopted after waiting since the last call.
  std::vector<AdoptedItem> take_adopted() { return std::exchange(adopted_, {}); }

  /// Publishes story snapshots that are due at `now` (all of them when `force`).
  void publish_stories(Instant now, bool force, StateBatch& batch);

  /// `batch` reached the store; what it holds no longer has to be remembered here.
  void committed() { uncommitted_.clear(); }

  bool stories_waiting() const { return !dirty_stories_.empty(); }

 private:
  Result<std::optional<ItemVerdict>> consider(Item& item, const ItemSource& source,
                                              StateBatch& batch);
  Result<std::optional<SeenItem>> find(const Item& item);
  void remember(const Item& item, const SeenItem& seen, StateBatch& batch);
  void append(Record record, StateBatch& batch);
  void append_or_bury(Result<Record> record, const Feed& feed, const std::string& url, Instant at,
                      StateBatch& batch);
  ItemVerdict admit(Item& item, const ItemSource& source, const std::optional<SeenItem>& seen,
                    StateBatch& batch);
  ItemVerdict repeat(const Item& item, const ItemSource& source, SeenItem seen, StateBatch& batch);
  Result<void> note_kept(const Item& item, const ItemVerdict& verdict, const ItemSource& source,
                         StateBatch& batch);
  bool wants_page(const Item& item, const Feed& feed) const;
  void want_page(const Item& item, const ItemVerdict& verdict, const ItemSource& source,
                 StateBatch& batch);
  Result<void> apply_page(Digest& digest, StateBatch& batch);
  Result<void> revise(const PageTicket& ticket, Digest& digest, StateBatch& batch);
  void forget_pages(Instant now, StateBatch& batch);
  void report_pages();
  Result<void> adopt_waiting(const std::vector<Hash128>& keys, StateBatch& batch);
  void publish_claims(const std::vector<ClaimEvent>& events, const ItemId& id, const Item& item,
                      const ItemSource& source, StateBatch& batch);
  void touch_story(const StoryId& id, bool at_once, Instant at, StateBatch& batch);
  void publish_story(const StoryId& id, Instant at, StateBatch& batch);
  Result<bool> apply_items(Digest& digest, StateBatch& batch);  // true: one is new
  void update_feed(const Digest& digest, bool new_items, StateBatch& batch);
  void merge_when_same(const Feed& feed, FeedState& state);
  void publish_feed(const Feed& feed, const FeedState& state, Instant at, StateBatch& batch);
  void publish_gap(const Feed& feed, const FeedNews& news, Instant at, StateBatch& batch);
  void count_news(const FeedNews& news);
  void watch_countries(Instant now, StateBatch& batch);
  void publish_silence(const CountrySilence& country, bool dark, Instant at, StateBatch& batch);
  void bury_refusal(const Digest& digest, StateBatch& batch);
  void count(std::string_view family, std::string_view label, double amount = 1);

  KeeperOptions options_;
  SeenView& seen_;
  Metrics* metrics_;
  std::uint64_t last_seq_;
  StoryIndex stories_;
  ClaimLedger ledger_;
  Burst burst_;
  WaitingItems waiting_;
  std::vector<AdoptedItem> adopted_;
  KeptFeeds feeds_;
  PageBook pages_;
  Instant pages_looked_at_{};
  std::vector<PolledFeed> polled_;
  std::set<std::string> dark_countries_;
  Instant countries_watched_at_{};
  std::unordered_map<Hash128, SeenItem> uncommitted_;  // by key: items of the open batch
  std::set<StoryId> dirty_stories_;
};

}  // namespace steppe
