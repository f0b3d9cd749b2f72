// Kept connections without a network: the test is the other side.

#include <curl/curl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "connectors/http_feed/kept_sockets.h"

namespace steppe {
namespace {

using Asked = KeptSockets::Asked;
using std::chrono::seconds;

constexpr std::string_view kOrigin = "http://feeds.example:80";

class KeptLines : public ::testing::Test {
 protected:
  KeptLines() { context_.options.max_connections = 10; }

  std::unique_ptr<Transfer> transfer(bool guarded = false,
                                     const std::string& url = "http://feeds.example/feed") {
    auto feed = std::make_shared<Feed>();
    feed->id = FeedId("f");
    feed->url = url;
    feed->allow_private_addresses = !guarded;
    FetchRequest request;
    request.feed = std::move(feed);
    auto made = std::make_unique<Transfer>(context_, std::move(request), Instant{});
    EXPECT_EQ(made->begin(), Transfer::Step::kRequest);
    return made;
  }

  /// Keeps one end of a new connection; the other is the caller's.
  Socket keep(std::string_view origin = kOrigin) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    kept_.keep({.socket = Socket(ends[0]),
                .origin = std::string(origin),
                .address = "10.0.0.1",
                .range = "private"},
               now_);
    return Socket(ends[1]);
  }
  Asked ask(bool guarded = false) {
    auto one = transfer(guarded);
    return kept_.ask(one, now_);
  }

  TransferContext context_;
  Socket epoll_{::epoll_create1(EPOLL_CLOEXEC)};
  KeptSockets::Time now_ = std::chrono::steady_clock::now();
  KeptSockets kept_{context_.options, epoll_.get()};
};

TEST_F(KeptLines, AQuietOneIsAsked) {
  const Socket server = keep();
  EXPECT_EQ(ask(), Asked::kYes);
  std::array<char, 4> begin{};
  EXPECT_EQ(::recv(server.get(), begin.data(), begin.size(), 0), 4);
  EXPECT_EQ(std::string_view(begin.data(), begin.size()), "GET ");
  EXPECT_EQ(kept_.busy(), 1U);
}

TEST_F(KeptLines, WhatCameBeforeARequestIsNotItsAnswer) {
  const Socket server = keep();
  constexpr std::string_view kTimeout = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n";
  ASSERT_GT(::send(server.get(), kTimeout.data(), kTimeout.size(), MSG_NOSIGNAL), 0);
  EXPECT_EQ(ask(), Asked::kNo);
  EXPECT_EQ(kept_.size(), 0U);
}

TEST_F(KeptLines, OneThatEndedIsNotAsked) {
  {
    const Socket server = keep();
  }
  EXPECT_EQ(ask(), Asked::kNo);
  EXPECT_EQ(kept_.size(), 0U);
}

TEST_F(KeptLines, OneThatWaitedTooLongIsNotAsked) {
  const Socket server = keep();
  now_ += seconds{119};
  EXPECT_EQ(ask(), Asked::kNo);
  EXPECT_EQ(kept_.size(), 0U);
}

TEST_F(KeptLines, ABusyOneDoesNotStopTheOthersFromBeingClosed) {
  const Socket busy = keep();
  const Socket waiting = keep("http://other.example:80");
  context_.options.total_timeout_secs = 1000;
  context_.options.low_speed_secs = 1000;
  ASSERT_EQ(ask(), Asked::kYes);
  now_ += seconds{119};
  std::vector<KeptSockets::Ended> ended;
  kept_.on_time(now_, ended);
  EXPECT_TRUE(ended.empty());
  EXPECT_EQ(kept_.size(), 1U);
  EXPECT_EQ(kept_.busy(), 1U);
}

// Its name may lead elsewhere by now: libcurl finds out.
TEST_F(KeptLines, AGuardedFeedIsNotJudgedByTheAddressOfAnOldConnection) {
  const Socket server = keep();
  EXPECT_EQ(ask(true), Asked::kNo);
  EXPECT_EQ(context_.counters.refused_addresses, 0U);
  EXPECT_EQ(kept_.size(), 1U);
  EXPECT_EQ(ask(), Asked::kYes);
}

/// Both ends of a TCP connection over loopback.
std::array<Socket, 2> connection() {
  Socket listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof name;
  auto* where = reinterpret_cast<sockaddr*>(&name);
  EXPECT_EQ(::bind(listener.get(), where, size), 0);
  EXPECT_EQ(::listen(listener.get(), 1), 0);
  EXPECT_EQ(::getsockname(listener.get(), where, &size), 0);
  Socket client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(::connect(client.get(), where, size), 0);
  return {std::move(client), Socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC))};
}

// A name with two addresses, of which the first refuses: libcurl is done with both sockets.
TEST_F(KeptLines, OfSeveralSocketsTheConnectedOneIsKept) {
  auto one = transfer();
  one->attach(make_easy(context_));
  Socket refused(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  auto [client, server] = connection();
  const int connected = client.get();
  one->on_socket(refused.get());
  one->on_socket(connected);
  ASSERT_TRUE(one->on_address("127.0.0.1", "loopback"));
  const std::string head = "HTTP/1.1 304 Not Modified\r\n";
  ASSERT_EQ(::send(server.get(), (head + "\r\n").data(), head.size() + 2, MSG_NOSIGNAL),
            static_cast<ssize_t>(head.size() + 2));
  std::array<char, 100> read{};
  ASSERT_EQ(::recv(connected, read.data(), head.size() + 2, MSG_WAITALL),
            static_cast<ssize_t>(head.size() + 2));
  for (const std::string& line : {head, std::string("\r\n")}) ASSERT_TRUE(one->on_header(line));
  one->park(std::move(refused));
  one->park(std::move(client));
  one->request_ended(CURLE_OK);
  const auto kept = one->take_socket();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->socket.get(), connected);
  EXPECT_EQ(kept->address, "127.0.0.1");
}

TEST_F(KeptLines, AddressesWithAZoneDoNotFit) {
  EXPECT_TRUE(transfer(false, "http://[fe80::1]/a%20b?c=%25d")->fits_kept_socket());
  EXPECT_FALSE(transfer(false, "http://[fe80::1%25eth0]/feed")->fits_kept_socket());
}

}  // namespace
}  // namespace steppe
