#include "core/shared_text.h"

#include <atomic>
#include <new>

#include "core/check.h"

namespace steppe {
namespace {

std::atomic_ref<std::uint32_t> users_of(char* block) {
  return std::atomic_ref<std::uint32_t>(*reinterpret_cast<std::uint32_t*>(block));
}

}  // namespace

SharedText::SharedText(std::string_view text, int) {
  if (text.empty()) return;  // a view of nothing points nowhere
  if (text.size() <= kInline) {
    word_ = kEmpty | (std::uint64_t{text.size()} << 1U);
    std::memcpy(reinterpret_cast<char*>(&word_) + 1, text.data(), text.size());
    return;
  }
  STEPPE_CHECK(text.size() <= UINT32_MAX);
  auto* block = static_cast<char*>(::operator new(kHead + text.size()));
  const std::uint32_t head[2] = {1, static_cast<std::uint32_t>(text.size())};
  std::memcpy(block, head, sizeof head);
  std::memcpy(block + kHead, text.data(), text.size());
  word_ = std::bit_cast<std::uint64_t>(block);
}

void SharedText::share() const {
  if (!is_inline()) users_of(block()).fetch_add(1, std::memory_order_relaxed);
}

void SharedText::release() {
  if (users_of(block()).fetch_sub(1, std::memory_order_acq_rel) == 1) ::operator delete(block());
}

}  // namespace steppe
