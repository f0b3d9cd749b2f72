#include "connectors/kafka/options.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/option_table.h"
#include "connectors/kafka/client.h"
#include "connectors/kafka/pass_through.h"

namespace steppe {
namespace {

using O = KafkaOptions;
using Table = OptionTable<KafkaOptions>;
using Faults = std::vector<KafkaFault>;

constexpr std::string_view kPlaceholder = "{profile}";
// Kafka allows 249 characters for a topic; our longest dataset name takes 14.
constexpr std::size_t kMaxPrefix = 200;

// Keys that check_options() may name.
constexpr std::array kCheckedKeys = {
    "bootstrap_servers", "topic_prefix",       "sasl_mechanism",
    "sasl_username",     "sasl_password_file", "ssl_certificate_location",
    "ssl_ca_location",   "dead_letter_bytes",  "librdkafka"};

bool is_topic_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

std::string fault_of_prefix(const KafkaOptions& given) {
  KafkaOptions options;
  options.topic_prefix = given.topic_prefix;
  resolve_topic_prefix(options, "profile");
  const std::string& prefix = options.topic_prefix;
  if (prefix.empty()) return "must not be empty";
  if (prefix.size() > kMaxPrefix) return "is longer than " + std::to_string(kMaxPrefix) + " bytes";
  if (!std::all_of(prefix.begin(), prefix.end(), is_topic_character)) {
    return "may hold only letters, digits, '.', '_', '-' and {profile}: it begins topic names";
  }
  return {};
}

bool uses_sasl(const KafkaOptions& options) {
  return options.security_protocol == KafkaSecurity::kSaslPlaintext ||
         options.security_protocol == KafkaSecurity::kSaslSsl;
}

bool uses_tls(const KafkaOptions& options) {
  return options.security_protocol == KafkaSecurity::kSsl ||
         options.security_protocol == KafkaSecurity::kSaslSsl;
}

void check_security(const KafkaOptions& o, Faults& faults) {
  const bool sasl = uses_sasl(o);
  if (sasl && !o.sasl_mechanism) {
    faults.push_back({"sasl_mechanism", "is needed with this security_protocol"});
  }
  if (!sasl && o.sasl_mechanism) {
    faults.push_back(
        {"sasl_mechanism", "needs security_protocol \"sasl_ssl\" or \"sasl_plaintext\""});
  }
  if (sasl && o.sasl_username.empty()) faults.push_back({"sasl_username", "is needed for SASL"});
  if (sasl && !o.sasl_password) faults.push_back({"sasl_password_file", "is needed for SASL"});
  if (o.ssl_certificate_location.empty() != o.ssl_key_location.empty()) {
    faults.push_back({"ssl_certificate_location", "goes together with ssl_key_location"});
  }
  const bool any_tls = !o.ssl_ca_location.empty() || !o.ssl_certificate_location.empty();
  if (any_tls && !uses_tls(o)) {
    faults.push_back(
        {"ssl_ca_location", "ssl_* options need security_protocol \"ssl\" or \"sasl_ssl\""});
  }
}

void check_pass_through(const KafkaOptions& options, Faults& faults) {
  std::string text;
  for (const auto& [key, value] : options.librdkafka) {
    auto reason = refuse_pass_through(key);
    if (!reason) reason = refuse_setting(key, value);
    if (reason) text += (text.empty() ? "`" : "; `") + key + "` " + *reason;
  }
  if (!text.empty()) faults.push_back({"librdkafka", std::move(text)});
}

void add_destination(Table& table) {
  table.option("bootstrap_servers", &O::bootstrap_servers,
               {.help = "First brokers to ask, \"host:port\" separated by commas.",
                .min = 1,
                .example = "\"localhost:9092\"",
                .required = true});
  table.option(
      "topic_prefix", &O::topic_prefix,
      {.help = "Beginning of every topic name; {profile} is the profile's name. One prefix "
               "has one writer per instance name."});
  table.option("delivery", &O::delivery,
               {.help = "exactly_once: records and their checkpoint in one transaction. "
                        "at_least_once: for consumers that cannot read transactions; after a crash "
                        "records may repeat.",
                .names = {{"exactly_once", KafkaDelivery::kExactlyOnce},
                          {"at_least_once", KafkaDelivery::kAtLeastOnce}}});
  table.option(
      "topics", &O::topics,
      {.help = "verify: missing topics are an error that names them. create: missing topics "
               "are created at start. off: not looked at.",
       .names = {{"verify", KafkaTopics::kVerify},
                 {"create", KafkaTopics::kCreate},
                 {"off", KafkaTopics::kOff}}});
  table.option("partitions", &O::partitions,
               {.help = "Partitions of the items, stories and claims topics when they are created; "
                        "0 = 6.",
                .min = 0,
                .max = 10000});
  table.option("replication_factor", &O::replication_factor,
               {.help = "Copies of each topic when it is created; -1 = the broker's default.",
                .min = -1,
                .max = 100});
}

void add_sizes(Table& table) {
  table.option("compression", &O::compression,
               {.help = "How batches are compressed on the wire and on the broker.",
                .names = {{"none", KafkaCompression::kNone},
                          {"gzip", KafkaCompression::kGzip},
                          {"snappy", KafkaCompression::kSnappy},
                          {"lz4", KafkaCompression::kLz4},
                          {"zstd", KafkaCompression::kZstd}}});
  table.option("batch_rows", &O::batch_rows,
               {.help = "Most records of one transaction.", .min = 1, .max = 50000});
  table.option("batch_bytes", &O::batch_bytes,
               {.help = "Most bytes of one transaction; a single larger record is still sent.",
                .min = 1024,
                .max = 16 * 1024 * 1024});
  table.option("max_record_bytes", &O::max_record_bytes,
               {.help = "A larger record goes to the dead-letter topic. Keep it below the broker's "
                        "message.max.bytes.",
                .min = 10 * 1024,
                .max = 8 * 1024 * 1024});
  table.option("dead_letter_bytes", &O::dead_letter_bytes,
               {.help = "How much of an undeliverable record its dead letter keeps.",
                .min = 0,
                .max = 4 * 1024 * 1024});
  table.option("max_buffered_bytes", &O::max_buffered_bytes,
               {.help = "Memory for records handed to the Kafka client but not yet acknowledged.",
                .min = 16 * 1024 * 1024,
                .max = 1024 * 1024 * 1024});
}

void add_limits(Table& table) {
  table.option("request_timeout_secs", &O::request_timeout,
               {.help = "Time limit of one request to a broker.", .min = 1, .max = 60});
  table.option(
      "transaction_timeout_secs", &O::transaction_timeout,
      {.help = "The broker aborts a transaction left open so long; until then readers wait.",
       .min = 10,
       .max = 900});
  table.option(
      "open_timeout_secs", &O::open_timeout,
      {.help = "Time limit for connecting and reading the checkpoint.", .min = 5, .max = 300});
  table.option(
      "publish_timeout_secs", &O::publish_timeout,
      {.help = "Time limit for publishing one batch; after it the connection is made anew.",
       .min = 5,
       .max = 300});
}

void add_security(Table& table) {
  table.option("security_protocol", &O::security_protocol,
               {.help = "TLS always verifies the broker's certificate and name.",
                .names = {{"plaintext", KafkaSecurity::kPlaintext},
                          {"ssl", KafkaSecurity::kSsl},
                          {"sasl_plaintext", KafkaSecurity::kSaslPlaintext},
                          {"sasl_ssl", KafkaSecurity::kSaslSsl}}});
  table.option("sasl_mechanism", &O::sasl_mechanism,
               {.help = "How to log in.",
                .example = "\"SCRAM-SHA-512\"",
                .names = {{"PLAIN", KafkaSasl::kPlain},
                          {"SCRAM-SHA-256", KafkaSasl::kScramSha256},
                          {"SCRAM-SHA-512", KafkaSasl::kScramSha512}}});
  table.option("sasl_username", &O::sasl_username, {.help = "Name to log in with.", .max = 256});
  table.option("sasl_password_file", &O::sasl_password,
               {.help = "File that holds the password.", .example = "\"kafka-password\""});
  table.option("ssl_ca_location", &O::ssl_ca_location,
               {.help = "PEM file of trusted certificates; empty: the system's.", .max = 4096});
  table.option("ssl_certificate_location", &O::ssl_certificate_location,
               {.help = "PEM file with our certificate and its chain.", .max = 4096});
  table.option("ssl_key_location", &O::ssl_key_location,
               {.help = "PEM file with our private key.", .max = 4096});
  table.option(
      "ssl_key_password_file", &O::ssl_key_password,
      {.help = "File that holds the private key's password.", .example = "\"kafka-key-password\""});
}

std::string fault_text(const KafkaOptions& options, std::string_view key) {
  for (auto& fault : check_options(options)) {
    if (fault.key == key) return std::move(fault.message);
  }
  return {};
}

}  // namespace

OptionTable<KafkaOptions> kafka_option_table() {
  Table table("Records into Kafka. Without this section they go to [json_lines].");
  add_destination(table);
  add_sizes(table);
  add_limits(table);
  add_security(table);
  table.option("librdkafka", &O::librdkafka,
               {.help = "Settings passed on to the Kafka client library: tuning only. What would "
                        "weaken delivery, order or security is refused by name.",
                .max = 100,
                .example = R"({ "client.rack" = "rack-1" })"});
  for (const char* key : kCheckedKeys) {
    table.check(key, [key](const KafkaOptions& options) { return fault_text(options, key); });
  }
  return table;
}

void resolve_topic_prefix(KafkaOptions& options, std::string_view profile) {
  const std::size_t at = options.topic_prefix.find(kPlaceholder);
  if (at != std::string::npos) options.topic_prefix.replace(at, kPlaceholder.size(), profile);
}

std::vector<KafkaFault> check_options(const KafkaOptions& options) {
  Faults faults;
  if (options.bootstrap_servers.empty()) {
    faults.push_back({"bootstrap_servers", "at least one \"host:port\" is needed"});
  }
  std::string prefix_fault = fault_of_prefix(options);
  if (!prefix_fault.empty()) faults.push_back({"topic_prefix", std::move(prefix_fault)});
  if (options.dead_letter_bytes > options.max_record_bytes / 2) {
    faults.push_back({"dead_letter_bytes",
                      "must be at most half of max_record_bytes: a dead letter "
                      "holds base64 and has to fit too"});
  }
  check_security(options, faults);
  check_pass_through(options, faults);
  return faults;
}

}  // namespace steppe
