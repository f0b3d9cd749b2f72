#pragma once
// Bounds the memory of XML trees: pugixml allocates through here.

#include <cstddef>

namespace steppe {

/// While it lives, trees built on this thread may take at most `max_bytes` in all; more makes
/// pugixml stop with status_out_of_memory, the tree so far stays readable. Nesting is not allowed.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t max_bytes);
  ~MemoryBudget();
  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  /// Bytes in use now.
  std::size_t used() const;
};

}  // namespace steppe
