#include "tests/simulation/run.h"

#include <algorithm>

#include "core/check.h"
#include "daemon/polling/feed_memory_row.h"
#include "daemon/polling/kept_feeds.h"

namespace steppe::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class NothingSeen final : public SeenView {
 public:
  Result<std::optional<SeenItem>> find(std::span<const IdentityKey>) override {
    return std::optional<SeenItem>();
  }
};

// "from":"2022-01-10T00:00:00Z" of a record as a moment.
Instant moment_of(const std::string& json, const std::string& name) {
  const std::size_t at = json.find("\"" + name + "\":\"") + name.size() + 4;
  const std::string text = json.substr(at, json.find('"', at) - at);
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
  const int read = std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%d.%d", &year, &month, &day, &hour,
                               &minute, &second, &milli);
  const std::chrono::sys_days date = std::chrono::year{year} /
                                     std::chrono::month{static_cast<unsigned>(month)} /
                                     std::chrono::day{static_cast<unsigned>(day)};
  return Instant(date.time_since_epoch() + hours{hour} + minutes{minute} + seconds{second} +
                 Millis{read == 7 ? milli : 0});
}

}  // namespace

struct Playback::Store {
  NothingSeen seen;
  std::map<FeedId, FeedState> feeds;
  std::map<std::string, StateRow> rows;
  std::map<FeedId, WindowPtr> windows;
  std::uint64_t last_seq = 0;
};

Playback::Playback(World& world, std::uint32_t seed)
    : judge(world),
      world_(world),
      random_(seed),
      now_(world.start()),
      store_(std::make_unique<Store>()) {
  next_trouble_ = now_ + hours{7};
}

Playback::~Playback() = default;

void Playback::boot() {
  const PollingOptions options;
  scheduler_ = std::make_unique<Scheduler>(options);
  KeeperOptions keeping;
  keeping.context.profile = "simulation";
  keeping.polling = options;
  keeper_ = std::make_unique<Keeper>(std::move(keeping), store_->seen, store_->last_seq, nullptr);
  std::vector<HostBlock> blocks;
  std::map<FeedId, FeedMemory> memories;
  std::map<FeedId, Instant> dues;
  for (const auto& [key, row] : store_->rows) {
    if (auto memory = read_memory_row(row)) memories.insert(std::move(*memory));
    if (auto block = read_host_block_row(row)) blocks.push_back(*block);
    read_due_row(row, [&](const FeedId& id, Instant due) { dues[id] = due; });
    keeper_->restore(row);
  }
  std::vector<KnownFeed> known;
  for (const SimFeed& feed : world_.feeds()) {
    const auto stored = store_->feeds.find(feed.feed->id);
    FeedState state =
        stored != store_->feeds.end() ? stored->second : FeedState{.id = feed.feed->id};
    if (const auto memory = memories.find(state.id); memory != memories.end())
      state.memory = memory->second;
    if (const auto due = dues.find(state.id); due != dues.end() && stored != store_->feeds.end())
      state.next_poll_at = due->second;
    const auto window = store_->windows.find(feed.feed->id);
    WindowPtr view = window != store_->windows.end()
                         ? window->second
                         : std::make_shared<Window>(Window{.known = {}, .first_poll = true});
    auto shared = std::make_shared<const FeedState>(std::move(state));
    keeper_->restore(shared);
    keeper_->restore(feed.feed);
    known.push_back({feed.feed, std::move(shared), std::move(view)});
  }
  scheduler_->restore(blocks, moment());
  scheduler_->set_feeds(std::move(known), moment());
}

void Playback::read_gaps(const StateBatch& batch) {
  for (const OutboxRow& row : batch.outbox) {
    store_->last_seq = row.seq;
    if (row.record.topic != kGapsTopic) continue;
    judge.gap(FeedId(row.record.key), moment_of(row.record.value, "from") - offset_,
              moment_of(row.record.value, "to") - offset_);
  }
}

void Playback::commit(StateBatch& batch) {
  keeper_->settle(moment().wall, false, batch);
  for (const FeedState& state : batch.feeds) {
    store_->feeds[state.id] = state;
    store_->feeds[state.id].memory = {};  // lives in the rows
  }
  for (const StateRow& row : batch.rows) {
    if (row.space != StateRow::Space::kFeed) continue;
    if (row.value.empty()) store_->rows.erase(row.key);
    if (!row.value.empty()) store_->rows[row.key] = row;
  }
  for (const WindowUpdate& update : batch.windows) {
    auto window = std::make_shared<Window>();
    window->known = known_items_of(update);
    store_->windows[update.feed] = std::move(window);
  }
  read_gaps(batch);
  keeper_->committed();
}

void Playback::start_due() {
  auto taken = scheduler_->take_due(moment(), 64);
  if (taken.empty()) return;
  StateBatch notice;
  for (const auto& one : taken) keeper_->note_asked(one.request.feed, one.next_poll_at, notice);
  commit(notice);
  for (auto& one : taken) {
    judge.asked(one.request, now_, moment().wall);
    Flight flight{.ends_at = now_ + Millis{100 + random_() % 700},
                  .answer = world_.ask(one.request, now_, moment().wall)};
    const auto place =
        std::upper_bound(flights_.begin(), flights_.end(), flight.ends_at,
                         [](Instant at, const Flight& other) { return at < other.ends_at; });
    flights_.insert(place, std::move(flight));
  }
}

void Playback::land(Flight flight) {
  Answer& answer = flight.answer;
  FetchOutcome& outcome = answer.digest.outcome;
  const FetchRequest request = outcome.request;
  judge.ended(request, now_);
  scheduler_->transfer_finished(outcome, moment());
  judge.delivered(request, answer, now_);
  StateBatch batch;
  STEPPE_CHECK(keeper_->apply(std::move(answer.digest), batch).has_value());
  commit(batch);
  for (PolledFeed& polled : keeper_->take_polled())
    scheduler_->committed(polled.state, std::move(polled.window));
}

// Every few hours a crash in the middle of whatever is under way, a crash with a pause, a reload,
// or a wall clock that jumps.
void Playback::disturb() {
  if (now_ < next_trouble_) return;
  next_trouble_ = now_ + minutes{200 + random_() % 1200};
  auto kind = random_() % 4;
  if (kind == 3 && !flights_.empty()) kind = 0;
  if (kind == 3) {
    const Millis by = minutes{static_cast<std::int64_t>(random_() % 600) - 300};
    StateBatch batch;
    offset_ += by;
    keeper_->shift_clock(by, scheduler_->blocks(moment()), batch);
    scheduler_->shift_clock(by);
    commit(batch);
    ++jumps;
    return;
  }
  if (kind == 2) {  // reload
    std::vector<KnownFeed> known;
    for (const SimFeed& feed : world_.feeds())
      known.push_back({feed.feed, std::make_shared<const FeedState>(FeedState{.id = feed.feed->id}),
                       std::make_shared<Window>()});
    scheduler_->set_feeds(std::move(known), moment());
    return;
  }
  ++restarts;
  for (const Flight& flight : flights_) judge.ended(flight.answer.digest.outcome.request, now_);
  flights_.clear();
  const Instant crashed = now_;
  if (kind == 1) now_ += minutes{random_() % 240};
  now_ += seconds{3};
  judge.paused(crashed, now_);
  boot();
}

void Playback::play() {
  boot();
  while (now_ < world_.end()) {
    disturb();
    start_due();
    Instant next = now_ + std::max(scheduler_->next_due_in(moment()), Millis{1});
    if (!flights_.empty()) next = std::min(next, flights_.front().ends_at);
    now_ = std::max(now_, next);
    while (!flights_.empty() && flights_.front().ends_at <= now_) {
      Flight flight = std::move(flights_.front());
      flights_.pop_front();
      land(std::move(flight));
    }
  }
  for (const auto& [key, row] : store_->rows) {
    const auto memory = read_memory_row(row);
    if (!memory) continue;
    moved += memory->second.move().adopted_url.empty() ? 0 : 1;
    distrusted += memory->second.distrusted_until > moment().wall ? 1 : 0;
    gone += memory->second.stopped ? 1 : 0;
  }
}

}  // namespace steppe::simulation
