#include "daemon/first_poll.h"

#include <algorithm>
#include <numeric>

namespace steppe {
namespace {

Instant moment_of(const Item& item, Instant now) {
  return item.published ? item.published->value : item.updated.value_or(now);
}

std::vector<bool> newest(const std::vector<Item>& items, std::uint32_t count, Instant now) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return moment_of(items[a], now) > moment_of(items[b], now);
  });
  std::vector<bool> taken(items.size(), false);
  for (std::size_t i = 0; i < order.size() && i < count; ++i) taken[order[i]] = true;
  return taken;
}

}  // namespace

std::vector<bool> taken_at_first_poll(const FirstPoll& policy, const std::vector<Item>& items,
                                      Instant now) {
  std::vector<bool> taken(items.size(), false);
  switch (policy.kind) {
    case FirstPoll::Kind::kAll: taken.assign(items.size(), true); break;
    case FirstPoll::Kind::kNone: break;
    case FirstPoll::Kind::kLast: return newest(items, policy.last, now);
    case FirstPoll::Kind::kSince:
      std::transform(items.begin(), items.end(), taken.begin(),
                     [&](const Item& item) { return moment_of(item, now) >= now - policy.since; });
      break;
  }
  return taken;
}

}  // namespace steppe
