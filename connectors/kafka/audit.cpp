#include "connectors/kafka/audit.h"

#include <utility>
#include <vector>

#include "connectors/kafka/topic_reader.h"
#include "connectors/kafka/topics.h"

namespace steppe {
namespace {

// Longer than the broker lets a transaction stay open.
std::chrono::milliseconds stall_limit(const KafkaOptions& options) {
  return options.transaction_timeout + std::chrono::seconds(15);
}

Result<std::vector<PartitionRange>> whole_topic(const TopicReader& reader, const std::string& topic,
                                                const Deadline& deadline) {
  const auto partitions = reader.partition_count(topic, deadline);
  if (!partitions) return partitions.error();
  if (*partitions == 0) return Error{Code::kConfig, Retry::kLater, "no topic " + topic};
  std::vector<PartitionRange> ranges;
  for (int partition = 0; partition < *partitions; ++partition) {
    auto range = reader.whole(topic, partition, deadline);
    if (!range) return range.error();
    ranges.push_back(std::move(*range));
  }
  return ranges;
}

struct Plan {
  std::string state_topic;
  std::int64_t promised_end = 0;  // of the state topic, before the ends of the others
  std::vector<PartitionRange> ranges;
};

// The order matters while a writer runs. The state topic's end is taken first: what those
// checkpoints cover must be found. It is taken again last: rows found meanwhile have theirs by
// then.
Result<Plan> make_plan(const TopicReader& reader, const KafkaOptions& options,
                       const Deadline& deadline) {
  Plan plan;
  plan.state_topic = topic_name(options, kStateTopic);
  const auto before = whole_topic(reader, plan.state_topic, deadline);
  if (!before) return before.error();
  plan.promised_end = before->front().end;
  for (const auto& spec : topic_plan(options)) {
    if (spec.name == plan.state_topic) continue;
    auto ranges = whole_topic(reader, spec.name, deadline);
    if (!ranges) return ranges.error();
    std::move(ranges->begin(), ranges->end(), std::back_inserter(plan.ranges));
  }
  auto after = whole_topic(reader, plan.state_topic, deadline);
  if (!after) return after.error();
  plan.ranges.push_back(std::move(after->front()));
  return plan;
}

void add_message(AuditBook& book, const KafkaMessage& message, const Plan& plan) {
  if (message.topic != plan.state_topic) {
    book.add_row({message.topic, message.header("src-id"), message.header("src-seq"),
                  message.header("ce_id"), message.timestamp});
  } else if (message.key.starts_with("writer/") && !message.value.empty()) {
    book.add_checkpoint(message.value, message.timestamp, message.offset < plan.promised_end);
  }
}

}  // namespace

Result<AuditReport> audit_topics(const KafkaOptions& options, const AuditLimits& limits,
                                 const Clock& clock, const KafkaHooks& hooks) {
  const auto reader = TopicReader::create(options, clock, hooks);
  if (!reader) return reader.error();
  const auto plan = make_plan(*reader, options, Deadline(clock, options.open_timeout));
  if (!plan) return plan.error();
  AuditBook book(limits, clock.now());
  auto done = reader->read(plan->ranges, stall_limit(options),
                           [&](const KafkaMessage& message) { add_message(book, message, *plan); });
  if (!done) return std::move(done).error().with_context("auditing");
  return book.finish();
}

}  // namespace steppe
