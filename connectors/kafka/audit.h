#pragma once
// Proves that what was published has no gap and no repeat, from the topics alone.

#include "connectors/kafka/audit_book.h"
#include "connectors/kafka/client.h"
#include "connectors/kafka/options.h"
#include "core/clock.h"
#include "core/result.h"

namespace steppe {

/// Reads every topic of the plan, committed records only, up to the ends found at the start, and
/// compares rows with checkpoints. A running writer does not disturb it.
/// Proves within the compaction lag (a week); see WriterAudit::checked_from.
/// Blocks as long as the topics are; memory is bounded by `limits`.
/// Errors: kConfig (a topic is missing), kPermission, kUnavailable (broker away, or a transaction
/// that stays open).
Result<AuditReport> audit_topics(const KafkaOptions& options, const AuditLimits& limits,
                                 const Clock& clock, const KafkaHooks& hooks);

}  // namespace steppe
