#pragma once
// Opaque rows of the processors' state.

#include <functional>

#include "connectors/sqlite_store/database.h"
#include "core/state.h"

namespace steppe::sqlite {

/// One thread at a time; used inside the store's transaction.
class RowTable {
 public:
  static Result<RowTable> prepare(Connection& connection);

  Result<void> load(StateRow::Space space, const std::function<void(const StateRow&)>& visit);
  /// Adds or replaces; an empty value erases.
  Result<void> apply(const StateRow& row);

 private:
  Statement load_, save_, erase_;
};

}  // namespace steppe::sqlite
