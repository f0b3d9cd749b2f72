#include "connectors/kafka/audit_book.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/hash.h"

namespace steppe {
namespace {

std::uint64_t to_seq(std::string_view text) {
  std::uint64_t seq = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
  return error == std::errc{} && end == text.data() + text.size() ? seq : 0;
}

}  // namespace

bool AuditReport::clean() const {
  const bool writers_clean = std::all_of(writers.begin(), writers.end(),
                                         [](const WriterAudit& writer) { return writer.clean(); });
  return writers_clean && repeated_ids == 0 && foreign == 0 && unreadable_checkpoints == 0 &&
         complete;
}

AuditBook::Writer* AuditBook::writer(std::string_view instance) {
  const auto found = writers_.find(instance);
  if (found != writers_.end()) return &found->second;
  if (writers_.size() >= limits_.max_writers) {
    report_.complete = false;
    return nullptr;
  }
  auto& made = writers_.emplace(instance, Writer(limits_.max_blocks)).first->second;
  made.audit.instance = instance;
  return &made;
}

void AuditBook::note_age(Writer& writer, std::uint64_t seq, Instant timestamp) const {
  if (now_ - timestamp > limits_.compaction_lag) writer.old_seq = std::max(writer.old_seq, seq);
}

void AuditBook::add_row(const Row& row) {
  ++report_.records[std::string(row.topic)];
  count_id(row);
  const std::uint64_t seq = to_seq(row.seq);
  if (seq == 0 || row.instance.empty()) {
    ++report_.foreign;
    return;
  }
  Writer* found = writer(row.instance);
  if (found == nullptr) return;
  WriterAudit& audit = found->audit;
  ++audit.rows;
  audit.first_seq = audit.first_seq == 0 ? seq : std::min(audit.first_seq, seq);
  audit.last_seq = std::max(audit.last_seq, seq);
  note_age(*found, seq, row.timestamp);
  const auto inserted = found->seen.insert(seq);
  if (inserted == SeqSet::Insert::kFull) report_.complete = false;
  if (inserted != SeqSet::Insert::kRepeated) return;
  ++audit.repeated;
  if (audit.repeats.size() < limits_.max_examples) audit.repeats.push_back(seq);
}

void AuditBook::count_id(const Row& row) {
  if (row.id.empty()) return;
  const std::string key = std::string(row.topic) + '\n' + std::string(row.id);
  if (ids_.full()) report_.complete = false;
  if (ids_.insert(hash64(key))) return;
  ++report_.repeated_ids;
  if (report_.repeated_id_examples.size() < limits_.max_examples) {
    report_.repeated_id_examples.emplace_back(row.id);
  }
}

void AuditBook::add_checkpoint(std::string_view json, Instant timestamp, bool before_rows) {
  const auto checkpoint = parse_checkpoint(json);
  if (!checkpoint) {
    ++report_.unreadable_checkpoints;
    return;
  }
  Writer* found = writer(checkpoint->writer.instance);
  if (found == nullptr) return;
  found->audit.generation = checkpoint->writer.generation;
  found->audit.checkpoint_seq = checkpoint->last_seq;
  if (before_rows) found->promised_seq = checkpoint->last_seq;
  note_age(*found, checkpoint->last_seq, timestamp);
}

void AuditBook::finish_writer(Writer& writer) const {
  WriterAudit& audit = writer.audit;
  audit.checked_from = writer.old_seq + 1;
  if (writer.promised_seq >= audit.checked_from) {
    writer.seen.visit_gaps(audit.checked_from, writer.promised_seq,
                           [&](std::uint64_t first, std::uint64_t last) {
                             audit.missing += last - first + 1;
                             if (audit.gaps.size() < limits_.max_examples) {
                               audit.gaps.push_back({first, last});
                             }
                           });
  }
  if (audit.last_seq <= audit.checkpoint_seq) return;
  audit.beyond_checkpoint = audit.last_seq - audit.checkpoint_seq;
  writer.seen.visit_gaps(audit.checkpoint_seq + 1, audit.last_seq,
                         [&](std::uint64_t first, std::uint64_t last) {
                           audit.beyond_checkpoint -= last - first + 1;
                         });
}

AuditReport AuditBook::finish() {
  for (auto& [name, writer] : writers_) {
    finish_writer(writer);
    report_.writers.push_back(std::move(writer.audit));
  }
  writers_.clear();
  return std::move(report_);
}

}  // namespace steppe
