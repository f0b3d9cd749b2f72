#include "core/boundary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace steppe {
namespace {

TEST(Boundary, IsWhereThePartitionPointIs_ForEverySizeAndPlace) {
  for (int size = 0; size < 70; ++size) {
    std::vector<int> all;
    for (int i = 0; i < size; ++i) all.push_back(i / 2);  // each twice
    for (int limit = -1; limit <= size; ++limit) {
      const auto is_before = [&](int each) { return each < limit; };
      EXPECT_EQ(find_boundary(all.begin(), all.end(), is_before),
                std::partition_point(all.begin(), all.end(), is_before))
          << size << " with limit " << limit;
    }
  }
}

TEST(Boundary, CutsOutThoseWhoseKeyLiesBetween) {
  struct Each {
    std::uint32_t key = 0;
  };
  const std::vector<Each> all = {{1}, {3}, {3}, {5}, {8}};
  const auto part = part_between(all, 3, 8, &Each::key);
  ASSERT_EQ(part.size(), 3U);
  EXPECT_EQ(part.front().key, 3U);
  EXPECT_EQ(part.back().key, 5U);
  EXPECT_TRUE(part_between(all, 6, 8, &Each::key).empty());
  EXPECT_TRUE(part_between(std::vector<Each>(), 0, 9, &Each::key).empty());
}

}  // namespace
}  // namespace steppe
