// steppewatch export: records from a file or from the topics, for spreadsheets and maps.

#include <cstdio>
#include <string>
#include <vector>

#include "connectors/kafka/topic_reader.h"
#include "core/printable.h"
#include "core/record.h"
#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/export_writer.h"
#include "daemon/json_input.h"
#include "daemon/loaded_profile.h"

namespace steppe {
namespace {

constexpr std::chrono::seconds kAsking{20};
constexpr std::chrono::seconds kStall{30};

int fail(const Error& error) {
  std::fprintf(stderr, "steppewatch export: %s\n", printable(error.message, 2000).c_str());
  return exit_code_for(error);
}

Result<void> read_topics(const CommonArgs& common, ExportTable& table) {
  auto settings = load_settings_for_command(common.config);
  if (!settings) return std::move(settings).error();
  if (!settings->kafka) {
    return Error{Code::kConfig, Retry::kNever, "the configuration has no [kafka] section"};
  }
  const SystemClock clock;
  auto reader = TopicReader::create(*settings->kafka, clock, {});
  if (!reader) return std::move(reader).error();
  const Deadline deadline(clock, kAsking);
  std::vector<PartitionRange> ranges;
  for (const std::string_view name : {kItemsTopic, kClaimsTopic}) {
    const std::string topic = settings->kafka->topic_prefix + "." + std::string(name);
    auto partitions = reader->partition_count(topic, deadline);
    if (!partitions) return std::move(partitions).error();
    for (int i = 0; i < *partitions; ++i) {
      auto range = reader->whole(topic, i, deadline);
      if (!range) return std::move(range).error();
      ranges.push_back(*range);
    }
  }
  return reader->read(ranges, kStall,
                      [&table](const KafkaMessage& message) { table.take(message.value); });
}

ExportKind kind_named(const std::string& name) {
  if (name == "events") return ExportKind::kEvents;
  return name == "claims" ? ExportKind::kClaims : ExportKind::kFigures;
}

}  // namespace

int export_command(const CommonArgs& common, const ExportArgs& args) {
  const ExportKind kind = kind_named(args.what);
  ExportTable table(kind);
  auto read = args.from_kafka
                  ? read_topics(common, table)
                  : for_each_line(args.file, [&](const std::string& line) { table.take(line); });
  if (!read) return fail(read.error());
  if (table.refused() > 0) {
    std::fprintf(stderr, "steppewatch export: lines that are no records: %zu\n", table.refused());
  }
  if (table.full()) {
    std::fprintf(stderr, "steppewatch export: stopped at %zu rows\n", ExportTable::kMaxRows);
  }
  const auto rows = table.rows();
  const bool written = args.format == "geojson" ? write_geojson(kind, rows, stdout)
                                                : write_csv(kind, rows, args.hxl, stdout);
  if (written) return kExitOk;
  return fail({Code::kStorage, Retry::kNever, "writing the export failed"});
}

}  // namespace steppe
