#include "daemon/stored_feeds.h"

#include <map>

#include "daemon/polling/feed_memory_row.h"

namespace steppe {

Result<std::vector<FeedState>> load_feed_states(SqliteStore& store) {
  auto states = store.load_feeds();
  if (!states) return states;
  std::map<FeedId, FeedMemory> memories;
  auto loaded = store.load_rows(StateRow::Space::kFeed, [&](const StateRow& row) {
    if (auto memory = read_memory_row(row)) memories.insert(std::move(*memory));
  });
  if (!loaded) return std::move(loaded).error();
  for (FeedState& state : *states) {
    const auto found = memories.find(state.id);
    if (found != memories.end()) state.memory = std::move(found->second);
  }
  return states;
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
