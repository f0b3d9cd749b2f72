#include "connectors/http_feed/address_guard.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstddef>
#include <string>

namespace steppe {
namespace {

template <std::size_t kSize>
struct Range {
  std::array<std::uint8_t, kSize> prefix;
  unsigned bits;
  std::string_view name;
};

constexpr std::array kSpecialIpv4 = {
    Range<4>{{0}, 8, "this network"},
    Range<4>{{10}, 8, "private"},
    Range<4>{{100, 64}, 10, "carrier-grade NAT"},
    Range<4>{{127}, 8, "loopback"},
    Range<4>{{169, 254}, 16, "link-local"},
    Range<4>{{172, 16}, 12, "private"},
    Range<4>{{192, 0, 0}, 24, "protocol assignments"},
    Range<4>{{192, 0, 2}, 24, "documentation"},
    Range<4>{{192, 168}, 16, "private"},
    Range<4>{{198, 18}, 15, "benchmarking"},
    Range<4>{{198, 51, 100}, 24, "documentation"},
    Range<4>{{203, 0, 113}, 24, "documentation"},
    Range<4>{{224}, 4, "multicast"},
    Range<4>{{255, 255, 255, 255}, 32, "broadcast"},
    Range<4>{{240}, 4, "reserved"},
};

// Looked at before the rule that only 2000::/3 is public.
constexpr std::array kSpecialIpv6 = {
    Range<16>{{}, 128, "unspecified"},
    Range<16>{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    Range<16>{{0xfe, 0x80}, 10, "link-local"},
    Range<16>{{0xfe, 0xc0}, 10, "site-local"},
    Range<16>{{0xfc}, 7, "unique local"},
    Range<16>{{0xff}, 8, "multicast"},
    Range<16>{{0x20, 0x01, 0x00}, 23, "protocol assignments"},
    Range<16>{{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},
    Range<16>{{0x3f, 0xff}, 20, "documentation"},
};

// Prefixes followed by an IPv4 address.
struct Carrier {
  Range<16> range;
  std::size_t offset;
};
constexpr std::array kCarriers = {
    Carrier{{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, "mapped"}, 12},
    Carrier{{{0x00, 0x64, 0xff, 0x9b}, 96, "NAT64"}, 12},
    Carrier{{{0x20, 0x02}, 16, "6to4"}, 2},
};

constexpr Range<16> kPublicIpv6 = {{0x20}, 3, "public"};

template <std::size_t kSize>
bool lies_in(const std::array<std::uint8_t, kSize>& address, const Range<kSize>& range) {
  for (std::size_t i = 0, bits = range.bits; bits > 0;
       ++i, bits -= std::min<std::size_t>(bits, 8)) {
    const unsigned keep = bits >= 8 ? 0xFFU : 0xFFU << (8 - bits) & 0xFFU;
    if ((address[i] & keep) != range.prefix[i]) return false;
  }
  return true;
}

}  // namespace

std::string_view special_range(const Ipv4& address) {
  for (const auto& range : kSpecialIpv4) {
    if (lies_in(address, range)) return range.name;
  }
  return {};
}

std::string_view special_range(const Ipv6& address) {
  for (const auto& [range, offset] : kCarriers) {
    if (!lies_in(address, range)) continue;
    Ipv4 carried{};
    std::copy_n(address.begin() + static_cast<std::ptrdiff_t>(offset), 4, carried.begin());
    return special_range(carried);
  }
  for (const auto& range : kSpecialIpv6) {
    if (lies_in(address, range)) return range.name;
  }
  return lies_in(address, kPublicIpv6) ? std::string_view{} : "not global unicast";
}

bool names_private_host(std::string_view host) {
  std::string name(host);
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (name.ends_with('.')) name.pop_back();
  Ipv6 v6{};
  if (inet_pton(AF_INET6, name.c_str(), v6.data()) == 1) return !special_range(v6).empty();
  in_addr v4{};  // inet_aton takes the odd notations that resolvers take, such as 0x7f.1
  if (inet_aton(name.c_str(), &v4) == 1) {
    Ipv4 bytes{};
    std::copy_n(reinterpret_cast<const std::uint8_t*>(&v4), bytes.size(), bytes.begin());
    return !special_range(bytes).empty();
  }
  constexpr std::array<std::string_view, 6> kZones = {"localhost", "local",     "internal",
                                                      "intranet",  "home.arpa", "localdomain"};
  return std::ranges::any_of(kZones, [&](std::string_view zone) {
    return name == zone || name.ends_with("." + std::string(zone));
  });
}

}  // namespace steppe
