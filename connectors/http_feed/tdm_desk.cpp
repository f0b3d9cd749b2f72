#include "connectors/http_feed/tdm_desk.h"

#include <utility>

namespace steppe {
namespace {

constexpr std::chrono::hours kRulesLast{24};
constexpr std::chrono::hours kSilenceLasts{1};
constexpr std::size_t kMaxBytes = 8U << 20;

// A file that is not there reserves nothing, and will hardly be there in an hour.
bool is_answer_of_a_kind(const FetchOutcome& outcome) {
  const auto* failed = std::get_if<FetchFailure>(&outcome.result);
  return failed == nullptr ||
         (failed->http_status >= 300 && failed->http_status < 500 && failed->http_status != 429);
}

}  // namespace

std::optional<bool> TdmDesk::ask(const Transfer& transfer, Time now) {
  const auto found = known_.find(transfer.target().origin);
  if (found == known_.end() || found->second.until <= now) return std::nullopt;
  return found->second.rules.reserves(transfer.target().target);
}

std::vector<std::unique_ptr<Transfer>> TdmDesk::take(const FetchOutcome& outcome, Time now) {
  const std::string& url = outcome.request.url;
  const std::string origin = url.substr(0, url.size() - kTdmRulesPath.size());
  Kept kept;
  if (const auto* document = std::get_if<Document>(&outcome.result))
    kept.rules = TdmRules::read(document->body);
  const auto lasts = is_answer_of_a_kind(outcome) ? kRulesLast : kSilenceLasts;
  kept.until = now + lasts;
  put(origin, std::move(kept), now);
  return waiting_.take(origin, outcome);
}

void TdmDesk::put(const std::string& origin, Kept kept, Time now) {
  const auto size = [](const auto& entry) {
    return entry.second.rules.bytes() + entry.first.size();
  };
  if (const auto old = known_.find(origin); old != known_.end()) {
    bytes_ -= size(*old);
    known_.erase(old);
  }
  if (bytes_ > kMaxBytes) {
    std::erase_if(known_, [now](const auto& entry) { return entry.second.until <= now; });
    bytes_ = 0;
    for (const auto& entry : known_) bytes_ += size(entry);
  }
  if (bytes_ > kMaxBytes) {
    known_.clear();
    bytes_ = 0;
  }
  bytes_ += size(*known_.emplace(origin, std::move(kept)).first);
}

}  // namespace steppe
