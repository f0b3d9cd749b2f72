#pragma once
// Frozen records waiting for the sink, and the three numbers that say where we are.

#include <cstdint>
#include <span>
#include <vector>

#include "connectors/sqlite_store/database.h"
#include "core/record.h"

namespace steppe::sqlite {

/// Committed together with the rows they describe.
struct OutboxNumbers {
  std::uint64_t last_seq = 0;       // highest ever assigned
  std::uint64_t published_seq = 0;  // highest known to be published
  std::uint64_t bytes = 0;          // of the rows still stored
  bool leftovers = false;           // published rows are still stored; not written, but found again
};

/// One thread at a time; used inside the store's transaction.
class OutboxTable {
 public:
  static Result<OutboxTable> prepare(Connection& connection);

  /// Errors: kStorage when the numbers and the rows do not fit together.
  Result<OutboxNumbers> load_numbers();
  Result<void> save_numbers(const OutboxNumbers& numbers);
  /// Adds rows and counts them in `numbers`.
  /// Errors: kInternal when a sequence is not the one after the last.
  Result<void> append(std::span<const OutboxRow> rows, OutboxNumbers& numbers);
  /// Rows after `seq`, in order without a gap; at least one when there is any.
  /// Errors: kStorage when a row is damaged or missing.
  Result<std::vector<OutboxRow>> after(std::uint64_t seq, std::size_t max_rows,
                                       std::size_t max_bytes);
  /// Deletes at most `max_rows` published rows, counting them out of `numbers`.
  Result<void> erase(std::size_t max_rows, OutboxNumbers& numbers);

 private:
  Statement load_, save_, insert_, after_, slice_, erase_;
};

}  // namespace steppe::sqlite
