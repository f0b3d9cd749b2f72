#pragma once
// CloudEvents 1.0 attributes as Kafka headers (binary mode). Sinks add src-id and src-seq.

#include <string>
#include <string_view>

#include "core/record.h"
#include "core/time.h"

namespace steppe {

/// Attributes of one record; empty ones are left out.
struct CloudEvent {
  std::string id;
  std::string source;   // URI reference
  std::string type;     // "org.steppewatch.item.new.v1"
  std::string subject;  // the record's key, or the claim id
  std::string schema;   // "item.v1"; goes out as its URN
  std::string lang;
  std::string story_id;
  std::string tier;
  std::string trace_id;  // 32 hexadecimal digits; empty: derived from the id
  Instant time{};
};

/// "urn:steppewatch:schema:item.v1", the $id of contracts/schemas/item.v1.schema.json.
std::string schema_urn(std::string_view schema);

/// "/steppewatch/{profile}[/{feed}]", each part escaped. Source: RFC 3986 §2.1.
std::string event_source(std::string_view profile, std::string_view feed = {});

Headers headers_of(const CloudEvent& event);

/// Puts the parts together. Errors: kTooLarge when the value exceeds `max_bytes`.
Result<Record> sealed(std::string_view topic, std::string_view key, const CloudEvent& event,
                      std::string value, std::size_t max_bytes);

}  // namespace steppe
