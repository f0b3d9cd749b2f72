#pragma once
// A record on its way out: frozen bytes in the outbox, one total order per instance.

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace steppe {

/// Dataset names without prefix; the full Kafka topic is `{prefix}.{dataset}`.
inline constexpr std::string_view kItemsTopic = "items.v1";
inline constexpr std::string_view kStoriesTopic = "stories.v1";
inline constexpr std::string_view kClaimsTopic = "claims.v1";
inline constexpr std::string_view kFeedsTopic = "feeds.v1";
inline constexpr std::string_view kGapsTopic = "gaps.v1";
inline constexpr std::string_view kDeadLetterTopic = "deadletter.v1";
inline constexpr std::string_view kStateTopic = "state.v1";

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Record {
  std::string topic;  // dataset name, e.g. "items.v1"
  std::string key;
  Headers headers;    // without src-id and src-seq: sinks add those from the row
  std::string value;  // JSON, UTF-8
};

/// A record with its place in the order. Sequences start at 1 and never repeat.
struct OutboxRow {
  std::uint64_t seq = 0;
  Record record;
};

/// Who publishes: `instance` is configured, `generation` is the random identity of the state file.
struct WriterIdentity {
  std::string instance;
  std::string generation;
};

/// What the sink knows to be published. All zero and empty: nothing yet.
struct Checkpoint {
  WriterIdentity writer;
  std::uint64_t last_seq = 0;
};

/// Where records go. One thread at a time.
class RecordSink {
 public:
  virtual ~RecordSink() = default;

  /// Makes ready to publish and returns what was published before.
  /// Errors: kConfig (wrong settings, missing topic, no permission), kUnavailable (retry later).
  virtual Result<Checkpoint> open(const WriterIdentity& writer) = 0;

  /// Publishes all rows, in order, exactly once, or none (stdout: at least once).
  /// After any error call open() again before the next publish(); its checkpoint tells what
  /// arrived. Blocks at most the sink's own time limit.
  virtual Result<void> publish(std::span<const OutboxRow> rows) = 0;

  /// False when open() cannot know what arrived before (stdout): the state file's mark then counts.
  virtual bool remembers() const { return true; }

  /// Serves the sink's background events; call every few seconds while nothing is published.
  virtual void idle() {}

  /// Rotation: finish the current file and start the configured one. No-op for Kafka.
  virtual Result<void> reopen() { return {}; }
};

}  // namespace steppe
