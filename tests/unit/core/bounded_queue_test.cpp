#include "core/bounded_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <thread>
#include <vector>

namespace steppe {
namespace {

TEST(BoundedQueue, KeepsOrderAndLosesNothing_WhenProducerIsFaster) {
  BoundedQueue<int> queue(2);
  std::jthread producer([&queue] {
    for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(queue.push(int{i}));
    queue.close();
  });
  int next = 0;
  while (auto value = queue.pop()) EXPECT_EQ(*value, next++);
  EXPECT_EQ(next, 10'000);
}

TEST(BoundedQueue, LeavesValueUntouched_WhenFull) {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  EXPECT_TRUE(queue.try_push(std::make_unique<int>(1)));
  auto second = std::make_unique<int>(2);
  EXPECT_FALSE(queue.try_push(std::move(second)));
  ASSERT_NE(second, nullptr);  // NOLINT(bugprone-use-after-move): that is the promise
  EXPECT_EQ(*second, 2);
}

TEST(BoundedQueue, GivesWhatIsInside_AfterClose) {
  BoundedQueue<int> queue(4);
  queue.push(7);
  queue.close();
  EXPECT_FALSE(queue.push(8));
  EXPECT_EQ(queue.pop(), 7);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, WakesWaitingProducer_WhenClosed) {
  BoundedQueue<int> queue(1);
  queue.push(1);
  std::jthread producer([&queue] { EXPECT_FALSE(queue.push(2)); });
  queue.close();
}

}  // namespace
}  // namespace steppe
