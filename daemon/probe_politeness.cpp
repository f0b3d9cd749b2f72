#include "daemon/probe_politeness.h"

#include "daemon/polling/feed_update.h"
#include "daemon/polling/polling_policy.h"
#include "processors/parse/decode_body.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxPageBytes = 4U << 20;

std::vector<DiscoveredFeed> feeds_of_page(const Digest& digest, const std::string& encoding) {
  if (!digest.refusal) return {};
  const auto page = decode_body(digest.refusal->bytes, encoding, kMaxPageBytes);
  if (!page) return {};
  const std::string base = digest.trace.final_url.empty() ? digest.outcome.request.asked_url().str()
                                                          : digest.trace.final_url;
  return discover_feeds(*page, base);
}

std::string in_seconds(std::chrono::seconds span) {
  return std::to_string(span.count()) + " s";
}

std::string skipped(const FeedHints& hints) {
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  std::string out;
  for (unsigned hour = 0; hour < 24; ++hour) {
    if (((hints.skip_hours >> hour) & 1U) != 0) out += std::to_string(hour) + "h ";
  }
  for (unsigned day = 0; day < 7; ++day) {
    if (((hints.skip_days >> day) & 1U) != 0) out += std::string(kDays[day]) + " ";
  }
  return out.empty() ? out : out + "(GMT)";
}

}  // namespace

Politeness politeness_of(const Digest& digest, const std::string& encoding,
                         const PollingOptions& options) {
  const FetchOutcome& outcome = digest.outcome;
  const Feed& feed = *outcome.request.feed;
  FeedState state;
  apply_outcome(state, digest, options);
  const Wait wait = next_wait(feed, outcome, state, options);
  const bool stopped = wait.reason == WaitReason::kStopped;
  return {.poll_class = std::string(to_string(refined_class(outcome))),
          .permanent_url = outcome.facts.permanent_url,
          .temporary_redirect = outcome.facts.temporary_redirect,
          .address = outcome.facts.address,
          .hints = outcome.hints,
          .feed_hints = digest.hints,
          .hub = digest.hub,
          .older_page = digest.older_page,
          .health = std::string(to_string(state.memory.health)),
          .remark = state.failures == 0 ? state.detail.str() : std::string(),
          .next_in = stopped ? std::chrono::seconds{0} : wait.least,
          .next_by = std::string(to_string(wait.reason)),
          .page_feeds = feeds_of_page(digest, encoding)};
}

std::vector<std::pair<std::string, std::string>> Politeness::rows() const {
  std::vector<std::pair<std::string, std::string>> out;
  const auto add = [&](const char* name, std::string value) {
    if (!value.empty()) out.emplace_back(name, std::move(value));
  };
  add("class", poll_class);
  add("health", remark.empty() ? health : health + ": " + remark);
  add("moved to", permanent_url);
  add("redirect", temporary_redirect ? "temporary: followed, not remembered" : "");
  add("address", address);
  add("retry-after", hints.retry_after.count() > 0 ? in_seconds(hints.retry_after) : "");
  add("max-age", hints.max_age.count() > 0 ? in_seconds(hints.max_age) + " left" : "");
  add("feed asks", feed_hints.period.count() > 0 ? in_seconds(feed_hints.period) : "");
  add("not at", skipped(feed_hints));
  add("hub", hub.empty() ? "" : hub + " (WebSub; polled all the same)");
  add("older items", older_page);
  add("next poll", next_in.count() == 0 ? "never: it is gone"
                                        : "after " + in_seconds(next_in) + ", by " + next_by);
  for (const DiscoveredFeed& found : page_feeds) {
    add("feed here", found.title.empty() ? found.url : found.url + "  " + found.title);
  }
  return out;
}

}  // namespace steppe
