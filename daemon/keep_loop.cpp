#include "daemon/keep_loop.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "core/printable.h"
#include "daemon/log.h"

namespace steppe {
namespace {

constexpr Millis kIdle{200};
constexpr std::chrono::minutes kReleaseEvery{1};

}  // namespace

Result<void> KeepLoop::run() {
  forgotten_ = context_.store.published_seq();
  for (bool open = true; open;) {
    alive_at_.store(context_.clock.now());
    take_profile();
    auto input = context_.digests.pop_for(kIdle);
    open = input.has_value() || !context_.digests.closed();
    const double before = thread_cpu_seconds();
    while (input) {
      if (auto taken = take(std::move(*input)); !taken) return taken;
      if (batch_.outbox.size() >= kMaxBatchRows) break;
      input = context_.digests.pop_for(Millis{0});
    }
    if (auto done = tick(); !done) return done;
    context_.metrics.add_stage_cpu(Stage::kKeep, thread_cpu_seconds() - before);
  }
  return end();
}

void KeepLoop::know(std::shared_ptr<const Chain> profile) {
  MutexLock lock(mutex_);
  reloaded_ = std::move(profile);
}

void KeepLoop::take_profile() {
  std::shared_ptr<const Chain> profile;
  {
    MutexLock lock(mutex_);
    profile = std::exchange(reloaded_, nullptr);
  }
  if (profile) context_.keeper.know(profile->history(), profile->places());
}

Result<void> KeepLoop::end() {
  context_.keeper.publish_stories(context_.clock.now(), true, batch_);
  for (bool more = true; more;) {
    more = context_.keeper.settle(context_.clock.now(), true, batch_);
    if (auto done = commit_with_patience(); !done) return done;
    alive_at_.store(context_.clock.now());
  }
  return ok();
}

Result<void> KeepLoop::take(KeeperInput input) {
  if (input.notice) {
    for (const auto& [feed, next_poll_at] : input.notice->feeds)
      context_.keeper.note_asked(feed, next_poll_at, batch_);
    for (const auto& [item, not_before] : input.notice->pages)
      context_.keeper.note_page_asked(item, not_before, batch_);
    const Millis jump = input.notice->clock_jump;
    if (jump != Millis{0}) context_.keeper.shift_clock(jump, input.notice->blocks, batch_);
    if (input.notice->ticket != 0) noted_.push_back(input.notice->ticket);
  }
  for (FetchOutcome& outcome : input.quiet) {
    Digest digest;
    const WindowPtr& window = outcome.request.window;
    digest.guid_trusted = !window || window->guid_trusted;
    digest.outcome = std::move(outcome);
    if (auto applied = apply(std::move(digest)); !applied) return applied;
  }
  return input.digest ? apply(std::move(*input.digest)) : ok();
}

// In the order of their numbers.
Result<void> KeepLoop::apply(Digest&& digest) {
  const std::uint64_t number = digest.outcome.number;
  if (number != next_number_) {
    waiting_.emplace(number, std::move(digest));
    return ok();
  }
  if (!oldest_received_) oldest_received_ = digest.outcome.received_at;
  ++next_number_;
  if (auto applied = context_.keeper.apply(std::move(digest), batch_); !applied) return applied;
  return apply_ready();
}

Result<void> KeepLoop::apply_ready() {
  while (!waiting_.empty() && waiting_.begin()->first == next_number_) {
    auto node = waiting_.extract(waiting_.begin());
    ++next_number_;
    auto applied = context_.keeper.apply(std::move(node.mapped()), batch_);
    if (!applied) return applied;
  }
  return ok();
}

Result<void> KeepLoop::tick() {
  if (context_.keeper.stories_waiting()) {
    context_.keeper.publish_stories(context_.clock.now(), false, batch_);
  }
  context_.keeper.settle(context_.clock.now(), false, batch_);
  if (!batch_.empty()) {
    if (auto done = commit_with_patience(); !done) return done;
  } else {
    oldest_received_.reset();
    hand_back();  // polls that gave nothing to store
  }
  if (const auto now = context_.clock.steady(); now >= released_at_ + kReleaseEvery) {
    released_at_ = now;
    context_.store.release_memory();
  }
  report();
  return serve_relay();
}

// A full disk keeps the batch and tries again: memory is never ahead of the file. Fetching stops
// meanwhile; publishing goes on and frees rows.
Result<void> KeepLoop::commit_with_patience() {
  for (bool first = true;; first = false) {
    auto done = commit();
    if (done || done.error().retry == Retry::kNever) return done;
    hold_up(done.error());
    if (auto served = serve_relay(); !served && served.error().retry == Retry::kNever)
      return served;
    if (context_.digests.closed() && !first) return done;
    for (int i = 0; i < 10; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
      alive_at_.store(context_.clock.now());
    }
  }
}

// Said once, until storing works again.
void KeepLoop::hold_up(const Error& error) {
  context_.metrics.add("commit_failures_total", to_string(error.code));
  context_.metrics.set("disk_full", "state", 1);
  context_.hold_fetching(true);
  if (std::exchange(held_up_, true)) return;
  spdlog::error("storing is held up, polling waits: {}", printable(error.message));
}

void KeepLoop::go_on() {
  context_.metrics.set("disk_full", "state", 0);
  if (std::exchange(held_up_, false)) spdlog::info("storing works again");
}

Result<void> KeepLoop::commit() {
  if (batch_.empty()) return ok();
  auto done = context_.store.commit(batch_);
  if (!done) return done;
  after_commit();
  return ok();
}

void KeepLoop::after_commit() {
  context_.metrics.add("commits_total", "ok");
  go_on();
  context_.keeper.committed();
  if (!batch_.outbox.empty()) {
    context_.latency.committed(batch_.outbox.back().seq,
                               oldest_received_.value_or(context_.clock.now()));
  }
  oldest_received_.reset();
  context_.relay.offer(std::move(batch_.outbox));  // before anybody can see that the poll is done
  for (const std::uint64_t ticket : std::exchange(noted_, {})) context_.on_noted(ticket);
  batch_ = {};
  hand_back();
}

void KeepLoop::hand_back() {
  if (auto pages = context_.keeper.take_pages(); !pages.empty() && context_.on_pages)
    context_.on_pages(std::move(pages));
  context_.board.update_pages(context_.keeper.take_page_counts());
  std::vector<PolledFeed> polled = context_.keeper.take_polled();
  if (polled.empty()) return;
  std::vector<FeedStatePtr> states;
  states.reserve(polled.size());
  for (const PolledFeed& feed : polled) states.push_back(feed.state);
  context_.board.update(states);
  context_.on_committed(std::move(polled));
}

Result<void> KeepLoop::serve_relay() {
  if (const auto after = context_.relay.wanted_after()) {
    auto rows = context_.store.outbox_after(*after, 2000, 8U << 20U);
    if (!rows) return std::move(rows).error();
    context_.relay.deliver(std::move(*rows));
  }
  const std::uint64_t published = context_.relay.published();
  if (published <= forgotten_) return ok();
  auto done = context_.store.forget_published(published);
  if (done) {
    forgotten_ = published;
    if (batch_.empty()) go_on();
  } else if (done.error().retry != Retry::kNever) {
    hold_up(done.error());  // they stay a while longer; nothing is published twice for it
    return ok();
  }
  return done;
}

void KeepLoop::report() {
  const std::uint64_t bytes = context_.store.outbox_bytes();
  context_.hold_fetching(held_up_ || bytes > context_.max_outbox_bytes);
  const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
  context_.metrics.set("outbox", "bytes", number(bytes));
  context_.metrics.set("outbox", "rows", number(context_.store.last_seq() - forgotten_));
  context_.metrics.set("sequence", "committed", number(context_.store.last_seq()));
  context_.metrics.set("sequence", "published", number(context_.relay.published()));
  context_.metrics.set("queue_length", "digests", number(context_.digests.size()));
}

}  // namespace steppe
