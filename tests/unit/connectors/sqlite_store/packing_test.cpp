#include "connectors/sqlite_store/packing.h"

#include <gtest/gtest.h>

namespace steppe::sqlite {
namespace {

TEST(Packing, RestoresIds_OfEveryBitPattern) {
  for (const std::string id : {"i00000000000000000000000000", "i7vvvvvvvvvvvvvvvvvvvvvvvvv",
                               "s3kq8r0000vvvvv1111122222ab", "i00000000000000000000000001"}) {
    const auto packed = pack_id(id);
    ASSERT_TRUE(packed) << id;
    EXPECT_EQ(packed->size(), 17u);
    EXPECT_EQ(unpack_id(*packed), id);
  }
}

TEST(Packing, LeavesIdsAlone_ThatWouldNotComeBackTheSame) {
  EXPECT_FALSE(pack_id("i8000000000000000000000000v"));  // 129 bits
  EXPECT_FALSE(pack_id("i0000000000000000000000000W"));
  EXPECT_FALSE(pack_id("i0000000000000000000000000w"));
  EXPECT_FALSE(pack_id("i000"));
  EXPECT_FALSE(pack_id(""));
}

TEST(Packing, TellsRungsApart_UnderTheSameHash) {
  const Hash128 hash{1, 2};
  EXPECT_NE(identity_row({Rung::kGuid, hash}), identity_row({Rung::kLink, hash}));
  EXPECT_NE(identity_row({Rung::kTitleDate, hash}), identity_row({Rung::kContent, hash}));
}

TEST(Packing, RestoresHeaders_WithAnyBytes) {
  const Headers headers{{"", ""}, {"a", std::string("x\0y", 3)}, {"b", std::string(70000, 'z')}};
  EXPECT_EQ(unpack_headers(pack_headers(headers)), headers);
}

TEST(Packing, RefusesHeaders_CutAnywhere) {
  const std::string whole = pack_headers({{"name", "value"}});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_FALSE(unpack_headers(whole.substr(0, size))) << size;
  }
}

TEST(Packing, RefusesWindow_WithAnyByteChanged) {
  const std::string whole = pack_window({FeedId("f"), {{{1, 2}, 3}, {{4, 5}, 6}}});
  Window window;
  EXPECT_TRUE(unpack_window(whole, window));
  EXPECT_TRUE(window.known.contains({4, 5}, 6));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(unpack_window(changed, window)) << i;
  }
}

}  // namespace
}  // namespace steppe::sqlite
