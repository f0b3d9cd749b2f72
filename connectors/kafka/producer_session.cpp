#include "connectors/kafka/producer_session.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <utility>

#include "connectors/kafka/errors.h"
#include "core/c_handle.h"

namespace steppe {
namespace {

using ErrorHandle = CHandle<rd_kafka_error_t, &rd_kafka_error_destroy>;
using MetadataHandle = CHandle<const rd_kafka_metadata_t, &rd_kafka_metadata_destroy>;

constexpr std::chrono::milliseconds kCallLimit = std::chrono::seconds(10);
constexpr std::chrono::milliseconds kAbortLimit = std::chrono::seconds(5);
const std::string kSrcId = "src-id";
const std::string kSrcSeq = "src-seq";

rd_kafka_vu_t text_field(rd_kafka_vtype_t type, const std::string& text) {
  rd_kafka_vu_t field{};
  field.vtype = type;
  field.u.cstr = text.c_str();
  return field;
}

rd_kafka_vu_t bytes_field(rd_kafka_vtype_t type, const std::string& bytes) {
  rd_kafka_vu_t field{};
  field.vtype = type;
  field.u.mem.ptr = const_cast<char*>(bytes.data());  // copied by librdkafka, never written
  field.u.mem.size = bytes.size();
  return field;
}

rd_kafka_vu_t header_field(const std::string& name, const std::string& value) {
  rd_kafka_vu_t field{};
  field.vtype = RD_KAFKA_VTYPE_HEADER;
  field.u.header.name = name.c_str();
  field.u.header.val = value.data();
  field.u.header.size = static_cast<ssize_t>(value.size());
  return field;
}

rd_kafka_vu_t flags_field(int flags) {
  rd_kafka_vu_t field{};
  field.vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  field.u.i = flags;
  return field;
}

rd_kafka_vu_t seq_field(std::uint64_t seq) {
  rd_kafka_vu_t field{};
  field.vtype = RD_KAFKA_VTYPE_OPAQUE;
  // librdkafka hands it back with the report
  field.u.ptr = reinterpret_cast<void*>(static_cast<std::uintptr_t>(seq));  // NOLINT: a number
  return field;
}

Result<std::vector<FoundTopic>> read_metadata(const KafkaClient& client,
                                              const rd_kafka_metadata_t& metadata) {
  std::vector<FoundTopic> found;
  for (int i = 0; i < metadata.topic_cnt; ++i) {
    const auto& topic = metadata.topics[i];
    if (topic.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) {
      return client.explain(topic.err, std::string("looking up topic ") + topic.topic);
    }
    const bool exists = topic.err == RD_KAFKA_RESP_ERR_NO_ERROR;
    found.push_back({topic.topic, exists ? topic.partition_cnt : 0});
  }
  return found;
}

}  // namespace

ProducerSession::ProducerSession(KafkaClient client, const KafkaOptions& options,
                                 const std::string& instance, const Clock& clock)
    : client_(std::move(client)), options_(options), instance_(instance), clock_(&clock) {}

ProducerSession::~ProducerSession() {
  for (auto* topic : topics_) rd_kafka_topic_destroy(topic);
}

Result<std::unique_ptr<ProducerSession>> ProducerSession::open(const KafkaOptions& options,
                                                               const std::string& instance,
                                                               const KafkaHooks& hooks,
                                                               const Clock& clock,
                                                               const Deadline& deadline) {
  auto client = KafkaClient::create(KafkaClientKind::kProducer,
                                    producer_properties(options, instance), hooks);
  if (!client) return client.error();
  std::unique_ptr<ProducerSession> session(
      new ProducerSession(std::move(*client), options, instance, clock));
  const auto reached = session->find_topics({}, deadline);
  if (!reached) return reached.error();
  return session;
}

Result<std::vector<FoundTopic>> ProducerSession::find_topics(std::span<const std::string> names,
                                                             const Deadline& deadline) {
  for (const auto& name : topics_.empty() ? names : std::span<const std::string>()) {
    topics_.push_back(rd_kafka_topic_new(client_.get(), name.c_str(), nullptr));
  }
  const std::string doing = "connecting to " + options_.bootstrap_servers;
  for (;;) {
    const rd_kafka_metadata_t* raw = nullptr;
    const int code =
        rd_kafka_metadata(client_.get(), 0, nullptr, &raw, deadline.left_ms(kCallLimit));
    const MetadataHandle metadata(raw);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return read_metadata(client_, *metadata);
    Error error = client_.explain(code, doing);
    if (error.code != Code::kUnavailable || deadline.passed()) return error;
    client_.serve(100);
  }
}

Result<void> ProducerSession::take_over(const Deadline& deadline) {
  if (options_.delivery != KafkaDelivery::kExactlyOnce) return ok();
  for (;;) {
    const ErrorHandle error(
        rd_kafka_init_transactions(client_.get(), deadline.left_ms(kCallLimit)));
    if (!error) return ok();
    if (rd_kafka_error_is_retriable(error.get()) == 0 || deadline.passed()) {
      return transaction_error(error.get(), "taking over " + transactional_id(options_, instance_));
    }
  }
}

Result<void> ProducerSession::send(std::span<const OutboxRow* const> rows,
                                   const OutboxRow& checkpoint, const Deadline& deadline) {
  client_.serve(0);
  client_.events().failures.clear();
  client_.events().trouble = false;  // of an idle connection; nothing was on its way
  begun_ = clock_->steady();
  auto sent = options_.delivery == KafkaDelivery::kExactlyOnce
                  ? send_transaction(rows, checkpoint, deadline)
                  : send_acknowledged(rows, checkpoint, deadline);
  if (!sent) doubt_ = true;
  return sent;
}

Result<void> ProducerSession::send_transaction(std::span<const OutboxRow* const> rows,
                                               const OutboxRow& checkpoint,
                                               const Deadline& deadline) {
  step("before_begin");
  const ErrorHandle error(rd_kafka_begin_transaction(client_.get()));
  if (error) return transaction_error(error.get(), "beginning a transaction");
  auto produced = produce_all(rows, deadline);
  if (produced) produced = produce(checkpoint, deadline);
  if (!produced) {
    abort();
    return produced;
  }
  step("before_commit");
  auto committed = commit(deadline);
  if (committed) step("after_commit");
  return committed;
}

// Rows first, then the checkpoint: it must never claim what the broker does not have.
Result<void> ProducerSession::send_acknowledged(std::span<const OutboxRow* const> rows,
                                                const OutboxRow& checkpoint,
                                                const Deadline& deadline) {
  step("before_begin");
  auto sent = produce_all(rows, deadline);
  if (sent) sent = flush(deadline);
  if (!sent) return sent;
  step("before_commit");
  sent = produce(checkpoint, deadline);
  if (sent) sent = flush(deadline);
  if (sent) step("after_commit");
  return sent;
}

Result<void> ProducerSession::produce_all(std::span<const OutboxRow* const> rows,
                                          const Deadline& deadline) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == rows.size() / 2) step("mid_produce");
    auto produced = produce(*rows[i], deadline);
    if (!produced) return produced;
  }
  return ok();
}

Result<void> ProducerSession::produce(const OutboxRow& row, const Deadline& deadline) {
  const std::string topic = topic_name(options_, row.record.topic);
  const std::string seq = std::to_string(row.seq);
  std::vector<rd_kafka_vu_t> fields = {
      text_field(RD_KAFKA_VTYPE_TOPIC, topic),
      bytes_field(RD_KAFKA_VTYPE_KEY, row.record.key),
      bytes_field(RD_KAFKA_VTYPE_VALUE, row.record.value),
      flags_field(RD_KAFKA_MSG_F_COPY),
      seq_field(row.seq),
  };
  for (const auto& [name, value] : row.record.headers) fields.push_back(header_field(name, value));
  fields.push_back(header_field(kSrcId, instance_));
  if (row.seq != 0) fields.push_back(header_field(kSrcSeq, seq));
  for (;;) {
    const ErrorHandle error(rd_kafka_produceva(client_.get(), fields.data(), fields.size()));
    if (!error) return ok();
    const int code = rd_kafka_error_code(error.get());
    if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL || deadline.passed()) {
      std::string text = "handing row " + seq;
      text.append(" to ").append(topic).append(": ").append(rd_kafka_error_string(error.get()));
      return kafka_error(code, std::move(text));
    }
    client_.serve(50);
  }
}

Result<void> ProducerSession::flush(const Deadline& deadline) {
  const int code = rd_kafka_flush(client_.get(), deadline.left_ms(options_.transaction_timeout));
  if (!client_.events().failures.empty()) return failed_row();
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return client_.explain(code, "waiting for acknowledgements");
  return ok();
}

Result<void> ProducerSession::commit(const Deadline& deadline) {
  for (;;) {
    const ErrorHandle error(
        rd_kafka_commit_transaction(client_.get(), deadline.left_ms(kCallLimit)));
    if (!error) return ok();
    doubt_ = true;
    const bool abortable = rd_kafka_error_txn_requires_abort(error.get()) != 0;
    if (abortable || rd_kafka_error_is_retriable(error.get()) == 0 || deadline.passed()) {
      // A broker may refuse a late write as "invalid state" where another writer took over;
      // aborting tells which, and judge() asks for it.
      if (abortable) abort();
      return refused_row() == nullptr ? transaction_error(error.get(), "committing a transaction")
                                      : failed_row();
    }
  }
}

// Only a courtesy to readers, who would otherwise wait for the transaction to time out.
void ProducerSession::abort() {
  const Deadline deadline(*clock_, kAbortLimit);
  while (!deadline.passed()) {
    const ErrorHandle error(
        rd_kafka_abort_transaction(client_.get(), deadline.left_ms(kAbortLimit)));
    if (!error || rd_kafka_error_is_retriable(error.get()) == 0) break;
  }
  if (client_.events().hooks.board) client_.events().hooks.board->on_abort();
}

Error ProducerSession::transaction_error(const rd_kafka_error_s* error,
                                         std::string_view doing) const {
  const int code = rd_kafka_error_code(error);
  if (code == RD_KAFKA_RESP_ERR__TIMED_OUT || code == RD_KAFKA_RESP_ERR__TRANSPORT) {
    return client_.explain(code, doing);
  }
  return judge(code, std::string(doing) + ": " + rd_kafka_error_string(error));
}

// A handle that is fenced or broken for good answers every call alike; what broke it is what
// counts.
Error ProducerSession::judge(int code, std::string text) const {
  std::array<char, 512> reason{};
  const int fatal = rd_kafka_fatal_error(client_.get(), reason.data(), reason.size());
  if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR) code = fatal;
  if (!is_fenced(code)) return kafka_error(code, std::move(text));
  if (clock_->steady() - begun_ >= options_.transaction_timeout) {
    return {Code::kUnavailable, Retry::kLater, text + " (the transaction took too long)"};
  }
  return {Code::kConflict, Retry::kLater,
          "another writer took over " + transactional_id(options_, instance_) +
              "; run one process per instance, or give each its own instance name: " + text};
}

const DeliveryFailure* ProducerSession::refused_row() const {
  for (const auto& failure : client_.events().failures) {
    if (is_row_refusal(failure.code)) return &failure;
  }
  return nullptr;
}

Error ProducerSession::failed_row() const {
  // Other rows only share the fate of the one that was refused.
  const DeliveryFailure* refused = refused_row();
  const DeliveryFailure& failure =
      refused == nullptr ? client_.events().failures.front() : *refused;
  return client_.explain(failure.code, "row " + std::to_string(failure.seq));
}

void ProducerSession::step(std::string_view name) const {
  if (step_hook_ != nullptr && *step_hook_) (*step_hook_)(name);
}

}  // namespace steppe
