#include "connectors/kafka/pass_through.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace steppe {
namespace {

// Tuning only: nothing here can weaken delivery, order, security or the topics.
constexpr std::string_view kAnyClient[] = {
    "api.version.fallback.ms",
    "api.version.request",
    "api.version.request.timeout.ms",
    "broker.address.family",
    "broker.address.ttl",
    "broker.version.fallback",
    "client.id",
    "client.rack",
    "connections.max.idle.ms",
    "debug",
    "log.connection.close",
    "log_level",
    "metadata.max.age.ms",
    "receive.message.max.bytes",
    "reconnect.backoff.max.ms",
    "reconnect.backoff.ms",
    "socket.connection.setup.timeout.ms",
    "socket.keepalive.enable",
    "socket.max.fails",
    "socket.nagle.disable",
    "socket.receive.buffer.bytes",
    "socket.send.buffer.bytes",
    "ssl.cipher.suites",
    "ssl.crl.location",
    "ssl.curves.list",
    "ssl.sigalgs.list",
    "topic.metadata.propagation.max.ms",
    "topic.metadata.refresh.fast.interval.ms",
    "topic.metadata.refresh.interval.ms",
};

constexpr std::string_view kProducerOnly[] = {
    "batch.num.messages",
    "batch.size",
    "compression.level",
    "linger.ms",
    "queue.buffering.max.messages",
    "queue.buffering.max.ms",
    "retry.backoff.ms",
    "statistics.interval.ms",
    "sticky.partitioning.linger.ms",
};

struct Refusal {
  std::string_view pattern;  // a whole key; "x*": keys that begin with x; "*x": that end with x
  std::string_view reason;
};

constexpr Refusal kRefusals[] = {
    {"bootstrap.servers", "use [kafka] bootstrap_servers"},
    {"metadata.broker.list", "use [kafka] bootstrap_servers"},
    {"security.protocol", "use [kafka] security_protocol"},
    {"sasl.mechanism*", "use [kafka] sasl_mechanism"},
    {"sasl.username", "use [kafka] sasl_username"},
    {"sasl.password", "use [kafka] sasl_password_file"},
    {"ssl.ca.location", "use [kafka] ssl_ca_location"},
    {"ssl.certificate.location", "use [kafka] ssl_certificate_location"},
    {"ssl.key.location", "use [kafka] ssl_key_location"},
    {"ssl.key.password", "use [kafka] ssl_key_password_file"},
    {"compression.type", "use [kafka] compression"},
    {"compression.codec", "use [kafka] compression"},
    {"message.max.bytes", "use [kafka] max_record_bytes"},
    {"queue.buffering.max.kbytes", "use [kafka] max_buffered_bytes"},
    {"socket.timeout.ms", "use [kafka] request_timeout_secs"},
    {"message.timeout.ms", "use [kafka] transaction_timeout_secs"},
    {"delivery.timeout.ms", "use [kafka] transaction_timeout_secs"},
    {"transaction.timeout.ms", "use [kafka] transaction_timeout_secs"},
    {"transactional.id",
     "it is made of topic_prefix and instance, so that two writers are told apart"},
    {"enable.idempotence", "without it records are lost, repeated or reordered"},
    {"enable.gapless.guarantee", "without it records are lost, repeated or reordered"},
    {"acks", "fewer than all acknowledgements lose records"},
    {"request.required.acks", "fewer than all acknowledgements lose records"},
    {"retries", "records are sent until the transaction's time limit"},
    {"message.send.max.retries", "records are sent until the transaction's time limit"},
    {"max.in.flight*", "the order of records rests on one request at a time"},
    {"queuing.strategy", "the order of records rests on it"},
    {"partitioner*", "the same key must reach the same partition as with Java clients"},
    {"allow.auto.create.topics", "automatic topics get the wrong settings; see [kafka] topics"},
    {"isolation.level", "checkpoints must be read committed"},
    {"enable.ssl.certificate.verification", "an unverified broker may be anybody"},
    {"ssl.endpoint.identification.algorithm", "an unverified broker may be anybody"},
    {"ssl.engine*", "it loads foreign code into the process"},
    {"ssl.providers", "it loads foreign code into the process"},
    {"plugin.library.paths", "it loads foreign code into the process"},
    {"interceptors", "it loads foreign code into the process"},
    {"sasl.kerberos*", "librdkafka runs kinit through a shell"},
    {"test.*", "it replaces the broker by a mock"},
    {"internal*", "it is not meant for operators"},
    {"opaque", "it is not meant for operators"},
    {"*_cb", "callbacks belong to the program"},
    {"enabled_events", "callbacks belong to the program"},
    {"log.queue", "callbacks belong to the program"},
    {"delivery.report.only.error", "callbacks belong to the program"},
};

bool matches(std::string_view pattern, std::string_view key) {
  if (pattern.ends_with('*')) return key.starts_with(pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*')) return key.ends_with(pattern.substr(1));
  return key == pattern;
}

bool contains(std::span<const std::string_view> keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

std::optional<std::string> refuse_pass_through(std::string_view key) {
  if (contains(kAnyClient, key) || contains(kProducerOnly, key)) return {};
  const auto* refusal = std::find_if(std::begin(kRefusals), std::end(kRefusals),
                                     [key](const Refusal& r) { return matches(r.pattern, key); });
  if (refusal != std::end(kRefusals)) return "is refused: " + std::string(refusal->reason);
  return "is unknown, or not among the settings that may be passed on to librdkafka";
}

bool pass_through_applies(std::string_view key, KafkaClientKind kind) {
  return kind == KafkaClientKind::kProducer || !contains(kProducerOnly, key);
}

}  // namespace steppe
