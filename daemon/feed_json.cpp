#include "daemon/feed_json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "core/utf8.h"
#include "daemon/json_input.h"

namespace steppe {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, const char* key, std::string_view value) {
  if (value.empty()) return;
  writer.Key(key);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void put(Writer& writer, const char* key, Instant at) {
  if (at != Instant{}) put(writer, key, to_rfc3339(at));
}

void put(Writer& writer, const char* key, std::chrono::seconds span) {
  if (span.count() == 0) return;
  writer.Key(key);
  writer.Int64(span.count());
}

std::string line_of(const FeedRow& row) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  put(writer, "id", row.feed->id.str());
  put(writer, "name", row.feed->name);
  put(writer, "url", row.feed->url);
  put(writer, "tier", to_string(row.feed->tier));
  put(writer, "status", row.state->status.empty() ? "never_polled" : row.state->status);
  const FeedMemory& memory = row.state->memory;
  put(writer, "health", to_string(memory.health));
  put(writer, "health_since", memory.health_since);
  put(writer, "detail", row.state->detail);
  writer.Key("failures");
  writer.Uint(row.state->failures);
  put(writer, "last_poll_at", row.state->last_poll_at);
  put(writer, "last_ok_at", row.state->last_ok_at);
  put(writer, "last_new_item_at", row.state->last_new_item_at);
  put(writer, "last_change_at", memory.changed_at);
  put(writer, "next_poll_at", row.state->next_poll_at);
  put(writer, "usual_silence_secs", memory.period);
  put(writer, "usual_item_gap_secs", memory.item_gap);
  put(writer, "interval_secs", memory.interval);
  put(writer, "asked_url", memory.adopted_url);
  put(writer, "same_as", memory.merged_into.str());
  put(writer, "hub", memory.hub);
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string cell(const std::string& text, std::size_t width) {
  std::string out;
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size() && columns < width;) {
    const CodePoint cp = decode_utf8(text, at);
    out.append(text, at, cp.length);
    at += cp.length;
    ++columns;
  }
  return out + std::string(width - columns + 1, ' ');
}

}  // namespace

std::string feeds_json(const std::vector<FeedRow>& rows) {
  std::string lines;
  for (const FeedRow& row : rows) lines += line_of(row);
  return lines;
}

std::string feeds_table(const std::string& json_lines) {
  std::string table = cell("FEED", 24) + cell("STATUS", 16) + cell("HEALTH", 8) +
                      cell("LAST POLL", 20) + cell("LAST NEWS", 20) + cell("NEXT POLL", 20) +
                      "DETAIL\n";
  std::istringstream lines(json_lines);
  for (std::string line; std::getline(lines, line);) {
    auto row = read_flat_object(line);
    if (!row) continue;
    table += cell((*row)["id"], 24) + cell((*row)["status"], 16) + cell((*row)["health"], 8) +
             cell((*row)["last_poll_at"].substr(0, 19), 20) +
             cell((*row)["last_change_at"].substr(0, 19), 20) +
             cell((*row)["next_poll_at"].substr(0, 19), 20) + (*row)["detail"] + "\n";
  }
  return table;
}

}  // namespace steppe
