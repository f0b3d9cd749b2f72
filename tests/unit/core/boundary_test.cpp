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

}  // namespace
}  // namespace steppe
