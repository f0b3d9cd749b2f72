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

/// What the keys of one item are made of, worked out once.
struct Marks {
  std::optional<Hash128> guid;
  std::optional<Hash128> link;
  std::string publisher;  // where the same words mean the same item
  std::string title;      // folded
};

std::optional<Hash128> guid_hash(const Item& item, const Feed& feed) {
  if (item.guid.empty()) return std::nullopt;
  const std::string address = url_identity(item.guid);
  if (address.empty()) return scoped("guid", feed.id.str(), item.guid);
  // The posts of a live page differ in their fragments alone.
  const std::size_t fragment = std::min(item.guid.find('#'), item.guid.size());
  return link_hash(address + item.guid.substr(fragment));
}

Marks marks_of(const Item& item, const Feed& feed) {
  const UrlParts link =
      item.canonical_url.empty() ? url_parts(item.url) : canonical_url_parts(item.canonical_url);
  Marks marks{.guid = guid_hash(item, feed),
              .link = {},
              .publisher = link.host.empty() ? feed.id.str().str() : link.host,
              .title = folded(item.title)};
  if (!link.identity.empty()) marks.link = link_hash(link.identity);
  return marks;
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
Hash128 witness(Rung rung, const Marks& marks, const Hash128& primary) {
  if (rung == Rung::kLink || rung == Rung::kGuid) return hash128(marks.title);
  return marks.link.value_or(primary);
}

// Keys under which the document holds items that differ.
std::unordered_set<Hash128> ambiguous_keys(const std::vector<Marks>& marks,
                                           const std::vector<std::vector<IdentityKey>>& keys) {
  std::unordered_map<Hash128, Hash128> seen;
  std::unordered_set<Hash128> ambiguous;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    for (const IdentityKey& key : keys[i]) {
      if (key.rung == Rung::kGuid) continue;  // trust in guids is decided for the whole feed
      const Hash128 mark = witness(key.rung, marks[i], keys[i].front().key);
      const auto [at, added] = seen.emplace(key.key, mark);
      if (!added && at->second != mark) ambiguous.insert(key.key);
    }
  }
  return ambiguous;
}

bool guids_tell_apart(const std::vector<Marks>& all) {
  std::unordered_map<Hash128, Hash128> seen;
  for (const Marks& marks : all) {
    if (!marks.guid) continue;
    const Hash128 mark = marks.link.value_or(hash128(marks.title));
    const auto [at, added] = seen.emplace(*marks.guid, mark);
    if (!added && at->second != mark) return false;
  }
  return true;
}

std::vector<IdentityKey> keys_of(const Item& item, const Marks& marks, bool guid_trusted) {
  std::vector<IdentityKey> keys;
  if (guid_trusted && marks.guid) add(keys, Rung::kGuid, *marks.guid);
  if (marks.link) add(keys, Rung::kLink, *marks.link);
  if (!item.title.empty() && item.published) {
    const std::string when = to_rfc3339(item.published->value);
    add(keys, Rung::kTitleDate, scoped("title", marks.publisher, when + kSeparator + marks.title));
  }
  if (has_text(item)) {
    const std::uint64_t hash = item.content_hash != 0 ? item.content_hash : content_hash(item);
    add(keys, Rung::kContent, scoped("content", marks.publisher, to_hex(hash)));
  }
  return keys;
}

}  // namespace

std::vector<IdentityKey> identity_keys(const Item& item, const Feed& feed, bool guid_trusted) {
  return keys_of(item, marks_of(item, feed), guid_trusted);
}

DocumentIdentity identify_document(std::span<const Item> items, const Feed& feed,
                                   bool trusted_so_far) {
  std::vector<Marks> marks;
  marks.reserve(items.size());
  for (const Item& item : items) marks.push_back(marks_of(item, feed));
  DocumentIdentity out;
  out.guid_trusted = trusted_so_far && guids_tell_apart(marks);
  out.keys.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    out.keys.push_back(keys_of(items[i], marks[i], out.guid_trusted));
  }
  const std::unordered_set<Hash128> ambiguous = ambiguous_keys(marks, out.keys);
  for (std::vector<IdentityKey>& keys : out.keys) {
    const bool named = !keys.empty();
    const IdentityKey first = named ? keys.front() : IdentityKey{};
    std::erase_if(keys, [&ambiguous](const IdentityKey& key) {
      return key.rung != Rung::kGuid && ambiguous.contains(key.key);
    });
    // one that shares every key with others is still an item: an id is made of its first key
    if (named && keys.empty()) keys.push_back(first);
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
