#include "processors/identity/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace steppe {
namespace {

using testing::ElementsAre;

Feed feed_named(const char* id) {
  Feed feed;
  feed.id = FeedId(id);
  return feed;
}

Item item_with(std::string guid, std::string link, std::string title) {
  Item item;
  item.guid = std::move(guid);
  item.url = std::move(link);
  item.title = std::move(title);
  item.summary = "Text of " + item.title;
  item.published = PublishedAt{*parse_rfc3339("2022-01-09T06:00:00Z"), "", "feed"};
  return item;
}

std::vector<Rung> rungs(const std::vector<IdentityKey>& keys) {
  std::vector<Rung> out;
  for (const IdentityKey& key : keys) out.push_back(key.rung);
  return out;
}

bool share_a_key(const std::vector<IdentityKey>& a, const std::vector<IdentityKey>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const IdentityKey& left) {
    return std::any_of(b.begin(), b.end(),
                       [&left](const IdentityKey& right) { return left.key == right.key; });
  });
}

const Feed kFeed = feed_named("one");
const Feed kOther = feed_named("two");

TEST(Identity, ClimbsDownTheLadder_BestRungFirst) {
  const Item item = item_with("id-1", "https://example.kz/1", "A rally");
  EXPECT_THAT(rungs(identity_keys(item, kFeed, true)),
              ElementsAre(Rung::kGuid, Rung::kLink, Rung::kTitleDate, Rung::kContent));
  EXPECT_THAT(rungs(identity_keys(item, kFeed, false)),
              ElementsAre(Rung::kLink, Rung::kTitleDate, Rung::kContent));
  EXPECT_TRUE(identity_keys(Item{}, kFeed, true).empty());
}

TEST(DocumentIdentity, LeavesEveryItemAKey_WhenAllOfThemAreShared) {
  Item first = item_with("", "https://example.kz/1", "A rally");
  Item same_link = item_with("", "https://example.kz/1", "Another rally");
  Item same_text = item_with("", "https://example.kz/2", "A rally");
  for (Item* item : {&first, &same_link, &same_text}) item->published.reset();
  const std::vector<Item> items = {first, same_link, same_text};
  for (const auto& keys : identify_document(items, kFeed, true).keys) EXPECT_FALSE(keys.empty());
}

TEST(Identity, KeepsItem_WhenGuidChangesButLinkAndTitleMatch) {
  const auto before = identity_keys(item_with("id-1", "https://example.kz/1", "A"), kFeed, true);
  const auto after = identity_keys(item_with("id-2", "https://example.kz/1", "A"), kFeed, true);
  EXPECT_NE(before.front().key, after.front().key);
  EXPECT_TRUE(share_a_key(before, after));
}

TEST(Identity, KeepsItem_WhenLinkMovesToHttpsAndGainsTracking) {
  const auto before = identity_keys(item_with("", "http://example.kz/1", "A"), kFeed, true);
  const auto after =
      identity_keys(item_with("", "https://www.example.kz/1/?utm_source=rss", "B"), kFeed, true);
  EXPECT_EQ(before.front().key, after.front().key);
}

TEST(Identity, JoinsFeeds_WhenTheGuidOfOneIsTheLinkOfTheOther) {
  const auto a = identity_keys(item_with("https://example.kz/1", "", "A"), kFeed, true);
  const auto b = identity_keys(item_with("", "https://example.kz/1", "A"), kOther, true);
  EXPECT_EQ(a.front().key, b.front().key);
}

TEST(Identity, KeepsFeedsApart_WhenTheirPlainGuidsAreEqual) {
  const auto a = identity_keys(item_with("1", "", "A"), kFeed, true);
  const auto b = identity_keys(item_with("1", "", "A"), kOther, true);
  EXPECT_FALSE(share_a_key(a, b));
}

TEST(Identity, KeepsOutletsApart_WhenTheyPrintTheSameWords) {
  const auto a = identity_keys(item_with("", "https://one.kz/1", "A"), kFeed, true);
  const auto b = identity_keys(item_with("", "https://two.kz/1", "A"), kOther, true);
  EXPECT_FALSE(share_a_key(a, b)) << "a reprint is an item of its own";
}

TEST(Identity, KeepsPostsOfALivePageApart) {
  const auto a = identity_keys(item_with("https://x.kz/live#1", "", "A"), kFeed, true);
  const auto b = identity_keys(item_with("https://x.kz/live#2", "", "B"), kFeed, true);
  EXPECT_FALSE(share_a_key(a, b));
}

TEST(DocumentIdentity, LosesTrustInGuids_WhenTwoLinksShareOne) {
  const std::vector<Item> items{item_with("1", "https://x.kz/1", "A"),
                                item_with("1", "https://x.kz/2", "B")};
  const DocumentIdentity identity = identify_document(items, kFeed, true);
  EXPECT_FALSE(identity.guid_trusted);
  EXPECT_EQ(identity.keys[0].front().rung, Rung::kLink);
  EXPECT_FALSE(share_a_key(identity.keys[0], identity.keys[1]));
}

TEST(DocumentIdentity, KeepsTrust_WhenAnItemIsListedTwice) {
  const std::vector<Item> items{item_with("1", "https://x.kz/1", "A"),
                                item_with("1", "https://x.kz/1?utm_source=rss", "A")};
  const DocumentIdentity identity = identify_document(items, kFeed, true);
  EXPECT_TRUE(identity.guid_trusted);
  EXPECT_EQ(identity.keys[0].front().key, identity.keys[1].front().key);
}

TEST(DocumentIdentity, NeverRegainsTrust) {
  const std::vector<Item> items{item_with("1", "https://x.kz/1", "A")};
  EXPECT_FALSE(identify_document(items, kFeed, false).guid_trusted);
}

TEST(DocumentIdentity, IgnoresLinksAndTitlesThatTellNothingApart) {
  const std::vector<Item> one_link{item_with("1", "https://x.kz/live", "A"),
                                   item_with("2", "https://x.kz/live", "B")};
  const DocumentIdentity links = identify_document(one_link, kFeed, true);
  EXPECT_FALSE(share_a_key(links.keys[0], links.keys[1]));
  const std::vector<Item> one_title{item_with("1", "https://x.kz/1", "Photo of the day"),
                                    item_with("2", "https://x.kz/2", "Photo of the day")};
  const DocumentIdentity titles = identify_document(one_title, kFeed, true);
  EXPECT_FALSE(share_a_key(titles.keys[0], titles.keys[1]));
}

TEST(ItemId, IsShortStableAndTiedToTheProfile) {
  const IdentityKey key{Rung::kLink, Hash128{0x0123456789abcdefU, 0xfedcba9876543210U}};
  const ItemId id = item_id_of("unrest", key);
  EXPECT_EQ(id, item_id_of("unrest", key));
  EXPECT_NE(id, item_id_of("strikes", key));
  EXPECT_EQ(id.str().size(), 27U);
  EXPECT_EQ(id.str().find_first_not_of("0123456789abcdefghijklmnopqrstuv"), std::string::npos);
  EXPECT_EQ(id, item_id_of("unrest", {Rung::kGuid, key.key})) << "the rung is no part of the id";
}

}  // namespace
}  // namespace steppe
