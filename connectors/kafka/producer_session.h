#pragma once
// One producer handle, from birth to retirement. A handle is kept only while everything about it is
// certain; after any doubt it is thrown away and the next one learns the truth from the checkpoint.
// Source: Jepsen, Bufstream 0.1.0 (a delayed EndTxn may hit the next transaction of a reused
// handle).

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/kafka/client.h"
#include "connectors/kafka/deadline.h"
#include "connectors/kafka/options.h"
#include "core/record.h"

struct rd_kafka_topic_s;
struct rd_kafka_error_s;

namespace steppe {

/// Called at the steps of a transaction: "before_begin", "mid_produce", "before_commit",
/// "after_commit".
using KafkaStepHook = std::function<void(std::string_view step)>;

/// What a broker says about our topics.
struct FoundTopic {
  std::string name;
  int partitions = 0;  // 0: it does not exist
};

/// One thread at a time.
class ProducerSession {
 public:
  /// Makes a handle and waits for a broker. Errors: kConfig, kPermission, kUnavailable.
  static Result<std::unique_ptr<ProducerSession>> open(const KafkaOptions& options,
                                                       const std::string& instance,
                                                       const KafkaHooks& hooks, const Clock& clock,
                                                       const Deadline& deadline);
  ~ProducerSession();
  ProducerSession(const ProducerSession&) = delete;
  ProducerSession& operator=(const ProducerSession&) = delete;

  /// Asks for the topics by name, which also makes the first send to each fast.
  Result<std::vector<FoundTopic>> find_topics(std::span<const std::string> names,
                                              const Deadline& deadline);

  /// Takes the transactional.id over: older writers are fenced, their open transaction is aborted.
  Result<void> take_over(const Deadline& deadline);

  /// Sends `rows` and then `checkpoint`; in one transaction, when delivery is exactly once.
  /// After an error, or when `clean()` is false, drop the session.
  /// Errors: kTooLarge, kInvalidInput (a row was refused, none is published); kConflict (fenced);
  /// kPermission, kConfig, kNetwork, kUnavailable (unknown whether published).
  Result<void> send(std::span<const OutboxRow* const> rows, const OutboxRow& checkpoint,
                    const Deadline& deadline);

  /// False once anything happened that leaves doubt about a later transaction.
  bool clean() const { return !client_.events().trouble && !doubt_; }

  /// Serves callbacks while idle, waiting at most `wait_ms` for the first.
  void serve(int wait_ms) { client_.serve(wait_ms); }

  void set_step_hook(const KafkaStepHook* hook) { step_hook_ = hook; }

 private:
  ProducerSession(KafkaClient client, const KafkaOptions& options, const std::string& instance,
                  const Clock& clock);

  Result<void> send_transaction(std::span<const OutboxRow* const> rows, const OutboxRow& checkpoint,
                                const Deadline& deadline);
  Result<void> send_acknowledged(std::span<const OutboxRow* const> rows,
                                 const OutboxRow& checkpoint, const Deadline& deadline);
  Result<void> produce_all(std::span<const OutboxRow* const> rows, const Deadline& deadline);
  Result<void> produce(const OutboxRow& row, const Deadline& deadline);
  Result<void> flush(const Deadline& deadline);
  Result<void> commit(const Deadline& deadline);
  void abort();
  Error transaction_error(const rd_kafka_error_s* error, std::string_view doing) const;
  Error judge(int code, std::string text) const;
  const DeliveryFailure* refused_row() const;
  Error failed_row() const;
  void step(std::string_view name) const;

  KafkaClient client_;
  KafkaOptions options_;
  std::string instance_;
  const Clock* clock_;
  std::vector<rd_kafka_topic_s*> topics_;  // kept so that their metadata stays known
  std::chrono::steady_clock::time_point begun_{};
  bool doubt_ = false;
  const KafkaStepHook* step_hook_ = nullptr;
};

}  // namespace steppe
