#pragma once
// Instants are UTC milliseconds; text form is RFC 3339 with Z.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

/// "2022-01-11T12:00:00Z"; milliseconds are printed only when not zero.
std::string to_rfc3339(Instant at);

/// "2022-01-11".
std::string to_date(std::chrono::sys_days day);

/// Strict RFC 3339 (Z or numeric offset); nothing when `text` is anything else.
/// Lenient feed dates are processors/parse/dates.h.
std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace steppe
