#pragma once
// What is remembered of each feed between polls, and its window.

#include <memory>
#include <vector>

#include "connectors/sqlite_store/database.h"
#include "core/state.h"

namespace steppe::sqlite {

/// One thread at a time; used inside the store's transaction.
class FeedTable {
 public:
  static Result<FeedTable> prepare(Connection& connection);

  Result<std::vector<FeedState>> load_all();
  /// Errors: kStorage when the stored window is damaged.
  Result<std::shared_ptr<Window>> load_window(const FeedId& feed);
  Result<void> apply(const FeedState& feed);
  Result<void> apply(const WindowUpdate& window);

 private:
  Statement load_, save_, load_flags_, load_window_, save_window_;
};

}  // namespace steppe::sqlite
