#include "connectors/sqlite_store/options.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(StoreOptionTable, ReadsWhatAnOperatorWrites) {
  const auto [options, problems] = read_text_as(store_option_table(), R"(
max_outbox_bytes = "2 GiB"
cache_bytes = "16 MiB"
checkpoint_bytes = "1 MiB"
seen_days = 400
)");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(options.max_outbox_bytes, 2ULL << 30);
  EXPECT_EQ(options.cache_bytes, 16U << 20);
  EXPECT_EQ(options.checkpoint_bytes, 1U << 20);
  EXPECT_EQ(options.seen_days, 400U);
}

TEST(StoreOptionTable, RefusesAnOutboxTooSmallToWork) {
  const auto reading = read_text_as(store_option_table(), "max_outbox_bytes = 5\n");
  EXPECT_THAT(reading.problems, ElementsAre(HasSubstr("max_outbox_bytes")));
}

}  // namespace
}  // namespace steppe
