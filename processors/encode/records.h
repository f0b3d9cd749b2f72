#pragma once
// Everything we publish, frozen into records: topic, key, CloudEvents headers, JSON value.
// Pure functions, any thread. Text goes out as valid UTF-8; absent = omitted, never null or "".
// Source: CloudEvents 1.0 Kafka binding §3.2 (binary mode); shapes: contracts/schemas.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/digest.h"
#include "core/feed.h"
#include "core/item.h"
#include "core/record.h"
#include "core/story.h"
#include "processors/identity/change.h"

namespace steppe {

/// Bounds of what goes out; each is an option.
struct EncodeLimits {
  std::size_t title_max_bytes = 4 * 1024;
  std::size_t body_max_bytes = 48 * 1024;  // of body, and of summary
  std::size_t evidence_max_chars = 300;
  std::size_t record_max_bytes = 900 * 1024;
  std::size_t story_max_bytes = 64 * 1024;
  std::size_t dead_letter_max_bytes = 256 * 1024;  // of the original bytes kept
};

/// Who writes, under which rules; the same for a whole run.
struct RecordContext {
  std::string profile;
  std::string profile_hash;
  std::string rules_version;
  std::string software;  // "steppewatch 0.1.0"
  EncodeLimits limits;
};

/// What may be done with a text, as far as known.
struct Rights {
  std::string licence;
  bool tdm_reserved = false;  // then never published in full
  bool not_free = false;      // the article page says that it is not free to read
  std::optional<Instant> embargo_until;
};

/// Pointers are borrowed for one call; `item`, `feed` and `trace` must be set.
struct ItemRecordInput {
  const Item* item = nullptr;
  const Feed* feed = nullptr;
  const DocumentTrace* trace = nullptr;
  ItemId item_id;
  std::uint32_t revision = 1;
  ChangeSet change;
  StoryLink story;
  Instant first_seen_at{};
  Instant fetched_at{};
  Validators validators;
  Rights rights;
  bool backfill = false;
};

/// `item` and `feed` of the cause say where its evidence can be read; without them it is left as
/// is.
struct ClaimRecordInput {
  const ClaimEvent* claim = nullptr;
  const Item* item = nullptr;
  const Feed* feed = nullptr;
  Rights rights;
  std::string trace_id;
};

struct StoryRecordInput {
  const StorySnapshot* story = nullptr;
  Instant observed_at{};
  std::string trace_id;
};

/// `sequence`: the record's place in the order, for its ce_id; 0: unknown, `observed_at` stands in.
struct FeedRecordInput {
  const FeedState* state = nullptr;
  const Feed* feed = nullptr;  // may be null: the feed left the configuration
  Instant observed_at{};
  std::uint64_t sequence = 0;
};

/// Many feeds of one country fell silent at once, or came back.
struct Blackout {
  std::string country;  // ISO 3166-1 alpha-2
  bool dark = false;
  std::uint32_t feeds = 0;        // of that country that count
  std::uint32_t unreachable = 0;  // of them without any answer
  std::uint32_t overdue = 0;      // of them without news for longer than usual
  Instant observed_at{};
  std::uint64_t sequence = 0;
};

/// What may have been missed between two polls.
struct Gap {
  FeedId feed_id;
  Instant from{};
  Instant to{};
  std::optional<std::uint32_t> estimated_missed;
  std::string reason;  // no_overlap, away, not_walked
  Instant observed_at{};
  std::uint64_t sequence = 0;
};

/// Something that could not be published or understood, kept for the operator.
struct DeadLetter {
  FeedId feed_id;
  std::string stage;  // parse, encode, publish ...
  Error error;
  std::uint32_t attempts = 1;
  std::string url;
  std::string content_type;
  std::string_view bytes;  // as received; only the first dead_letter_max_bytes are kept
  Instant observed_at{};
  std::uint64_t sequence = 0;
};

/// 32 hexadecimal digits that every record caused by one poll shares.
/// Source: W3C Trace Context §3.2.2.3.
std::string trace_id_of(const FeedId& feed, Instant fetched_at);

/// One item revision. Evidence outside the published texts gets field "source_text"; evidence that
/// does not equal its text slice is left out, and so is what has no evidence left.
/// Errors: kTooLarge when even without body the record exceeds record_max_bytes (dead letter).
Result<Record> encode_item(const ItemRecordInput& input, const RecordContext& context);

/// One claim event. Errors: kTooLarge.
Result<Record> encode_claim(const ClaimRecordInput& input, const RecordContext& context);

/// A story snapshot; oldest members are left out until it fits story_max_bytes. Errors: kTooLarge.
Result<Record> encode_story(const StoryRecordInput& input, const RecordContext& context);

/// Feed health. Errors: kTooLarge.
Result<Record> encode_feed_status(const FeedRecordInput& input, const RecordContext& context);

/// On the feeds topic under the key "country.XX", which no feed can have. Errors: kTooLarge.
Result<Record> encode_blackout(const Blackout& blackout, const RecordContext& context);

/// Errors: kTooLarge.
Result<Record> encode_gap(const Gap& gap, const RecordContext& context);

/// Errors: kTooLarge (only with absurd limits: bytes are capped, other texts cut to 4 KiB).
Result<Record> encode_dead_letter(const DeadLetter& letter, const RecordContext& context);

}  // namespace steppe
