#include "processors/parse/memory_budget.h"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <pugixml.hpp>

#include "core/check.h"

namespace steppe {
namespace {

constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

struct Account {
  std::size_t limit = kUnlimited;
  std::size_t used = 0;
};

Account& account() {
  thread_local Account account;
  return account;
}

// Each block remembers its size in front of itself.
union Header {
  std::size_t size;
  std::max_align_t alignment;
};

void* allocate(std::size_t size) {
  Account& mine = account();
  if (mine.limit != kUnlimited && size > mine.limit - mine.used) return nullptr;
  auto* header = static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) return nullptr;
  header->size = size;
  if (mine.limit != kUnlimited) mine.used += size;
  return header + 1;
}

void deallocate(void* block) {
  if (block == nullptr) return;
  Header* header = static_cast<Header*>(block) - 1;
  Account& mine = account();
  if (mine.limit != kUnlimited) mine.used -= header->size < mine.used ? header->size : mine.used;
  std::free(header);
}

void install_hooks() {
  static std::once_flag once;
  std::call_once(once, [] { pugi::set_memory_management_functions(allocate, deallocate); });
}

}  // namespace

MemoryBudget::MemoryBudget(std::size_t max_bytes) {
  install_hooks();
  STEPPE_CHECK(account().limit == kUnlimited);
  account() = {max_bytes, 0};
}

MemoryBudget::~MemoryBudget() {
  account() = {};
}

std::size_t MemoryBudget::used() const {
  return account().used;
}

}  // namespace steppe
