#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "connectors/kafka/errors.h"
#include "connectors/kafka/topics.h"
#include "core/c_handle.h"

namespace steppe {
namespace {

using MetadataHandle = CHandle<const rd_kafka_metadata_t, &rd_kafka_metadata_destroy>;
using NewTopicHandle = CHandle<rd_kafka_NewTopic_t, &rd_kafka_NewTopic_destroy>;
using ResourceHandle = CHandle<rd_kafka_ConfigResource_t, &rd_kafka_ConfigResource_destroy>;
using OptionsHandle = CHandle<rd_kafka_AdminOptions_t, &rd_kafka_AdminOptions_destroy>;
using QueueHandle = CHandle<rd_kafka_queue_t, &rd_kafka_queue_destroy>;
using EventHandle = CHandle<rd_kafka_event_t, &rd_kafka_event_destroy>;
using ConfigMap = std::map<std::string, std::string>;

constexpr std::chrono::milliseconds kAnyTime = std::chrono::hours(1);

struct Existing {
  int partitions = 0;
  int replicas = 0;
};

// What the cluster has, by topic name.
Result<std::map<std::string, Existing>> list_topics(const KafkaClient& client,
                                                    const Deadline& deadline) {
  for (;;) {
    const rd_kafka_metadata_t* raw = nullptr;
    const int code = rd_kafka_metadata(client.get(), 1, nullptr, &raw,
                                       deadline.left_ms(std::chrono::seconds(10)));
    const MetadataHandle metadata(raw);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      std::map<std::string, Existing> topics;
      for (int i = 0; i < metadata->topic_cnt; ++i) {
        const auto& topic = metadata->topics[i];
        if (topic.err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
        const int replicas = topic.partition_cnt > 0 ? topic.partitions[0].replica_cnt : 0;
        topics[topic.topic] = {topic.partition_cnt, replicas};
      }
      return topics;
    }
    Error error = client.explain(code, "listing topics");
    if (error.code != Code::kUnavailable || deadline.passed()) return error;
    client.serve(100);
  }
}

// The answer of one admin call, or why there is none.
Result<EventHandle> wait_for(const KafkaClient& client, rd_kafka_queue_t* queue,
                             const Deadline& deadline, std::string_view doing) {
  EventHandle event(rd_kafka_queue_poll(queue, deadline.left_ms(kAnyTime)));
  if (!event) return client.explain(RD_KAFKA_RESP_ERR__TIMED_OUT, doing);
  const int code = rd_kafka_event_error(event.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return kafka_error(code, std::string(doing) + ": " + rd_kafka_event_error_string(event.get()));
  }
  return event;
}

ConfigMap read_entries(const rd_kafka_ConfigResource_t* resource) {
  ConfigMap out;
  std::size_t count = 0;
  const rd_kafka_ConfigEntry_t** entries = rd_kafka_ConfigResource_configs(resource, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* value = rd_kafka_ConfigEntry_value(entries[i]);
    out[rd_kafka_ConfigEntry_name(entries[i])] = value == nullptr ? "" : value;
  }
  return out;
}

Result<ConfigMap> describe_config(const KafkaClient& client, const std::string& topic,
                                  const Deadline& deadline) {
  const ResourceHandle resource(
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  const QueueHandle queue(rd_kafka_queue_new(client.get()));
  std::array<rd_kafka_ConfigResource_t*, 1> wanted{resource.get()};
  rd_kafka_DescribeConfigs(client.get(), wanted.data(), wanted.size(), nullptr, queue.get());
  const std::string doing = "describing " + topic;
  auto event = wait_for(client, queue.get(), deadline, doing);
  if (!event) return event.error();
  std::size_t count = 0;
  const auto* result = rd_kafka_event_DescribeConfigs_result(event->get());
  const auto** resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
  if (count != 1) return Error{Code::kInternal, Retry::kLater, doing + ": unexpected answer"};
  const int code = rd_kafka_ConfigResource_error(resources[0]);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* text = rd_kafka_ConfigResource_error_string(resources[0]);
    return kafka_error(code, doing + ": " + (text == nullptr ? kafka_error_text(code) : text));
  }
  return read_entries(resources[0]);
}

std::set<std::string> words_of(const std::string& list) {
  std::set<std::string> words;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    words.insert(list.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

void compare_config(const TopicSpec& spec, const ConfigMap& found, std::vector<TopicDrift>& out) {
  for (const auto& [name, wanted] : spec.config) {
    const auto entry = found.find(name);
    const std::string value = entry == found.end() ? "" : entry->second;
    if (words_of(value) != words_of(wanted)) out.push_back({spec.name, name, wanted, value});
  }
}

void compare_shape(const TopicSpec& spec, const Existing& found, std::int64_t replicas,
                   std::vector<TopicDrift>& out) {
  if (found.partitions != spec.partitions) {
    out.push_back({spec.name, "partitions", std::to_string(spec.partitions),
                   std::to_string(found.partitions)});
  }
  if (replicas > 0 && found.replicas != replicas) {
    out.push_back({spec.name, "replication_factor", std::to_string(replicas),
                   std::to_string(found.replicas)});
  }
}

Result<std::vector<NewTopicHandle>> new_topics(const std::vector<TopicSpec>& specs, int replicas) {
  std::vector<NewTopicHandle> topics;
  std::array<char, 256> why{};
  for (const auto& spec : specs) {
    NewTopicHandle topic(rd_kafka_NewTopic_new(spec.name.c_str(), spec.partitions, replicas,
                                               why.data(), why.size()));
    if (!topic) {
      return Error{Code::kConfig, Retry::kNever, "topic " + spec.name + ": " + why.data()};
    }
    for (const auto& [name, value] : spec.config) {
      rd_kafka_NewTopic_set_config(topic.get(), name.c_str(), value.c_str());
    }
    topics.push_back(std::move(topic));
  }
  return topics;
}

Result<void> create(const KafkaClient& client, const std::vector<TopicSpec>& specs, int replicas,
                    const Deadline& deadline) {
  auto topics = new_topics(specs, replicas);
  if (!topics) return topics.error();
  std::vector<rd_kafka_NewTopic_t*> raw;
  for (const auto& topic : *topics) raw.push_back(topic.get());
  const QueueHandle queue(rd_kafka_queue_new(client.get()));
  const OptionsHandle options(
      rd_kafka_AdminOptions_new(client.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS));
  std::array<char, 256> why{};
  rd_kafka_AdminOptions_set_operation_timeout(
      options.get(), deadline.left_ms(std::chrono::seconds(30)), why.data(), why.size());
  rd_kafka_CreateTopics(client.get(), raw.data(), raw.size(), options.get(), queue.get());
  const auto event = wait_for(client, queue.get(), deadline, "creating topics");
  if (!event) return event.error();
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event->get());
  const auto** answers = rd_kafka_CreateTopics_result_topics(result, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const int code = rd_kafka_topic_result_error(answers[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
      continue;
    const char* text = rd_kafka_topic_result_error_string(answers[i]);
    return kafka_error(code, std::string("creating ") + rd_kafka_topic_result_name(answers[i]) +
                                 ": " + (text == nullptr ? kafka_error_text(code) : text));
  }
  return ok();
}

// The controller answers before every broker knows the new topics.
Result<void> wait_until_known(const KafkaClient& client, const std::vector<std::string>& names,
                              const Deadline& deadline) {
  for (;;) {
    const auto existing = list_topics(client, deadline);
    if (!existing) return existing.error();
    const auto unknown = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
      return !existing->contains(name);
    });
    if (unknown == names.end()) return ok();
    if (deadline.passed()) {
      return Error{Code::kUnavailable, Retry::kLater, *unknown + " was created but is not there"};
    }
    client.serve(20);
  }
}

}  // namespace

Result<std::vector<TopicDrift>> check_topics(const KafkaOptions& options, const Clock& clock,
                                             const KafkaHooks& hooks) {
  const Deadline deadline(clock, options.open_timeout);
  const auto client =
      KafkaClient::create(KafkaClientKind::kProducer, admin_properties(options), hooks);
  if (!client) return client.error();
  const auto existing = list_topics(*client, deadline);
  if (!existing) return existing.error();
  std::vector<TopicDrift> drift;
  for (const auto& spec : topic_plan(options)) {
    const auto found = existing->find(spec.name);
    if (found == existing->end()) {
      drift.push_back({spec.name, "topic", "exists", "missing"});
      continue;
    }
    compare_shape(spec, found->second, options.replication_factor, drift);
    const auto config = describe_config(*client, spec.name, deadline);
    if (!config) return config.error();
    compare_config(spec, *config, drift);
  }
  return drift;
}

Result<std::vector<std::string>> apply_topics(const KafkaOptions& options, const Clock& clock,
                                              const KafkaHooks& hooks) {
  const Deadline deadline(clock, options.open_timeout);
  const auto client =
      KafkaClient::create(KafkaClientKind::kProducer, admin_properties(options), hooks);
  if (!client) return client.error();
  const auto existing = list_topics(*client, deadline);
  if (!existing) return existing.error();
  std::vector<TopicSpec> missing = topic_plan(options);
  std::erase_if(missing, [&](const TopicSpec& spec) { return existing->contains(spec.name); });
  std::vector<std::string> names;
  for (const auto& spec : missing) names.push_back(spec.name);
  if (missing.empty()) return names;
  auto created = create(*client, missing, static_cast<int>(options.replication_factor), deadline);
  if (created) created = wait_until_known(*client, names, deadline);
  if (!created) return created.error();
  return names;
}

}  // namespace steppe
