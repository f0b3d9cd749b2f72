#include "connectors/sqlite_store/sqlite_store.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "connectors/sqlite_store/database.h"
#include "connectors/sqlite_store/feed_table.h"
#include "connectors/sqlite_store/files.h"
#include "connectors/sqlite_store/outbox_table.h"
#include "connectors/sqlite_store/row_table.h"
#include "connectors/sqlite_store/schema.h"
#include "connectors/sqlite_store/seen_table.h"
#include "connectors/sqlite_store/space.h"
#include "connectors/sqlite_store/state_lock.h"

namespace steppe {
namespace {

// Bound one transaction's log: in peace, and when there is hardly any room for it.
constexpr std::size_t kForgetSliceRows = 5000;
constexpr std::size_t kTightSliceRows = 200;

bool is_fatal(const Error& error) {
  return error.code == Code::kStorage && error.retry == Retry::kNever;
}

Result<void> create_when_missing(const std::string& path, const std::string& instance) {
  const auto size = sqlite::file_size(path);
  if (!size) return size.error();
  if (*size >= 0) return {};
  const auto log_size = sqlite::file_size(path + "-wal");
  if (!log_size) return log_size.error();
  if (*log_size > 0) return sqlite::damaged(path, "it is gone, only its -wal file is left");
  return sqlite::create_database(path, instance, sqlite::migrations());
}

}  // namespace

/// Everything open at once; members close in reverse order, the lock last.
struct SqliteStore::Parts {
  explicit Parts(StateLock held) : lock(std::move(held)) {}

  StateLock lock;
  StoreOptions options;
  std::string path;
  sqlite::Connection connection;
  sqlite::SeenTable seen;
  sqlite::FeedTable feeds;
  sqlite::RowTable rows;
  sqlite::OutboxTable outbox;
  sqlite::OutboxNumbers numbers;
  sqlite::Space space;
  WriterIdentity identity;
  std::optional<Error> fatal;

  Result<void> load();
  Result<void> prepare_tables();
  Result<void> apply(const StateBatch& batch, sqlite::OutboxNumbers& changed);
  Result<void> forget(std::uint64_t seq, std::size_t slice_rows);
  Result<void> forget_and_make_room(std::uint64_t seq);
  Result<void> refuse_when_tight();
  void note(const Result<void>& housekeeping);

  /// Runs `work` unless storage became unsafe, and remembers when it does.
  template <typename Work>
  auto guarded(const std::string& doing, Work work) -> decltype(work());
  /// Runs `work` in one transaction; `numbers` change only when it was committed.
  template <typename Work>
  Result<void> in_transaction(Work work);
};

template <typename Work>
auto SqliteStore::Parts::guarded(const std::string& doing, Work work) -> decltype(work()) {
  if (fatal) return *fatal;
  auto result = work();
  if (result) return result;
  Error error = std::move(result.error()).with_context(doing + " " + path);
  if (is_fatal(error)) fatal = error;
  return error;
}

template <typename Work>
Result<void> SqliteStore::Parts::in_transaction(Work work) {
  sqlite::OutboxNumbers changed = numbers;
  {
    sqlite::Transaction transaction(connection);
    if (auto done = transaction.begin(); !done) return done;
    if (auto done = work(changed); !done) return done;
    if (auto done = transaction.commit(); !done) return done;
  }
  numbers = changed;
  note(space.fold_when_due(connection));
  return {};
}

/// Housekeeping after a transaction changes nothing about it; trouble is told by the next call.
void SqliteStore::Parts::note(const Result<void>& housekeeping) {
  if (housekeeping || !is_fatal(housekeeping.error())) return;
  fatal = Error(housekeeping.error()).with_context("folding the log of " + path);
}

Result<void> SqliteStore::Parts::refuse_when_tight() {
  if (!space.is_tight()) return {};
  return Error{Code::kStorage, Retry::kLater, "disk full: reserve_bytes cannot be held back"};
}

Result<void> SqliteStore::Parts::forget(std::uint64_t seq, std::size_t slice_rows) {
  seq = std::max(seq, numbers.published_seq);
  while (numbers.leftovers || seq > numbers.published_seq) {
    auto done = in_transaction([&](sqlite::OutboxNumbers& changed) -> Result<void> {
      changed.published_seq = seq;
      if (auto erased = outbox.erase(slice_rows, changed); !erased) return erased;
      return outbox.save_numbers(changed);
    });
    if (!done) return done;
    if (slice_rows == kTightSliceRows) note(space.fold(connection));
  }
  return {};
}

Result<void> SqliteStore::Parts::forget_and_make_room(std::uint64_t seq) {
  if (!space.is_tight()) {
    auto done = forget(seq, kForgetSliceRows);
    if (done) note(space.shrink(connection));
    if (done || done.error().retry == Retry::kNever) return done;
  }
  space.give_up_reserve();
  note(space.fold(connection));
  auto done = forget(seq, kTightSliceRows);
  if (done) note(space.shrink(connection));
  return done;
}

Result<void> SqliteStore::Parts::apply(const StateBatch& batch, sqlite::OutboxNumbers& changed) {
  for (const SeenUpdate& update : batch.seen) {
    if (auto done = seen.apply(update, connection); !done) return done;
  }
  for (const StateRow& row : batch.rows) {
    if (auto done = rows.apply(row); !done) return done;
  }
  for (const WindowUpdate& window : batch.windows) {
    if (auto done = feeds.apply(window); !done) return done;
  }
  for (const FeedState& feed : batch.feeds) {
    if (auto done = feeds.apply(feed); !done) return done;
  }
  if (batch.outbox.empty()) return {};
  if (auto done = outbox.append(batch.outbox, changed); !done) return done;
  return outbox.save_numbers(changed);
}

Result<void> SqliteStore::Parts::prepare_tables() {
  auto take = [](auto& target, auto prepared) -> Result<void> {
    if (!prepared) return prepared.error();
    target = std::move(*prepared);
    return {};
  };
  if (auto done = take(seen, sqlite::SeenTable::prepare(connection)); !done) return done;
  if (auto done = take(feeds, sqlite::FeedTable::prepare(connection)); !done) return done;
  if (auto done = take(rows, sqlite::RowTable::prepare(connection)); !done) return done;
  return take(outbox, sqlite::OutboxTable::prepare(connection));
}

Result<void> SqliteStore::Parts::load() {
  path = options.state_dir + "/steppewatch.db";
  if (auto done = create_when_missing(path, options.instance); !done) return done;
  auto opened = sqlite::open_database(path, options, sqlite::migrations());
  if (!opened) return opened.error();
  connection = std::move(*opened);
  if (auto done = prepare_tables(); !done) return sqlite::damaged(path, done.error().message);
  auto loaded = outbox.load_numbers();
  if (!loaded) return sqlite::damaged(path, loaded.error().message);
  numbers = *loaded;
  auto generation = connection.text("SELECT value FROM meta WHERE name='generation'");
  if (!generation) return sqlite::damaged(path, generation.error().message);
  identity = {options.instance, std::move(*generation)};
  auto room = sqlite::Space::prepare(connection, options);
  if (!room) return sqlite::damaged(path, room.error().message);
  space = std::move(*room);
  space.is_tight();  // takes the reserve, if it is there to take
  return {};
}

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteStore::~SqliteStore() {
  // After a failed sync nothing may be written any more, not even by closing.
  if (parts_->fatal) parts_->connection.set_checkpoint_on_close(false);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const StoreOptions& options) {
  if (auto done = sqlite::prepare_directory(options.state_dir); !done) return done.error();
  Result<StateLock> lock = StateLock::acquire(options.state_dir);
  if (!lock) return lock.error();
  auto parts = std::make_unique<Parts>(std::move(*lock));
  parts->options = options;
  if (auto done = parts->load(); !done) {
    return std::move(done.error()).with_context("opening the state");
  }
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(parts)));
}

WriterIdentity SqliteStore::identity() const {
  return parts_->identity;
}

std::uint64_t SqliteStore::last_seq() const {
  return parts_->numbers.last_seq;
}

std::uint64_t SqliteStore::published_seq() const {
  return parts_->numbers.published_seq;
}

void SqliteStore::release_memory() {
  parts_->connection.release_memory();
}

std::uint64_t SqliteStore::outbox_bytes() const {
  return parts_->numbers.bytes;
}

bool SqliteStore::outbox_full() const {
  return parts_->numbers.bytes >= parts_->options.max_outbox_bytes;
}

Result<std::vector<FeedState>> SqliteStore::load_feeds() {
  return parts_->guarded("reading feeds from", [&] { return parts_->feeds.load_all(); });
}

Result<std::shared_ptr<Window>> SqliteStore::load_window(const FeedId& feed) {
  return parts_->guarded("reading a window from", [&] { return parts_->feeds.load_window(feed); });
}

Result<std::optional<SeenItem>> SqliteStore::find(std::span<const IdentityKey> keys) {
  return parts_->guarded("looking up an item in", [&] { return parts_->seen.find(keys); });
}

Result<void> SqliteStore::load_rows(StateRow::Space space,
                                    const std::function<void(const StateRow&)>& visit) {
  return parts_->guarded("reading rows from", [&] { return parts_->rows.load(space, visit); });
}

Result<void> SqliteStore::commit(const StateBatch& batch) {
  return parts_->guarded("committing to", [&]() -> Result<void> {
    if (auto room = parts_->refuse_when_tight(); !room) return room;
    return parts_->in_transaction(
        [&](sqlite::OutboxNumbers& changed) { return parts_->apply(batch, changed); });
  });
}

Result<std::vector<OutboxRow>> SqliteStore::outbox_after(std::uint64_t seq, std::size_t max_rows,
                                                         std::size_t max_bytes) {
  return parts_->guarded("reading the outbox of", [&] {
    return parts_->outbox.after(std::max(seq, published_seq()), max_rows, max_bytes);
  });
}

Result<void> SqliteStore::forget_published(std::uint64_t seq) {
  if (seq > last_seq()) {
    return Error{Code::kInternal, Retry::kNever,
                 "sequence " + std::to_string(seq) + " was never assigned"};
  }
  return parts_->guarded("forgetting published rows in",
                         [&] { return parts_->forget_and_make_room(seq); });
}

Result<std::size_t> SqliteStore::prune(Instant seen_before, std::size_t max_rows) {
  return parts_->guarded("pruning", [&]() -> Result<std::size_t> {
    std::size_t removed = 0;
    auto done = parts_->in_transaction([&](sqlite::OutboxNumbers&) -> Result<void> {
      const auto count = parts_->seen.prune(seen_before, max_rows);
      if (!count) return count.error();
      removed = *count;
      return {};
    });
    if (!done) return done.error();
    return removed;
  });
}

Result<void> SqliteStore::backup(const std::string& path) {
  if (parts_->fatal) return *parts_->fatal;
  const std::string part = path + ".part";
  ::unlink(part.c_str());
  // Not guarded: trouble at the target says nothing about the state itself.
  auto done = parts_->connection.copy_to(part);
  if (done) done = sqlite::rename_durably(part, path);
  if (!done) return std::move(done.error()).with_context("backing up to " + path);
  return {};
}

Result<void> SqliteStore::integrity_check() {
  return parts_->guarded("checking", [&]() -> Result<void> {
    const auto verdict = parts_->connection.text("PRAGMA integrity_check(1)");
    if (!verdict) return verdict.error();
    if (*verdict != "ok") return sqlite::damaged(parts_->path, *verdict);
    return {};
  });
}

}  // namespace steppe
