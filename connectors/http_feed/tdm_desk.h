#pragma once
// Whose pages are reserved: the tdmrep.json of each origin, and the pages that wait for one.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/http_feed/origin_cache.h"
#include "connectors/http_feed/origin_queue.h"
#include "connectors/http_feed/tdm_rules.h"

namespace steppe {

/// One thread at a time. Rules are kept for a day, the lack of an answer for an hour; bounded.
class TdmDesk {
 public:
  using Time = OriginCache<TdmRules>::Time;

  /// Whether the transfer's target is reserved; nothing: the file has to be asked for.
  std::optional<bool> ask(const Transfer& transfer, Time now);

  /// Keeps the transfer until the file of `origin` is known. True when it is the first.
  bool wait(const std::string& origin, std::unique_ptr<Transfer> transfer) {
    return waiting_.add(origin, std::move(transfer));
  }
  FetchRequest request(const std::string& origin) const {
    return waiting_.request(origin, kTdmRulesPath);
  }
  /// Whether `outcome` is of such a file.
  static bool is_answer(const FetchOutcome& outcome) {
    return outcome.request.url.view().ends_with(kTdmRulesPath);
  }
  std::vector<std::unique_ptr<Transfer>> take(const FetchOutcome& outcome, Time now);

  std::size_t waiting() const { return waiting_.size(); }
  void drop_waiting() { waiting_.clear(); }

 private:
  OriginCache<TdmRules> known_{8U << 20U};
  OriginQueue waiting_;
};

}  // namespace steppe
