#include "core/hash.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Hash, Sha256_MatchesPublishedVector) {  // FIPS 180-4 example "abc"
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, Hex_HasFixedWidth) {
  EXPECT_EQ(to_hex(std::uint64_t{10}), "000000000000000a");
  EXPECT_EQ(to_hex(Hash128{0, 1}), "00000000000000000000000000000001");
}

TEST(Hash, Random_Differs) {
  EXPECT_NE(random_hex128(), random_hex128());
}

}  // namespace
}  // namespace steppe
