#pragma once
// Who may ask what: the robots.txt of each origin, and the polls that wait for one.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "connectors/http_feed/origin_queue.h"
#include "connectors/http_feed/robots_cache.h"
#include "connectors/http_feed/transfer.h"
#include "core/document.h"

namespace steppe {

/// One thread at a time.
class RobotsDesk {
 public:
  using Time = RobotsCache::Time;
  enum class Verdict : std::uint8_t { kAllowed, kForbidden, kUnknown };
  struct Answer {
    Verdict verdict = Verdict::kUnknown;
    std::chrono::milliseconds crawl_delay{0};
  };

  /// About the transfer's target. kUnknown: robots.txt has to be asked for.
  Answer ask(const Transfer& transfer, Time now);
  /// Fails a transfer that was forbidden, with the reason.
  void refuse(Transfer& transfer);

  /// Keeps the transfer until the robots.txt of `origin` is known. True when it is the first.
  bool wait(const std::string& origin, std::unique_ptr<Transfer> transfer) {
    return waiting_.add(origin, std::move(transfer));
  }
  /// The request for that robots.txt, on behalf of the first that waits.
  FetchRequest request(const std::string& origin) const {
    return waiting_.request(origin, "/robots.txt");
  }
  /// Takes the outcome of that request and gives back who waited for it.
  std::vector<std::unique_ptr<Transfer>> take(const FetchOutcome& outcome, Time now);

  std::size_t waiting() const { return waiting_.size(); }
  void drop_waiting() { waiting_.clear(); }

 private:
  RobotsCache cache_;
  OriginQueue waiting_;
};

}  // namespace steppe
