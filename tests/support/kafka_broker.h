#pragma once
// A real Apache Kafka for one test binary, and an independent reader of what is in its topics.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace steppe::test {

struct ConsumedRecord {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int64_t timestamp_ms = 0;
  std::string key;
  Headers headers;
  std::string value;

  /// The header's value; empty when there is none.
  std::string header(std::string_view name) const;
};

enum class Isolation { kReadCommitted, kReadUncommitted };

/// One broker, started by tests/support/kafka/broker.sh and killed with this process at the latest.
/// Calls fail the running test, or end the process when there is no broker at all. One thread.
class KafkaBroker {
 public:
  /// The broker of this test binary; started on first use.
  static KafkaBroker& get();

  const std::string& bootstrap() const { return bootstrap_; }
  /// How long the first start took, download included.
  std::int64_t start_millis() const { return start_millis_; }

  void create_topic(const std::string& name, int partitions,
                    const std::map<std::string, std::string>& config = {});
  void delete_topic(const std::string& name);
  /// A prefix no other test of this binary uses: "t1", "t2" ...
  std::string fresh_prefix();

  /// Everything in `topic`, partition by partition, up to the end offsets found at the start.
  std::vector<ConsumedRecord> consume(const std::string& topic,
                                      Isolation isolation = Isolation::kReadCommitted);

  /// kill -9; start() brings the same data back on the same port.
  void crash();
  void start();
  /// Deletes data and logs too.
  void shut_down();

 private:
  KafkaBroker();
  std::string run(const char* command);

  std::string dir_;
  std::string bootstrap_;
  std::int64_t start_millis_ = 0;
  int prefixes_ = 0;
};

}  // namespace steppe::test
