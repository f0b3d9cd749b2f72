#include "connectors/json_lines/options.h"

#include "config/option_table.h"

namespace steppe {

OptionTable<JsonLinesOptions> json_lines_option_table() {
  using O = JsonLinesOptions;
  OptionTable<O> table("Records as lines of JSON, the sink when there is no [kafka].");
  table.option("path", &O::path,
               {.help = "File to append to, or \"-\" for stdout. A file gets every record exactly "
                        "once, stdout at least once.",
                .min = 1,
                .max = 4096,
                .example = "\"/var/lib/steppewatch/records.jsonl\""});
  table.option("fsync", &O::fsync,
               {.help = "When written lines are synced to disk: always (before they count as "
                        "published), interval, or never. It matters for a power cut only.",
                .names = {{"always", FsyncPolicy::kAlways},
                          {"interval", FsyncPolicy::kInterval},
                          {"never", FsyncPolicy::kNever}}});
  table.option(
      "fsync_interval_ms", &O::fsync_interval,
      {.help = "Time between two syncs with fsync = \"interval\".", .min = 1, .max = 60000});
  table.option("write_limit_ms", &O::write_limit,
               {.help = "How long a reader of stdout that does not read is waited for before "
                        "publishing is tried again later.",
                .min = 10,
                .max = 600000});
  return table;
}

}  // namespace steppe
