#pragma once
// Where the state lives and how much of it may pile up.

#include <cstdint>
#include <string>

namespace steppe {

struct StoreOptions {
  std::string state_dir;  // created when missing
  std::string instance = "main";
  std::uint64_t max_outbox_bytes = std::uint64_t{1} << 30;  // outbox_full() above this
  std::uint32_t cache_kib = 8192;                           // SQLite page cache
  std::uint32_t checkpoint_kib = 8192;  // the write-ahead log is folded in above this size
};

}  // namespace steppe
