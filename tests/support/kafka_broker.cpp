#include "tests/support/kafka_broker.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/c_handle.h"

namespace steppe::test {
namespace {

using ClientHandle = CHandle<rd_kafka_t, &rd_kafka_destroy>;
using ListHandle = CHandle<rd_kafka_topic_partition_list_t, &rd_kafka_topic_partition_list_destroy>;
using MessageHandle = CHandle<rd_kafka_message_t, &rd_kafka_message_destroy>;
using MetadataHandle = CHandle<const rd_kafka_metadata_t, &rd_kafka_metadata_destroy>;
using NewTopicHandle = CHandle<rd_kafka_NewTopic_t, &rd_kafka_NewTopic_destroy>;
using DeleteTopicHandle = CHandle<rd_kafka_DeleteTopic_t, &rd_kafka_DeleteTopic_destroy>;
using QueueHandle = CHandle<rd_kafka_queue_t, &rd_kafka_queue_destroy>;
using EventHandle = CHandle<rd_kafka_event_t, &rd_kafka_event_destroy>;

constexpr int kLimitMs = 30000;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "kafka broker: %s\n", why.c_str());
  std::exit(1);
}

ClientHandle make_client(rd_kafka_type_t type, const std::map<std::string, std::string>& config) {
  std::array<char, 512> error{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [name, value] : config) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), error.data(), error.size()) !=
        RD_KAFKA_CONF_OK) {
      give_up(error.data());
    }
  }
  ClientHandle client(rd_kafka_new(type, conf, error.data(), error.size()));
  if (!client) give_up(error.data());
  return client;
}

int partition_count(rd_kafka_t* client, const std::string& topic) {
  const CHandle<rd_kafka_topic_t, &rd_kafka_topic_destroy> handle(
      rd_kafka_topic_new(client, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  const auto error = rd_kafka_metadata(client, 0, handle.get(), &raw, kLimitMs);
  const MetadataHandle metadata(raw);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR || metadata->topic_cnt != 1) return 0;
  return metadata->topics[0].partition_cnt;
}

std::string bytes(const void* data, std::size_t size) {
  return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

Headers headers_of(const rd_kafka_message_t* message) {
  Headers out;
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return out;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    out.emplace_back(name, bytes(value, size));
  }
  return out;
}

ConsumedRecord to_record(const rd_kafka_message_t* message) {
  ConsumedRecord record;
  record.topic = rd_kafka_topic_name(message->rkt);
  record.partition = message->partition;
  record.offset = message->offset;
  record.timestamp_ms = rd_kafka_message_timestamp(message, nullptr);
  record.key = bytes(message->key, message->key_len);
  record.value = bytes(message->payload, message->len);
  record.headers = headers_of(message);
  return record;
}

// Reads one partition to its end: the end-of-partition event at or past the end offset.
void read_partition(rd_kafka_t* client, const std::string& topic, int partition,
                    std::vector<ConsumedRecord>& out) {
  const ListHandle list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset =
      RD_KAFKA_OFFSET_BEGINNING;
  ASSERT_EQ(rd_kafka_assign(client, list.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
  for (;;) {
    const MessageHandle message(rd_kafka_consumer_poll(client, kLimitMs));
    ASSERT_NE(message, nullptr) << "no end of " << topic << " within the limit";
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return;
    if (message->err == RD_KAFKA_RESP_ERR__TRANSPORT ||
        message->err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      continue;
    }
    ASSERT_EQ(message->err, RD_KAFKA_RESP_ERR_NO_ERROR) << rd_kafka_message_errstr(message.get());
    out.push_back(to_record(message.get()));
  }
}

// Waits for the answer of one admin call and hands back the error of its only topic.
std::string topic_error(rd_kafka_queue_t* queue) {
  const EventHandle event(rd_kafka_queue_poll(queue, kLimitMs));
  if (!event) return "no answer";
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return rd_kafka_event_error_string(event.get());
  }
  std::size_t count = 0;
  const rd_kafka_topic_result_t** results = nullptr;
  if (const auto* created = rd_kafka_event_CreateTopics_result(event.get())) {
    results = rd_kafka_CreateTopics_result_topics(created, &count);
  } else if (const auto* deleted = rd_kafka_event_DeleteTopics_result(event.get())) {
    results = rd_kafka_DeleteTopics_result_topics(deleted, &count);
  }
  if (count != 1) return "unexpected answer";
  const char* text = rd_kafka_topic_result_error_string(results[0]);
  return text == nullptr ? "" : text;
}

}  // namespace

std::string ConsumedRecord::header(std::string_view name) const {
  for (const auto& [key_text, value_text] : headers) {
    if (key_text == name) return value_text;
  }
  return {};
}

KafkaBroker& KafkaBroker::get() {
  static KafkaBroker broker;
  return broker;
}

KafkaBroker::KafkaBroker() : dir_(STEPPE_BINARY_DIR "/kafka-tests/" + std::to_string(::getpid())) {
  const auto before = std::chrono::steady_clock::now();
  start();
  start_millis_ = std::chrono::duration_cast<std::chrono::milliseconds>(
                      std::chrono::steady_clock::now() - before)
                      .count();
}

std::string KafkaBroker::run(const char* command) {
  const std::string line = "STEPPEWATCH_KAFKA_OWNER=" + std::to_string(::getpid()) + " '" +
                           STEPPE_SOURCE_DIR "/tests/support/kafka/broker.sh' " + command + " '" +
                           dir_ + "'";
  std::FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) give_up("cannot run broker.sh");
  std::string output;
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
  if (::pclose(pipe) != 0) give_up(std::string("broker.sh ") + command + " failed");
  return output;
}

void KafkaBroker::start() {
  const std::string output = run("start");
  const auto at = output.find("BOOTSTRAP=");
  if (at == std::string::npos) give_up("broker.sh printed no address");
  bootstrap_ = output.substr(at + 10, output.find('\n', at) - at - 10);
}

void KafkaBroker::crash() {
  run("crash");
}

void KafkaBroker::shut_down() {
  run("crash");
  std::error_code ignored;
  std::filesystem::remove_all(dir_, ignored);
}

std::string KafkaBroker::fresh_prefix() {
  return "t" + std::to_string(++prefixes_);
}

void KafkaBroker::create_topic(const std::string& name, int partitions,
                               const std::map<std::string, std::string>& config) {
  const ClientHandle client =
      make_client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", bootstrap_}, {"log_level", "0"}});
  const NewTopicHandle topic(rd_kafka_NewTopic_new(name.c_str(), partitions, 1, nullptr, 0));
  for (const auto& [key, value] : config) {
    rd_kafka_NewTopic_set_config(topic.get(), key.c_str(), value.c_str());
  }
  const QueueHandle queue(rd_kafka_queue_new(client.get()));
  rd_kafka_NewTopic_t* topics[] = {topic.get()};
  rd_kafka_CreateTopics(client.get(), topics, 1, nullptr, queue.get());
  EXPECT_EQ(topic_error(queue.get()), "") << name;
  // The controller answers before the broker knows.
  const auto limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(kLimitMs);
  while (partition_count(client.get(), name) == 0) {
    ASSERT_LT(std::chrono::steady_clock::now(), limit) << name << " did not appear";
  }
}

void KafkaBroker::delete_topic(const std::string& name) {
  const ClientHandle client =
      make_client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", bootstrap_}, {"log_level", "0"}});
  const DeleteTopicHandle topic(rd_kafka_DeleteTopic_new(name.c_str()));
  const QueueHandle queue(rd_kafka_queue_new(client.get()));
  rd_kafka_DeleteTopic_t* topics[] = {topic.get()};
  rd_kafka_DeleteTopics(client.get(), topics, 1, nullptr, queue.get());
  EXPECT_EQ(topic_error(queue.get()), "") << name;
}

std::vector<ConsumedRecord> KafkaBroker::consume(const std::string& topic, Isolation isolation) {
  const ClientHandle client = make_client(
      RD_KAFKA_CONSUMER,
      {{"bootstrap.servers", bootstrap_},
       {"group.id", "test-reader"},
       {"enable.auto.commit", "false"},
       {"enable.partition.eof", "true"},
       {"auto.offset.reset", "error"},
       {"allow.auto.create.topics", "false"},
       {"fetch.wait.max.ms", "20"},
       {"log_level", "0"},
       {"isolation.level",
        isolation == Isolation::kReadCommitted ? "read_committed" : "read_uncommitted"}});
  std::vector<ConsumedRecord> records;
  const int partitions = partition_count(client.get(), topic);
  EXPECT_GT(partitions, 0) << topic << " does not exist";
  for (int partition = 0; partition < partitions; ++partition) {
    read_partition(client.get(), topic, partition, records);
    if (::testing::Test::HasFatalFailure()) break;
  }
  rd_kafka_consumer_close(client.get());
  return records;
}

}  // namespace steppe::test
