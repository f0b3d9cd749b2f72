// steppewatch feeds list: from the running daemon, else from the state file.

#include <cstdio>
#include <unordered_map>

#include "connectors/sqlite_store/sqlite_store.h"
#include "daemon/commands.h"
#include "daemon/control_client.h"
#include "daemon/exit_codes.h"
#include "daemon/feed_json.h"
#include "daemon/loaded_profile.h"
#include "daemon/status_server.h"
#include "daemon/stored_feeds.h"

namespace steppe {
namespace {

Result<std::string> from_state(const Settings& settings) {
  std::vector<FeedRow> rows;
  for (const FeedPtr& feed : settings.feeds)
    rows.push_back({feed, std::make_shared<const FeedState>(FeedState{.id = feed->id})});
  std::error_code missing;
  if (!std::filesystem::exists(settings.state_dir + "/steppewatch.db", missing))
    return feeds_json(rows, {});
  auto store = SqliteStore::open(settings.store);
  if (!store) return std::move(store).error();
  auto states = load_feed_states(**store);
  if (!states) return std::move(states).error();
  std::unordered_map<FeedId, FeedStatePtr> by_id;
  for (FeedState& state : *states) {
    auto kept = std::make_shared<const FeedState>(std::move(state));
    by_id.emplace(kept->id, kept);
  }
  for (FeedRow& row : rows) {
    const auto found = by_id.find(row.feed->id);
    if (found != by_id.end()) row.state = found->second;
  }
  auto pages = load_page_counts(**store);
  if (!pages) return std::move(pages).error();
  return feeds_json(rows, *pages);
}

}  // namespace

int feeds_list_command(const CommonArgs& common, const FeedsArgs& args) {
  auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  std::string lines;
  auto asked =
      control_get(control_socket_path(settings->state_dir), "/feeds", [&](std::string_view part) {
        lines += part;
        return true;
      });
  if (!asked) {
    auto stored = from_state(*settings);
    if (!stored) {
      std::fprintf(stderr, "steppewatch feeds: %s\n", stored.error().message.c_str());
      return exit_code_for(stored.error());
    }
    lines = std::move(*stored);
  }
  std::fputs(args.json ? lines.c_str() : feeds_table(lines).c_str(), stdout);
  return kExitOk;
}

}  // namespace steppe
