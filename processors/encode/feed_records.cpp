// Records about feeds: health, gaps, dead letters.

#include <openssl/evp.h>

#include "core/check.h"
#include "core/hash.h"
#include "core/utf8.h"
#include "processors/encode/cloud_event.h"
#include "processors/encode/credentials.h"
#include "processors/encode/json_out.h"
#include "processors/encode/records.h"

namespace steppe {
namespace {

constexpr std::size_t kShortTextBytes = 4 * 1024;

std::string base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  out.pop_back();
  return out;
}

CloudEvent event_of(const FeedId& feed, std::string_view schema, std::string type, Instant at,
                    std::uint64_t sequence, const RecordContext& context) {
  const auto stand_in = static_cast<std::uint64_t>(at.time_since_epoch().count());
  CloudEvent event;
  event.id = feed.str() + "." + std::to_string(sequence != 0 ? sequence : stand_in);
  event.source = event_source(context.profile, feed.str());
  event.type = std::move(type);
  event.time = at;
  event.subject = feed.str();
  event.schema = schema;
  return event;
}

void write_configured(JsonOut& json, const Feed& feed) {
  json.text("name", feed.name);
  json.text("tier", to_string(feed.tier));
  json.text("lang", feed.lang);
  json.text("country", feed.country);
}

void write_span(JsonOut& json, const char* name, std::chrono::seconds span) {
  if (span.count() > 0) json.integer(name, span.count());
}

void write_learned(JsonOut& json, const FeedMemory& memory) {
  if (memory.health == FeedHealth::kUnknown) return;
  json.text("health", to_string(memory.health));
  json.instant("health_since", memory.health_since);
  json.instant("last_change_at", memory.changed_at);
  write_span(json, "usual_silence_secs", memory.period);
  write_span(json, "usual_item_gap_secs", memory.item_gap);
  write_span(json, "interval_secs", memory.interval);
  json.text("asked_url", without_credentials(memory.move().adopted_url));
  json.text("moving_to", without_credentials(memory.move().to));
  json.text("same_as", memory.move().merged_into.str());
  json.instant("validators_distrusted_until", memory.distrusted_until);
  json.text("hub", without_credentials(memory.hub));
}

}  // namespace

Result<Record> encode_feed_status(const FeedRecordInput& input, const RecordContext& context) {
  STEPPE_CHECK(input.state != nullptr);
  const FeedState& state = *input.state;
  JsonOut json;
  json.begin_object();
  json.text("schema", "feed.v1");
  json.text("feed_id", state.id.str());
  json.text("status", state.status.empty() ? "unknown" : state.status);
  json.text("detail", truncate_utf8(state.detail, kShortTextBytes));
  json.integer("failures", state.failures);
  json.text("url", without_credentials(state.url));
  if (input.feed != nullptr) write_configured(json, *input.feed);
  json.instant("last_poll_at", state.last_poll_at);
  json.instant("last_ok_at", state.last_ok_at);
  json.instant("last_new_item_at", state.last_new_item_at);
  json.instant("next_poll_at", state.next_poll_at);
  json.boolean("guid_trusted", state.guid_trusted);
  write_learned(json, state.memory);
  json.text("observed_at", to_rfc3339(input.observed_at));
  json.end_object();
  CloudEvent event = event_of(state.id, "feed.v1", "org.steppewatch.feed.status.v1",
                              input.observed_at, input.sequence, context);
  if (input.feed != nullptr) event.tier = to_string(input.feed->tier);
  return sealed(kFeedsTopic, state.id.str(), event, json.take(), context.limits.record_max_bytes);
}

Result<Record> encode_blackout(const Blackout& blackout, const RecordContext& context) {
  const FeedId key("country." + blackout.country);
  JsonOut json;
  json.begin_object();
  json.text("schema", "feed.v1");
  json.text("feed_id", key.str());
  json.text("status", blackout.dark ? "blackout" : "blackout_over");
  json.integer("failures", blackout.unreachable);
  json.text("country", blackout.country);
  json.begin_object("blackout");
  json.integer("feeds", blackout.feeds);
  json.integer("unreachable", blackout.unreachable);
  json.integer("overdue", blackout.overdue);
  json.end_object();
  json.boolean("guid_trusted", true);
  json.text("observed_at", to_rfc3339(blackout.observed_at));
  json.end_object();
  const CloudEvent event = event_of(key, "feed.v1", "org.steppewatch.feed.blackout.v1",
                                    blackout.observed_at, blackout.sequence, context);
  return sealed(kFeedsTopic, key.str(), event, json.take(), context.limits.record_max_bytes);
}

Result<Record> encode_gap(const Gap& gap, const RecordContext& context) {
  JsonOut json;
  json.begin_object();
  json.text("schema", "gap.v1");
  json.text("feed_id", gap.feed_id.str());
  json.text("from", to_rfc3339(gap.from));
  json.text("to", to_rfc3339(gap.to));
  if (gap.estimated_missed) json.integer("estimated_missed", *gap.estimated_missed);
  json.text("reason", gap.reason);
  json.text("observed_at", to_rfc3339(gap.observed_at));
  json.end_object();
  const CloudEvent event = event_of(gap.feed_id, "gap.v1", "org.steppewatch.feed.gap.v1",
                                    gap.observed_at, gap.sequence, context);
  return sealed(kGapsTopic, gap.feed_id.str(), event, json.take(), context.limits.record_max_bytes);
}

Result<Record> encode_dead_letter(const DeadLetter& letter, const RecordContext& context) {
  const std::string_view kept = letter.bytes.substr(0, context.limits.dead_letter_max_bytes);
  const std::string message(truncate_utf8(letter.error.message, kShortTextBytes));
  JsonOut json;
  json.begin_object();
  json.text("schema", "deadletter.v1");
  json.text("feed_id", letter.feed_id.str());
  json.text("stage", letter.stage);
  json.text("code", to_string(letter.error.code));
  json.text("message", message);
  json.text("time", to_rfc3339(letter.observed_at));
  json.integer("attempts", letter.attempts);
  json.text("url", truncate_utf8(without_credentials(letter.url), kShortTextBytes));
  json.text("content_type", truncate_utf8(letter.content_type, kShortTextBytes));
  json.integer("original_bytes", static_cast<std::int64_t>(letter.bytes.size()));
  json.text("original_sha256", sha256_hex(letter.bytes));
  json.boolean("truncated", kept.size() < letter.bytes.size());
  json.text("original_base64", base64(kept));
  json.end_object();
  const CloudEvent event =
      event_of(letter.feed_id, "deadletter.v1", "org.steppewatch.deadletter.v1", letter.observed_at,
               letter.sequence, context);
  Result<Record> record = sealed(kDeadLetterTopic, letter.feed_id.str(), event, json.take(),
                                 context.limits.record_max_bytes);
  if (!record) return record;
  std::size_t replaced = 0;
  record->headers.emplace_back("error_stage", letter.stage);
  record->headers.emplace_back("error_code", to_string(letter.error.code));
  record->headers.emplace_back("error_message", repair_utf8(message, replaced));
  return record;
}

}  // namespace steppe
