#include "connectors/kafka/kafka_sink.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "connectors/kafka/checkpoint.h"
#include "connectors/kafka/dead_letter.h"
#include "connectors/kafka/properties.h"
#include "connectors/kafka/topic_reader.h"
#include "connectors/kafka/topics.h"

namespace steppe {
namespace {

// The broker's own limit may be smaller than ours: then less and less of the original is kept.
constexpr std::array<std::uint64_t, 3> kDeadLetterShares = {1, 16, 0};

bool is_refusal(const Error& error) {
  return error.code == Code::kTooLarge || error.code == Code::kInvalidInput;
}

const FoundTopic* find(const std::vector<FoundTopic>& topics, const std::string& name) {
  const auto at = std::find_if(topics.begin(), topics.end(),
                               [&](const FoundTopic& topic) { return topic.name == name; });
  return at == topics.end() ? nullptr : &*at;
}

std::vector<std::string> missing_topics(const std::vector<TopicSpec>& plan,
                                        const std::vector<FoundTopic>& found) {
  std::vector<std::string> names;
  for (const auto& spec : plan) {
    const FoundTopic* topic = find(found, spec.name);
    if (topic == nullptr || topic->partitions == 0) names.push_back(spec.name);
  }
  return names;
}

Error missing_error(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return {Code::kConfig, Retry::kLater,
          "missing on the broker: " + list +
              "; create them with `steppewatch topics apply`, or set [kafka] topics = \"create\""};
}

OutboxRow checkpoint_row(const WriterIdentity& writer, std::span<const OutboxRow* const> rows) {
  OutboxRow row;
  row.record.topic = kStateTopic;
  row.record.key = checkpoint_key(writer.instance);
  row.record.headers = {{"content-type", "application/json"}};
  row.record.value = to_json(make_checkpoint(writer, rows));
  return row;
}

}  // namespace

Result<std::unique_ptr<KafkaSink>> make_kafka_sink(KafkaOptions options, const Clock& clock,
                                                   KafkaLog log) {
  const auto faults = check_options(options);
  if (!faults.empty()) {
    return Error{Code::kConfig, Retry::kNever,
                 "[kafka] " + faults.front().key + ": " + faults.front().message};
  }
  return std::make_unique<KafkaSink>(std::move(options), clock, std::move(log));
}

KafkaSink::KafkaSink(KafkaOptions options, const Clock& clock, KafkaLog log)
    : options_(std::move(options)),
      clock_(&clock),
      hooks_{std::move(log), std::make_shared<KafkaStatsBoard>()} {}

KafkaSink::~KafkaSink() {
  drop_session();
}

void KafkaSink::drop_session() {
  if (!session_) return;
  session_.reset();
  hooks_.board->on_session_closed();
}

void KafkaSink::idle() {
  if (session_) session_->serve(0);
}

Result<Checkpoint> KafkaSink::open(const WriterIdentity& writer) {
  opened_ = false;
  writer_ = writer;
  auto checkpoint = connect(Deadline(*clock_, options_.open_timeout));
  if (!checkpoint) {
    drop_session();
    hooks_.board->on_error(checkpoint.error().message);
    return checkpoint;
  }
  last_ = *checkpoint;
  opened_ = true;
  return checkpoint;
}

Result<Checkpoint> KafkaSink::connect(const Deadline& deadline) {
  drop_session();
  auto session = ProducerSession::open(options_, writer_.instance, hooks_, *clock_, deadline);
  if (!session) return session.error();
  session_ = std::move(*session);
  session_->set_step_hook(&step_hook_);
  hooks_.board->on_session_opened();
  auto ready = prepare_topics(*session_, deadline);
  if (ready) ready = session_->take_over(deadline);
  if (!ready) return ready.error();
  // Only now: take_over() has decided the transaction of whoever wrote before.
  const auto reader = TopicReader::create(options_, *clock_, hooks_);
  if (!reader) return reader.error();
  return read_checkpoint(*reader, topic_name(options_, kStateTopic), writer_.instance, deadline);
}

Result<void> KafkaSink::prepare_topics(ProducerSession& session, const Deadline& deadline) {
  const auto plan = topic_plan(options_);
  std::vector<std::string> names;
  for (const auto& spec : plan) names.push_back(spec.name);
  if (options_.topics == KafkaTopics::kCreate) {
    const auto created = apply_topics(options_, *clock_, hooks_);
    if (!created) return created.error();
  }
  for (;;) {
    const auto found = session.find_topics(names, deadline);
    if (!found) return found.error();
    const auto missing = missing_topics(plan, *found);
    const FoundTopic* state = find(*found, topic_name(options_, kStateTopic));
    if (state != nullptr && state->partitions > 1) {
      return Error{Code::kConfig, Retry::kLater, state->name + " must have one partition"};
    }
    if (missing.empty() || options_.topics == KafkaTopics::kOff) return ok();
    // A topic that was just created takes a moment to be known everywhere.
    if (options_.topics == KafkaTopics::kVerify || deadline.passed()) return missing_error(missing);
    session.serve(50);
  }
}

// A fresh session must find exactly what we believe; anything else is for open() to report.
Result<void> KafkaSink::renew(const Deadline& deadline) {
  const auto checkpoint = connect(deadline);
  if (!checkpoint) return checkpoint.error();
  if (checkpoint->last_seq == last_.last_seq &&
      checkpoint->writer.generation == last_.writer.generation) {
    return ok();
  }
  return Error{Code::kConflict, Retry::kLater,
               "the checkpoint of " + writer_.instance + " says " +
                   std::to_string(checkpoint->last_seq) + " where " +
                   std::to_string(last_.last_seq) + " was published"};
}

Result<void> KafkaSink::publish(std::span<const OutboxRow> rows) {
  if (!opened_) return Error{Code::kInternal, Retry::kLater, "publishing before open()"};
  const Deadline deadline(*clock_, options_.publish_timeout);
  std::vector<const OutboxRow*> pointers;
  pointers.reserve(rows.size());
  for (const auto& row : rows) pointers.push_back(&row);
  for (Rows rest(pointers); !rest.empty();) {
    const Rows batch = next_batch(rest);
    auto sent = send(batch, deadline);
    if (!sent) {
      opened_ = false;
      drop_session();
      hooks_.board->on_error(sent.error().message);
      return sent;
    }
    rest = rest.subspan(batch.size());
  }
  return ok();
}

KafkaSink::Rows KafkaSink::next_batch(Rows rows) const {
  std::uint64_t bytes = 0;
  std::size_t count = 0;
  while (count < rows.size() && count < options_.batch_rows) {
    bytes += record_bytes(rows[count]->record);
    if (count > 0 && bytes > options_.batch_bytes) break;
    ++count;
  }
  return rows.first(count);
}

// A refused row is found by halving, so that the others go out as they are and in order.
Result<void> KafkaSink::send(Rows rows, const Deadline& deadline) {
  auto sent = send_once(rows, deadline);
  if (sent || !is_refusal(sent.error())) return sent;
  if (rows.size() == 1) return send_dead_letter(*rows.front(), sent.error(), deadline);
  const std::size_t half = rows.size() / 2;
  sent = send(rows.first(half), deadline);
  if (!sent) return sent;
  return send(rows.subspan(half), deadline);
}

Result<void> KafkaSink::send_once(Rows rows, const Deadline& deadline) {
  const std::uint64_t limit = options_.max_record_bytes;
  for (const OutboxRow* row : rows) {
    if (record_bytes(row->record) <= limit) continue;
    return Error{Code::kTooLarge, Retry::kNever,
                 "row " + std::to_string(row->seq) + " has " +
                     std::to_string(record_bytes(row->record)) + " bytes, the limit is " +
                     std::to_string(limit)};
  }
  if (!session_ || !session_->clean()) {
    auto renewed = renew(deadline);
    if (!renewed) return renewed;
  }
  auto sent = session_->send(rows, checkpoint_row(writer_, rows), deadline);
  if (!sent) return sent;
  last_ = {writer_, rows.back()->seq};
  hooks_.board->on_commit(static_cast<std::int64_t>(rows.size()));
  return ok();
}

Result<void> KafkaSink::send_dead_letter(const OutboxRow& row, const Error& why,
                                         const Deadline& deadline) {
  Error last = why;
  for (const std::uint64_t share : kDeadLetterShares) {
    const std::uint64_t keep = share == 0 ? 0 : options_.dead_letter_bytes / share;
    const OutboxRow letter = make_dead_letter(row, writer_, why, clock_->now(), keep);
    const OutboxRow* only = &letter;
    auto sent = send_once({&only, 1}, deadline);
    if (sent) {
      hooks_.board->on_dead_letter();
      return sent;
    }
    if (!is_refusal(sent.error())) return sent;
    last = sent.error();
  }
  return Error{Code::kConfig, Retry::kLater,
               "the broker refuses even a dead letter of row " + std::to_string(row.seq) + ": " +
                   last.message};
}

}  // namespace steppe
