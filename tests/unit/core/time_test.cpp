#include "core/time.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Time, RoundTrips_Rfc3339) {
  for (const char* text : {"2022-01-11T12:00:00Z", "1999-12-31T23:59:59.250Z"}) {
    const auto at = parse_rfc3339(text);
    ASSERT_TRUE(at) << text;
    EXPECT_EQ(to_rfc3339(*at), text);
  }
}

TEST(Time, AppliesOffset) {
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2022-01-05T06:00:00+06:00")), "2022-01-05T00:00:00Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2022-01-04T23:30:00-00:30")), "2022-01-05T00:00:00Z");
}

TEST(Time, RefusesAnythingElse) {
  for (const char* text :
       {"", "2022-01-11", "2022-13-11T12:00:00Z", "2022-02-30T12:00:00Z", "2022-01-11T25:00:00Z",
        "2022-01-11T12:00:00", "2022-01-11T12:00:00+6"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

}  // namespace
}  // namespace steppe
