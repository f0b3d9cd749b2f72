#pragma once
// Error values: a closed list of codes (also the metric labels), whether a retry can help, and
// words for the operator. Context is added on the way up, gerund first.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace steppe {

enum class Code : std::uint8_t {
  kInvalidInput,  // bytes from outside are not what they claim to be
  kTooLarge,      // a bound was hit
  kTimeout,
  kNetwork,      // name resolution, connection, TLS, transfer
  kHttpStatus,   // an HTTP answer other than 2xx and 304
  kRefused,      // our policy says no (address guard, scheme, robots)
  kUnavailable,  // a service we depend on is down or not ready
  kStorage,      // disk full, I/O error, corrupt file
  kConfig,       // the operator must change a setting
  kConflict,     // another instance holds the resource or fenced us
  kPermission,
  kInternal,  // our own bug, reported instead of aborting
};

enum class Retry : std::uint8_t { kNever, kLater };

struct [[nodiscard]] Error {
  Code code = Code::kInternal;
  Retry retry = Retry::kNever;
  std::string message;

  /// Returns the same error with `context` in front: "polling https://...: reading body: ...".
  Error with_context(std::string_view context) && {
    message.insert(0, std::string(context) + ": ");
    return std::move(*this);
  }
};

/// Metric label of a code, snake_case.
std::string_view to_string(Code code);

}  // namespace steppe
