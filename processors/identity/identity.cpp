#include "processors/identity/identity.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "processors/identity/content_bits.h"
#include "processors/identity/folded_text.h"
#include "processors/identity/url_identity.h"

namespace steppe {
namespace {

constexpr char kSeparator = '\0';

Hash128 scoped(std::string_view domain, std::string_view scope, std::string_view value) {
  std::string bytes;
  bytes.reserve(domain.size() + scope.size() + value.size() + 2);
  bytes.append(domain).push_back(kSeparator);
  bytes.append(scope).push_back(kSeparator);
  return hash128(bytes.append(value));
}

Hash128 link_hash(std::string_view identity) {
  return scoped("link", "", identity);
}

const std::string& link_of(const Item& item) {
  return item.canonical_url.empty() ? item.url : item.canonical_url;
}

std::optional<Hash128> guid_hash(const Item& item, const Feed& feed) {
  if (item.guid.empty()) return std::nullopt;
  const std::string address = url_identity(item.guid);
  if (address.empty()) return scoped("guid", feed.id.str(), item.guid);
  // The posts of a live page differ in their fragments alone.
  const std::size_t fragment = std::min(item.guid.find('#'), item.guid.size());
  return link_hash(address + item.guid.substr(fragment));
}

std::optional<Hash128> link_hash_of(const Item& item) {
  const std::string address = url_identity(link_of(item));
  if (address.empty()) return std::nullopt;
  return link_hash(address);
}

// Where the same words mean the same item.
std::string publisher_of(const Item& item, const Feed& feed) {
  const std::string host = url_host(link_of(item));
  return host.empty() ? feed.id.str() : host;
}

bool has_text(const Item& item) {
  return !item.title.empty() || !item.summary.empty() || !item.body.empty();
}

void add(std::vector<IdentityKey>& keys, Rung rung, const Hash128& hash) {
  const bool known = std::any_of(keys.begin(), keys.end(),
                                 [&hash](const IdentityKey& key) { return key.key == hash; });
  if (!known) keys.push_back({rung, hash});
}

// What must be equal for two items under one key to be the same item.
Hash128 witness(Rung rung, const Item& item, const Hash128& primary) {
  if (rung == Rung::kLink || rung == Rung::kGuid) return hash128(folded(item.title));
  return link_hash_of(item).value_or(primary);
}

// Keys under which the document holds items that differ.
std::unordered_set<Hash128> ambiguous_keys(std::span<const Item> items,
                                           const std::vector<std::vector<IdentityKey>>& keys) {
  std::unordered_map<Hash128, Hash128> seen;
  std::unordered_set<Hash128> ambiguous;
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (const IdentityKey& key : keys[i]) {
      if (key.rung == Rung::kGuid) continue;  // trust in guids is decided for the whole feed
      const Hash128 mark = witness(key.rung, items[i], keys[i].front().key);
      const auto [at, added] = seen.emplace(key.key, mark);
      if (!added && at->second != mark) ambiguous.insert(key.key);
    }
  }
  return ambiguous;
}

bool guids_tell_apart(std::span<const Item> items, const Feed& feed) {
  std::unordered_map<Hash128, Hash128> seen;
  for (const Item& item : items) {
    const std::optional<Hash128> guid = guid_hash(item, feed);
    if (!guid) continue;
    const Hash128 mark = link_hash_of(item).value_or(hash128(folded(item.title)));
    const auto [at, added] = seen.emplace(*guid, mark);
    if (!added && at->second != mark) return false;
  }
  return true;
}

}  // namespace

std::vector<IdentityKey> identity_keys(const Item& item, const Feed& feed, bool guid_trusted) {
  std::vector<IdentityKey> keys;
  if (guid_trusted) {
    if (const auto guid = guid_hash(item, feed)) add(keys, Rung::kGuid, *guid);
  }
  if (const auto link = link_hash_of(item)) add(keys, Rung::kLink, *link);
  const std::string publisher = publisher_of(item, feed);
  if (!item.title.empty() && item.published) {
    const std::string when = to_rfc3339(item.published->value);
    add(keys, Rung::kTitleDate, scoped("title", publisher, when + kSeparator + folded(item.title)));
  }
  if (has_text(item)) {
    add(keys, Rung::kContent, scoped("content", publisher, to_hex(content_hash(item))));
  }
  return keys;
}

DocumentIdentity identify_document(std::span<const Item> items, const Feed& feed,
                                   bool trusted_so_far) {
  DocumentIdentity out;
  out.guid_trusted = trusted_so_far && guids_tell_apart(items, feed);
  out.keys.reserve(items.size());
  for (const Item& item : items) out.keys.push_back(identity_keys(item, feed, out.guid_trusted));
  const std::unordered_set<Hash128> ambiguous = ambiguous_keys(items, out.keys);
  for (std::vector<IdentityKey>& keys : out.keys) {
    std::erase_if(keys, [&ambiguous](const IdentityKey& key) {
      return key.rung != Rung::kGuid && ambiguous.contains(key.key);
    });
  }
  return out;
}

ItemId item_id_of(std::string_view profile_name, const IdentityKey& primary) {
  static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuv";
  const Hash128 hash = scoped("item", profile_name, to_hex(primary.key));
  std::string id = "i";
  // 26 digits of 5 bits hold 130: the first digit carries the top 3 bits.
  for (int digit = 25; digit >= 0; --digit) {
    const int shift = digit * 5;
    std::uint64_t bits = 0;
    if (shift >= 64) {
      bits = hash.high >> (shift - 64);
    } else {
      bits = hash.low >> shift;
      if (shift > 59) bits |= hash.high << (64 - shift);
    }
    id.push_back(kDigits[bits & 31]);
  }
  return ItemId(std::move(id));
}

std::uint64_t content_hash(const Item& item) {
  return pack_content(item);
}

}  // namespace steppe
