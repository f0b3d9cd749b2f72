#include "connectors/http_feed/robots_desk.h"

#include <utility>

#include "core/printable.h"

namespace steppe {
namespace {

constexpr std::string_view kProduct = "steppewatch";

// Source: RFC 9309 2.3.1. A redirect that leads nowhere and an answer that is none of a file count
// as "there is no such file"; 429 is about the whole host.
bool means_no_rules(const FetchFailure& failed) {
  switch (failed.poll_class) {
    case PollClass::kRateLimited: return false;
    case PollClass::kEmptyBody:
    case PollClass::kBadEncoding:
    case PollClass::kRedirectLoop:
    case PollClass::kTooManyRedirects:
    case PollClass::kBadRedirect: return true;
    default: break;
  }
  return failed.http_status >= 300 && failed.http_status < 500 && failed.http_status != 429;
}

RobotsEntry entry_of(const FetchOutcome& outcome) {
  if (const auto* document = std::get_if<Document>(&outcome.result)) {
    return {.rules = RobotsRules::read(document->body, kProduct), .trouble = {}};
  }
  const auto* failed = std::get_if<FetchFailure>(&outcome.result);
  if (failed == nullptr || means_no_rules(*failed)) return {};
  const bool answered = failed->http_status >= 500;
  return {.rules = {},
          .trouble =
              RobotsTrouble{.http_status = failed->http_status,
                            .code = failed->error.code,
                            .poll_class = answered ? PollClass::kRobotsUnknown : failed->poll_class,
                            .retry_after = outcome.hints.retry_after,
                            .message = failed->error.message}};
}

}  // namespace

RobotsDesk::Answer RobotsDesk::ask(const Transfer& transfer, Time now) {
  const HttpUrl& target = transfer.target();
  const RobotsEntry* known = cache_.find(target.origin, now);
  if (known == nullptr) return {};
  if (known->trouble || !known->rules.allows(target.target)) return {Verdict::kForbidden, {}};
  return {Verdict::kAllowed, known->rules.crawl_delay()};
}

void RobotsDesk::refuse(Transfer& transfer) {
  const RobotsEntry* known = cache_.find(transfer.target().origin, Time::min());
  if (known == nullptr || !known->trouble) {
    return transfer.fail(
        {.error = {Code::kRefused, Retry::kLater,
                   "asking robots.txt: it forbids " + printable(transfer.target().target, 200)},
         .poll_class = PollClass::kRobots});
  }
  const RobotsTrouble& trouble = *known->trouble;
  transfer.set_hints({.retry_after = trouble.retry_after});
  transfer.fail(
      {.error = {trouble.http_status == 0 ? trouble.code : Code::kHttpStatus, Retry::kLater,
                 "asking robots.txt, without which nothing is allowed: " + trouble.message},
       .http_status = trouble.http_status,
       .poll_class = trouble.poll_class});
}

std::vector<std::unique_ptr<Transfer>> RobotsDesk::take(const FetchOutcome& outcome, Time now) {
  const std::string& url = outcome.request.url;
  const std::string origin = url.substr(0, url.rfind('/'));
  cache_.put(origin, entry_of(outcome), now);
  return waiting_.take(origin, outcome);
}

}  // namespace steppe
