#include "daemon/feed_json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
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

void put(Writer& writer, const std::string& key, std::uint64_t count) {
  writer.Key(key.c_str());
  writer.Uint64(count);
}

// Of a feed that has, or had, full text.
void put_pages(Writer& writer, const Feed& feed, const PageCounts& pages) {
  writer.Key("full_text");
  writer.Bool(feed.full_text);
  put(writer, "pages_waiting", pages.waiting);
  for (std::size_t i = 0; i < kPageEnds; ++i)
    put(writer, "pages_" + std::string(to_string(static_cast<PageEnd>(i))), pages.ended[i]);
}

std::string line_of(const FeedRow& row, const PageCountsByFeed& counts) {
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
  put(writer, "asked_url", memory.move().adopted_url);
  put(writer, "same_as", memory.move().merged_into.str());
  put(writer, "hub", memory.hub);
  const auto pages = counts.find(row.feed->id);
  if (row.feed->full_text || pages != counts.end())
    put_pages(writer, *row.feed, pages != counts.end() ? pages->second : PageCounts{});
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

constexpr std::size_t kPagesWidth = 44;

// "3 wait, 12 texts, 1 unused, 2 refused": of a feed with full text, or one that had it.
std::string pages_cell(const std::unordered_map<std::string, std::string>& row) {
  const auto switched = row.find("full_text");
  if (switched == row.end()) return "";
  const auto count = [&](const char* key) {
    const auto found = row.find(key);
    std::uint64_t value = 0;
    if (found != row.end())
      std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return value;
  };
  const std::uint64_t refused = count("pages_robots") + count("pages_reserved") +
                                count("pages_not_free") + count("pages_no_copy");
  std::string text = switched->second == "true" ? "" : "off";
  const std::pair<const char*, std::uint64_t> parts[] = {{" wait", count("pages_waiting")},
                                                         {" texts", count("pages_text")},
                                                         {" refused", refused},
                                                         {" unused", count("pages_unused")},
                                                         {" failed", count("pages_failed")}};
  for (const auto& [what, number] : parts) {
    if (number > 0) text += (text.empty() ? "" : ", ") + std::to_string(number) + what;
  }
  return text.empty() ? "on" : text;
}

}  // namespace

std::string feeds_json(const std::vector<FeedRow>& rows, const PageCountsByFeed& pages) {
  std::string lines;
  for (const FeedRow& row : rows) lines += line_of(row, pages);
  return lines;
}

std::string feeds_table(const std::string& json_lines) {
  const bool with_pages = json_lines.find("\"full_text\":") != std::string::npos;
  std::string table = cell("FEED", 24) + cell("STATUS", 16) + cell("HEALTH", 8) +
                      cell("LAST POLL", 20) + cell("LAST NEWS", 20) + cell("NEXT POLL", 20) +
                      (with_pages ? cell("ARTICLE PAGES", kPagesWidth) : "") + "DETAIL\n";
  std::istringstream lines(json_lines);
  for (std::string line; std::getline(lines, line);) {
    auto row = read_flat_object(line);
    if (!row) continue;
    table += cell((*row)["id"], 24) + cell((*row)["status"], 16) + cell((*row)["health"], 8) +
             cell((*row)["last_poll_at"].substr(0, 19), 20) +
             cell((*row)["last_change_at"].substr(0, 19), 20) +
             cell((*row)["next_poll_at"].substr(0, 19), 20) +
             (with_pages ? cell(pages_cell(*row), kPagesWidth) : "") + (*row)["detail"] + "\n";
  }
  return table;
}

}  // namespace steppe
