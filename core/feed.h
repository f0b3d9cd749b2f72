#pragma once
// A feed as configured, and what is remembered about it between polls.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/feed_memory.h"
#include "core/hash.h"
#include "core/ids.h"
#include "core/known_items.h"
#include "core/shared_text.h"
#include "core/time.h"

namespace steppe {

enum class SourceTier : std::uint8_t {
  kOfficial,
  kAgency,
  kStateMedia,
  kIndependent,
  kLocal,
  kSocial,
  kUnknown
};
enum class PublishText : std::uint8_t { kNone, kSummary, kFull };

/// What to do with the items of the first poll, or of a feed that was away.
struct FirstPoll {
  enum class Kind : std::uint8_t { kAll, kNone, kLast, kSince };
  Kind kind = Kind::kSince;
  std::uint32_t last = 0;                 // kLast: this many newest items
  std::chrono::seconds since{72 * 3600};  // kSince: items published within this time
};

/// What opens a feed that is not for everybody. Sent to the origin of the feed's URL only.
struct FeedCredentials {
  std::string user;      // Basic, with `password`
  std::string password;  // secret
  std::string bearer;    // secret; Authorization: Bearer
  std::string header;    // secret; a whole "Name: value" line
};

/// One [[feed]] of the configuration. Immutable while in use.
struct Feed {
  FeedId id;
  SharedText url;  // http, https, or file: for a directory of documents
  SharedText name;
  SourceTier tier = SourceTier::kUnknown;
  SharedText lang;      // BCP-47, may be empty
  SharedText country;   // ISO 3166-1 alpha-2, may be empty
  SharedText timezone;  // for dates without a zone, IANA name, may be empty
  std::optional<std::chrono::seconds> interval;      // given: fixed; absent: adapts
  std::optional<std::chrono::seconds> min_interval;  // the site agreed to be asked this often
  FirstPoll first_poll;
  PublishText publish_text = PublishText::kSummary;
  bool allow_private_addresses = false;
  bool obey_robots = true;  // ask for robots.txt and keep to it
  bool http2 = true;        // offer HTTP/2 over TLS
  bool full_text = false;   // read the article pages of kept items
  SharedText proxy;         // http://, https:// or socks5:// URL; "none"; empty: as [http] says
  std::shared_ptr<const FeedCredentials> credentials;  // null: none
};
using FeedPtr = std::shared_ptr<const Feed>;

/// Cache validators exactly as received; one atomic set. Source: RFC 9110 §8.8.
struct Validators {
  SharedText etag;
  SharedText last_modified;
  SharedText url;  // of the answer that carried them; empty: not known
  bool empty() const { return etag.empty() && last_modified.empty(); }
};

/// The immutable snapshot of a feed's last known items: primary identity key -> content hash.
struct Window {
  KnownItems known;
  bool guid_trusted = true;  // guids were unique and stable so far
  bool first_poll = false;   // nothing of this feed was ever committed
};
using WindowPtr = std::shared_ptr<const Window>;

/// What the store keeps of one feed; committed in the transaction of its items.
struct FeedState {
  FeedId id;
  SharedText url;  // the URL that was polled; a change drops validators
  Validators validators;
  std::uint64_t body_hash = 0;  // of the bytes as received
  Instant next_poll_at{};
  Instant last_poll_at{};
  Instant last_ok_at{};
  Instant last_new_item_at{};
  SharedText status;           // "ok", "not_modified", or the last error's label
  SharedText detail;           // one line for the operator
  std::uint32_t failures = 0;  // in a row
  bool guid_trusted = true;
  bool ever_committed = false;
  FeedMemory memory;
};
/// Shared by those who look at it; a change makes a new one.
using FeedStatePtr = std::shared_ptr<const FeedState>;

std::string_view to_string(SourceTier tier);
std::string_view to_string(PublishText policy);

}  // namespace steppe
