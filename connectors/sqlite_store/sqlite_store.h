#pragma once
// The state file: seen items, feeds, windows, processor rows and the outbox, changed together or
// not at all.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/sqlite_store/options.h"
#include "core/state.h"

namespace steppe {

/// One SQLite file `<state_dir>/steppewatch.db`. One thread at a time (the keeper's).
/// After an error kStorage/kNever ("unsafe storage", damage) every later call returns that error:
/// a failed sync must not be tried again. Source: Rebello et al., USENIX ATC 2020 (fsync failures).
class SqliteStore final : public SeenView {
 public:
  /// Locks the directory, creates the file when there is none, checks it (reads all of it) and
  /// brings older schemas forward, keeping a copy.
  /// Errors: kConflict (another process), kPermission, kConfig (newer schema, other instance, not a
  /// directory), kStorage/kNever (damaged: refused, never recreated), kStorage/kLater (disk full).
  static Result<std::unique_ptr<SqliteStore>> open(const StoreOptions& options);

  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  /// The configured instance and the random generation the file was created with.
  WriterIdentity identity() const;

  Result<std::vector<FeedState>> load_feeds();
  /// Known keys of a feed with its guid trust; an unknown feed gives an empty first-poll window.
  Result<std::shared_ptr<Window>> load_window(const FeedId& feed);
  Result<std::optional<SeenItem>> find(std::span<const IdentityKey> keys) override;
  /// Rows of one space in key order. `visit` must not call the store.
  Result<void> load_rows(StateRow::Space space, const std::function<void(const StateRow&)>& visit);

  /// Writes all of `batch` durably, or nothing. Blocks for one disk sync.
  /// Errors: kStorage/kLater (disk full: the same batch can be committed later), kStorage/kNever,
  /// kInternal (an outbox sequence that is not last_seq()+1, an item without keys).
  Result<void> commit(const StateBatch& batch);

  /// Highest sequence ever assigned; 0 = none. Survives the deletion of rows.
  std::uint64_t last_seq() const;
  std::uint64_t published_seq() const;
  /// Of the rows not yet forgotten.
  std::uint64_t outbox_bytes() const;
  bool outbox_full() const;

  /// Unpublished rows after `seq` in order, at least one when there is any, then up to both bounds.
  /// Errors: kStorage/kNever when a row is damaged or missing.
  Result<std::vector<OutboxRow>> outbox_after(std::uint64_t seq, std::size_t max_rows,
                                              std::size_t max_bytes);
  /// Records that everything up to `seq` was published, then deletes those rows in slices.
  /// Errors: as commit(); kInternal when `seq` was never assigned.
  Result<void> forget_published(std::uint64_t seq);

  /// Forgets items last seen before `seen_before`, one bounded slice a call, going round and round;
  /// call it now and then. Returns how many items went.
  Result<std::size_t> prune(Instant seen_before, std::size_t max_rows);

  /// Gives back the memory of pages; the next commits read those they need again.
  void release_memory();

  /// Copies the state into the new file `path` (replaced when it exists). Blocks for the copy.
  Result<void> backup(const std::string& path);
  /// Full check of structure and indexes. Blocks for a read of the whole file.
  Result<void> integrity_check();

 private:
  struct Parts;
  explicit SqliteStore(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace steppe
