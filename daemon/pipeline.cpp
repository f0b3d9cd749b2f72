#include "daemon/pipeline.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <exception>
#include <unordered_map>

#include "core/printable.h"
#include "daemon/loaded_profile.h"
#include "daemon/polling/feed_update.h"
#include "daemon/stored_feeds.h"

namespace steppe {
namespace {

std::size_t worker_count(const PipelineOptions& options) {
  return options.workers > 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
}

FeedStatePtr new_state(const FeedId& id) {
  return std::make_shared<const FeedState>(FeedState{.id = id});
}

bool was_asked(const KnownFeed& feed) {
  return feed.state->next_poll_at != Instant{};
}

void report_http(Metrics& metrics, const HttpStats& stats) {
  const std::pair<std::string_view, std::uint64_t> figures[] = {
      {"requests", stats.requests},
      {"redirects", stats.redirects},
      {"connections", stats.connections},
      {"resumed_sessions", stats.resumed_sessions},
      {"received_bytes", stats.received_bytes},
      {"unchanged_bodies", stats.unchanged_bodies},
      {"refused_addresses", stats.refused_addresses}};
  for (const auto& [name, value] : figures) metrics.set("http", name, static_cast<double>(value));
}

// How long the start waits for the sink before polling begins without it.
constexpr std::chrono::seconds kSinkPatience{3};

}  // namespace

Pipeline::Pipeline(const Settings& settings, std::shared_ptr<const Chain> chain, Metrics& metrics,
                   const Clock& clock)
    : settings_(settings),
      metrics_(metrics),
      clock_(clock),
      chain_(std::move(chain)),
      documents_(settings.pipeline.document_queue),
      digests_(settings.pipeline.digest_queue),
      relay_(OutboxRelay::Limits{}) {}

Result<std::unique_ptr<Pipeline>> Pipeline::create(const Settings& settings,
                                                   std::shared_ptr<const Chain> chain,
                                                   std::unique_ptr<RecordSink> sink,
                                                   Metrics& metrics, const Clock& clock) {
  std::unique_ptr<Pipeline> pipeline(new Pipeline(settings, std::move(chain), metrics, clock));
  if (auto opened = pipeline->open(std::move(sink)); !opened) return std::move(opened).error();
  return pipeline;
}

Result<void> Pipeline::open(std::unique_ptr<RecordSink> sink) {
  auto store = SqliteStore::open(settings_.store);
  if (!store) return std::move(store).error().with_context("opening the state");
  store_ = std::move(*store);
  sink_ = std::move(sink);
  KeeperOptions options{
      .context = record_context({settings_, chain()}),
      .publish_review = settings_.pipeline.publish_review,
      .story_interval = settings_.pipeline.story_interval,
      .polling = settings_.polling,
      .history = chain()->history(),
      .places = chain()->places(),
      .stories = settings_.story,
      .adoption = settings_.adoption,
      .enrich = [this](Item& item, const Feed& feed) { chain()->enrich(item, feed); },
      .full_text = settings_.full_text};
  keeper_ = std::make_unique<Keeper>(std::move(options), *store_, store_->last_seq(), &metrics_);
  for (const auto space :
       {StateRow::Space::kStory, StateRow::Space::kClaim, StateRow::Space::kReview,
        StateRow::Space::kFeed, StateRow::Space::kPage}) {
    auto loaded = store_->load_rows(space, [this](const StateRow& row) { keeper_->restore(row); });
    if (!loaded) return loaded;
  }
  keeper_->resume(clock_.now());
  board_.update_pages(keeper_->take_page_counts());
  if (!settings_.capture.dir.empty()) {
    auto capture = Capture::open(settings_.capture);
    if (!capture) return std::move(capture).error();
    capture_ = std::move(*capture);
  }
  auto http = HttpFeed::create(settings_.http, clock_);
  if (!http) return std::move(http).error();
  fetch_loop_ = std::make_unique<FetchLoop>(std::move(*http), FileFeed{}, settings_.polling,
                                            documents_, metrics_, clock_);
  auto known = known_feeds(std::exchange(settings_.feeds, {}));
  if (!known) return std::move(known).error();
  for (const KnownFeed& feed : *known) {
    keeper_->restore(feed.state);
    keeper_->restore(feed.feed);
  }
  auto blocks = load_host_blocks(*store_);
  if (!blocks) return std::move(blocks).error();
  fetch_loop_->restore(*blocks);
  if (std::ranges::any_of(*known, &was_asked)) fetch_loop_->note_earlier_run();
  fetch_loop_->announce_to([this](AskNotice&& notice) {
    KeeperInput input{.digest = {}, .notice = std::move(notice), .quiet = {}};
    return digests_.try_push(std::move(input));
  });
  if (!capture_) {
    fetch_loop_->pass_quiet_to([this](std::vector<FetchOutcome>&& outcomes) {
      return digests_.push(KeeperInput{.digest = {}, .notice = {}, .quiet = std::move(outcomes)});
    });
  }
  fetch_loop_->set_feeds(std::move(*known));
  fetch_loop_->add_pages(keeper_->take_pages());
  relay_.note_committed(store_->last_seq());
  publisher_ = std::make_unique<Publisher>(PublisherContext{
      .sink = *sink_,
      .relay = relay_,
      .metrics = metrics_,
      .latency = latency_,
      .clock = clock_,
      .writer = store_->identity(),
      .last_seq = store_->last_seq(),
      .published_seq = store_->published_seq(),
      .interval = settings_.pipeline.publish_interval,
      .on_published = [this](std::span<const OutboxRow> rows) { live_view_.published(rows); }});
  connect();
  return ok();
}

// What the keeper tells the others.
void Pipeline::connect() {
  relay_.on_change([this] { digests_.try_push(KeeperInput{}); });
  keep_loop_ = std::make_unique<KeepLoop>(KeepLoopContext{
      .store = *store_,
      .keeper = *keeper_,
      .digests = digests_,
      .relay = relay_,
      .latency = latency_,
      .board = board_,
      .metrics = metrics_,
      .clock = clock_,
      .max_outbox_bytes = settings_.store.max_outbox_bytes,
      .on_committed =
          [this](std::vector<PolledFeed> feeds) { fetch_loop_->committed(std::move(feeds)); },
      .on_pages = [this](std::vector<PageJob> pages) { fetch_loop_->add_pages(std::move(pages)); },
      .on_noted = [this](std::uint64_t ticket) { fetch_loop_->noted(ticket); },
      .hold_fetching = [this](bool held) { fetch_loop_->hold(held); }});
}

Result<std::vector<KnownFeed>> Pipeline::known_feeds(const std::vector<FeedPtr>& feeds) {
  auto states = load_feed_states(*store_);
  if (!states) return std::move(states).error();
  std::unordered_map<FeedId, FeedState*> by_id;
  by_id.reserve(states->size());
  for (FeedState& state : *states) by_id.emplace(state.id, &state);
  std::vector<KnownFeed> known;
  std::vector<FeedRow> rows;
  known.reserve(feeds.size());
  rows.reserve(feeds.size());
  for (const FeedPtr& feed : feeds) {
    auto window = store_->load_window(feed->id);
    if (!window) return std::move(window).error();
    const auto it = by_id.find(feed->id);
    FeedStatePtr state;
    if (it != by_id.end()) {
      share_texts(*it->second, *feed);
      state = std::make_shared<const FeedState>(std::move(*it->second));
    } else {
      state = new_state(feed->id);
    }
    rows.push_back({feed, state});
    known.push_back({feed, std::move(state), std::move(*window)});
  }
  board_.set_feeds(rows);
  return known;
}

// The sink first: what the operator must change (a checkpoint of another state, a missing topic)
// ends the start before anything is polled; a broker that is merely away is waited for while
// polling.
Result<void> Pipeline::start_publisher() {
  started_ = true;
  publisher_thread_ = std::jthread([this] {
    guard("publishing", [this] { return publisher_->run(); });
    publisher_done_.store(true);
  });
  const auto deadline = clock_.steady() + kSinkPatience;
  while (!publisher_->ready() && !failure() && clock_.steady() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  if (auto fault = failure()) return std::move(*fault);
  if (!publisher_->ready()) {
    spdlog::warn("the sink does not answer yet; records wait in the state file until it does");
  }
  return ok();
}

Result<void> Pipeline::start() {
  if (auto publishing = start_publisher(); !publishing) return publishing;
  keeper_thread_ = std::jthread([this] { guard("keeper", [this] { return keep_loop_->run(); }); });
  for (std::size_t i = 0; i < worker_count(settings_.pipeline); ++i) {
    workers_.emplace_back([this] {
      guard("worker", [this] {
        work();
        return ok();
      });
    });
  }
  fetcher_ = std::jthread([this] {
    guard("fetcher", [this] {
      fetch_loop_->run();
      return ok();
    });
  });
  return ok();
}

void Pipeline::work() {
  while (auto outcome = documents_.pop()) {
    if (capture_) keep_document(*outcome);
    const std::uint64_t number = outcome->number;
    FetchRequest request = outcome->request;
    Digest digest;
    try {
      digest = chain()->digest(std::move(*outcome), &metrics_);
    } catch (const std::exception& fault) {  // memory ran out for this one document: drop it alone
      digest = Digest{};
      digest.outcome.number = number;
      digest.outcome.request = std::move(request);
      digest.outcome.fetched_at = digest.outcome.received_at = clock_.now();
      digest.outcome.result = FetchFailure{
          .error = {Code::kTooLarge, Retry::kLater, std::string("digesting: ") + fault.what()}};
    }
    if (!digests_.push(KeeperInput{.digest = std::move(digest)})) return;
  }
}

// What cannot be kept is counted; polling does not depend on it.
void Pipeline::keep_document(const FetchOutcome& outcome) {
  const auto kept = capture_->keep(outcome);
  metrics_.add("captured_total", kept ? "kept" : to_string(kept.error().code));
  if (!kept) spdlog::debug("{}", printable(kept.error().message));
}

std::shared_ptr<const Chain> Pipeline::chain() const {
  MutexLock lock(mutex_);
  return chain_;
}

// The only catch of a thread: an error here ends the main job and is reported by main.
void Pipeline::guard(const char* thread, const std::function<Result<void>()>& body) {
  try {
    if (auto done = body(); !done) fail(std::move(done).error().with_context(thread));
  } catch (const std::exception& fault) {
    fail({Code::kInternal, Retry::kNever, std::string(thread) + ": " + fault.what()});
  } catch (...) {
    fail({Code::kInternal, Retry::kNever, std::string(thread) + ": unknown exception"});
  }
}

// Closing both queues lets every thread end: nobody waits for one that is gone. What was on its way
// is not committed and will be fetched again.
void Pipeline::fail(Error error) {
  {
    MutexLock lock(mutex_);
    if (!failure_) failure_ = std::move(error);
  }
  documents_.close();
  digests_.close();
}

std::optional<Error> Pipeline::failure() const {
  MutexLock lock(mutex_);
  return failure_;
}

Result<void> Pipeline::stop() {
  if (!started_) return ok();
  started_ = false;
  const auto deadline = clock_.steady() + settings_.pipeline.shutdown_limit;
  publisher_->stop_by(deadline);
  fetch_loop_->stop();
  if (fetcher_.joinable()) fetcher_.join();
  documents_.close();
  workers_.clear();  // joins: the document queue is closed, they drain it
  digests_.close();
  if (keeper_thread_.joinable()) keeper_thread_.join();
  relay_.close();
  while (!publisher_done_.load() && clock_.steady() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  auto forgotten = store_->forget_published(relay_.published());
  store_.reset();
  if (!publisher_done_.load()) {
    return Error{Code::kTimeout, Retry::kLater,
                 "the sink did not answer in time; records up to " +
                     std::to_string(relay_.committed()) + " wait in the state file from " +
                     std::to_string(relay_.published() + 1)};
  }
  publisher_thread_.join();
  sink_.reset();
  if (const auto fault = failure()) return Error{*fault};
  return forgotten;
}

Result<void> Pipeline::reload(const Settings& settings, std::shared_ptr<const Chain> chain) {
  keep_loop_->know(chain);
  {
    MutexLock lock(mutex_);
    chain_ = std::move(chain);
  }
  // Feeds that stay keep the state the scheduler has; new ones start as never polled or as stored.
  std::unordered_map<FeedId, FeedStatePtr> states;
  board_.for_each([&](const FeedRow& row) { states.emplace(row.feed->id, row.state); });
  std::vector<KnownFeed> known;
  std::vector<FeedRow> rows;
  for (const FeedPtr& feed : settings.feeds) {
    const auto it = states.find(feed->id);
    FeedStatePtr state = it != states.end() ? it->second : new_state(feed->id);
    auto window = std::make_shared<Window>();
    window->first_poll = !state->ever_committed;
    rows.push_back({feed, state});
    known.push_back({feed, std::move(state), std::move(window)});
  }
  board_.set_feeds(rows);
  fetch_loop_->set_feeds(std::move(known));
  return ok();
}

bool Pipeline::alive(std::chrono::seconds limit) const {
  const Instant oldest = clock_.now() - limit;
  return fetch_loop_->alive_at() > oldest && keep_loop_->alive_at() > oldest &&
         publisher_->alive_at() > oldest;
}

void Pipeline::report() const {
  metrics_.set("queue_length", "documents", static_cast<double>(documents_.size()));
  metrics_.set("queue_length", "digests", static_cast<double>(digests_.size()));
  report_http(metrics_, fetch_loop_->http_stats());
  std::map<std::string, double> by_state{{"ok", 0}, {"failing", 0}, {"never_polled", 0}};
  std::array<double, kFeedHealths> by_health{};
  board_.for_each([&](const FeedRow& row) {
    by_health[static_cast<std::size_t>(row.state->memory.health)] += 1;
    const bool polled = row.state->last_poll_at != Instant{};
    by_state[!polled ? "never_polled" : row.state->failures > 0 ? "failing" : "ok"] += 1;
  });
  for (const auto& [state, count] : by_state) metrics_.set("feeds", state, count);
  for (std::size_t i = 0; i < by_health.size(); ++i) {
    metrics_.set("feed_health", to_string(static_cast<FeedHealth>(i)), by_health[i]);
  }
}

Pipeline::~Pipeline() {
  if (started_) (void)stop();
}

}  // namespace steppe
