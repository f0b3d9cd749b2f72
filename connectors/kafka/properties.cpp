#include "connectors/kafka/properties.h"

#include "connectors/kafka/pass_through.h"

namespace steppe {
namespace {

void add_if_set(KafkaProperties& out, const char* name, const std::string& value) {
  if (!value.empty()) out.emplace_back(name, value);
}

void add_if_set(KafkaProperties& out, const char* name, const std::optional<Secret>& value) {
  if (value) out.emplace_back(name, value->reveal());
}

const char* name_of(KafkaCompression compression) {
  switch (compression) {
    case KafkaCompression::kNone: return "none";
    case KafkaCompression::kGzip: return "gzip";
    case KafkaCompression::kSnappy: return "snappy";
    case KafkaCompression::kLz4: return "lz4";
    case KafkaCompression::kZstd: return "zstd";
  }
  return "none";
}

const char* name_of(KafkaSecurity security) {
  switch (security) {
    case KafkaSecurity::kPlaintext: return "plaintext";
    case KafkaSecurity::kSsl: return "ssl";
    case KafkaSecurity::kSaslPlaintext: return "sasl_plaintext";
    case KafkaSecurity::kSaslSsl: return "sasl_ssl";
  }
  return "sasl_ssl";
}

const char* name_of(KafkaSasl mechanism) {
  switch (mechanism) {
    case KafkaSasl::kPlain: return "PLAIN";
    case KafkaSasl::kScramSha256: return "SCRAM-SHA-256";
    case KafkaSasl::kScramSha512: return "SCRAM-SHA-512";
  }
  return "SCRAM-SHA-512";
}

std::string millis(std::chrono::milliseconds time) {
  return std::to_string(time.count());
}

KafkaProperties common_properties(const KafkaOptions& o) {
  KafkaProperties out = {
      {"bootstrap.servers", o.bootstrap_servers},
      {"security.protocol", name_of(o.security_protocol)},
      {"socket.timeout.ms", millis(o.request_timeout)},
      {"socket.keepalive.enable", "true"},
      {"socket.nagle.disable", "true"},
      {"reconnect.backoff.max.ms", "2000"},
      {"topic.metadata.refresh.interval.ms", "60000"},
      {"allow.auto.create.topics", "false"},
      {"log.queue", "true"},
      {"log.connection.close", "false"},
  };
  add_if_set(out, "ssl.ca.location", o.ssl_ca_location);
  add_if_set(out, "ssl.certificate.location", o.ssl_certificate_location);
  add_if_set(out, "ssl.key.location", o.ssl_key_location);
  add_if_set(out, "ssl.key.password", o.ssl_key_password);
  if (o.sasl_mechanism) out.emplace_back("sasl.mechanism", name_of(*o.sasl_mechanism));
  add_if_set(out, "sasl.username", o.sasl_username);
  add_if_set(out, "sasl.password", o.sasl_password);
  return out;
}

void add_passed_through(KafkaProperties& out, const KafkaOptions& o, KafkaClientKind kind) {
  for (const auto& [key, value] : o.librdkafka) {
    if (pass_through_applies(key, kind)) out.emplace_back(key, value);
  }
}

}  // namespace

KafkaProperties producer_properties(const KafkaOptions& o, std::string_view instance) {
  KafkaProperties out = common_properties(o);
  const KafkaProperties own = {
      {"client.id", "steppewatch-" + std::string(instance)},
      {"enable.idempotence", "true"},
      {"acks", "all"},
      // librdkafka 2.0.2 can lose track of sequence numbers with more (fixed in 2.3.0, #4438).
      {"max.in.flight", "1"},
      {"partitioner", "murmur2_random"},
      {"compression.type", name_of(o.compression)},
      // Sending waits for the flush that ends a batch, or for a full request: a partition that gets
      // more records while a request of it is under way keeps librdkafka's thread spinning.
      {"linger.ms", "1000"},
      // Room for a record at its limit and the envelope that librdkafka counts with it.
      {"message.max.bytes", std::to_string(o.max_record_bytes + 64 * 1024)},
      {"queue.buffering.max.messages", "100000"},
      {"queue.buffering.max.kbytes", std::to_string(o.max_buffered_bytes / 1024)},
      {"message.timeout.ms", millis(o.transaction_timeout - o.transaction_timeout / 6)},
      {"statistics.interval.ms", "5000"},
      {"delivery.report.only.error", "true"},
  };
  out.insert(out.end(), own.begin(), own.end());
  if (o.delivery == KafkaDelivery::kExactlyOnce) {
    out.emplace_back("transactional.id", transactional_id(o, instance));
    out.emplace_back("transaction.timeout.ms", millis(o.transaction_timeout));
  }
  add_passed_through(out, o, KafkaClientKind::kProducer);
  return out;
}

KafkaProperties admin_properties(const KafkaOptions& o) {
  KafkaProperties out = common_properties(o);
  out.emplace_back("client.id", "steppewatch-admin");
  add_passed_through(out, o, KafkaClientKind::kConsumer);
  return out;
}

KafkaProperties reader_properties(const KafkaOptions& o, bool read_committed) {
  KafkaProperties out = common_properties(o);
  const KafkaProperties own = {
      {"client.id", "steppewatch-reader"},
      {"group.id", "steppewatch-reader"},  // required by librdkafka, never joined
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"enable.partition.eof", "true"},
      {"auto.offset.reset", "error"},
      {"isolation.level", read_committed ? "read_committed" : "read_uncommitted"},
      {"fetch.wait.max.ms", "10"},
      {"queued.max.messages.kbytes", "16384"},
  };
  out.insert(out.end(), own.begin(), own.end());
  add_passed_through(out, o, KafkaClientKind::kConsumer);
  return out;
}

std::string transactional_id(const KafkaOptions& o, std::string_view instance) {
  return o.topic_prefix + "/" + std::string(instance);
}

std::string topic_name(const KafkaOptions& o, std::string_view dataset) {
  return o.topic_prefix + "." + std::string(dataset);
}

}  // namespace steppe
