// steppewatch probe: one polite fetch of one URL (or of every configured feed), and what is there.

#include <cstdio>
#include <memory>

#include "connectors/http_feed/http_feed.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/loaded_profile.h"
#include "daemon/probe_report.h"

namespace steppe {
namespace {

// One request that a person asked for: robots.txt is for robots.
Result<FetchOutcome> fetch_once(HttpFeed& http, const FeedPtr& feed) {
  auto asked = std::make_shared<Feed>(*feed);
  asked->obey_robots = false;
  http.start({.feed = std::move(asked),
              .validators = {},
              .body_hash = 0,
              .window = std::make_shared<Window>()});
  while (http.in_flight() > 0) {
    auto outcomes = http.poll(std::chrono::milliseconds{1000});
    if (!outcomes.empty()) return std::move(outcomes.front());
  }
  return Error{Code::kInternal, Retry::kNever, "the fetch ended without an outcome"};
}

FeedPtr feed_for(const ProbeArgs& args, const std::vector<FeedPtr>& configured) {
  for (const FeedPtr& feed : configured) {
    if (feed->url == args.url) return feed;
  }
  auto feed = std::make_shared<Feed>();
  feed->id = FeedId("probe");
  feed->name = args.url;
  feed->url = args.url;
  feed->allow_private_addresses = args.allow_private;
  return feed;
}

int probe_one(HttpFeed& http, const LoadedConfig& config, const ProbeArgs& args,
              const FeedPtr& feed, bool brief) {
  auto outcome = fetch_once(http, feed);
  if (!outcome) {
    std::fprintf(stderr, "steppewatch probe: %s\n", printable(outcome.error().message).c_str());
    return exit_code_for(outcome.error());
  }
  const ProbeReport report =
      probe_report(std::move(*outcome), *config.chain, config.settings.polling);
  std::fputs(args.json ? report.json.c_str()
             : brief   ? report.line.c_str()
                       : report.text.c_str(),
             stdout);
  std::fflush(stdout);
  return report.error ? exit_code_for(*report.error) : kExitOk;
}

}  // namespace

int probe_command(const CommonArgs& common, const ProbeArgs& args) {
  auto config = load_for_command(common.config);
  if (!config) return exit_code_for(config.error());
  const SystemClock clock;
  auto http = HttpFeed::create(config->settings.http, clock);
  if (!http) {
    std::fprintf(stderr, "steppewatch probe: %s\n", printable(http.error().message).c_str());
    return exit_code_for(http.error());
  }
  if (!args.all)
    return probe_one(**http, *config, args, feed_for(args, config->settings.feeds), false);
  int failed = 0;
  for (const FeedPtr& feed : config->settings.feeds) {
    failed += probe_one(**http, *config, args, feed, true) == kExitOk ? 0 : 1;
  }
  std::fprintf(stderr, "%zu feeds asked, %d gave no items\n", config->settings.feeds.size(),
               failed);
  return failed == 0 ? kExitOk : kExitUnavailable;
}

}  // namespace steppe
