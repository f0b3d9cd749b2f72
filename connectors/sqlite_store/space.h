#pragma once
// Keeps the write-ahead log short and, on a full disk, room enough to delete what was published.

#include "connectors/sqlite_store/database.h"
#include "connectors/sqlite_store/options.h"
#include "connectors/sqlite_store/reserve.h"

namespace steppe::sqlite {

/// The log is folded before the file would grow by more than half of the reserve, so giving the
/// reserve back always makes room for folding it, and an empty log for deleting rows.
/// One thread at a time. Errors of all: those of storage that became unsafe; a full disk is none,
/// what could not be done is done at the next call.
class Space {
 public:
  static Result<Space> prepare(Connection& connection, const StoreOptions& options);

  /// True while the reserve is wanted and not held: nothing may be added then.
  bool is_tight();
  void give_up_reserve() { reserve_.release(); }

  Result<void> fold(Connection& connection);
  Result<void> fold_when_due(Connection& connection);

  /// Gives unused pages of the file back to the disk: a slice of them when there are many, or, when
  /// it is tight, until the reserve can be held again.
  Result<void> shrink(Connection& connection);

 private:
  Result<std::int64_t> ask(Statement& question);
  Result<void> give_back(Connection& connection, std::size_t pages);

  Reserve reserve_;
  bool wanted_ = false;
  std::int64_t max_log_pages_ = 0;
  std::int64_t max_growth_pages_ = 0;
  std::int64_t folded_pages_ = 0;  // of the file when the log was last folded
  Statement page_count_, free_count_;
};

}  // namespace steppe::sqlite
