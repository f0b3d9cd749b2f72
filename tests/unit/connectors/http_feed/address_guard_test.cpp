#include "connectors/http_feed/address_guard.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <string>

namespace steppe {
namespace {

std::string range_of(const char* text) {
  Ipv4 v4{};
  if (inet_pton(AF_INET, text, v4.data()) == 1) return std::string(special_range(v4));
  Ipv6 v6{};
  EXPECT_EQ(inet_pton(AF_INET6, text, v6.data()), 1) << text;
  return std::string(special_range(v6));
}

struct Case {
  const char* address;
  const char* range;
};

class AddressGuard : public ::testing::TestWithParam<Case> {};

TEST_P(AddressGuard, NamesTheRange) {
  EXPECT_EQ(range_of(GetParam().address), GetParam().range) << GetParam().address;
}

INSTANTIATE_TEST_SUITE_P(
    Ipv4, AddressGuard,
    ::testing::Values(Case{"0.0.0.0", "this network"}, Case{"0.255.255.255", "this network"},
                      Case{"1.0.0.0", ""}, Case{"9.255.255.255", ""}, Case{"10.0.0.0", "private"},
                      Case{"10.255.255.255", "private"}, Case{"11.0.0.0", ""},
                      Case{"100.63.255.255", ""}, Case{"100.64.0.0", "carrier-grade NAT"},
                      Case{"100.127.255.255", "carrier-grade NAT"}, Case{"100.128.0.0", ""},
                      Case{"127.0.0.1", "loopback"}, Case{"127.255.255.254", "loopback"},
                      Case{"169.254.169.254", "link-local"}, Case{"172.15.255.255", ""},
                      Case{"172.16.0.1", "private"}, Case{"172.31.255.255", "private"},
                      Case{"172.32.0.0", ""}, Case{"192.0.2.1", "documentation"},
                      Case{"192.167.255.255", ""}, Case{"192.168.1.1", "private"},
                      Case{"198.19.255.255", "benchmarking"}, Case{"198.51.100.7", "documentation"},
                      Case{"203.0.113.7", "documentation"}, Case{"223.255.255.255", ""},
                      Case{"224.0.0.1", "multicast"}, Case{"239.255.255.255", "multicast"},
                      Case{"240.0.0.1", "reserved"}, Case{"255.255.255.255", "broadcast"}));

INSTANTIATE_TEST_SUITE_P(
    Ipv6, AddressGuard,
    ::testing::Values(
        Case{"::", "unspecified"}, Case{"::1", "loopback"}, Case{"::7f00:1", "not global unicast"},
        Case{"::ffff:127.0.0.1", "loopback"}, Case{"::ffff:10.1.2.3", "private"},
        Case{"::ffff:8.8.8.8", ""}, Case{"64:ff9b::a9fe:a9fe", "link-local"},
        Case{"64:ff9b::808:808", ""}, Case{"64:ff9b:1::808:808", "not global unicast"},
        Case{"2002:7f00:1::1", "loopback"}, Case{"2002:808:808::1", ""},
        Case{"fc00::1", "unique local"}, Case{"fdff::1", "unique local"},
        Case{"fe80::1", "link-local"}, Case{"fec0::1", "site-local"}, Case{"ff02::1", "multicast"},
        Case{"2001:db8::1", "documentation"}, Case{"3fff:1::1", "documentation"},
        Case{"2001:0:1::1", "protocol assignments"}, Case{"100::1", "not global unicast"},
        Case{"2606:4700::1111", ""}, Case{"2a02:6b8::1", ""}));

}  // namespace
}  // namespace steppe
