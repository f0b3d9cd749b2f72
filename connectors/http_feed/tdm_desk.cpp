#include "connectors/http_feed/tdm_desk.h"

#include <utility>

namespace steppe {
namespace {

constexpr std::chrono::hours kRulesLast{24};
constexpr std::chrono::hours kSilenceLasts{1};

// A file that is not there reserves nothing, and will hardly be there in an hour.
bool is_answer_of_a_kind(const FetchOutcome& outcome) {
  const auto* failed = std::get_if<FetchFailure>(&outcome.result);
  return failed == nullptr ||
         (failed->http_status >= 300 && failed->http_status < 500 && failed->http_status != 429);
}

}  // namespace

std::optional<bool> TdmDesk::ask(const Transfer& transfer, Time now) {
  const TdmRules* known = known_.find(transfer.target().origin, now);
  if (known == nullptr) return std::nullopt;
  return known->reserves(transfer.target().target);
}

std::vector<std::unique_ptr<Transfer>> TdmDesk::take(const FetchOutcome& outcome, Time now) {
  const std::string& url = outcome.request.url;
  const std::string origin = url.substr(0, url.size() - kTdmRulesPath.size());
  TdmRules rules;
  if (const auto* document = std::get_if<Document>(&outcome.result))
    rules = TdmRules::read(document->body);
  known_.put(origin, std::move(rules), is_answer_of_a_kind(outcome) ? kRulesLast : kSilenceLasts,
             now);
  return waiting_.take(origin, outcome);
}

}  // namespace steppe
