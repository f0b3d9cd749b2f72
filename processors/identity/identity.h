#pragma once
// Which item is this? The identity ladder: guid, canonical link, title with date, content.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/feed.h"
#include "core/item.h"

namespace steppe {

/// Every key under which `item` may be known, best rung first, no key twice.
/// guid: only when trusted; one that is a URL counts for all feeds through its canonical form, any
/// other within its feed. link: for all feeds; a link to a whole site is none. title with date, and
/// content: within the host of the link, else within the feed, because the same words of another
/// outlet are a reprint and not the same item. Empty when the item has nothing to tell it by.
std::vector<IdentityKey> identity_keys(const Item& item, const Feed& feed, bool guid_trusted);

/// The keys of all items of one document.
struct DocumentIdentity {
  bool guid_trusted = true;
  std::vector<std::vector<IdentityKey>> keys;  // one entry per item, in order
};

/// As identity_keys(), with what the items say about one another: a guid that two links share makes
/// the feed's guids untrusted; a link under several titles, or a title and date under several
/// links, tells nothing apart and is left out.
/// `trusted_so_far` is what the window remembers; trust once lost stays lost.
DocumentIdentity identify_document(std::span<const Item> items, const Feed& feed,
                                   bool trusted_so_far);

/// "i" and 26 characters of base32hex (RFC 4648 §7, lower case): 128 bits of profile name and key.
ItemId item_id_of(std::string_view profile_name, const IdentityKey& primary);

/// 64 bits over title, summary and body, case and white space folded. The three texts sit in
/// separate bits (changed_fields() reads them); an empty one lends its bits to the others.
std::uint64_t content_hash(const Item& item);

}  // namespace steppe
