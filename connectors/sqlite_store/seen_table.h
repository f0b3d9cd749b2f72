#pragma once
// Remembered items and the identity keys that lead to them.

#include <cstdint>
#include <optional>
#include <span>

#include "connectors/sqlite_store/database.h"
#include "core/state.h"

namespace steppe::sqlite {

/// One thread at a time; used inside the store's transaction.
class SeenTable {
 public:
  static Result<SeenTable> prepare(Connection& connection);

  Result<std::optional<SeenItem>> find(std::span<const IdentityKey> keys);
  /// Replaces the item found under one of the keys when it has the same id, else adds it; then
  /// all keys lead to it. Errors: kInternal (no keys).
  Result<void> apply(const SeenUpdate& update, Connection& connection);

  /// One slice of forgetting: looks at `max_rows` items and as many keys from where the last slice
  /// ended. Returns the number of items removed.
  Result<std::size_t> prune(Instant seen_before, std::size_t max_rows);

 private:
  Result<std::optional<std::int64_t>> row_of(const SeenUpdate& update);
  Result<std::int64_t> write_item(const SeenItem& item, std::optional<std::int64_t> row,
                                  Connection& connection);
  Result<void> prune_keys(std::size_t max_rows);

  Statement find_, insert_, update_, link_;
  Statement item_slice_, prune_items_, key_slice_, prune_keys_, changes_;
  std::int64_t item_cursor_ = 0;
  std::optional<std::int64_t> key_cursor_;
};

}  // namespace steppe::sqlite
