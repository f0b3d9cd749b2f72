#pragma once
// Which network addresses a feed from the internet must never lead us to.

#include <array>
#include <cstdint>
#include <string_view>

namespace steppe {

using Ipv4 = std::array<std::uint8_t, 4>;
using Ipv6 = std::array<std::uint8_t, 16>;

/// Name of the special-purpose range the address lies in, "" for a public address.
/// Immutable rules. Source: IANA special-purpose address registries (RFC 6890), RFC 6598.
std::string_view special_range(const Ipv4& address);

/// Addresses that carry an IPv4 address (mapped, NAT64 64:ff9b::/96, 6to4) are judged by it; other
/// addresses outside 2000::/3 are not public.
std::string_view special_range(const Ipv6& address);

/// Whether a host, seen without looking its name up, is no public one: an address of a special
/// range, "localhost" and the names that stand for private networks (RFC 6761, RFC 6762, RFC 8375).
bool names_private_host(std::string_view host);

}  // namespace steppe
