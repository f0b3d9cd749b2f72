// The parts of the Kafka connector that need no broker.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include "connectors/kafka/audit_book.h"
#include "connectors/kafka/checkpoint.h"
#include "connectors/kafka/dead_letter.h"
#include "connectors/kafka/errors.h"
#include "connectors/kafka/stats.h"
#include "connectors/kafka/topics.h"

namespace steppe {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

OutboxRow row_of(std::uint64_t seq, std::string value) {
  OutboxRow row;
  row.seq = seq;
  row.record = {"items.v1", "key", {{"ce_id", "a.1"}, {"ce_source", "/feed"}}, std::move(value)};
  return row;
}

TEST(KafkaCheckpoint, ComesBackEqual_WhenWrittenAndRead) {
  const OutboxRow first = row_of(41, "{}");
  const OutboxRow second = row_of(42, R"({"a":1})");
  const std::vector<const OutboxRow*> rows = {&first, &second};
  const CheckpointRecord made = make_checkpoint({"quo\"ted", "generation"}, rows);
  const auto read = parse_checkpoint(to_json(made));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->writer.instance, "quo\"ted");
  EXPECT_EQ(read->writer.generation, "generation");
  EXPECT_EQ(read->last_seq, 42U);
  EXPECT_EQ(read->count, 2U);
  EXPECT_EQ(read->digest, made.digest);
  EXPECT_EQ(read->digest.size(), 32U);
}

TEST(KafkaCheckpoint, ChangesItsDigest_WhenARowDiffers) {
  const OutboxRow first = row_of(1, "{}");
  const OutboxRow other = row_of(1, "{ }");
  const OutboxRow* a = &first;
  const OutboxRow* b = &other;
  EXPECT_NE(make_checkpoint({}, {&a, 1}).digest, make_checkpoint({}, {&b, 1}).digest);
}

TEST(KafkaCheckpoint, IsNone_WhenTheTextIsNotOne) {
  for (const char* text : {"", "[]", "{", R"({"instance":"main"})", "\xff\xfe",
                           R"({"instance":"a","generation":"b","last_seq":-1})"}) {
    EXPECT_FALSE(parse_checkpoint(text)) << text;
  }
}

TEST(KafkaDeadLetter, KeepsSequenceAndOrigin_AndTheBeginningOfTheValue) {
  const OutboxRow row = row_of(9, "{\"a\":1}");
  const Error why{Code::kTooLarge, Retry::kNever, "too \"large\""};
  const OutboxRow letter = make_dead_letter(row, {"main", "g"}, why, Instant{0ms}, 5);
  EXPECT_EQ(letter.seq, 9U);
  EXPECT_EQ(letter.record.topic, kDeadLetterTopic);
  EXPECT_THAT(letter.record.value, HasSubstr(R"("original_base64":"eyJhIjo=")"));
  EXPECT_THAT(letter.record.value, HasSubstr(R"("truncated":true)"));
  EXPECT_THAT(letter.record.value, HasSubstr(R"("message":"too \"large\"")"));
  EXPECT_THAT(letter.record.headers, ::testing::Contains(::testing::Pair("ce_source", "/feed")));
  EXPECT_THAT(letter.record.headers, ::testing::Contains(::testing::Pair("ce_id", "main.9")));
  const OutboxRow whole = make_dead_letter(row, {"main", "g"}, why, Instant{0ms}, 100);
  EXPECT_THAT(whole.record.value, HasSubstr(R"("original_base64":"eyJhIjoxfQ==")"));
  EXPECT_THAT(whole.record.value, HasSubstr(R"("truncated":false)"));
}

TEST(KafkaErrors, TellOperatorFaultsFromWaiting_WhenClassified) {
  const auto code_of = [](int code) { return kafka_error(code, "x").code; };
  EXPECT_EQ(code_of(RD_KAFKA_RESP_ERR__TRANSPORT), Code::kUnavailable);
  EXPECT_EQ(code_of(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS), Code::kUnavailable);
  EXPECT_EQ(code_of(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED), Code::kPermission);
  EXPECT_EQ(code_of(RD_KAFKA_RESP_ERR__AUTHENTICATION), Code::kPermission);
  EXPECT_EQ(code_of(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART), Code::kConfig);
  EXPECT_EQ(code_of(RD_KAFKA_RESP_ERR__FENCED), Code::kConflict);
  EXPECT_EQ(code_of(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE), Code::kTooLarge);
  EXPECT_EQ(kafka_error(RD_KAFKA_RESP_ERR__TRANSPORT, "x").retry, Retry::kLater);
  EXPECT_EQ(kafka_error(RD_KAFKA_RESP_ERR__INVALID_ARG, "x").retry, Retry::kNever);
}

constexpr const char* kStatistics = R"({"msg_cnt":3,"msg_size":99,"txmsgs":10,"txmsg_bytes":1000,
 "brokers":{
  "a/1":{"nodeid":1,"source":"learned","state":"UP","txretries":2,"txerrs":1,"req_timeouts":4,
         "rtt":{"avg":1500,"p99":9000,"cnt":3}},
  "b/-1":{"nodeid":-1,"source":"configured","state":"DOWN","txretries":1,"rtt":{"avg":0,"p99":0}},
  "TxnCoordinator":{"nodeid":1,"source":"logical","state":"UP"}}})";

TEST(KafkaStats, AreRead_WhenTheEventIsWhole) {
  KafkaStats stats;
  ASSERT_TRUE(parse_kafka_stats(kStatistics, stats));
  EXPECT_EQ(stats.queued_messages, 3);
  EXPECT_EQ(stats.queued_bytes, 99);
  EXPECT_EQ(stats.sent_messages, 10);
  EXPECT_EQ(stats.retries, 3);
  EXPECT_EQ(stats.errors, 1);
  EXPECT_EQ(stats.request_timeouts, 4);
  EXPECT_EQ(stats.brokers_up, 1);
  EXPECT_DOUBLE_EQ(stats.rtt_average_ms, 1.5);
  EXPECT_DOUBLE_EQ(stats.rtt_p99_ms, 9);
}

TEST(KafkaStats, AreLeftAlone_WhenTheEventIsNotOne) {
  KafkaStats stats;
  EXPECT_FALSE(parse_kafka_stats("", stats));
  EXPECT_FALSE(parse_kafka_stats("[1]", stats));
  EXPECT_FALSE(parse_kafka_stats(R"({"msg_cnt":1})", stats));
}

TEST(KafkaStats, GoOnAdding_WhenAHandleIsReplaced) {
  KafkaStatsBoard board;
  board.on_session_opened();
  board.on_statistics(kStatistics);
  board.on_session_closed();
  board.on_session_opened();
  EXPECT_EQ(board.snapshot().sent_messages, 10);
  EXPECT_EQ(board.snapshot().queued_messages, 0);
  board.on_statistics(kStatistics);
  board.on_commit(7);
  EXPECT_EQ(board.snapshot().sent_messages, 20);
  EXPECT_EQ(board.snapshot().sessions_opened, 2);
  EXPECT_EQ(board.snapshot().rows_published, 7);
}

TEST(KafkaTopicPlan, KeepsRevisionsAWeek_WhenATopicIsCompacted) {
  KafkaOptions options;
  options.topic_prefix = "p";
  std::size_t compacted = 0;
  for (const auto& topic : topic_plan(options)) {
    const std::map<std::string, std::string> config(topic.config.begin(), topic.config.end());
    if (config.at("cleanup.policy").find("compact") == std::string::npos) continue;
    ++compacted;
    EXPECT_EQ(config.at("min.compaction.lag.ms"), "604800000") << topic.name;
  }
  EXPECT_EQ(compacted, 4U);
}

TEST(KafkaTopicPlan, PrintsTheToolsCommand_WhenAsked) {
  KafkaOptions options;
  options.bootstrap_servers = "b:9092";
  options.topic_prefix = "p";
  options.replication_factor = 3;
  EXPECT_EQ(create_command(topic_plan(options).front(), options),
            "kafka-topics.sh --bootstrap-server b:9092 --create --if-not-exists --topic p.items.v1"
            " --partitions 6 --replication-factor 3 --config cleanup.policy=compact,delete"
            " --config min.compaction.lag.ms=604800000 --config retention.ms=31536000000");
}

class AuditBookTest : public ::testing::Test {
 protected:
  void add(std::uint64_t seq, Instant at) {
    const std::string text = std::to_string(seq);
    book_.add_row({"p.items.v1", "main", text, "id-" + text, at});
  }
  void checkpoint(std::uint64_t seq, Instant at, bool before = true) {
    book_.add_checkpoint(to_json(CheckpointRecord{{"main", "g"}, seq, 1, ""}), at, before);
  }
  Instant now_{std::chrono::hours(24 * 365)};
  AuditBook book_{AuditLimits{}, now_};
};

TEST_F(AuditBookTest, CountsNoGap_WhereCompactionMayHaveRemovedRows) {
  add(3, now_ - 9 * 24h);
  add(8, now_ - 8 * 24h);
  add(9, now_ - 1h);
  add(11, now_ - 1h);
  checkpoint(11, now_);
  const AuditReport report = book_.finish();
  ASSERT_EQ(report.writers.size(), 1U);
  EXPECT_EQ(report.writers[0].checked_from, 9U);
  EXPECT_EQ(report.writers[0].gaps, (std::vector<SeqRange>{{10, 10}}));
}

TEST_F(AuditBookTest, CountsTheLoss_WhenOnlyTheCheckpointIsLeft) {
  checkpoint(100, now_);
  EXPECT_EQ(book_.finish().writers.at(0).missing, 100U);
}

TEST_F(AuditBookTest, IsClean_WhenRowsArrivedAfterTheAuditBegan) {
  add(1, now_);
  checkpoint(1, now_);
  add(3, now_);
  checkpoint(3, now_, false);
  const AuditReport report = book_.finish();
  EXPECT_TRUE(report.clean());
}

TEST_F(AuditBookTest, CountsRowsThatNoCheckpointCovers) {
  add(1, now_);
  add(2, now_);
  checkpoint(2, now_);
  add(5, now_);
  add(7, now_);
  EXPECT_EQ(book_.finish().writers.at(0).beyond_checkpoint, 2U);
}

TEST_F(AuditBookTest, IsNotClean_WhenRecordsAreForeign) {
  book_.add_row({"p.items.v1", "", "", "x", now_});
  book_.add_row({"p.items.v1", "main", "12x", "y", now_});
  const AuditReport report = book_.finish();
  EXPECT_EQ(report.foreign, 2U);
  EXPECT_FALSE(report.clean());
}

TEST_F(AuditBookTest, SaysItIsIncomplete_WhenABoundIsHit) {
  AuditLimits limits;
  limits.max_blocks = 1;
  limits.max_ids = 1;
  AuditBook book(limits, now_);
  book.add_row({"t", "main", "1", "a", now_});
  EXPECT_TRUE(book.finish().complete);
  AuditBook small(limits, now_);
  small.add_row({"t", "main", "1", "a", now_});
  small.add_row({"t", "main", "18446744073709551615", "b", now_});
  const AuditReport report = small.finish();
  EXPECT_FALSE(report.complete);
  EXPECT_FALSE(report.clean());
}

TEST(SeqSet, FindsTheSameGapsAsASimpleLoop_WhenNumbersAreScattered) {
  SeqSet set(100);
  std::vector<bool> simple(300'001);
  std::uint64_t state = 12345;
  for (int i = 0; i < 40'000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const std::uint64_t base = (state >> 33) % 290'000;
    for (std::uint64_t seq = base; seq < base + 17; ++seq) {
      simple[seq] = true;
      static_cast<void>(set.insert(seq));
    }
  }
  for (const auto& [first, last] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {0, 300'000}, {1, 63}, {64, 127}, {65'530, 65'540}, {131'072, 200'000}, {5, 5}}) {
    std::uint64_t missing = 0;
    set.visit_gaps(first, last, [&](std::uint64_t from, std::uint64_t to) {
      missing += to - from + 1;
      ASSERT_TRUE(from >= first && to <= last);
      for (std::uint64_t seq = from; seq <= to; ++seq) ASSERT_FALSE(simple[seq]);
    });
    std::uint64_t expected = 0;
    for (std::uint64_t seq = first; seq <= last; ++seq) expected += simple[seq] ? 0U : 1U;
    EXPECT_EQ(missing, expected) << first << " to " << last;
  }
}

TEST(HashSet64, TellsRepeats_WhenItHasGrownManyTimes) {
  HashSet64 set(100'000);
  for (std::uint64_t i = 0; i < 50'000; ++i) ASSERT_TRUE(set.insert(i * 0x9E3779B97F4A7C15U));
  for (std::uint64_t i = 0; i < 50'000; ++i) ASSERT_FALSE(set.insert(i * 0x9E3779B97F4A7C15U));
}

}  // namespace
}  // namespace steppe
