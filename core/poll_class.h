#pragma once
// What one poll met: the closed list of classes. A class is a metric label, the feed's status and
// the key to its remedy (connectors/http_feed/README.md).

#include <array>
#include <cstdint>
#include <string_view>

namespace steppe {

enum class PollClass : std::uint8_t {
  // It went well.
  kOk,             // a document with items to look into
  kNotModified,    // 304 to the validators that were sent
  kUnchangedBody,  // 200 with the bytes of the last document
  // No answer.
  kBadUrl,          // cannot be asked for
  kNameUnknown,     // no address for the name
  kNotConnected,    // refused or unreachable
  kPrivateAddress,  // the name leads to an address that is not public
  kTlsCertificate,  // expired, of another host, of an unknown authority
  kTlsRefused,      // the server cut the handshake: it may not like our TLS fingerprint
  kTlsFailure,
  kProxyFailure,
  kTimeout,
  kTooSlow,        // answers by drips
  kCutOff,         // the connection ended before the answer did
  kRobots,         // robots.txt forbids it
  kRobotsUnknown,  // robots.txt cannot be read at the moment, which forbids everything
  // An answer that is none.
  kProtocolError,  // not HTTP, or HTTP that contradicts itself
  kTruncated,      // body shorter than announced
  kTooLarge,       // a bound on header, body or memory was hit
  kBadEncoding,    // Content-Encoding that was not asked for, or bytes that are not in it
  kEmptyBody,
  kRedirectLoop,
  kTooManyRedirects,
  kBadRedirect,  // to no URL, or to something other than http and https
  kOddStatus,    // 206, 304 without being asked, a redirect without target
  // The server says no.
  kUnauthorized,  // 401, 407
  kForbidden,     // 403, 451
  kNotFound,      // 404
  kGone,          // 410
  kClientError,   // other 4xx
  kRateLimited,   // 429
  kUnavailable,   // 503
  kServerError,   // other 5xx
  // Something else in the feed's place.
  kChallengePage,  // a bot check, such as Cloudflare's
  kLoginPage,
  kParkedDomain,  // the domain is for sale
  kSoftNotFound,  // a page that says "not found" with status 200
  kHtmlPage,
  kNotAFeed,  // XML or JSON of another kind
  kBinary,
  kBrokenFeed,  // cannot be read although it tries
  // The feed lies about itself.
  kStuckValidators,  // 304 or the same validators although the content changed
  kUnknown,
};

inline constexpr std::size_t kPollClasses = static_cast<std::size_t>(PollClass::kUnknown) + 1;

/// Metric label and feed status, snake_case.
std::string_view to_string(PollClass poll_class);

/// The class whose label this is; kUnknown for other text.
PollClass poll_class_of(std::string_view label);

/// The class of an HTTP status that is no success; kOddStatus for those that are none of ours.
PollClass class_of_status(int http_status);

}  // namespace steppe
