// steppewatch process: items as JSON lines through the whole chain, with state in memory only.

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/clock.h"
#include "core/utf8.h"
#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/json_input.h"
#include "daemon/keeper.h"
#include "daemon/loaded_profile.h"
#include "daemon/memory_seen.h"
#include "daemon/scheduler.h"
#include "processors/clean/html_to_text.h"
#include "processors/clean/urls.h"
#include "processors/encode/process_json.h"
#include "processors/parse/dates.h"

namespace steppe {
namespace {

using Members = std::unordered_map<std::string, std::string>;

constexpr std::size_t kMaxText = 1U << 20U;

/// Finds the configured feed of a source, by id, name or host; else makes one up for it.
class Sources {
 public:
  explicit Sources(const std::vector<FeedPtr>& feeds) {
    for (const FeedPtr& feed : feeds) {
      known_.emplace(feed->id.str(), feed);
      known_.emplace(feed->name, feed);
      known_.emplace(plain_host(feed->url), feed);
    }
  }

  FeedPtr find(const std::string& source, const std::string& url) {
    for (const std::string& name : {source, plain_host("http://" + source), plain_host(url)}) {
      if (const auto it = known_.find(name); it != known_.end() && !name.empty()) return it->second;
    }
    auto feed = std::make_shared<Feed>();
    feed->name = !source.empty() ? source : plain_host(url);
    feed->id = FeedId(feed->name.empty() ? "process" : feed->name);
    feed->url = url;
    known_.emplace(feed->name, feed);
    return feed;
  }

 private:
  static std::string plain_host(const std::string& url) {
    std::string host = host_of(url);
    return host.starts_with("www.") ? host.substr(4) : host;
  }
  std::map<std::string, FeedPtr> known_;
};

std::optional<PublishedAt> published_of(const std::string& text, const Feed& feed) {
  if (text.empty()) return {};
  const auto date = parse_date(text, feed.timezone);
  if (!date) return {};
  return PublishedAt{.value = date->value, .zone = date->zone};
}

Item item_of(Members& line, const Feed& feed) {
  std::size_t replaced = 0;
  Item item;
  item.guid = repair_utf8(line["guid"], replaced);
  item.url = repair_utf8(line["url"], replaced);
  item.canonical_url = canonical_url(item.url);
  item.title = repair_utf8(truncate_utf8(line["title"], kMaxText), replaced);
  item.body = line["html"].empty() ? repair_utf8(truncate_utf8(line["text"], kMaxText), replaced)
                                   : html_to_text(line["html"], kMaxText);
  item.lang.declared = line["lang"].empty() ? feed.lang.str() : line["lang"];
  item.published = published_of(line["published"], feed);
  return item;
}

class Processor {
 public:
  Processor(const LoadedConfig& config, bool explain)
      : chain_(*config.chain),
        explain_(explain),
        sources_(config.settings.feeds),
        keeper_({.context = record_context(config),
                 .history = config.chain->history(),
                 .places = config.chain->places(),
                 .stories = config.settings.story,
                 .adoption = config.settings.adoption,
                 .enrich = [this](Item& item, const Feed& feed) { chain_.enrich(item, feed); }},
                seen_, 0, nullptr) {}

  void answer(const std::string& line) {
    auto members = read_flat_object(line);
    if (!members) {
      std::printf("%s\n", process_fault_line("", members.error().message).c_str());
      return;
    }
    const FeedPtr feed = sources_.find((*members)["source"], (*members)["url"]);
    Item item = item_of(*members, *feed);
    chain_.judge(item, *feed, true);
    decide_and_print(item, *feed, *members);
  }

 private:
  Instant story_time(const Item& item, const Members& members) const {
    const auto it = members.find("fetched");
    if (it != members.end()) {
      if (const auto date = parse_date(it->second, {})) return date->value;
    }
    return item.published ? item.published->value : Instant{};
  }

  // A later line repeats the id of an item that was left out and is adopted now: the last counts.
  void decide_and_print(Item& item, const Feed& feed, const Members& members) {
    const std::string id = members.contains("id") ? members.at("id") : "";
    ProcessLine line{.id = id, .item = &item, .item_id = {}, .story = {}};
    StateBatch batch;
    const DocumentTrace trace;
    const ItemSource source{.feed = &feed,
                            .trace = &trace,
                            .validators = {},
                            .fetched_at = story_time(item, members),
                            .backfill = false,
                            .known_here = true,
                            .tag = id};
    if (auto verdict = keeper_.decide(item, source, batch); verdict && *verdict) {
      line.item_id = (*verdict)->seen.id;
      line.story = (*verdict)->story;
      if ((*verdict)->kind != ItemVerdict::Kind::kRepeat) line.record = first_item(batch, 0);
    }
    const bool read = item.match.decision != Decision::kDrop;
    if (explain_ && read) line.rejected = chain_.rejected_numbers(item, feed);
    std::printf("%s\n", process_line(line, explain_).c_str());
    for (const AdoptedItem& adopted : keeper_.take_adopted()) {
      ProcessLine later{.id = adopted.tag,
                        .item = &adopted.item,
                        .item_id = adopted.item_id,
                        .story = adopted.story,
                        .record = first_item(batch, adopted.outbox_row)};
      if (explain_) later.rejected = chain_.rejected_numbers(adopted.item, Feed{});
      std::printf("%s\n", process_line(later, explain_).c_str());
    }
    seen_.absorb(batch);
    keeper_.committed();
  }

  static const Record* first_item(const StateBatch& batch, std::size_t from) {
    for (std::size_t i = from; i < batch.outbox.size(); ++i) {
      if (batch.outbox[i].record.topic == kItemsTopic) return &batch.outbox[i].record;
    }
    return nullptr;
  }

  const Chain& chain_;
  const bool explain_;
  Sources sources_;
  MemorySeen seen_;
  Keeper keeper_;
};

}  // namespace

int process_command(const CommonArgs& common, const ProcessArgs& args) {
  auto config = load_for_command(common.config);
  if (!config) return exit_code_for(config.error());
  Processor processor(*config, args.explain);
  auto read = for_each_line(args.file, [&](const std::string& line) { processor.answer(line); });
  if (read) return kExitOk;
  std::fprintf(stderr, "steppewatch process: %s\n", read.error().message.c_str());
  return exit_code_for(read.error());
}

}  // namespace steppe
