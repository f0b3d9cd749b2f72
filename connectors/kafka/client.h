#pragma once
// One librdkafka handle and what its callbacks have said.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/kafka/pass_through.h"
#include "connectors/kafka/properties.h"
#include "connectors/kafka/stats.h"
#include "core/error.h"
#include "core/result.h"

struct rd_kafka_s;

namespace steppe {

/// A log line of librdkafka; `level` is syslog's (0 emergency ... 7 debug).
using KafkaLog =
    std::function<void(int level, std::string_view facility, std::string_view message)>;

/// Why librdkafka refuses `value` for `name`; nothing when it takes it. Does not connect.
std::optional<std::string> refuse_setting(const std::string& name, const std::string& value);

/// Where a client's callbacks report; both may be empty.
struct KafkaHooks {
  KafkaLog log;
  std::shared_ptr<KafkaStatsBoard> board;
};

/// A row that was not delivered; `code` is an rd_kafka_resp_err_t. Checkpoints have seq 0.
struct DeliveryFailure {
  std::uint64_t seq = 0;
  int code = 0;
};

/// Callbacks only store here, in the thread that serves the handle.
struct KafkaEvents {
  KafkaHooks hooks;
  std::vector<DeliveryFailure> failures;
  bool trouble = false;  // a connection or a broker failed since it was last cleared
  int last_code = 0;
  std::string last_text;
};

/// One thread at a time.
class KafkaClient {
 public:
  /// Does not connect. Errors: kConfig naming the setting that librdkafka refuses.
  static Result<KafkaClient> create(KafkaClientKind kind, const KafkaProperties& properties,
                                    KafkaHooks hooks);

  KafkaClient(KafkaClient&&) = default;
  KafkaClient& operator=(KafkaClient&&) = delete;  // would free the events before the handle
  ~KafkaClient() = default;

  rd_kafka_s* get() const { return handle_.get(); }
  KafkaEvents& events() const { return *events_; }

  /// Serves waiting callbacks, blocking at most `wait_ms` for the first.
  void serve(int wait_ms) const;

  /// An error for `code`, with what the callbacks heard meanwhile when that explains it better.
  Error explain(int code, std::string_view doing) const;

 private:
  struct Destroy {
    void operator()(rd_kafka_s* handle) const;
  };
  KafkaClient() = default;

  std::unique_ptr<KafkaEvents> events_;  // before the handle: callbacks may run while it dies
  std::unique_ptr<rd_kafka_s, Destroy> handle_;
};

}  // namespace steppe
