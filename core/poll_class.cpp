#include "core/poll_class.h"

#include <algorithm>

#include "core/document.h"

namespace steppe {
namespace {

constexpr std::array<std::string_view, kPollClasses> kLabels = {
    "ok",
    "not_modified",
    "unchanged_body",
    "bad_url",
    "name_unknown",
    "not_connected",
    "private_address",
    "tls_certificate",
    "tls_refused",
    "tls_failure",
    "proxy_failure",
    "timeout",
    "too_slow",
    "cut_off",
    "robots",
    "robots_unknown",
    "protocol_error",
    "truncated",
    "too_large",
    "bad_encoding",
    "empty_body",
    "redirect_loop",
    "too_many_redirects",
    "bad_redirect",
    "odd_status",
    "unauthorized",
    "forbidden",
    "not_found",
    "gone",
    "client_error",
    "rate_limited",
    "unavailable",
    "server_error",
    "challenge_page",
    "login_page",
    "parked_domain",
    "soft_not_found",
    "html_page",
    "not_a_feed",
    "binary",
    "broken_feed",
    "stuck_validators",
    "unknown",
};

}  // namespace

std::string_view to_string(PollClass poll_class) {
  return kLabels[static_cast<std::size_t>(poll_class)];
}

PollClass poll_class_of(std::string_view label) {
  const auto found = std::find(kLabels.begin(), kLabels.end(), label);
  if (found == kLabels.end()) return PollClass::kUnknown;
  return static_cast<PollClass>(found - kLabels.begin());
}

PollClass class_of_status(int http_status) {
  switch (http_status) {
    case 401:
    case 407: return PollClass::kUnauthorized;
    case 403:
    case 451: return PollClass::kForbidden;
    case 404: return PollClass::kNotFound;
    case 410: return PollClass::kGone;
    case 429: return PollClass::kRateLimited;
    case 503: return PollClass::kUnavailable;
    default: break;
  }
  if (http_status >= 400 && http_status < 500) return PollClass::kClientError;
  return http_status >= 500 && http_status < 600 ? PollClass::kServerError : PollClass::kOddStatus;
}

PollClass class_of(const FetchOutcome& outcome) {
  if (const auto* failed = std::get_if<FetchFailure>(&outcome.result)) return failed->poll_class;
  if (const auto* same = std::get_if<NotModified>(&outcome.result)) {
    return same->http_status == 304 ? PollClass::kNotModified : PollClass::kUnchangedBody;
  }
  return PollClass::kOk;
}

}  // namespace steppe
