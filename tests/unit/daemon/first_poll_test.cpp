#include "daemon/first_poll.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

using std::chrono::hours;
using Taken = std::vector<bool>;

const Instant kNow = Instant{} + hours{24 * 365 * 50};

// Published 1 hour ago, 100 hours ago, without a date.
std::vector<Item> three_items() {
  std::vector<Item> items(3);
  items[0].published = PublishedAt{.value = kNow - hours{1}};
  items[1].published = PublishedAt{.value = kNow - hours{100}};
  return items;
}

Taken taken(FirstPoll::Kind kind, std::uint32_t last = 0) {
  return taken_at_first_poll({.kind = kind, .last = last}, three_items(), kNow);
}

TEST(FirstPoll, TakesByPolicy) {
  EXPECT_EQ(taken(FirstPoll::Kind::kAll), (Taken{true, true, true}));
  EXPECT_EQ(taken(FirstPoll::Kind::kNone), (Taken{false, false, false}));
  EXPECT_EQ(taken(FirstPoll::Kind::kSince), (Taken{true, false, true}));
}

TEST(FirstPoll, Last_TakesNewest_UndatedCountAsNew) {
  EXPECT_EQ(taken(FirstPoll::Kind::kLast, 1), (Taken{false, false, true}));
  EXPECT_EQ(taken(FirstPoll::Kind::kLast, 2), (Taken{true, false, true}));
  EXPECT_EQ(taken(FirstPoll::Kind::kLast, 9), (Taken{true, true, true}));
}

}  // namespace
}  // namespace steppe
