#pragma once
// An item that waits for a story, with all that is needed to publish it later, as bytes.

#include <optional>
#include <string>
#include <string_view>

#include "core/digest.h"
#include "core/item.h"
#include "daemon/keeper.h"
#include "processors/story/adoption.h"

namespace steppe {

struct WaitingItem {
  Item item;  // texts, dates and keys; what was found in it is found again
  Feed feed;  // what records say of it
  DocumentTrace trace;
  ItemSource source;  // its pointers are set by whoever uses it
  AdoptionCase adoption;
};

std::string pack_waiting(const Item& item, const ItemSource& source);

/// Nothing when the bytes are damaged.
std::optional<WaitingItem> read_waiting(std::string_view bytes);

}  // namespace steppe
