#include "connectors/json_lines/line.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "core/utf8.h"

namespace steppe::json_lines {
namespace {

constexpr std::string_view kSourceId = "src-id";
constexpr std::string_view kSourceGeneration = "src-generation";
constexpr std::string_view kSourceSequence = "src-seq";

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void write_text(JsonWriter& json, std::string_view text) {
  std::size_t replaced = 0;
  const std::string repaired = is_valid_utf8(text) ? std::string() : repair_utf8(text, replaced);
  if (replaced > 0) text = repaired;
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_pair(JsonWriter& json, std::string_view name, std::string_view value) {
  write_text(json, name);
  write_text(json, value);
}

void append_value(std::string& out, const std::string& value) {
  if (value.empty()) {
    out.append("null");
    return;
  }
  const std::size_t start = out.size();
  out.append(value);
  if (value.find('\n') == value.npos && value.find('\r') == value.npos) return;
  // Inside a JSON string a raw line break is not allowed, so any there is stands between tokens.
  const auto is_break = [](char c) { return c == '\n' || c == '\r'; };
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), is_break, ' ');
}

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.begin(), digits.end(), value);
  if (failure != std::errc() || end != digits.end() || value == 0) return {};
  return value;
}

}  // namespace

void append_line(std::string& out, const OutboxRow& row, const WriterIdentity& writer) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  write_pair(json, "topic", row.record.topic);
  write_pair(json, "key", row.record.key);
  json.Key("headers");
  json.StartObject();
  for (const auto& [name, value] : row.record.headers) write_pair(json, name, value);
  write_pair(json, kSourceId, writer.instance);
  write_pair(json, kSourceGeneration, writer.generation);
  write_pair(json, kSourceSequence, std::to_string(row.seq));
  json.EndObject();
  out.append(buffer.GetString(), buffer.GetSize());
  out.append(",\"value\":");
  append_value(out, row.record.value);
  out.append("}\n");
}

std::optional<Checkpoint> read_line(std::string_view line) {
  if (!line.starts_with(kLineStart)) return {};
  simdjson::dom::parser parser;
  simdjson::dom::object headers;
  if (parser.parse(line.data(), line.size())["headers"].get(headers) != simdjson::SUCCESS) {
    return {};
  }
  std::string_view instance, generation, sequence;
  if (headers[kSourceId].get(instance) != simdjson::SUCCESS ||
      headers[kSourceGeneration].get(generation) != simdjson::SUCCESS ||
      headers[kSourceSequence].get(sequence) != simdjson::SUCCESS) {
    return {};
  }
  const std::optional<std::uint64_t> seq = number(sequence);
  if (!seq) return {};
  return Checkpoint{{std::string(instance), std::string(generation)}, *seq};
}

}  // namespace steppe::json_lines
