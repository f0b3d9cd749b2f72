#include "config/problems.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;

TEST(Problems, SortByPlace_KeepingFilesInOrderOfAppearance) {
  Problems problems;
  problems.add("b", 2, 1, "x");
  problems.add("a", 1, 1, "x");
  problems.add("b", 1, 9, "x");
  problems.add("b", 1, 2, "x");
  problems.add("a", 0, 0, "x");
  problems.sort();
  EXPECT_THAT(lines_of(problems),
              ElementsAre("b:1:2: x", "b:1:9: x", "b:2:1: x", "a: x", "a:1:1: x"));
}

}  // namespace
}  // namespace steppe
