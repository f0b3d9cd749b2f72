#include "processors/encode/cloud_event.h"

#include "core/hash.h"
#include "core/utf8.h"

namespace steppe {
namespace {

std::string valid(std::string_view text) {
  std::size_t replaced = 0;
  return repair_utf8(text, replaced);
}

void append_escaped(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  static constexpr std::string_view kMarks = "-._~";
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool plain = letter || (c >= '0' && c <= '9') || kMarks.find(c) != std::string_view::npos;
    if (plain) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
}

// Source: W3C Trace Context §3.2.2 (version 00, sampled).
std::string traceparent(const CloudEvent& event) {
  const std::string& trace = event.trace_id;
  return "00-" + (trace.size() == 32 ? trace : to_hex(hash128(event.id))) + "-" +
         to_hex(hash64(event.id)) + "-01";
}

}  // namespace

std::string schema_urn(std::string_view schema) {
  return "urn:steppewatch:schema:" + std::string(schema);
}

std::string event_source(std::string_view profile, std::string_view feed) {
  std::string out = "/steppewatch/";
  append_escaped(out, profile);
  if (!feed.empty()) {
    out.push_back('/');
    append_escaped(out, feed);
  }
  return out;
}

Headers headers_of(const CloudEvent& event) {
  Headers headers;
  const auto add = [&headers](const char* name, std::string_view value) {
    if (!value.empty()) headers.emplace_back(name, valid(value));
  };
  add("content-type", "application/json");
  add("ce_specversion", "1.0");
  add("ce_id", event.id);
  add("ce_source", event.source);
  add("ce_type", event.type);
  add("ce_time", to_rfc3339(event.time));
  add("ce_subject", event.subject);
  add("ce_dataschema", schema_urn(event.schema));
  add("ce_lang", event.lang);
  add("ce_storyid", event.story_id);
  add("ce_tier", event.tier);
  add("traceparent", traceparent(event));
  return headers;
}

Result<Record> sealed(std::string_view topic, std::string_view key, const CloudEvent& event,
                      std::string value, std::size_t max_bytes) {
  if (value.size() > max_bytes) {
    return Error{Code::kTooLarge, Retry::kNever,
                 event.id + ": record of " + std::to_string(value.size()) + " bytes, limit " +
                     std::to_string(max_bytes)};
  }
  return Record{std::string(topic), valid(key), headers_of(event), std::move(value)};
}

}  // namespace steppe
