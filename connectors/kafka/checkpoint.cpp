#include "connectors/kafka/checkpoint.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "core/hash.h"

namespace steppe {
namespace {

// Checkpoints of the last few hundred transactions; compaction keeps a week of them.
constexpr std::int64_t kTail = 1000;
constexpr std::chrono::milliseconds kNoLimit = std::chrono::hours(1);

void put(rapidjson::Writer<rapidjson::StringBuffer>& writer, const char* key,
         const std::string& value) {
  writer.Key(key);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

std::string digest_of(std::span<const OutboxRow* const> rows) {
  std::string chain;
  chain.reserve(rows.size() * 64);
  for (const OutboxRow* row : rows) {
    chain += std::to_string(row->seq) + ' ' + row->record.topic + ' ' + row->record.key + ' ' +
             to_hex(hash128(row->record.value)) + '\n';
  }
  return to_hex(hash128(chain));
}

}  // namespace

std::string checkpoint_key(std::string_view instance) {
  return "writer/" + std::string(instance);
}

CheckpointRecord make_checkpoint(const WriterIdentity& writer,
                                 std::span<const OutboxRow* const> rows) {
  return {writer, rows.back()->seq, rows.size(), digest_of(rows)};
}

std::string to_json(const CheckpointRecord& checkpoint) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.StartObject();
  put(writer, "instance", checkpoint.writer.instance);
  put(writer, "generation", checkpoint.writer.generation);
  writer.Key("last_seq");
  writer.Uint64(checkpoint.last_seq);
  writer.Key("count");
  writer.Uint64(checkpoint.count);
  put(writer, "digest", checkpoint.digest);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::optional<CheckpointRecord> parse_checkpoint(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) return {};
  CheckpointRecord out;
  std::string_view instance;
  std::string_view generation;
  std::string_view digest;
  if (root["instance"].get(instance) != simdjson::SUCCESS ||
      root["generation"].get(generation) != simdjson::SUCCESS ||
      root["last_seq"].get(out.last_seq) != simdjson::SUCCESS) {
    return {};
  }
  if (root["count"].get(out.count) != simdjson::SUCCESS) out.count = 0;
  if (root["digest"].get(digest) == simdjson::SUCCESS) out.digest = digest;
  out.writer = {std::string(instance), std::string(generation)};
  return out;
}

Result<Checkpoint> read_checkpoint(const TopicReader& reader, const std::string& topic,
                                   const std::string& instance, const Deadline& deadline) {
  const auto whole = reader.whole(topic, 0, deadline);
  if (!whole) return whole.error();
  const std::string key = checkpoint_key(instance);
  std::optional<std::string> last;
  PartitionRange range = *whole;
  for (std::int64_t tail = kTail; !last; tail *= 32) {
    range.begin = std::max(whole->begin, whole->end - tail);
    const auto left = std::chrono::milliseconds(deadline.left_ms(kNoLimit));
    auto done = reader.read({&range, 1}, left, [&](const KafkaMessage& message) {
      if (message.key == key) last = std::string(message.value);
    });
    if (!done) return std::move(done).error().with_context("reading the checkpoint");
    if (range.begin == whole->begin) break;
  }
  if (!last) return Checkpoint{};
  auto found = parse_checkpoint(*last);
  if (!found) {
    return Error{Code::kStorage, Retry::kNever,
                 "the checkpoint " + key + " in " + topic +
                     " cannot be read; nothing is published on a guess"};
  }
  return Checkpoint{std::move(found->writer), found->last_seq};
}

}  // namespace steppe
