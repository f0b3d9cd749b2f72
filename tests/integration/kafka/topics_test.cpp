// Topics as code and the audit, against a real broker.

#include <gmock/gmock.h>

#include "connectors/kafka/audit.h"
#include "tests/integration/kafka/sink_fixture.h"

namespace steppe::test {
namespace {

class KafkaTopicAdmin : public SinkFixture {};

TEST_F(KafkaTopicAdmin, CreatesThePlanAndFindsNoDrift_WhenTheClusterIsEmpty) {
  const auto created = apply_topics(options_, clock_, {});
  ASSERT_TRUE(created) << created.error().message;
  EXPECT_EQ(created->size(), 7U);
  const auto drift = check_topics(options_, clock_, {});
  ASSERT_TRUE(drift) << drift.error().message;
  for (const auto& entry : *drift) ADD_FAILURE() << entry.topic << " " << entry.setting;
  const auto again = apply_topics(options_, clock_, {});
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->empty());
}

TEST_F(KafkaTopicAdmin, NamesEveryDifference_WhenATopicWasMadeByHand) {
  broker_.create_topic(topic(kItemsTopic), 3, {{"cleanup.policy", "delete"}});
  const auto drift = check_topics(options_, clock_, {});
  ASSERT_TRUE(drift) << drift.error().message;
  std::map<std::string, std::string> items;
  std::size_t missing = 0;
  for (const auto& entry : *drift) {
    if (entry.topic == topic(kItemsTopic)) items[entry.setting] = entry.found;
    if (entry.setting == "topic") ++missing;
  }
  EXPECT_EQ(missing, 6U);
  EXPECT_EQ(items["partitions"], "3");
  EXPECT_EQ(items["cleanup.policy"], "delete");
  EXPECT_EQ(items["retention.ms"], "604800000");
  EXPECT_TRUE(items.contains("min.compaction.lag.ms"));
}

TEST_F(KafkaTopicAdmin, RefusesToOpen_WhenTheStateTopicHasManyPartitions) {
  broker_.create_topic(topic(kStateTopic), 2);
  const auto checkpoint = make_sink()->open(kWriter);
  ASSERT_FALSE(checkpoint);
  EXPECT_EQ(checkpoint.error().code, Code::kConfig);
  EXPECT_THAT(checkpoint.error().message, ::testing::HasSubstr("one partition"));
}

class KafkaAudit : public SinkFixture {
 protected:
  AuditReport audit() {
    auto report = audit_topics(options_, {}, clock_, {});
    EXPECT_TRUE(report) << report.error().message;
    return report ? *report : AuditReport{};
  }
};

TEST_F(KafkaAudit, FindsNothing_WhenEveryRowIsThereOnce) {
  const auto sink = open_sink();
  expect_published(*sink, sample_rows(1, 100));
  const auto second = open_sink({"second", "generation-2"});
  auto other = sample_rows(1, 7);
  for (auto& row : other) row.record.headers[1].second += "-second";
  expect_published(*second, other);
  const AuditReport report = audit();
  EXPECT_TRUE(report.clean());
  ASSERT_EQ(report.writers.size(), 2U);
  EXPECT_EQ(report.writers[0].instance, "main");
  EXPECT_EQ(report.writers[0].generation, "generation-1");
  EXPECT_EQ(report.writers[0].rows, 100U);
  EXPECT_EQ(report.writers[0].first_seq, 1U);
  EXPECT_EQ(report.writers[0].last_seq, 100U);
  EXPECT_EQ(report.writers[0].checkpoint_seq, 100U);
  EXPECT_EQ(report.records.at(topic(kItemsTopic)), 67U + 5U);
}

TEST_F(KafkaAudit, FindsThePlantedFaults_WhenRowsAreMissingRepeatedOrUncovered) {
  const auto sink = open_sink();
  auto rows = sample_rows(1, 50);
  rows[29] = rows[28];                              // 30 is missing, 29 is there twice
  rows.erase(rows.begin() + 9, rows.begin() + 12);  // 10, 11, 12 are missing
  expect_published(*sink, rows);
  auto stray = sample_rows(1000, 1000);  // a row that no checkpoint covers
  options_.delivery = KafkaDelivery::kAtLeastOnce;
  const auto unsafe = open_sink({"other", "generation-2"});
  stray[0].record.headers.push_back({"src-id", "main"});
  expect_published(*unsafe, stray);

  const AuditReport report = audit();
  EXPECT_FALSE(report.clean());
  ASSERT_EQ(report.writers.size(), 2U);
  const WriterAudit& main = report.writers[0];
  EXPECT_EQ(main.missing, 4U);
  EXPECT_EQ(main.gaps, (std::vector<SeqRange>{{10, 12}, {30, 30}}));
  EXPECT_EQ(main.repeated, 1U);
  EXPECT_EQ(main.repeats, std::vector<std::uint64_t>{29});
  EXPECT_EQ(report.repeated_ids, 1U);
  EXPECT_EQ(report.repeated_id_examples, std::vector<std::string>{"id-29.1"});
}

TEST_F(KafkaAudit, IgnoresTheOpenTransaction_WhenAWriterIsRunning) {
  const auto sink = open_sink();
  expect_published(*sink, sample_rows(1, 20));
  AuditReport during;
  sink->set_step_hook_for_test([&](std::string_view step) {
    if (step == "after_commit") during = audit();
  });
  expect_published(*sink, sample_rows(21, 40));
  EXPECT_TRUE(during.clean());
  EXPECT_EQ(during.writers.at(0).checkpoint_seq, 40U);
}

TEST_F(KafkaAudit, SaysWhichTopicIsMissing_WhenNothingWasCreated) {
  const auto report = audit_topics(options_, {}, clock_, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Code::kConfig);
  EXPECT_THAT(report.error().message, ::testing::HasSubstr(topic(kStateTopic)));
}

}  // namespace
}  // namespace steppe::test
