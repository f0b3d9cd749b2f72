#include "connectors/sqlite_store/seen_table.h"

#include <limits>
#include <string>

#include "connectors/sqlite_store/packing.h"
#include "connectors/sqlite_store/prepare_all.h"

namespace steppe::sqlite {
namespace {

std::int64_t millis(Instant at) {
  return at.time_since_epoch().count();
}

Instant instant(std::int64_t value) {
  return Instant(Millis(value));
}

std::string read_id(const Cursor& row, int column) {
  const std::string_view bytes = row.bytes(column);
  return row.is_blob(column) ? unpack_id(bytes) : std::string(bytes);
}

SeenItem read_item(const Cursor& row) {
  SeenItem item;
  item.id = ItemId(read_id(row, 1));
  item.revision = static_cast<std::uint32_t>(row.integer(2));
  item.content_hash = row.unsigned_integer(3);
  item.story = StoryId(read_id(row, 4));
  item.first_seen_at = instant(row.integer(5));
  item.last_seen_at = item.first_seen_at + Millis(row.integer(6));
  return item;
}

/// An id in its shortest form, bound as BLOB when it could be packed, else as TEXT.
class PackedId {
 public:
  explicit PackedId(const std::string& id) : text_(id), packed_(pack_id(id)) {}
  template <typename Run>
  auto bind(Run run) const {
    return packed_ ? run(Blob{*packed_}) : run(std::string_view(text_));
  }

 private:
  const std::string& text_;
  std::optional<std::string> packed_;
};

}  // namespace

Result<SeenTable> SeenTable::prepare(Connection& connection) {
  SeenTable table;
  const auto done = prepare_all(
      connection,
      {{&table.find_,
        "SELECT i.row, i.id, i.revision, i.content_hash, i.story, i.first_seen_at, i.seen_for_ms "
        "FROM identity k JOIN item i ON i.row = k.item WHERE k.key = ?"},
       {&table.insert_,
        "INSERT INTO item(id, story, revision, content_hash, first_seen_at, seen_for_ms) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6)"},
       {&table.update_,
        "UPDATE item SET id=?1, story=?2, revision=?3, content_hash=?4, first_seen_at=?5, "
        "seen_for_ms=?6 WHERE row=?7"},
       {&table.link_,
        "INSERT INTO identity(key, item) VALUES(?1, ?2) "
        "ON CONFLICT(key) DO UPDATE SET item = ?2 WHERE item <> ?2"},
       {&table.item_slice_,
        "SELECT max(row) FROM (SELECT row FROM item WHERE row > ?1 ORDER BY row LIMIT ?2)"},
       {&table.prune_items_,
        "DELETE FROM item WHERE row > ?1 AND row <= ?2 AND first_seen_at + seen_for_ms < ?3"},
       {&table.key_slice_,
        "SELECT max(key) FROM (SELECT key FROM identity WHERE key > ?1 ORDER BY key LIMIT ?2)"},
       {&table.prune_keys_,
        "DELETE FROM identity WHERE key > ?1 AND key <= ?2 "
        "AND NOT EXISTS(SELECT 1 FROM item WHERE row = identity.item)"},
       {&table.changes_, "SELECT changes()"}});
  if (!done) return done.error();
  return table;
}

Result<std::optional<SeenItem>> SeenTable::find(std::span<const IdentityKey> keys) {
  for (const IdentityKey& key : keys) {
    Cursor row = find_.with(identity_row(key));
    const Result<bool> found = row.next();
    if (!found) return found.error();
    if (*found) return std::optional<SeenItem>(read_item(row));
  }
  return std::optional<SeenItem>();
}

Result<std::optional<std::int64_t>> SeenTable::row_of(const SeenUpdate& update) {
  for (const IdentityKey& key : update.keys) {
    Cursor row = find_.with(identity_row(key));
    const Result<bool> found = row.next();
    if (!found) return found.error();
    if (*found && read_id(row, 1) == update.item.id.str()) return std::optional(row.integer(0));
  }
  return std::optional<std::int64_t>();
}

Result<std::int64_t> SeenTable::write_item(const SeenItem& item, std::optional<std::int64_t> row,
                                           Connection& connection) {
  const std::int64_t first = millis(item.first_seen_at);
  const std::int64_t seen_for = millis(item.last_seen_at) - first;
  const auto done = PackedId(item.id.str()).bind([&](auto id) {
    return PackedId(item.story.str()).bind([&](auto story) {
      return row ? update_.run(id, story, item.revision, item.content_hash, first, seen_for, *row)
                 : insert_.run(id, story, item.revision, item.content_hash, first, seen_for);
    });
  });
  if (!done) return done.error();
  return row ? *row : connection.last_insert_row();
}

Result<void> SeenTable::apply(const SeenUpdate& update, Connection& connection) {
  if (update.keys.empty()) {
    return Error{Code::kInternal, Retry::kNever,
                 "item " + update.item.id.str() + " has no identity key"};
  }
  const auto known = row_of(update);
  if (!known) return known.error();
  const Result<std::int64_t> row = write_item(update.item, *known, connection);
  if (!row) return row.error();
  for (const IdentityKey& key : update.keys) {
    if (auto done = link_.run(identity_row(key), *row); !done) return done;
  }
  return {};
}

Result<std::size_t> SeenTable::prune(Instant seen_before, std::size_t max_rows) {
  std::int64_t end = 0;
  {
    Cursor slice = item_slice_.with(item_cursor_, max_rows);
    const Result<bool> row = slice.next();
    if (!row) return row.error();
    end = slice.integer(0);  // an empty slice gives NULL, read as 0: start over next time
  }
  std::size_t removed = 0;
  if (end > item_cursor_) {
    if (auto done = prune_items_.run(item_cursor_, end, millis(seen_before)); !done) {
      return done.error();
    }
    Cursor changes = changes_.with();
    const Result<bool> row = changes.next();
    if (!row) return row.error();
    removed = static_cast<std::size_t>(changes.integer(0));
  }
  item_cursor_ = end;
  if (auto done = prune_keys(max_rows); !done) return done.error();
  return removed;
}

Result<void> SeenTable::prune_keys(std::size_t max_rows) {
  constexpr std::int64_t kBeforeAll = std::numeric_limits<std::int64_t>::min();
  const std::int64_t start = key_cursor_.value_or(kBeforeAll);
  std::int64_t end = 0;
  {
    Cursor slice = key_slice_.with(start, max_rows);
    const Result<bool> row = slice.next();
    if (!row) return row.error();
    if (slice.is_null(0)) {
      key_cursor_.reset();
      return {};
    }
    end = slice.integer(0);
  }
  if (auto done = prune_keys_.run(start, end); !done) return done;
  key_cursor_ = end;
  return {};
}

}  // namespace steppe::sqlite
