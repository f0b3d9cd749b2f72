#pragma once
// What was learned about feeds and hosts as state rows.

#include <optional>

#include "core/feed.h"
#include "core/state.h"

namespace steppe {

StateRow memory_row(const FeedState& state);
StateRow host_block_row(const HostBlock& block);

/// The feed a memory row belongs to and what it holds; nothing for another row or a damaged one:
/// what was learned can be learned again.
std::optional<std::pair<FeedId, FeedMemory>> read_memory_row(const StateRow& row);
std::optional<HostBlock> read_host_block_row(const StateRow& row);

}  // namespace steppe
