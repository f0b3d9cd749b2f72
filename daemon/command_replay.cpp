// steppewatch replay: documents from files through the same chain, same result for the same bytes.

#include <sys/stat.h>

#include <cstdio>

#include "connectors/file_feed/file_feed.h"
#include "connectors/json_lines/json_lines.h"
#include "connectors/kafka/kafka.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/components.h"
#include "daemon/exit_codes.h"
#include "daemon/keeper.h"
#include "daemon/loaded_profile.h"
#include "daemon/memory_seen.h"

namespace steppe {
namespace {

// Bytes have no fetch time of their own: the file's modification time stands for it, so that a
// second replay gives the same records.
FeedPtr replay_feed() {
  auto feed = std::make_shared<Feed>();
  feed->id = FeedId("replay");
  feed->name = "replay";
  feed->url = "file:///replay";
  return feed;
}

Result<std::unique_ptr<RecordSink>> sink_for(Settings settings, const ReplayArgs& args, Metrics& metrics) {
  if (args.publish) {
    if (!settings.kafka) {
      return Error{Code::kConfig, Retry::kNever, "--publish needs a [kafka] section in the configuration"};
    }
    settings.kafka->topic_prefix = args.topic_prefix;
    settings.instance = "replay";
    return make_sink(settings, metrics);
  }
  settings.kafka.reset();
  settings.json_lines.path = args.to;
  return make_sink(settings, metrics);
}

Result<void> replay_all(const LoadedConfig& config, const ReplayArgs& args) {
  Metrics metrics;
  auto sink = sink_for(config.settings, args, metrics);
  if (!sink) return std::move(sink).error();
  auto checkpoint = (*sink)->open({.instance = "replay", .generation = random_hex128()});
  if (!checkpoint) return std::move(checkpoint).error();
  MemorySeen seen;
  Keeper keeper({.context = record_context(config)}, seen, checkpoint->last_seq, nullptr);
  auto documents = load_documents(args.paths, replay_feed());
  if (!documents) return std::move(documents).error();
  std::uint64_t failed = 0;
  Instant last{};
  for (FetchOutcome& outcome : *documents) {
    StateBatch batch;
    last = outcome.fetched_at;
    Digest digest = config.chain->digest(std::move(outcome), nullptr);
    if (const auto* failure = std::get_if<FetchFailure>(&digest.outcome.result)) {
      std::fprintf(stderr, "%s\n", printable(failure->error.message).c_str());
      ++failed;
    }
    if (auto applied = keeper.apply(std::move(digest), batch); !applied) return applied;
    seen.absorb(batch);
    keeper.committed();
    if (auto done = (*sink)->publish(batch.outbox); !done) return done;
  }
  StateBatch rest;
  keeper.publish_stories(last, true, rest);
  if (auto done = (*sink)->publish(rest.outbox); !done) return done;
  std::fprintf(stderr, "%zu documents replayed, %llu could not be read\n", documents->size(),
               static_cast<unsigned long long>(failed));
  return ok();
}

}  // namespace

int replay_command(const CommonArgs& common, const ReplayArgs& args) {
  auto config = load_for_command(common.config);
  if (!config) return exit_code_for(config.error());
  auto done = replay_all(*config, args);
  if (done) return kExitOk;
  std::fprintf(stderr, "steppewatch replay: %s\n", printable(done.error().message).c_str());
  return exit_code_for(done.error());
}

}  // namespace steppe
