#include "connectors/kafka/dead_letter.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace steppe {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Source: RFC 4648 section 4.
std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (i < have ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out.push_back(i <= have ? kAlphabet[group >> (18 - 6 * i) & 0x3F] : '=');
    }
  }
  return out;
}

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void put(JsonWriter& writer, const char* key, std::string_view value) {
  writer.Key(key);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

std::string value_json(const OutboxRow& row, const Error& why, Instant now, std::size_t keep) {
  const std::string_view kept = std::string_view(row.record.value).substr(0, keep);
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  put(writer, "stage", "publish");
  put(writer, "code", to_string(why.code));
  put(writer, "message", why.message);
  put(writer, "time", to_rfc3339(now));
  writer.Key("attempts");
  writer.Int(1);
  put(writer, "topic", row.record.topic);
  put(writer, "key", row.record.key);
  writer.Key("original_bytes");
  writer.Uint64(row.record.value.size());
  writer.Key("truncated");
  writer.Bool(kept.size() < row.record.value.size());
  put(writer, "original_base64", base64(kept));
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string header_of(const Record& record, std::string_view name) {
  for (const auto& [key, value] : record.headers) {
    if (key == name) return value;
  }
  return {};
}

void keep_header(const Record& from, const char* name, Headers& to) {
  std::string value = header_of(from, name);
  if (!value.empty()) to.emplace_back(name, std::move(value));
}

}  // namespace

std::size_t record_bytes(const Record& record) {
  std::size_t bytes = record.key.size() + record.value.size();
  for (const auto& [name, value] : record.headers) bytes += name.size() + value.size();
  return bytes;
}

OutboxRow make_dead_letter(const OutboxRow& row, const WriterIdentity& writer, const Error& why,
                           Instant now, std::size_t keep_bytes) {
  OutboxRow out;
  out.seq = row.seq;
  out.record.topic = kDeadLetterTopic;
  out.record.key = row.record.key;
  out.record.value = value_json(row, why, now, keep_bytes);
  Headers& headers = out.record.headers;
  headers = {{"content-type", "application/json"},
             {"ce_specversion", "1.0"},
             {"ce_id", writer.instance + "." + std::to_string(row.seq)},
             {"ce_type", "org.steppewatch.deadletter.v1"},
             {"ce_time", to_rfc3339(now)},
             {"error_stage", "publish"},
             {"error_code", std::string(to_string(why.code))},
             {"error_message", why.message},
             {"error_time", to_rfc3339(now)},
             {"error_attempts", "1"},
             {"error_topic", row.record.topic},
             {"error_original_bytes", std::to_string(row.record.value.size())},
             {"error_truncated", keep_bytes < row.record.value.size() ? "true" : "false"}};
  keep_header(row.record, "ce_source", headers);
  keep_header(row.record, "ce_subject", headers);
  keep_header(row.record, "traceparent", headers);
  return out;
}

}  // namespace steppe
