#pragma once
// Records into Kafka, exactly once: rows and a checkpoint in one transaction, a producer handle
// that is thrown away after any doubt, and the checkpoint as the only memory of what was published.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/kafka/client.h"
#include "connectors/kafka/deadline.h"
#include "connectors/kafka/options.h"
#include "connectors/kafka/producer_session.h"
#include "connectors/kafka/stats.h"
#include "core/clock.h"
#include "core/record.h"

namespace steppe {

/// One thread at a time, except stats().
class KafkaSink final : public RecordSink {
 public:
  /// `clock` outlives the sink. `log` is called in the publisher's thread only; it may be empty.
  KafkaSink(KafkaOptions options, const Clock& clock, KafkaLog log);
  ~KafkaSink() override;
  KafkaSink(const KafkaSink&) = delete;
  KafkaSink& operator=(const KafkaSink&) = delete;

  /// Connects, looks at the topics (or creates them), fences older writers of the same instance,
  /// then reads the checkpoint. Blocks at most about `open_timeout`.
  /// Errors: kConfig (settings; a missing topic, with the command that creates it), kPermission,
  /// kNetwork, kUnavailable; kStorage (a checkpoint that cannot be read).
  Result<Checkpoint> open(const WriterIdentity& writer) override;

  /// Publishes `rows` in as few transactions as batch_rows and batch_bytes allow. A row that is too
  /// large, or that the broker refuses for good, becomes a dead letter with the same sequence
  /// number. Blocks at most about `publish_timeout`. Errors, beside those of open(): kConflict
  /// (another writer of this instance took over: stop).
  Result<void> publish(std::span<const OutboxRow> rows) override;

  /// Serves statistics and log events.
  void idle() override;

  /// Any thread.
  KafkaStats stats() const { return hooks_.board->snapshot(); }

  void set_step_hook_for_test(KafkaStepHook hook) { step_hook_ = std::move(hook); }

 private:
  using Rows = std::span<const OutboxRow* const>;

  Result<Checkpoint> connect(const Deadline& deadline);
  Result<void> prepare_topics(ProducerSession& session, const Deadline& deadline);
  Result<void> renew(const Deadline& deadline);
  Result<void> send(Rows rows, const Deadline& deadline);
  Result<void> send_once(Rows rows, const Deadline& deadline);
  Result<void> send_dead_letter(const OutboxRow& row, const Error& why, const Deadline& deadline);
  Rows next_batch(Rows rows) const;
  void drop_session();

  KafkaOptions options_;
  const Clock* clock_;
  KafkaHooks hooks_;
  KafkaStepHook step_hook_;
  WriterIdentity writer_;
  std::unique_ptr<ProducerSession> session_;
  bool opened_ = false;  // open() succeeded and no error since
  Checkpoint last_;      // what we know to be published
};

/// A sink for checked options; the topic prefix is resolved. Errors: kConfig.
Result<std::unique_ptr<KafkaSink>> make_kafka_sink(KafkaOptions options, const Clock& clock,
                                                   KafkaLog log = {});

}  // namespace steppe
