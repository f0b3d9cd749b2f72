// How many polls one CPU second of the connector is good for; prints one JSON line.
// Usage: poll_bench BASE_URL POLLS HOSTS CONNECTIONS [CA_FILE] [body | curl]
// BASE_URL has %s where the address goes (127.x.y.z, HOSTS of them). "body": servers ignore
// validators, so that each poll is a 200 with the known body. "curl": libcurl as it comes, one new
// connection a poll.

#include <curl/curl.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "connectors/http_feed/http_feed.h"

namespace {

using namespace steppe;

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto secs = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return secs(used.ru_utime) + secs(used.ru_stime);
}

double resident_mib() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * 4096 / 1048576;
}

struct Plan {
  std::string base;
  std::size_t polls = 0;
  std::size_t hosts = 0;
  std::uint32_t connections = 0;
  std::string ca_file;
  bool whole_body = false;
};

std::string url_of(const Plan& plan, std::size_t host) {
  const std::string address = "127." + std::to_string(host / 62500 + 1) + "." +
                              std::to_string(host / 250 % 250) + "." +
                              std::to_string(host % 250 + 1);
  std::string url = plan.base;
  return url.replace(url.find("%s"), 2, address);
}

void report(const Plan& plan, const char* what, double spent, std::size_t bad,
            unsigned long long connections) {
  std::printf(
      "{\"what\":\"%s\",\"polls\":%zu,\"hosts\":%zu,\"bad\":%zu,\"connections\":%llu,"
      "\"cpu_secs\":%.4f,\"polls_per_cpu_sec\":%.1f,\"us_per_poll\":%.2f,\"rss_mib\":%.1f}\n",
      what, plan.polls, plan.hosts, bad, connections, spent,
      static_cast<double>(plan.polls) / spent, spent / static_cast<double>(plan.polls) * 1e6,
      resident_mib());
}

class Bench {
 public:
  explicit Bench(const Plan& plan) : plan_(plan) {
    const HttpOptions options{.contact = "https://example.org/bench",
                              .max_connections = plan.connections,
                              .ca_file = plan.ca_file};
    http_ = std::move(HttpFeed::create(options, clock_).value());
    for (std::size_t i = 0; i < plan.hosts; ++i) {
      auto feed = std::make_shared<Feed>();
      feed->url = url_of(plan, i);
      feed->allow_private_addresses = true;
      feed->obey_robots = false;
      feeds_.push_back(std::move(feed));
    }
  }

  // One round to learn body and connections, then the measured polls.
  void run() {
    poll_all(plan_.hosts);
    const auto before_connections = http_->stats().connections;
    bad_ = 0;
    const double before = cpu_seconds();
    poll_all(plan_.polls);
    report(plan_, "connector", cpu_seconds() - before, bad_,
           http_->stats().connections - before_connections);
  }

 private:
  void poll_all(std::size_t polls) {
    std::size_t left = polls;
    while (left > 0 || http_->in_flight() > 0) {
      while (left > 0 && http_->room() > 0) start(--left % feeds_.size());
      for (const FetchOutcome& outcome : http_->poll(std::chrono::seconds{10})) take(outcome);
    }
  }

  void start(std::size_t which) {
    const FeedPtr& feed = feeds_[which];
    FetchRequest request{.feed = feed};
    if (!plan_.whole_body)
      request.validators = {.etag = "\"1\"", .last_modified = "", .url = feed->url};
    request.body_hash = body_hash_;
    http_->start(std::move(request));
  }

  void take(const FetchOutcome& outcome) {
    if (const auto* document = std::get_if<Document>(&outcome.result))
      body_hash_ = document->body_hash;
    if (!std::holds_alternative<NotModified>(outcome.result)) ++bad_;
  }

  Plan plan_;
  SystemClock clock_;
  std::unique_ptr<HttpFeed> http_;
  std::vector<FeedPtr> feeds_;
  std::uint64_t body_hash_ = 0;
  std::size_t bad_ = 0;
};

std::size_t drop_body(char*, std::size_t, std::size_t size, void*) {
  return size;
}

// What a program gets that asks libcurl for URLs one after the other.
void run_plain_curl(const Plan& plan) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  std::size_t bad = 0;
  const double before = cpu_seconds();
  for (std::size_t i = 0; i < plan.polls; ++i) {
    CURL* easy = curl_easy_init();
    curl_slist* lines = curl_slist_append(nullptr, "If-None-Match: \"1\"");
    curl_easy_setopt(easy, CURLOPT_URL, url_of(plan, i % plan.hosts).c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &drop_body);
    curl_easy_setopt(easy, CURLOPT_CAINFO, plan.ca_file.c_str());
    if (curl_easy_perform(easy) != CURLE_OK) ++bad;
    curl_slist_free_all(lines);
    curl_easy_cleanup(easy);
  }
  report(plan, "curl", cpu_seconds() - before, bad, plan.polls);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 64;
  std::signal(SIGPIPE, SIG_IGN);
  const std::string mode = argc > 6 ? argv[6] : "";
  const Plan plan{.base = argv[1],
                  .polls = std::strtoul(argv[2], nullptr, 10),
                  .hosts = std::strtoul(argv[3], nullptr, 10),
                  .connections = static_cast<std::uint32_t>(std::strtoul(argv[4], nullptr, 10)),
                  .ca_file = argc > 5 ? argv[5] : "",
                  .whole_body = mode == "body"};
  mode == "curl" ? run_plain_curl(plan) : Bench(plan).run();
  return 0;
}
