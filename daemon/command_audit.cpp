// steppewatch audit: nothing lost, nothing repeated, shown from the topics alone.

#include <cstdio>

#include "connectors/kafka/audit.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/loaded_profile.h"

namespace steppe {
namespace {

int fail(const Error& error) {
  std::fprintf(stderr, "steppewatch audit: %s\n", printable(error.message, 2000).c_str());
  return exit_code_for(error);
}

unsigned long long count(std::uint64_t value) {
  return value;
}

void print_ranges(const char* what, const std::vector<SeqRange>& ranges) {
  for (const SeqRange& range : ranges) {
    std::printf("    %s %llu to %llu\n", what, count(range.first), count(range.last));
  }
}

void print_writer(const WriterAudit& writer) {
  std::printf("%s: %llu rows, sequence %llu to %llu, checkpoint at %llu\n", writer.instance.c_str(),
              count(writer.rows), count(writer.first_seq), count(writer.last_seq),
              count(writer.checkpoint_seq));
  if (writer.checked_from > 1) {
    std::printf("    checked from %llu (older rows may be compacted)\n",
                count(writer.checked_from));
  }
  std::printf("    missing %llu, repeated %llu, beyond the checkpoint %llu\n",
              count(writer.missing), count(writer.repeated), count(writer.beyond_checkpoint));
  print_ranges("missing", writer.gaps);
}

void print_report(const AuditReport& report) {
  for (const auto& [topic, records] : report.records) {
    std::printf("%s: %llu records\n", topic.c_str(), count(records));
  }
  for (const WriterAudit& writer : report.writers) print_writer(writer);
  if (report.repeated_ids > 0) std::printf("ce_id repeated: %llu\n", count(report.repeated_ids));
  for (const std::string& id : report.repeated_id_examples)
    std::printf("    %s\n", printable(id).c_str());
  if (report.foreign > 0) std::printf("records of someone else: %llu\n", count(report.foreign));
  if (report.unreadable_checkpoints > 0) {
    std::printf("unreadable checkpoints: %llu\n", count(report.unreadable_checkpoints));
  }
  if (!report.complete) std::printf("not everything could be looked at: a memory bound was hit\n");
  std::printf("%s\n",
              report.clean() ? "clean: nothing lost, nothing repeated" : "DIFFERENCES FOUND");
}

}  // namespace

int audit_command(const CommonArgs& common) {
  auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  if (!settings->kafka) {
    return fail({Code::kConfig, Retry::kNever, "the configuration has no [kafka] section"});
  }
  const SystemClock clock;
  const auto report = audit_topics(*settings->kafka, {}, clock, {});
  if (!report) return fail(report.error());
  print_report(*report);
  return report->clean() ? kExitOk : kExitBadData;
}

}  // namespace steppe
