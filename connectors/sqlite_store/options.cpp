#include "connectors/sqlite_store/options.h"

#include "config/option_table.h"

namespace steppe {

OptionTable<StoreOptions> store_option_table() {
  using O = StoreOptions;
  OptionTable<O> table("The state file: what was seen, and what waits to be published.");
  table.option("max_outbox_bytes", &O::max_outbox_bytes,
               {.help = "Records that may wait for the sink. While there is more, no feed is "
                        "polled; nothing is dropped.",
                .min = 1U << 20U,
                .max = 1ULL << 40U});
  table.option(
      "cache_bytes", &O::cache_bytes,
      {.help = "Memory for pages of the state file.", .min = 1U << 20U, .max = 4ULL << 30U});
  table.option("checkpoint_bytes", &O::checkpoint_bytes,
               {.help = "Size of the write-ahead log above which it is folded into the file.",
                .min = 1U << 18U,
                .max = 1ULL << 30U});
  table.option("reserve_bytes", &O::reserve_bytes,
               {.help = "Disk space held back in state_dir, so that published records can be "
                        "deleted when the disk is full; 0 holds none back. Nothing new is stored "
                        "while less than this is left.",
                .max = 1ULL << 30U});
  table.option("seen_days", &O::seen_days,
               {.help = "Items not seen for so long are forgotten, and published again when they "
                        "come back; 0 keeps all.",
                .max = 36500});
  return table;
}

}  // namespace steppe
