// steppewatch replay: documents from files through the same chain, same result for the same bytes.

#include <cstdio>
#include <unordered_map>
#include <unordered_set>

#include "connectors/file_feed/load_documents.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/components.h"
#include "daemon/exit_codes.h"
#include "daemon/keeper.h"
#include "daemon/loaded_profile.h"
#include "daemon/memory_seen.h"

namespace steppe {
namespace {

Result<SinkComponent> sink_for(Settings settings, const ReplayArgs& args, const Clock& clock) {
  if (args.publish) {
    if (!settings.kafka) {
      return Error{Code::kConfig, Retry::kNever,
                   "--publish needs a [kafka] section in the configuration"};
    }
    settings.kafka->topic_prefix = args.topic_prefix;
    settings.instance = "replay";
    return make_sink(settings, clock);
  }
  settings.kafka.reset();
  settings.json_lines.path = args.to;
  return make_sink(settings, clock);
}

/// Keeps state in memory and passes every batch to the sink at once.
class Replay {
 public:
  Replay(const LoadedConfig& config, RecordSink& sink, std::uint64_t last_seq)
      : chain_(*config.chain),
        sink_(sink),
        keeper_({.context = record_context(config),
                 .publish_review = config.settings.pipeline.publish_review,
                 .history = config.chain->history(),
                 .places = config.chain->places(),
                 .stories = config.settings.story,
                 .adoption = config.settings.adoption,
                 .enrich = [this](Item& item, const Feed& feed) { chain_.enrich(item, feed); },
                 .full_text = FullTextOptions{.max_waiting = kMostPages}},
                seen_, last_seq, nullptr) {
    for (const FeedPtr& feed : config.settings.feeds) {
      if (feed->full_text) with_pages_.insert(feed->id);
    }
  }

  Result<void> take(FetchOutcome outcome) {
    last_ = outcome.fetched_at;
    if (outcome.request.purpose == FetchPurpose::kArticle) return take_page(std::move(outcome));
    if (with_pages_.contains(outcome.request.feed->id)) {
      auto feed = std::make_shared<Feed>(*outcome.request.feed);
      feed->full_text = true;
      outcome.request.feed = std::move(feed);
    }
    ++documents_;
    return apply(std::move(outcome));
  }

  Result<void> finish() {
    StateBatch rest;
    keeper_.publish_stories(last_, true, rest);
    std::fprintf(stderr, "%llu documents replayed, %llu of them could not be read\n", documents_,
                 failed_);
    if (pages_ + skipped_pages_ > 0) {
      std::fprintf(stderr,
                   "%llu article pages replayed, %llu skipped: no item of a feed with full_text "
                   "waits for them\n",
                   pages_, skipped_pages_);
    }
    return sink_.publish(rest.outbox);
  }

 private:
  static constexpr std::uint32_t kMostPages = 1'000'000;

  // The page goes to the item that wanted it, as it did when it was fetched.
  Result<void> take_page(FetchOutcome outcome) {
    for (PageJob& job : keeper_.take_pages()) {
      std::string key = page_key(job.feed, job.url);
      wanted_.insert_or_assign(std::move(key), std::move(job.item));
    }
    const auto wanted = wanted_.find(page_key(outcome.request.feed->id, outcome.request.url));
    if (wanted == wanted_.end()) {
      ++skipped_pages_;
      return ok();
    }
    ++pages_;
    outcome.request.item = std::move(wanted->second);
    wanted_.erase(wanted);
    return apply(std::move(outcome));
  }

  static std::string page_key(const FeedId& feed, std::string_view url) {
    return feed.str() + " " + std::string(url);
  }

  Result<void> apply(FetchOutcome outcome) {
    Digest digest = chain_.digest(std::move(outcome), nullptr);
    if (const auto* failure = std::get_if<FetchFailure>(&digest.outcome.result)) {
      std::fprintf(stderr, "%s\n", printable(failure->error.message).c_str());
      ++failed_;
    }
    StateBatch batch;
    if (auto applied = keeper_.apply(std::move(digest), batch); !applied) return applied;
    seen_.absorb(batch);
    keeper_.committed();
    (void)keeper_.take_polled();
    return sink_.publish(batch.outbox);
  }

  const Chain& chain_;
  RecordSink& sink_;
  MemorySeen seen_;
  Keeper keeper_;
  Instant last_{};
  unsigned long long documents_ = 0;
  unsigned long long failed_ = 0;
  std::unordered_set<FeedId> with_pages_;
  std::unordered_map<std::string, PackedItem> wanted_;  // by feed and URL
  unsigned long long pages_ = 0;
  unsigned long long skipped_pages_ = 0;
};

Result<void> replay_all(const LoadedConfig& config, const ReplayArgs& args) {
  const SystemClock clock;
  auto component = sink_for(config.settings, args, clock);
  if (!component) return std::move(component).error();
  RecordSink& sink = *component->sink;
  auto checkpoint = sink.open({.instance = "replay", .generation = random_hex128()});
  if (!checkpoint) return std::move(checkpoint).error();
  Replay replay(config, sink, checkpoint->last_seq);
  Result<void> done;
  load_documents(args.paths, {}, [&](FetchOutcome outcome) {
    done = replay.take(std::move(outcome));
    return done.has_value();
  });
  return done ? replay.finish() : done;
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
