#pragma once
// What the store remembers of feeds and hosts, put together from its tables.

#include <vector>

#include "connectors/sqlite_store/sqlite_store.h"
#include "core/feed.h"
#include "daemon/feed_board.h"

namespace steppe {

/// Every feed ever polled, with what was learned about it. Errors: of the store.
Result<std::vector<FeedState>> load_feed_states(SqliteStore& store);

/// What became of article pages, for each feed that wanted any. Errors: of the store.
Result<PageCountsByFeed> load_page_counts(SqliteStore& store);

/// Hosts that told us to stay away. Errors: of the store.
Result<std::vector<HostBlock>> load_host_blocks(SqliteStore& store);

}  // namespace steppe
