#pragma once
// The bookkeeping of an audit: which rows of which writer were found, against their checkpoints.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/kafka/checkpoint.h"
#include "connectors/kafka/seq_set.h"
#include "core/time.h"

namespace steppe {

struct AuditLimits {
  std::chrono::hours compaction_lag{7 * 24};  // of the topics: older records may be gone by right
  std::size_t max_blocks = 16384;             // of 65,536 sequence numbers; 8 KiB each
  std::size_t max_ids = 8'000'000;            // at most 16 bytes each
  std::size_t max_writers = 1000;
  std::size_t max_examples = 20;  // of each kind of difference
};

/// First and last included.
struct SeqRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  bool operator==(const SeqRange&) const = default;
};

/// What was found of one instance.
struct WriterAudit {
  std::string instance;
  std::string generation;            // of its checkpoint; empty without one
  std::uint64_t checkpoint_seq = 0;  // 0: no checkpoint
  std::uint64_t rows = 0;
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  std::uint64_t checked_from = 1;       // gaps before are not counted: compaction may explain them
  std::uint64_t missing = 0;            // rows in all the gaps
  std::vector<SeqRange> gaps;           // examples
  std::uint64_t repeated = 0;           // surplus copies of sequence numbers
  std::vector<std::uint64_t> repeats;   // examples
  std::uint64_t beyond_checkpoint = 0;  // rows that no checkpoint covers

  bool clean() const { return missing == 0 && repeated == 0 && beyond_checkpoint == 0; }
};

struct AuditReport {
  std::vector<WriterAudit> writers;              // by instance name
  std::map<std::string, std::uint64_t> records;  // by topic
  std::uint64_t repeated_ids = 0;                // surplus copies of a ce_id within a topic
  std::vector<std::string> repeated_id_examples;
  std::uint64_t foreign = 0;  // records without a readable src-id and src-seq
  std::uint64_t unreadable_checkpoints = 0;
  bool complete = true;  // false: a memory bound was hit, rows are unaccounted for

  /// No difference at all, and everything was looked at.
  bool clean() const;
};

/// Pure. One thread at a time.
class AuditBook {
 public:
  AuditBook(AuditLimits limits, Instant now) : limits_(limits), now_(now), ids_(limits.max_ids) {}

  struct Row {
    std::string_view topic;
    std::string_view instance;  // src-id
    std::string_view seq;       // src-seq
    std::string_view id;        // ce_id
    Instant timestamp{};
  };
  void add_row(const Row& row);

  /// `before_rows`: it was in the topic before the ends of the row topics were asked for, so every
  /// row it covers must be found. Later ones only explain rows.
  void add_checkpoint(std::string_view json, Instant timestamp, bool before_rows);

  AuditReport finish();

 private:
  struct Writer {
    explicit Writer(std::size_t max_blocks) : seen(max_blocks) {}
    WriterAudit audit;
    SeqSet seen;
    std::uint64_t old_seq = 0;       // highest that is older than the compaction lag
    std::uint64_t promised_seq = 0;  // of the last checkpoint from before the rows
  };
  Writer* writer(std::string_view instance);  // null: over the bound
  void note_age(Writer& writer, std::uint64_t seq, Instant timestamp) const;
  void count_id(const Row& row);
  void finish_writer(Writer& writer) const;

  AuditLimits limits_;
  Instant now_;
  std::map<std::string, Writer, std::less<>> writers_;
  HashSet64 ids_;
  AuditReport report_;
};

}  // namespace steppe
