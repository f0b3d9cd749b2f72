// Full text between keeper, scheduler and worker: which pages are wanted, when each is asked for,
// and what of an answer becomes the item's text.

#include <gtest/gtest.h>

#include <map>

#include "core/packing.h"
#include "daemon/full_text/page_book.h"
#include "daemon/full_text/page_ticket.h"
#include "daemon/full_text/read_page.h"
#include "daemon/full_text/same_subject.h"
#include "daemon/loaded_profile.h"
#include "daemon/scheduler.h"

namespace steppe {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = Instant{} + hours{24 * 365 * 52};
const ItemId kItem("i1");

PageBook::Page page(const std::string& bytes = "bytes", Instant at = kNow) {
  return {.feed = FeedId("a"),
          .url = "https://a.example/1",
          .wanted_at = at,
          .due = at,
          .item = std::make_shared<const std::string>(bytes)};
}

/// The book a crash leaves: what the last row of each item says.
PageBook restored(const PageBook::Rows& rows, FullTextOptions options = {}) {
  std::map<std::string, StateRow> last;
  for (const StateRow& row : rows) last[row.key] = row;
  PageBook book(options);
  for (const auto& [key, row] : last) {
    if (!row.value.empty()) book.restore(row);
  }
  return book;
}

TEST(PageBookTest, WantedPage_OutlivesACrash) {
  PageBook book({});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  PageBook next = restored(rows);
  const std::vector<PageJob> jobs = next.take_jobs();
  ASSERT_EQ(jobs.size(), 1U);
  EXPECT_EQ(jobs[0].item_id, kItem);
  EXPECT_EQ(jobs[0].url, "https://a.example/1");
  EXPECT_EQ(*jobs[0].item, "bytes");
  EXPECT_EQ(jobs[0].due, kNow);
}

TEST(PageBookTest, PageThatWasAskedFor_IsNotAskedForAgainAtOnce_AfterACrash) {
  PageBook book({});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  book.note_asked(kItem, kNow + minutes{15}, rows);
  EXPECT_EQ(restored(rows).take_jobs().at(0).due, kNow + minutes{15});
}

TEST(PageBookTest, PageWhoseAnswerGotLost_IsAskedForAgain_WhenNoHostWantsALongerPause) {
  PageBook book({});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  book.note_asked(kItem, kNow + minutes{15}, rows);
  PageBook next = restored(rows);
  next.resume(kNow + seconds{5});
  EXPECT_EQ(next.take_jobs().at(0).due, kNow + seconds{65});
  EXPECT_EQ(next.find(kItem)->due, kNow + seconds{65});
  PageBook late = restored(rows);
  late.resume(kNow + hours{1});
  EXPECT_EQ(late.take_jobs().at(0).due, kNow + minutes{15}) << "it was due before the start";
}

TEST(PageBookTest, OtherPagesOfAHostThatWasJustAsked_WaitAsLong) {
  PageBook book({});
  PageBook::Rows rows;
  PageBook::Page elsewhere = page();
  elsewhere.url = "https://b.example/1";
  ASSERT_TRUE(book.want(ItemId("i1"), page(), rows));
  ASSERT_TRUE(book.want(ItemId("i2"), page(), rows));
  ASSERT_TRUE(book.want(ItemId("i3"), elsewhere, rows));
  book.note_asked(ItemId("i1"), kNow + minutes{15}, rows);
  PageBook next = restored(rows);
  next.resume(kNow + seconds{5});
  std::map<std::string, Instant> due;
  for (const PageJob& job : next.take_jobs()) due[job.item_id.str()] = job.due;
  EXPECT_EQ(due["i1"], kNow + seconds{65});
  EXPECT_EQ(due["i2"], kNow + seconds{65});
  EXPECT_EQ(due["i3"], kNow);
  book.done(ItemId("i1"), PageEnd::kText, kNow, rows);
  PageBook read = restored(rows);
  read.resume(kNow + seconds{5});
  for (const PageJob& job : read.take_jobs()) due[job.item_id.str()] = job.due;
  EXPECT_EQ(due["i2"], kNow + seconds{65}) << "its host gave a page a moment ago";
}

TEST(PageBookTest, PageThatWasPutOff_StaysPutOff_OverARestart) {
  PageBook book({.retry = seconds{600}});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  book.note_asked(kItem, kNow + minutes{15}, rows);
  ASSERT_TRUE(book.put_off(kItem, kNow, rows));
  PageBook next = restored(rows);
  next.resume(kNow + seconds{5});
  EXPECT_EQ(next.take_jobs().at(0).due, kNow + seconds{600});
}

TEST(PageBookTest, ItemThatChangedWhileItsPageWasAskedFor_IsAskedForSoonAfterACrash) {
  PageBook book({});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  book.note_asked(kItem, kNow + minutes{15}, rows);
  ASSERT_TRUE(book.want(kItem, page("second", kNow + seconds{1}), rows));
  PageBook next = restored(rows);
  next.resume(kNow + seconds{5});
  EXPECT_EQ(next.take_jobs().at(0).due, kNow + seconds{65});
}

TEST(PageBookTest, RowOfAnEarlierVersion_IsRead) {
  Packer row;
  row.number(1).text("a").text("https://a.example/1").number(1).number(0);
  const auto at = static_cast<std::uint64_t>(kNow.time_since_epoch().count());
  row.number(at).number(at).text("bytes");
  PageBook book({});
  book.restore({StateRow::Space::kPage, "i1", row.take()});
  EXPECT_EQ(book.take_jobs().at(0).due, kNow);
}

TEST(PageBookTest, CountsWhatBecameOfThePagesOfAFeed_OverACrash) {
  PageBook book({.max_age = hours{24}});
  PageBook::Rows rows;
  for (const char* id : {"i1", "i2", "i3"}) ASSERT_TRUE(book.want(ItemId(id), page(), rows));
  book.done(ItemId("i1"), page_end_of("text"), kNow, rows);
  book.done(ItemId("i2"), page_end_of("not_free"), kNow, rows);
  PageBook next = restored(rows);
  const auto counts = next.take_counts();
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].first, FeedId("a"));
  EXPECT_EQ(counts[0].second.waiting, 1U);
  EXPECT_EQ(counts[0].second[PageEnd::kText], 1U);
  EXPECT_EQ(counts[0].second[PageEnd::kNotFree], 1U);
  EXPECT_EQ(counts[0].second.refused(), 1U);
  EXPECT_TRUE(next.take_counts().empty()) << "nothing happened since";
  next.forget_old(kNow + hours{25}, rows);
  const auto later = next.take_counts();
  ASSERT_EQ(later.size(), 1U);
  EXPECT_EQ(later[0].second.waiting, 0U);
  EXPECT_EQ(later[0].second[PageEnd::kFailed], 1U);
}

TEST(PageEndTest, IsKnownOfWhatAPageCanGive) {
  EXPECT_EQ(page_end_of("text"), PageEnd::kText);
  EXPECT_EQ(page_end_of("robots"), PageEnd::kRobots);
  EXPECT_EQ(page_end_of("tdm_reserved"), PageEnd::kReserved);
  EXPECT_EQ(page_end_of("no_copy"), PageEnd::kNoCopy);
  EXPECT_EQ(page_end_of("no_gain"), PageEnd::kUnused);
  EXPECT_EQ(page_end_of("timeout"), PageEnd::kFailed);
}

TEST(PageBookTest, PageThatIsDone_IsNotAskedForAfterARestart) {
  PageBook book({});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  book.done(kItem, PageEnd::kText, kNow, rows);
  EXPECT_TRUE(restored(rows).take_jobs().empty());
  EXPECT_EQ(book.waiting(), 0U);
}

TEST(PageBookTest, Attempts_AreSpacedAndCounted_OverACrash) {
  const FullTextOptions options{.max_attempts = 3, .retry = seconds{60}};
  PageBook book(options);
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  book.note_asked(kItem, kNow + minutes{15}, rows);
  ASSERT_TRUE(book.put_off(kItem, kNow, rows));
  EXPECT_EQ(book.find(kItem)->due, kNow + seconds{60});
  PageBook next = restored(rows, options);
  next.note_asked(kItem, kNow + minutes{15}, rows);
  ASSERT_TRUE(next.put_off(kItem, kNow, rows));
  EXPECT_EQ(next.find(kItem)->due, kNow + seconds{120});
  next.note_asked(kItem, kNow + minutes{15}, rows);
  EXPECT_FALSE(next.put_off(kItem, kNow, rows)) << "three times is enough";
}

TEST(PageBookTest, ItemThatChangesOften_HasItsPageAskedForLessAndLess) {
  PageBook book({.ask_again = seconds{3600}});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  book.done(kItem, PageEnd::kText, kNow, rows);
  ASSERT_TRUE(book.want(kItem, page("second", kNow + minutes{5}), rows));
  EXPECT_EQ(book.find(kItem)->due, kNow + hours{1});
  book.done(kItem, PageEnd::kText, kNow + hours{1}, rows);
  PageBook next = restored(rows);
  ASSERT_TRUE(next.want(kItem, page("third", kNow + hours{1}), rows));
  EXPECT_EQ(next.find(kItem)->due, kNow + hours{3});
}

TEST(PageBookTest, IsBounded_InNumberAndAge) {
  PageBook book({.max_waiting = 2, .max_age = hours{24}});
  PageBook::Rows rows;
  EXPECT_TRUE(book.want(ItemId("i1"), page(), rows));
  EXPECT_TRUE(book.want(ItemId("i2"), page(), rows));
  EXPECT_FALSE(book.want(ItemId("i3"), page(), rows));
  EXPECT_TRUE(book.want(ItemId("i2"), page("newer"), rows)) << "it waits already";
  EXPECT_EQ(book.forget_old(kNow + hours{24}, rows), 0U);
  EXPECT_EQ(book.forget_old(kNow + hours{25}, rows), 2U);
  EXPECT_EQ(book.waiting(), 0U);
  EXPECT_TRUE(restored(rows).take_jobs().empty());
}

TEST(PageBookTest, DamagedRow_IsLeftOut) {
  PageBook book({});
  PageBook::Rows rows;
  ASSERT_TRUE(book.want(kItem, page(), rows));
  for (std::size_t cut = 0; cut < rows[0].value.size(); ++cut) {
    PageBook next({});
    next.restore({rows[0].space, rows[0].key, rows[0].value.substr(0, cut)});
    EXPECT_TRUE(next.take_jobs().empty()) << cut;
  }
}

// ---- when a page is asked for ----

Moment at(Millis after) {
  return {.wall = kNow + after, .line = kNow + after};
}

KnownFeed known_feed(const std::string& id, const std::string& url, Instant due, bool full_text) {
  auto feed = std::make_shared<Feed>();
  feed->id = FeedId(id);
  feed->url = url;
  feed->full_text = full_text;
  FeedState state{.id = feed->id};
  state.url = url;
  state.next_poll_at = due;
  state.last_poll_at = kNow - hours{2};
  return {feed, std::make_shared<FeedState>(std::move(state)), std::make_shared<Window>()};
}

PageJob job(const std::string& item, const std::string& url, Instant due = kNow) {
  return {ItemId(item), FeedId("a"), url, due, std::make_shared<const std::string>(item)};
}

std::vector<std::string> asked(Scheduler& scheduler, Moment now) {
  std::vector<std::string> urls;
  for (auto& taken : scheduler.take_due(now, 100)) {
    urls.push_back(taken.request.asked_url());
    FetchOutcome outcome{.request = taken.request};
    outcome.result = FetchFailure{};
    scheduler.transfer_finished(outcome, now);
  }
  return urls;
}

TEST(SchedulerPages, AreSpacedLikeFeeds_AndComeAfterThem) {
  Scheduler scheduler({});
  scheduler.set_feeds({known_feed("a", "https://a.example/feed", kNow + seconds{1}, true)},
                      at(Millis{0}));
  scheduler.add_pages({job("i1", "https://a.example/1"), job("i2", "https://a.example/2")},
                      at(seconds{1}));
  using Urls = std::vector<std::string>;
  EXPECT_EQ(asked(scheduler, at(seconds{1})), Urls{"https://a.example/feed"});
  EXPECT_EQ(asked(scheduler, at(milliseconds{2999})), Urls{});
  EXPECT_EQ(asked(scheduler, at(seconds{3})), Urls{"https://a.example/1"});
  EXPECT_EQ(asked(scheduler, at(milliseconds{4999})), Urls{});
  EXPECT_EQ(asked(scheduler, at(seconds{5})), Urls{"https://a.example/2"});
  EXPECT_EQ(scheduler.pages(), 0U);
}

TEST(SchedulerPages, WaitWhileTheHostIsBusy_AndOtherHostsGoOn) {
  Scheduler scheduler({});
  scheduler.set_feeds({known_feed("a", "https://a.example/feed", kNow + hours{1}, true)},
                      at(Millis{0}));
  scheduler.add_pages({job("i1", "https://a.example/1"), job("i2", "https://a.example/2"),
                       job("i3", "https://b.example/3")},
                      at(Millis{0}));
  auto first = scheduler.take_due(at(Millis{0}), 100);
  ASSERT_EQ(first.size(), 2U) << "one a host";
  EXPECT_TRUE(scheduler.take_due(at(hours{0} + minutes{10}), 100).empty());
  FetchOutcome outcome{.request = first[0].request};
  outcome.hints.retry_after = seconds{600};
  outcome.result = FetchFailure{.http_status = 429, .poll_class = PollClass::kRateLimited};
  scheduler.transfer_finished(outcome, at(minutes{10}));
  ASSERT_TRUE(outcome.host_block);
  EXPECT_TRUE(scheduler.take_due(at(minutes{19}), 100).empty()) << "the host told us to stay away";
  EXPECT_EQ(asked(scheduler, at(minutes{22})), std::vector<std::string>{"https://a.example/2"});
}

TEST(SchedulerPages, OfFeedsThatWantNone_ArePassedOver) {
  Scheduler scheduler({});
  scheduler.set_feeds({known_feed("a", "https://a.example/feed", kNow + hours{1}, false),
                       known_feed("b", "https://b.example/feed", kNow + hours{1}, true)},
                      at(Millis{0}));
  PageJob wanted = job("i2", "https://a.example/2");
  wanted.feed = FeedId("b");
  scheduler.add_pages({job("i1", "https://a.example/1"), std::move(wanted)}, at(Millis{0}));
  EXPECT_EQ(asked(scheduler, at(Millis{0})), std::vector<std::string>{"https://a.example/2"});
}

TEST(SchedulerPages, OfAnItemThatChanged_AreAskedForOnce) {
  Scheduler scheduler({});
  scheduler.set_feeds({known_feed("a", "https://a.example/feed", kNow + hours{1}, true)},
                      at(Millis{0}));
  scheduler.add_pages({job("i1", "https://a.example/old"), job("i1", "https://a.example/new")},
                      at(Millis{0}));
  EXPECT_EQ(asked(scheduler, at(Millis{0})), std::vector<std::string>{"https://a.example/new"});
  EXPECT_TRUE(asked(scheduler, at(minutes{1})).empty());
}

TEST(SchedulerPages, AreNotAskedForBeforeTheyAreDue) {
  Scheduler scheduler({});
  scheduler.set_feeds({known_feed("a", "https://a.example/feed", kNow + hours{1}, true)},
                      at(Millis{0}));
  scheduler.add_pages({job("i1", "https://a.example/1", kNow + minutes{15})}, at(Millis{0}));
  EXPECT_TRUE(asked(scheduler, at(minutes{14})).empty());
  EXPECT_LE(scheduler.next_due_in(at(minutes{15})), Millis{0});
  EXPECT_EQ(asked(scheduler, at(minutes{15})).size(), 1U);
}

// ---- what an answer gives ----

const std::string kLead = "Protesters in Almaty, Kazakhstan, demanded lower gas prices on Tuesday.";
const std::string kRest =
    "<p>The interior ministry of Kazakhstan said that 57 people were detained near the square. It "
    "gave no reason.</p><p>Shops near the square closed early, and by nine in the evening buses "
    "were running again in the whole city.</p>";

const LoadedConfig& config() {
  static const Result<LoadedConfig> loaded =
      load_for_command(STEPPE_SOURCE_DIR "/config/steppewatch.toml");
  return *loaded;
}

class ReadPage : public testing::Test {
 protected:
  ReadPage() {
    feed_->id = FeedId("a");
    feed_->url = "https://a.example/feed";
    feed_->lang = "en";
    item_.url = "https://a.example/news/1";
    item_.title = "Protest in Almaty over gas prices";
    item_.summary = kLead;
    config().chain->judge(item_, *feed_, true);
  }

  Digest answer(const std::string& html, const std::string& type = "text/html") {
    Document document;
    document.body = html;
    document.content_type = type;
    document.url_chain = {item_.url};
    document.headers = headers_;
    return digest(std::move(document));
  }

  Digest digest(decltype(FetchOutcome::result) result) {
    const DocumentTrace trace;
    const ItemSource source{.feed = feed_.get(), .trace = &trace, .fetched_at = kNow};
    FetchOutcome outcome;
    outcome.request.feed = feed_;
    outcome.request.purpose = FetchPurpose::kArticle;
    outcome.request.url = item_.url;
    outcome.request.item = pack_ticket(item_, kItem, 1, source);
    outcome.fetched_at = kNow;
    outcome.result = std::move(result);
    return config().chain->digest(std::move(outcome), nullptr);
  }

  std::string outcome_of(const std::string& html, const std::string& type = "text/html") {
    return answer(html, type).page.value_or(PageFinding{}).outcome;
  }

  static std::string article(const std::string& paragraphs) {
    return "<html><body><h1>Protest in Almaty</h1><div>" + paragraphs + "</div></body></html>";
  }

  std::shared_ptr<Feed> feed_ = std::make_shared<Feed>();
  Item item_;
  std::vector<std::pair<std::string, std::string>> headers_;
};

TEST_F(ReadPage, GivesTheItemItsText_AndWhatIsFoundInIt) {
  ASSERT_EQ(item_.match.decision, Decision::kKeep);
  const Digest digest = answer(article("<p>" + kLead + "</p>" + kRest));
  ASSERT_TRUE(digest.page && digest.page->item) << digest.page->outcome;
  const Item& item = *digest.page->item;
  EXPECT_EQ(digest.page->outcome, "text");
  EXPECT_EQ(item.text_source, TextSource::kPageDensity);
  EXPECT_EQ(item.title, item_.title);
  EXPECT_EQ(item.summary, kLead);
  EXPECT_TRUE(item.body.starts_with(kLead + "\nThe interior ministry"));
  EXPECT_EQ(item.keys.size(), item_.keys.size());
  EXPECT_NE(item.content_hash, item_.content_hash);
  ASSERT_FALSE(item.found.figures.empty());
  EXPECT_EQ(item.found.figures[0].value, 57);
  EXPECT_EQ(digest.trace.final_url, item_.url);
}

TEST_F(ReadPage, TakesNoPageThatIsAboutSomethingElse) {
  std::string other;
  for (int i = 0; i < 4; ++i) {
    other +=
        "<p>The bakery on the corner of the old market sells two hundred loaves on an ordinary "
        "day, and twice as many before a holiday, its owner says with some pride.</p>";
  }
  EXPECT_EQ(outcome_of(article(other)), "other_subject");
}

TEST_F(ReadPage, TakesNoTextThatAddsNothing) {
  item_.summary = kLead +
                  " The interior ministry of Kazakhstan said that 57 people were detained "
                  "near the square. It gave no reason. Shops near the square closed early, and by "
                  "nine in the evening buses were running again in the whole city.";
  EXPECT_EQ(outcome_of(article("<p>" + kLead + "</p>" + kRest)), "no_gain");
}

TEST_F(ReadPage, NamesWhatIsNoArticle) {
  EXPECT_EQ(outcome_of("%PDF-1.4", "application/pdf"), "not_html");
  EXPECT_EQ(outcome_of("<html><body><p>Nothing here.</p></body></html>"), "no_text");
  EXPECT_EQ(outcome_of("<html><title>Just a moment...</title><body>x</body></html>"),
            "challenge_page");
  EXPECT_EQ(outcome_of(""), "no_text");
  Document front;
  front.body = article("<p>" + kLead + "</p>" + kRest);
  front.content_type = "text/html";
  front.url_chain = {item_.url, "https://a.example/"};
  EXPECT_EQ(digest(std::move(front)).page->outcome, "front_page");
  Document packed;
  packed.body = "x";
  packed.content_encoding = "br";
  packed.url_chain = {item_.url};
  EXPECT_EQ(digest(std::move(packed)).page->outcome, "bad_encoding");
}

TEST_F(ReadPage, TellsWhatMayPassFromWhatStays) {
  const auto later = [this](PollClass poll_class) {
    return digest(FetchFailure{.poll_class = poll_class}).page->try_later;
  };
  for (const PollClass passing : {PollClass::kTimeout, PollClass::kServerError,
                                  PollClass::kRateLimited, PollClass::kRobotsUnknown})
    EXPECT_TRUE(later(passing)) << to_string(passing);
  for (const PollClass staying : {PollClass::kRobots, PollClass::kNotFound, PollClass::kForbidden,
                                  PollClass::kPrivateAddress, PollClass::kTooLarge})
    EXPECT_FALSE(later(staying)) << to_string(staying);
}

TEST_F(ReadPage, ReservedPage_ChangesTheRightsAndNotTheText) {
  headers_ = {{"tdm-reservation", "1"}};
  const Digest digest = answer(article("<p>" + kLead + "</p>" + kRest));
  EXPECT_EQ(digest.page->outcome, "tdm_reserved");
  EXPECT_TRUE(digest.page->tdm_reserved);
  ASSERT_TRUE(digest.page->item);
  EXPECT_EQ(digest.page->item->content_hash, item_.content_hash);
  EXPECT_TRUE(digest.page->item->body.empty());
}

TEST_F(ReadPage, AdoptedItem_StaysAdopted) {
  item_.match.stage = "adopted";
  item_.match.reasons = {{.term = "i2", .group = "adoption", .weight = 0.5}};
  const Digest digest = answer(article("<p>" + kLead + "</p>" + kRest));
  ASSERT_TRUE(digest.page->item);
  EXPECT_EQ(digest.page->item->match.stage, "adopted");
  EXPECT_EQ(digest.page->item->match.reasons.back().group, "adoption");
}

TEST(SameSubject, CountsStemsAndPairs) {
  EXPECT_DOUBLE_EQ(share_of_words("Protesters detained", "the protest: a man was DETAINED"), 1);
  EXPECT_DOUBLE_EQ(share_of_words("heating prices", "the price of bread"), 0.5);
  EXPECT_DOUBLE_EQ(share_of_words("a to of", "x"), 1) << "nothing to go by";
  EXPECT_DOUBLE_EQ(share_of_words("heating", ""), 0);
  const std::string protest = "\xE6\x8A\x97\xE8\xAE\xAE";
  EXPECT_DOUBLE_EQ(share_of_words(protest, "x" + protest + "y"), 1);
}

}  // namespace
}  // namespace steppe
