#pragma once
// [state]: where the state lives and how much of it may pile up.

#include <cstdint>
#include <string>

namespace steppe {

template <typename T>
class OptionTable;

struct StoreOptions {
  std::string state_dir;          // top-level key of the configuration; created when missing
  std::string instance = "main";  // likewise
  std::uint64_t max_outbox_bytes = 1ULL << 30;  // outbox_full() from here on
  std::uint64_t cache_bytes = 8ULL << 20;       // of SQLite's pages
  std::uint64_t checkpoint_bytes = 8ULL << 20;  // the log is folded in above this size
  std::uint64_t reserve_bytes = 4ULL << 20;     // held back for deleting rows on a full disk
  std::uint32_t seen_days = 0;                  // for the caller of prune(); 0 = keep
};

/// The keys of [state]; `state_dir` and `instance` are top-level keys and not among them.
OptionTable<StoreOptions> store_option_table();

}  // namespace steppe
