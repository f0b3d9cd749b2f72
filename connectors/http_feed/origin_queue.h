#pragma once
// Polls that wait for a file of their origin that says what may be asked or done there.

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "connectors/http_feed/transfer.h"

namespace steppe {

/// One thread at a time.
class OriginQueue {
 public:
  using TransferPtr = std::unique_ptr<Transfer>;

  /// Keeps the transfer. True when it is the first of its origin: the file is to be asked for.
  bool add(const std::string& origin, TransferPtr transfer) {
    auto& queue = waiting_[origin];
    queue.push_back(std::move(transfer));
    ++count_;
    return queue.size() == 1;
  }

  /// The request for the file at `path` of `origin`, on behalf of the first that waits.
  FetchRequest request(const std::string& origin, std::string_view path) const {
    return {.feed = waiting_.at(origin).front()->request().feed,
            .purpose = FetchPurpose::kRobots,
            .url = origin + std::string(path)};
  }

  /// Gives back who waited; `outcome` of the file counts for the first.
  std::vector<TransferPtr> take(const std::string& origin, const FetchOutcome& outcome) {
    auto node = waiting_.extract(origin);
    if (node.empty()) return {};
    count_ -= node.mapped().size();
    if (!node.mapped().empty()) node.mapped().front()->count_request(outcome.facts.received_bytes);
    return std::move(node.mapped());
  }

  std::size_t size() const { return count_; }
  void clear() {
    waiting_.clear();
    count_ = 0;
  }

 private:
  std::unordered_map<std::string, std::vector<TransferPtr>> waiting_;
  std::size_t count_ = 0;
};

}  // namespace steppe
