// main() of test binaries that need Kafka: one broker for all their cases.

#include <gtest/gtest.h>

#include <cstdio>

#include "tests/support/kafka_broker.h"

namespace {

class BrokerEnvironment : public ::testing::Environment {
 public:
  void SetUp() override {
    const auto& broker = steppe::test::KafkaBroker::get();
    std::printf("kafka broker at %s, started in %lld ms\n", broker.bootstrap().c_str(),
                static_cast<long long>(broker.start_millis()));
  }
  void TearDown() override { steppe::test::KafkaBroker::get().shut_down(); }
};

}  // namespace

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  ::testing::AddGlobalTestEnvironment(new BrokerEnvironment);
  return RUN_ALL_TESTS();
}
