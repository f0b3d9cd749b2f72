#pragma once
// What goes along with the request for an article page: the item as it was published, as bytes.

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/ids.h"
#include "daemon/full_text/page_book.h"
#include "daemon/waiting_item.h"

namespace steppe {

struct PageTicket {
  ItemId item_id;
  std::uint32_t revision = 0;  // that was published when the page was wanted
  Match match;                 // decision, stage and how it was adopted; no other reasons
  WaitingItem waiting;
};

PackedItem pack_ticket(const Item& item, const ItemId& id, std::uint32_t revision,
                       const ItemSource& source);

/// Nothing when the bytes are damaged.
std::optional<PageTicket> read_ticket(std::string_view bytes);

}  // namespace steppe
