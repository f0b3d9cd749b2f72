#include "daemon/stored_feeds.h"

#include <unordered_map>

#include "daemon/full_text/page_book.h"
#include "daemon/polling/feed_memory_row.h"
#include "daemon/polling/kept_feeds.h"

namespace steppe {

Result<std::vector<FeedState>> load_feed_states(SqliteStore& store) {
  auto states = store.load_feeds();
  if (!states) return states;
  std::unordered_map<FeedId, FeedState*> by_id;
  for (FeedState& state : *states) by_id.emplace(state.id, &state);
  // Rows come by name: the entries of due times in the order they were made.
  auto loaded = store.load_rows(StateRow::Space::kFeed, [&](const StateRow& row) {
    if (auto memory = read_memory_row(row)) {
      const auto found = by_id.find(memory->first);
      if (found != by_id.end()) found->second->memory = std::move(memory->second);
    }
    read_due_row(row, [&](const FeedId& id, Instant due) {
      const auto found = by_id.find(id);
      if (found != by_id.end()) found->second->next_poll_at = due;
    });
  });
  if (!loaded) return std::move(loaded).error();
  return states;
}

Result<PageCountsByFeed> load_page_counts(SqliteStore& store) {
  PageBook book({});
  auto loaded =
      store.load_rows(StateRow::Space::kPage, [&](const StateRow& row) { book.restore(row); });
  if (!loaded) return std::move(loaded).error();
  PageCountsByFeed pages;
  for (auto& [feed, counts] : book.take_counts()) pages.emplace(feed, counts);
  return pages;
}

Result<std::vector<HostBlock>> load_host_blocks(SqliteStore& store) {
  std::vector<HostBlock> blocks;
  auto loaded = store.load_rows(StateRow::Space::kFeed, [&](const StateRow& row) {
    if (auto block = read_host_block_row(row)) blocks.push_back(std::move(*block));
  });
  if (!loaded) return std::move(loaded).error();
  return blocks;
}

}  // namespace steppe
