#pragma once
// Which items of a feed's first document are taken.

#include <vector>

#include "core/feed.h"
#include "core/item.h"

namespace steppe {

/// For each item whether the policy takes it. Undated items count as new.
std::vector<bool> taken_at_first_poll(const FirstPoll& policy, const std::vector<Item>& items,
                                      Instant now);

}  // namespace steppe
