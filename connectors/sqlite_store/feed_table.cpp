#include "connectors/sqlite_store/feed_table.h"

#include <string>

#include "connectors/sqlite_store/packing.h"
#include "connectors/sqlite_store/prepare_all.h"

namespace steppe::sqlite {
namespace {

std::int64_t millis(Instant at) {
  return at.time_since_epoch().count();
}

Instant instant(const Cursor& row, int column) {
  return Instant(Millis(row.integer(column)));
}

FeedState read_feed(const Cursor& row) {
  FeedState feed;
  feed.id = FeedId(std::string(row.bytes(0)));
  feed.url = row.bytes(1);
  feed.validators.etag = row.bytes(2);
  feed.validators.last_modified = row.bytes(3);
  feed.body_hash = row.unsigned_integer(4);
  feed.next_poll_at = instant(row, 5);
  feed.last_poll_at = instant(row, 6);
  feed.last_ok_at = instant(row, 7);
  feed.last_new_item_at = instant(row, 8);
  feed.failures = static_cast<std::uint32_t>(row.integer(9));
  feed.status = row.bytes(10);
  feed.detail = row.bytes(11);
  feed.guid_trusted = row.integer(12) != 0;
  feed.ever_committed = row.integer(13) != 0;
  feed.validators.url = row.bytes(14);
  return feed;
}

}  // namespace

Result<FeedTable> FeedTable::prepare(Connection& connection) {
  FeedTable table;
  const auto done = prepare_all(
      connection,
      {{&table.load_,
        "SELECT id, url, etag, last_modified, body_hash, next_poll_at, last_poll_at, last_ok_at, "
        "last_new_item_at, failures, status, detail, guid_trusted, ever_committed, "
        "validators_url "
        "FROM feed ORDER BY id"},
       {&table.save_,
        "INSERT OR REPLACE INTO feed(id, url, etag, last_modified, body_hash, next_poll_at, "
        "last_poll_at, last_ok_at, last_new_item_at, failures, status, detail, guid_trusted, "
        "ever_committed, validators_url) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
       {&table.load_flags_, "SELECT guid_trusted, ever_committed FROM feed WHERE id = ?"},
       {&table.load_window_, "SELECT entries FROM feed_window WHERE feed = ?"},
       {&table.save_window_,
        "INSERT INTO feed_window(feed, entries) VALUES(?1, ?2) "
        "ON CONFLICT(feed) DO UPDATE SET entries = ?2"}});
  if (!done) return done.error();
  return table;
}

Result<std::vector<FeedState>> FeedTable::load_all() {
  std::vector<FeedState> feeds;
  Cursor row = load_.with();
  for (;;) {
    const Result<bool> more = row.next();
    if (!more) return more.error();
    if (!*more) return feeds;
    feeds.push_back(read_feed(row));
  }
}

Result<std::shared_ptr<Window>> FeedTable::load_window(const FeedId& feed) {
  auto window = std::make_shared<Window>();
  window->first_poll = true;
  {
    Cursor flags = load_flags_.with(std::string_view(feed.str()));
    const Result<bool> found = flags.next();
    if (!found) return found.error();
    if (*found) {
      window->guid_trusted = flags.integer(0) != 0;
      window->first_poll = flags.integer(1) == 0;
    }
  }
  Cursor entries = load_window_.with(std::string_view(feed.str()));
  const Result<bool> found = entries.next();
  if (!found) return found.error();
  if (*found && !unpack_window(entries.bytes(0), *window)) {
    return Error{Code::kStorage, Retry::kNever, "the window of feed " + feed.str() + " is damaged"};
  }
  return window;
}

Result<void> FeedTable::apply(const FeedState& feed) {
  return save_.run(feed.id.str(), feed.url, feed.validators.etag, feed.validators.last_modified,
                   feed.body_hash, millis(feed.next_poll_at), millis(feed.last_poll_at),
                   millis(feed.last_ok_at), millis(feed.last_new_item_at), feed.failures,
                   feed.status, feed.detail, feed.guid_trusted, feed.ever_committed,
                   feed.validators.url);
}

Result<void> FeedTable::apply(const WindowUpdate& window) {
  const std::string entries = pack_window(window);
  return save_window_.run(window.feed.str(), Blob{entries});
}

}  // namespace steppe::sqlite
