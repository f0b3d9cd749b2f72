#include "processors/identity/change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "processors/identity/identity.h"

namespace steppe {
namespace {

using testing::ElementsAre;

Item item_with(std::string title, std::string summary, std::string body) {
  Item item;
  item.title = std::move(title);
  item.summary = std::move(summary);
  item.body = std::move(body);
  item.content_hash = content_hash(item);
  return item;
}

TEST(ContentHash, IgnoresCaseWhiteSpaceAndInvisibleCharacters) {
  const Item a = item_with("\u049A\u0410\u0417\u0410\u049A  News", "a\u00ADb", "x");
  const Item b = item_with(" \u049B\u0430\u0437\u0430\u049B\u00A0news\n", "ab\u200B", "X ");
  EXPECT_EQ(a.content_hash, b.content_hash);
}

TEST(ContentHash, SeesOneDigit_AndTextMovedBetweenFields) {
  EXPECT_NE(item_with("164 killed", "", "").content_hash,
            item_with("165 killed", "", "").content_hash);
  EXPECT_NE(item_with("a", "b", "").content_hash, item_with("a", "", "b").content_hash);
}

TEST(ContentHash, FillsAllBits_WhenOnlyATitleIsThere) {
  const std::uint64_t a = item_with("164 killed", "", "").content_hash;
  const std::uint64_t b = item_with("165 killed", "", "").content_hash;
  EXPECT_NE(a & 0x3FFFFFU, b & 0x3FFFFFU);
  EXPECT_NE((a >> 22) & 0x3FFFFFU, (b >> 22) & 0x3FFFFFU);
}

TEST(Change, IsNew_WhenNothingIsRemembered) {
  const ChangeSet change = classify_change(std::nullopt, item_with("a", "b", "c"));
  EXPECT_EQ(change.kind, ChangeKind::kNew);
  EXPECT_TRUE(change.material);
}

TEST(Change, IsUnchanged_WhateverTheMarkerSays) {
  Item item = item_with("a", "b", "c");
  item.wire_marker = "corrected";
  EXPECT_EQ(classify_change(item.content_hash, item).kind, ChangeKind::kUnchanged);
}

TEST(Change, NamesTheFieldsThatDiffer) {
  const Item before = item_with("title", "summary", "body");
  EXPECT_THAT(classify_change(before.content_hash, item_with("Title 2", "summary", "body")).fields,
              ElementsAre(TextField::kTitle));
  EXPECT_THAT(classify_change(before.content_hash, item_with("title", "summary", "other")).fields,
              ElementsAre(TextField::kBody));
  const Item short_before = item_with("title", "summary", "");
  EXPECT_THAT(
      classify_change(short_before.content_hash, item_with("title 2", "summary", "")).fields,
      ElementsAre(TextField::kTitle));
  EXPECT_THAT(classify_change(short_before.content_hash, item_with("title", "summary", "b")).fields,
              ElementsAre(TextField::kBody));
  EXPECT_THAT(classify_change(before.content_hash, item_with("title", "summary", "")).fields,
              ElementsAre(TextField::kBody));
}

TEST(Change, IsNotMaterial_WhenOnlyTheSummaryOfAFullTextChanged) {
  const Item full = item_with("title", "summary", "body");
  EXPECT_FALSE(classify_change(full.content_hash, item_with("title", "other", "body")).material);
  const Item teaser = item_with("title", "summary", "");
  EXPECT_TRUE(classify_change(teaser.content_hash, item_with("title", "other", "")).material);
}

TEST(Change, FollowsTheWireMarker) {
  const Item before = item_with("title", "summary", "");
  Item after = item_with("title 2", "summary", "");
  after.wire_marker = "corrected";
  EXPECT_EQ(classify_change(before.content_hash, after).kind, ChangeKind::kCorrected);
  EXPECT_EQ(status_of(after), "corrected");
  after.wire_marker = "withdrawn";
  EXPECT_EQ(classify_change(before.content_hash, after).kind, ChangeKind::kWithdrawn);
  EXPECT_EQ(status_of(after), "withdrawn");
  after.wire_marker = "repeat";
  EXPECT_EQ(classify_change(before.content_hash, after).kind, ChangeKind::kUpdated);
  EXPECT_FALSE(classify_change(before.content_hash, after).material);
  EXPECT_EQ(status_of(after), "usable");
}

}  // namespace
}  // namespace steppe
