#pragma once
// The checkpoint record: what of an instance's outbox is published, written in the transaction of
// the rows themselves. Source: KIP-618 (source offsets in the producer's transaction).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "connectors/kafka/topic_reader.h"
#include "core/record.h"
#include "core/result.h"

namespace steppe {

struct CheckpointRecord {
  WriterIdentity writer;
  std::uint64_t last_seq = 0;
  std::uint64_t count = 0;  // rows of the last transaction
  std::string digest;       // of those rows, hexadecimal
};

/// "writer/<instance>".
std::string checkpoint_key(std::string_view instance);

/// `rows` is not empty and in order.
CheckpointRecord make_checkpoint(const WriterIdentity& writer,
                                 std::span<const OutboxRow* const> rows);

std::string to_json(const CheckpointRecord& checkpoint);

/// Nothing when `json` is not a checkpoint.
std::optional<CheckpointRecord> parse_checkpoint(std::string_view json);

/// The last committed checkpoint of `instance` in `topic`; zero when there is none.
/// Reads the tail of the topic first and more only when needed.
/// Call only after the writer's own transactions are decided (init_transactions).
/// Errors: kUnavailable; kConfig (no such topic, more than one partition); kStorage (a checkpoint
/// that cannot be read: never guessed).
Result<Checkpoint> read_checkpoint(const TopicReader& reader, const std::string& topic,
                                   const std::string& instance, const Deadline& deadline);

}  // namespace steppe
