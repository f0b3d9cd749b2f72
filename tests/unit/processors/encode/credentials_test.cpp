#include "processors/encode/credentials.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Credentials, AreTakenOutOfAddresses) {
  EXPECT_EQ(without_credentials("https://u:p@x.kz/a"), "https://x.kz/a");
  EXPECT_EQ(without_credentials("https://u:p@q@x.kz:8443?a=b@c"), "https://x.kz:8443?a=b@c");
  EXPECT_EQ(without_credentials("https://x.kz/@user"), "https://x.kz/@user");
  EXPECT_EQ(without_credentials("not an address"), "not an address");
  EXPECT_EQ(without_credentials("https://"), "https://");
}

}  // namespace
}  // namespace steppe
