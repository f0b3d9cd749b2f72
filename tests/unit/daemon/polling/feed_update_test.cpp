#include "daemon/polling/feed_update.h"

#include <gtest/gtest.h>

#include "core/packing.h"
#include "daemon/polling/feed_memory_row.h"
#include "daemon/polling/gap_watch.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kStart = Instant{} + hours{24 * 365 * 50};

// One feed, polled by hand; items are numbers, one published every minute.
class FeedUpdate : public testing::Test {
 protected:
  FeedUpdate() {
    auto feed = std::make_shared<Feed>();
    feed->id = FeedId("a");
    feed->url = "https://a.example/feed";
    feed_ = feed;
  }

  Digest digest() const {
    Digest digest;
    digest.outcome.request.feed = feed_;
    digest.outcome.request.validators = state_.validators;
    digest.outcome.request.window = window_;
    digest.outcome.fetched_at = now_;
    return digest;
  }

  Digest document(int newest, int oldest) const {
    Digest digest = this->digest();
    digest.outcome.result = Document{.validators = {.etag = "\"" + std::to_string(newest) + "\""}};
    for (int i = newest; i >= oldest; --i) {
      digest.seen.push_back({.rung = Rung::kGuid, .key = hash128(std::to_string(i))});
      digest.seen_hashes.push_back(1);
      digest.seen_published.push_back(kStart + minutes{i});
    }
    return digest;
  }

  FeedNews apply(const Digest& digest) {
    FeedNews news = apply_outcome(state_, digest, options_);
    if (digest.outcome.request.page == 0 && !digest.seen.empty()) {
      auto window = std::make_shared<Window>();
      std::vector<KnownItems::Entry> entries;
      for (const IdentityKey& key : digest.seen) entries.push_back(KnownItems::entry(key.key, 1));
      window->known = KnownItems(std::move(entries));
      window_ = window;
    }
    return news;
  }

  FeedNews not_modified() {
    Digest digest = this->digest();
    digest.outcome.result = NotModified{.validators = state_.validators};
    return apply(digest);
  }

  FeedNews failure(PollClass poll_class) {
    Digest digest = this->digest();
    digest.outcome.result = FetchFailure{
        .error = {Code::kNetwork, Retry::kLater, "polling: trouble"}, .poll_class = poll_class};
    return apply(digest);
  }

  Digest page(Digest digest, std::uint32_t number) const {
    digest.outcome.request.page = number;
    digest.outcome.request.url = state_.memory.walk->url;
    return digest;
  }

  FeedPtr feed_;
  FeedState state_;
  WindowPtr window_ = std::make_shared<Window>(Window{.known = {}, .first_poll = true});
  PollingOptions options_;
  Instant now_ = kStart + minutes{100};
};

TEST_F(FeedUpdate, FirstPoll_IsNoHole) {
  const FeedNews news = apply(document(100, 81));
  EXPECT_FALSE(news.hole);
  EXPECT_TRUE(news.health_changed);
  EXPECT_EQ(state_.status, "ok");
  EXPECT_EQ(state_.validators.etag, "\"100\"");
  EXPECT_EQ(state_.memory.health, FeedHealth::kOk);
}

TEST_F(FeedUpdate, MissedItems_GiveAHole_AndShortenTheInterval) {
  apply(document(100, 81));
  now_ += minutes{60};
  const FeedNews news = apply(document(160, 141));
  ASSERT_TRUE(news.hole);
  EXPECT_EQ(news.hole_reason, "no_overlap");
  EXPECT_EQ(news.hole->from, kStart + minutes{100});
  EXPECT_EQ(news.hole->to, kStart + minutes{141});
  EXPECT_EQ(state_.memory.interval, options_.floor);
  EXPECT_EQ(state_.next_poll_at, now_ + options_.floor);
}

TEST_F(FeedUpdate, LongAbsence_IsNamed) {
  apply(document(100, 81));
  now_ += days{3};
  const int newest = 100 + 3 * 24 * 60;
  EXPECT_EQ(apply(document(newest, newest - 19)).hole_reason, "away");
}

TEST_F(FeedUpdate, PagedFeed_IsWalkedBack_UntilItOverlaps) {
  apply(document(100, 81));
  now_ += minutes{60};
  Digest first = document(160, 141);
  first.older_page = "https://a.example/feed?page=2";
  EXPECT_FALSE(apply(first).hole) << "not before the pages were read";
  ASSERT_TRUE(state_.memory.walk);
  EXPECT_EQ(state_.memory.walk->url, first.older_page);
  const std::string etag = state_.validators.etag;
  Digest second = page(document(140, 121), 1);
  second.older_page = "https://a.example/feed?page=3";
  EXPECT_FALSE(apply(second).hole);
  ASSERT_TRUE(state_.memory.walk);
  EXPECT_EQ(state_.memory.walk->page, 2U);
  const FeedNews news = apply(page(document(120, 99), 2));
  EXPECT_TRUE(news.walk_closed_hole);
  EXPECT_FALSE(news.hole);
  EXPECT_FALSE(state_.memory.walk);
  EXPECT_EQ(state_.validators.etag, etag) << "pages do not touch the feed's validators";
}

TEST_F(FeedUpdate, WalkThatDoesNotReach_GivesTheHoleThatIsLeft) {
  options_.max_older_pages = 1;
  apply(document(100, 81));
  now_ += minutes{80};
  Digest first = document(180, 161);
  first.older_page = "https://a.example/feed?page=2";
  apply(first);
  Digest second = page(document(160, 141), 1);
  second.older_page = "https://a.example/feed?page=3";
  const FeedNews news = apply(second);
  ASSERT_TRUE(news.hole);
  EXPECT_EQ(news.hole_reason, "no_overlap");
  EXPECT_EQ(news.hole->to, kStart + minutes{141});
  EXPECT_EQ(news.hole->estimated_missed, 41U);
}

TEST_F(FeedUpdate, WalkThatFails_GivesTheHole) {
  apply(document(100, 81));
  now_ += minutes{60};
  Digest first = document(160, 141);
  first.older_page = "https://a.example/feed?page=2";
  apply(first);
  Digest lost = page(digest(), 1);
  lost.outcome.result = FetchFailure{.error = {Code::kTimeout, Retry::kLater, "x"},
                                     .poll_class = PollClass::kTimeout};
  const FeedNews news = apply(lost);
  EXPECT_EQ(news.hole_reason, "not_walked");
  EXPECT_EQ(state_.failures, 0U) << "the feed itself answers";
}

TEST_F(FeedUpdate, FailureTouchesNeitherValidatorsNorItems) {
  apply(document(100, 81));
  now_ += minutes{15};
  const FeedNews news = failure(PollClass::kTruncated);
  EXPECT_TRUE(news.status_changed);
  EXPECT_EQ(state_.status, "truncated");
  EXPECT_EQ(state_.validators.etag, "\"100\"");
  EXPECT_EQ(state_.memory.health, FeedHealth::kLying);
  now_ += minutes{15};
  EXPECT_FALSE(failure(PollClass::kTruncated).status_changed);
  now_ += minutes{60};
  EXPECT_FALSE(apply(document(110, 91)).hole);
  EXPECT_EQ(state_.failures, 0U);
}

TEST_F(FeedUpdate, RateLimit_KeepsTheValidators) {
  apply(document(100, 81));
  failure(PollClass::kRateLimited);
  EXPECT_EQ(state_.validators.etag, "\"100\"");
  EXPECT_EQ(state_.memory.health, FeedHealth::kBlocked);
}

TEST_F(FeedUpdate, Gone_StopsForGood) {
  apply(document(100, 81));
  EXPECT_TRUE(failure(PollClass::kGone).health_changed);
  EXPECT_TRUE(state_.memory.stopped);
  EXPECT_EQ(state_.memory.health, FeedHealth::kGone);
  EXPECT_NE(state_.detail.view().find("remove it"), std::string::npos) << state_.detail.view();
}

TEST_F(FeedUpdate, StuckValidators_AreDistrusted) {
  apply(document(100, 81));
  now_ += minutes{15};
  Digest stuck = document(110, 91);
  stuck.outcome.facts.validators_repeated = true;
  EXPECT_TRUE(apply(stuck).trust_lost);
  EXPECT_TRUE(state_.validators.empty());
  EXPECT_EQ(state_.memory.health, FeedHealth::kLying);
}

TEST_F(FeedUpdate, ProbeFindingWithheldItemsTwice_EndsTrust) {
  apply(document(100, 81));
  for (int round = 1; round <= 2; ++round) {
    now_ += days{9};
    not_modified();
    now_ += minutes{15};
    const int base = (round * 9 - 6) * 24 * 60;  // in the middle of the nine days
    Digest probe = document(base, base - 19);
    probe.outcome.request.unconditional = true;
    EXPECT_EQ(apply(probe).trust_lost, round == 2);
  }
}

TEST_F(FeedUpdate, PermanentRedirect_IsAdoptedAfterADay) {
  apply(document(100, 81));
  bool moved = false;
  for (int i = 0; i < 30 && !moved; ++i) {
    now_ += hours{1};
    Digest same = digest();
    same.outcome.result = NotModified{.validators = state_.validators};
    same.outcome.facts.permanent_url = "https://b.example/feed";
    moved = apply(same).moved;
    EXPECT_EQ(moved, i >= 24) << i;
  }
  EXPECT_EQ(state_.memory.move().adopted_url, "https://b.example/feed");
  EXPECT_EQ(state_.memory.health, FeedHealth::kMoved);
}

TEST_F(FeedUpdate, TemporaryRedirect_IsNotRemembered) {
  for (int i = 0; i < 60; ++i) {
    now_ += hours{1};
    Digest digest = document(100 + i, 81 + i);
    digest.outcome.facts.temporary_redirect = true;
    EXPECT_FALSE(apply(digest).moved);
  }
  EXPECT_EQ(state_.memory.move().adopted_url, "");
  EXPECT_EQ(state_.memory.health, FeedHealth::kOk);
}

TEST_F(FeedUpdate, RedirectToAPage_IsNotAdopted) {
  apply(document(100, 81));
  for (int i = 0; i < 60; ++i) {
    now_ += hours{1};
    Digest page = digest();
    page.outcome.facts.permanent_url = "https://b.example/";
    page.outcome.result =
        FetchFailure{.error = {Code::kInvalidInput, Retry::kLater, "html_page: x"},
                     .poll_class = PollClass::kHtmlPage};
    EXPECT_FALSE(apply(page).moved);
  }
  EXPECT_EQ(state_.memory.move().adopted_url, "");
}

TEST_F(FeedUpdate, Hints_AreTakenFromAnswerAndDocument) {
  Digest digest = document(100, 81);
  digest.outcome.hints.max_age = hours{2};
  digest.hints.period = hours{3};
  digest.hub = "https://hub.example/";
  apply(digest);
  EXPECT_GE(state_.next_poll_at, now_ + hours{3});
  now_ += hours{3};
  not_modified();
  EXPECT_GE(state_.next_poll_at, now_ + hours{3}) << "a 304 repeats no document";
  EXPECT_EQ(state_.memory.hub, "https://hub.example/");
}

TEST_F(FeedUpdate, LateFeed_IsNews_AndExplained) {
  int newest = 100;
  apply(document(newest, newest - 19));
  for (int i = 0; i < 10; ++i) {
    now_ += hours{3};
    newest += 1;
    apply(document(newest, newest - 19));
  }
  FeedHealth health = state_.memory.health;
  seconds silence{0};
  while (health != FeedHealth::kLate && silence < hours{20}) {
    now_ += minutes{30};
    silence += minutes{30};
    not_modified();
    health = state_.memory.health;
  }
  EXPECT_LE(silence, hours{6}) << "twice its usual silence";
  EXPECT_NE(state_.detail.view().find("nothing new"), std::string::npos);
}

TEST_F(FeedUpdate, MemorySurvivesARestart) {
  apply(document(100, 81));
  now_ += minutes{60};
  Digest first = document(160, 141);
  first.older_page = "https://a.example/feed?page=2";
  apply(first);
  FeedMemory& memory = state_.memory;
  const FeedMove move{.to = "https://b.example/",
                      .since = kStart,
                      .sightings = 2,
                      .doubted = true,
                      .adopted_url = "https://c.example/",
                      .merged_into = FeedId("b")};
  memory.set_move(move);
  memory.hints.skip_hours = 5;
  memory.stopped = true;
  const auto read = read_memory_row(memory_row(state_));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->first, FeedId("a"));
  FeedState again = state_;
  again.memory = read->second;
  EXPECT_EQ(memory_row(again).value, memory_row(state_).value);
  EXPECT_EQ(again.memory.recent, memory.recent);
  EXPECT_EQ(again.memory.walk->anchors, memory.walk->anchors);
  EXPECT_EQ(again.memory.move(), move);
  EXPECT_TRUE(again.memory.stopped);
}

// Keys of items have 64 bits in the rows of version 0.4 and before, now 32.
TEST_F(FeedUpdate, RowWithLongKeys_StillTellsWhatIsKnown) {
  Packer old;
  const auto at = static_cast<std::uint64_t>(kStart.time_since_epoch().count());
  const auto put_keys = [&old](int from) {
    old.number(8);
    for (int i = 0; i < 8; ++i) old.number(short_key(hash128(std::to_string(from + i))));
  };
  old.number(1).number(900).number(3600).number(60).number(4);  // version, rhythm
  put_keys(100);
  old.number(at).number(at).number(0).number(2);     // validators
  old.number(300).number(1800).number(5).number(1);  // what the answers ask for
  old.text("https://hub.example/");
  old.text("https://b.example/").number(at).number(2).number(1);  // where it is
  old.text("https://c.example/").text("b");
  old.text("timeout").number(1).number(at).number(at).number(0);  // health
  old.number(1).text("https://a.example/2").number(3).number(at).number(at).number(7).number(9);
  put_keys(200);
  const auto read = read_memory_row({StateRow::Space::kFeed, "memory/a", old.take()});
  ASSERT_TRUE(read);
  const FeedMemory& memory = read->second;
  const auto item = [](int number) {
    return std::vector<SightedItem>{{.key = short_key(hash128(std::to_string(number)))}};
  };
  for (int i = 100; i < 108; ++i) EXPECT_FALSE(find_hole(memory, item(i), kStart, now_)) << i;
  EXPECT_TRUE(find_hole(memory, item(108), kStart, now_));
  EXPECT_EQ(memory.move(), (FeedMove{.to = "https://b.example/",
                                     .since = kStart,
                                     .sightings = 2,
                                     .doubted = true,
                                     .adopted_url = "https://c.example/",
                                     .merged_into = FeedId("b")}));
  EXPECT_EQ(memory.interval, seconds{900});
  EXPECT_EQ(memory.silences, 4U);
  EXPECT_EQ(memory.lies, 2U);
  EXPECT_EQ(memory.hub, "https://hub.example/");
  EXPECT_EQ(memory.last_class, PollClass::kTimeout);
  EXPECT_EQ(memory.failing_since, kStart);
  ASSERT_TRUE(memory.walk);
  EXPECT_EQ(memory.walk->found, 7U);
  EXPECT_TRUE(memory.walk->anchors.contains(short_key(hash128("207"))));
  EXPECT_FALSE(memory.walk->anchors.contains(short_key(hash128("208"))));
}

TEST_F(FeedUpdate, DamagedRow_IsIgnored) {
  StateRow row = memory_row(state_);
  row.value.resize(row.value.size() / 2);
  EXPECT_FALSE(read_memory_row(row));
  EXPECT_FALSE(read_memory_row({StateRow::Space::kFeed, "host/x", row.value}));
  const HostBlock block{.host = "a.example", .until = kStart, .strikes = 3};
  const auto read = read_host_block_row(host_block_row(block));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->until, kStart);
  EXPECT_EQ(read->strikes, 3U);
  EXPECT_TRUE(host_block_row({.host = "a.example"}).value.empty()) << "erased";
}

}  // namespace
}  // namespace steppe
