#include "connectors/kafka/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/option_table.h"
#include "connectors/kafka/pass_through.h"
#include "connectors/kafka/properties.h"
#include "core/record.h"

namespace steppe {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

KafkaOptions usable() {
  KafkaOptions options;
  options.bootstrap_servers = "localhost:9092";
  return options;
}

std::string faults_of(const KafkaOptions& options) {
  std::string text;
  for (const auto& fault : check_options(options)) text += fault.key + ": " + fault.message + "\n";
  return text;
}

TEST(KafkaOptions, AreFine_WhenOnlyTheServersAreGiven) {
  EXPECT_EQ(faults_of(usable()), "");
}

TEST(KafkaOptions, TakeTheProfilesName_WhenThePrefixAsksForIt) {
  KafkaOptions options = usable();
  resolve_topic_prefix(options, "kazakhstan-unrest");
  EXPECT_EQ(options.topic_prefix, "steppewatch.kazakhstan-unrest");
  EXPECT_EQ(topic_name(options, kItemsTopic), "steppewatch.kazakhstan-unrest.items.v1");
}

struct Refused {
  const char* key;
  const char* value;
  const char* reason;
};

void PrintTo(const Refused& refused, std::ostream* out) {
  *out << refused.key;
}

class KafkaPassThrough : public ::testing::TestWithParam<Refused> {};

TEST_P(KafkaPassThrough, IsRefusedByNameAndReason_WhenItIsNotTuning) {
  KafkaOptions options = usable();
  options.librdkafka[GetParam().key] = GetParam().value;
  EXPECT_THAT(faults_of(options), AllOf(HasSubstr(std::string("librdkafka: `") + GetParam().key),
                                        HasSubstr(GetParam().reason)));
}

INSTANTIATE_TEST_SUITE_P(
    Keys, KafkaPassThrough,
    ::testing::Values(
        Refused{"bootstrap.servers", "x:1", "bootstrap_servers"},
        Refused{"transactional.id", "mine", "topic_prefix and instance"},
        Refused{"enable.idempotence", "false", "lost"}, Refused{"acks", "1", "lose records"},
        Refused{"dr_msg_cb", "x", "callbacks"},
        Refused{"plugin.library.paths", "/tmp/x.so", "foreign code"},
        Refused{"ssl.engine.location", "/tmp/x.so", "foreign code"},
        Refused{"sasl.kerberos.kinit.cmd", "rm", "shell"},
        Refused{"test.mock.num.brokers", "3", "mock"}, Refused{"interceptors", "x", "foreign code"},
        Refused{"enable.ssl.certificate.verification", "false", "anybody"},
        Refused{"max.in.flight.requests.per.connection", "5", "order"},
        Refused{"partitioner", "random", "Java"},
        Refused{"sasl.password", "x", "sasl_password_file"}, Refused{"lingr.ms", "5", "unknown"},
        Refused{"linger.ms", "soon", "linger.ms"}, Refused{"batch.size", "-4", "batch.size"}));

TEST(KafkaPassThrough, ReportsEveryBadKeyAtOnce_WhenThereAreSeveral) {
  KafkaOptions options = usable();
  options.librdkafka = {{"acks", "0"}, {"linger.ms", "20"}, {"nonsense", "1"}};
  EXPECT_THAT(faults_of(options), AllOf(HasSubstr("`acks`"), HasSubstr("`nonsense`")));
}

TEST(KafkaPassThrough, ReachesTheRightClients_WhenAllowed) {
  KafkaOptions options = usable();
  options.librdkafka = {{"client.rack", "rack-1"}, {"linger.ms", "20"}};
  const auto producer = producer_properties(options, "main");
  EXPECT_THAT(producer,
              AllOf(Contains(Pair("client.rack", "rack-1")), Contains(Pair("linger.ms", "20"))));
  const auto reader = reader_properties(options, true);
  EXPECT_THAT(reader, AllOf(Contains(Pair("client.rack", "rack-1")),
                            ::testing::Not(Contains(Pair("linger.ms", "20")))));
}

TEST(KafkaOptions, NameTheFault_WhenSecurityDoesNotFitTogether) {
  KafkaOptions options = usable();
  options.security_protocol = KafkaSecurity::kSaslSsl;
  EXPECT_THAT(faults_of(options), AllOf(HasSubstr("sasl_mechanism: "), HasSubstr("sasl_username: "),
                                        HasSubstr("sasl_password_file: ")));
  options = usable();
  options.sasl_mechanism = KafkaSasl::kPlain;
  EXPECT_THAT(faults_of(options), HasSubstr("sasl_mechanism: needs security_protocol"));
  options = usable();
  options.ssl_ca_location = "/etc/ca.pem";
  EXPECT_THAT(faults_of(options), HasSubstr("ssl_ca_location: "));
}

TEST(KafkaOptions, NameTheFault_WhenThePrefixCannotBeginATopic) {
  KafkaOptions options = usable();
  options.topic_prefix = "news/{profile}";
  EXPECT_THAT(faults_of(options), HasSubstr("topic_prefix: may hold only"));
  options.topic_prefix = std::string(201, 'a');
  EXPECT_THAT(faults_of(options), HasSubstr("topic_prefix: is longer"));
}

TEST(KafkaOptions, BecomeATransactionalProducer_WhenDeliveryIsExactlyOnce) {
  KafkaOptions options = usable();
  options.topic_prefix = "p";
  const auto exact = producer_properties(options, "main");
  EXPECT_THAT(exact, AllOf(Contains(Pair("transactional.id", "p/main")),
                           Contains(Pair("transaction.timeout.ms", "30000")),
                           Contains(Pair("message.timeout.ms", "25000")),
                           Contains(Pair("allow.auto.create.topics", "false"))));
  options.delivery = KafkaDelivery::kAtLeastOnce;
  EXPECT_THAT(producer_properties(options, "main"),
              ::testing::Not(Contains(Pair("transactional.id", ::testing::_))));
}

TEST(KafkaOptions, BuildATable_WithEveryDefaultInBounds) {
  EXPECT_NE(kafka_option_table().find("bootstrap_servers"), nullptr);
  EXPECT_TRUE(kafka_option_table().find("sasl_password_file")->secret);
}

}  // namespace
}  // namespace steppe
