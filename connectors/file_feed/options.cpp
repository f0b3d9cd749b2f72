#include "connectors/file_feed/options.h"

#include "config/option_table.h"

namespace steppe {

OptionTable<FileFeedOptions> file_feed_option_table() {
  using O = FileFeedOptions;
  OptionTable<O> table("Directories of feed documents (feeds whose URL is file:///...).");
  table.option("max_body_bytes", &O::max_body_bytes,
               {.help = "Largest document that is read.", .min = 1024, .max = 256U << 20U});
  table.option("max_total_bytes", &O::max_total_bytes,
               {.help = "Most that one poll of a directory reads; the rest is reported.",
                .min = 1024,
                .max = 4ULL << 30U});
  table.option("max_files", &O::max_files,
               {.help = "Most documents of one directory; the rest is reported.",
                .min = 1,
                .max = 1'000'000});
  return table;
}

}  // namespace steppe
