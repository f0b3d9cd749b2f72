#include "core/kept_text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace steppe {
namespace {

constexpr std::size_t kRoom = 768;  // bytes: enough for most records

}  // namespace

struct KeptTexts::Store {
  std::shared_ptr<const void> owner;
  std::vector<std::unique_ptr<char[]>> more;
  char* next = nullptr;
  std::size_t room = kRoom;
  std::array<char, kRoom> first;
};

KeptTexts::Store& KeptTexts::store() {
  if (!store_) {
    store_ = std::make_shared_for_overwrite<Store>();
    store_->next = store_->first.data();
  }
  return *store_;
}

KeptText KeptTexts::keep(std::string_view text) {
  if (text.empty()) return {};
  Store& into = store();
  if (text.size() > into.room) {
    into.room = std::max(kRoom, text.size());
    into.next = into.more.emplace_back(std::make_unique_for_overwrite<char[]>(into.room)).get();
  }
  char* const at = into.next;
  std::memcpy(at, text.data(), text.size());
  into.next += text.size();
  into.room -= text.size();
  return std::string_view(at, text.size());
}

void KeptTexts::keep_alive(std::shared_ptr<const void> owner) {
  store().owner = std::move(owner);
}

}  // namespace steppe
