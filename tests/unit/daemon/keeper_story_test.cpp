// A crash in the middle of a story: the same records as without it, whatever the moment.

#include <gtest/gtest.h>

#include <map>

#include "connectors/sqlite_store/sqlite_store.h"
#include "daemon/keeper.h"
#include "processors/identity/identity.h"
#include "tests/support/story_world.h"
#include "tests/support/temporary_directory.h"

namespace steppe {
namespace {

constexpr std::size_t kItems = 48;

std::vector<test::WorldItem> stream() {
  test::StoryWorld world({.items = kItems, .seed = 4, .span = std::chrono::hours{12}});
  std::vector<test::WorldItem> items;
  test::WorldItem made;
  while (world.next(made)) {
    made.item.keys = identity_keys(made.item, made.feed, true);
    made.item.match.decision = items.size() % 7 == 3 ? Decision::kReview : Decision::kKeep;
    made.item.match.score = 0.7;
    made.item.match.reasons.push_back(
        {.term = "place", .group = "place", .lang = "en", .evidence = {}, .weight = 0.9});
    items.push_back(made);
  }
  return items;
}

/// A keeper on a state file, as the daemon has it; a crash loses what was not committed.
class Instance {
 public:
  explicit Instance(const std::string& state_dir) {
    StoreOptions options;
    options.state_dir = state_dir;
    auto store = SqliteStore::open(options);
    EXPECT_TRUE(store) << store.error().message;
    store_ = std::move(*store);
    RecordContext context;
    context.profile = "test";
    context.profile_hash = "hash";
    context.rules_version = "1";
    context.software = "steppewatch test";
    keeper_ = std::make_unique<Keeper>(
        KeeperOptions{.context = context,
                      .publish_review = false,
                      .story_interval = std::chrono::minutes{5},
                      .polling = {},
                      .stories = {},
                      .adoption = {},
                      .enrich = [](Item& item, const Feed&) { item.lang.code = "en"; }},
        *store_, store_->last_seq(), nullptr);
    for (const auto space :
         {StateRow::Space::kStory, StateRow::Space::kClaim, StateRow::Space::kReview}) {
      EXPECT_TRUE(store_->load_rows(space, [&](const StateRow& row) { keeper_->restore(row); }));
    }
  }

  void apply(test::WorldItem made) {
    const DocumentTrace trace;
    const ItemSource source{.feed = &made.feed,
                            .trace = &trace,
                            .validators = {},
                            .fetched_at = made.at,
                            .backfill = false,
                            .known_here = true,
                            .tag = {}};
    EXPECT_TRUE(keeper_->decide(made.item, source, batch_));
  }

  void finish(Instant at) { keeper_->publish_stories(at, true, batch_); }

  void commit() {
    ASSERT_TRUE(store_->commit(batch_));
    keeper_->committed();
    batch_ = {};
  }

  std::vector<OutboxRow> published() {
    auto rows = store_->outbox_after(0, 100'000, 1U << 30U);
    EXPECT_TRUE(rows);
    return rows ? std::move(*rows) : std::vector<OutboxRow>();
  }

 private:
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<Keeper> keeper_;
  StateBatch batch_;
};

std::map<std::string, std::string> final_records(const std::vector<OutboxRow>& rows,
                                                 std::string_view topic) {
  std::map<std::string, std::string> last;
  for (const OutboxRow& row : rows) {
    if (row.record.topic == topic) last[row.record.key] = row.record.value;
  }
  return last;
}

// Two items a commit. A crash after `crash_after` items; the one in work then is done again.
std::vector<OutboxRow> run(std::size_t crash_after) {
  const test::TemporaryDirectory directory;
  const std::vector<test::WorldItem> items = stream();
  auto instance = std::make_unique<Instance>(directory.file("state"));
  for (std::size_t i = 0; i < items.size(); i += 2) {
    if (i >= crash_after) {
      crash_after = items.size();
      instance->apply(items[i]);
      instance.reset();
      instance = std::make_unique<Instance>(directory.file("state"));
    }
    instance->apply(items[i]);
    instance->apply(items[i + 1]);
    instance->commit();
  }
  instance->finish(items.back().at + std::chrono::hours{1});
  instance->commit();
  return instance->published();
}

TEST(KeeperStories, ACrashAnywhere_GivesTheSameRecords) {
  const std::vector<OutboxRow> whole = run(kItems);
  const auto stories = final_records(whole, kStoriesTopic);
  const auto items = final_records(whole, kItemsTopic);
  ASSERT_GT(stories.size(), 2U);
  ASSERT_LT(stories.size(), items.size()) << "some stories have several items";
  for (std::size_t crash = 2; crash < kItems; crash += 6) {
    const std::vector<OutboxRow> rows = run(crash);
    EXPECT_EQ(rows.size(), whole.size()) << "crash after " << crash;
    EXPECT_EQ(final_records(rows, kStoriesTopic), stories) << "crash after " << crash;
    EXPECT_EQ(final_records(rows, kItemsTopic), items) << "crash after " << crash;
  }
}

TEST(KeeperStories, AnItemInReview_IsPublishedOnceAStoryAdoptsIt) {
  const auto items = final_records(run(kItems), kItemsTopic);
  std::size_t adopted = 0;
  for (const auto& [id, value] : items)
    adopted += value.find("\"stage\":\"adopted\"") != std::string::npos ? 1U : 0U;
  EXPECT_GT(adopted, 0U);
}

}  // namespace
}  // namespace steppe
