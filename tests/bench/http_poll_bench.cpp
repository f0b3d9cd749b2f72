// Keep-alive 304 polls over loopback: how many one CPU second of the fetching thread is good for.
// Usage: http_poll_bench [polls] [hosts]

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <vector>

#include "connectors/http_feed/http_feed.h"
#include "tests/support/http_server.h"

namespace {

using namespace steppe;

double thread_cpu_seconds() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

class Bench {
 public:
  Bench(std::size_t polls, std::size_t hosts) : left_(polls) {
    for (std::size_t i = 0; i < hosts; ++i) {
      servers_.push_back(std::make_unique<test::HttpServer>());
      servers_.back()->handle("/feed", test::conditional_feed("<rss/>", "\"1\"", ""));
      auto feed = std::make_shared<Feed>();
      feed->url = servers_.back()->url("/feed");
      feed->allow_private_addresses = true;
      feeds_.push_back(std::move(feed));
    }
  }

  void run() {
    const std::size_t polls = left_;
    const double before = thread_cpu_seconds();
    while (left_ > 0 || http_->in_flight() > 0) {
      while (left_ > 0 && http_->in_flight() < http_->capacity()) start();
      for (const FetchOutcome& outcome : http_->poll(std::chrono::seconds{10})) {
        if (!std::holds_alternative<NotModified>(outcome.result)) ++bad_;
      }
    }
    const double spent = thread_cpu_seconds() - before;
    std::printf("%zu polls, %zu hosts, %zu not 304, %llu connections: %.1f us a poll, %.0f/s CPU\n",
                polls, servers_.size(), bad_,
                static_cast<unsigned long long>(http_->stats().connections),
                spent / static_cast<double>(polls) * 1e6, static_cast<double>(polls) / spent);
  }

 private:
  void start() {
    const FeedPtr& feed = feeds_[left_ % feeds_.size()];
    --left_;
    http_->start({.feed = feed,
                  .validators = {.etag = "\"1\"", .last_modified = "", .url = feed->url},
                  .body_hash = 1,
                  .window = nullptr});
  }

  std::size_t left_;
  std::size_t bad_ = 0;
  std::vector<std::unique_ptr<test::HttpServer>> servers_;
  std::vector<FeedPtr> feeds_;
  SystemClock clock_;
  std::unique_ptr<HttpFeed> http_ =
      std::move(HttpFeed::create({.contact = "https://example.org/bench"}, clock_).value());
};

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int at, long fallback) {
    const long given = argc > at ? std::atol(argv[at]) : fallback;
    return static_cast<std::size_t>(given > 0 ? given : fallback);
  };
  Bench(number(1, 50'000), number(2, 50)).run();
  return 0;
}
