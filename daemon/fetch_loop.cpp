#include "daemon/fetch_loop.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace steppe {
namespace {

// What is under way at the end is waited for so long: its servers were asked already.
constexpr std::chrono::milliseconds kDrainLimit{1500};
// Storing what is about to be asked costs the same for one feed and for a hundred, and so does
// telling the keeper what was asked.
constexpr Millis kRound{100};
constexpr std::size_t kQuietAtOnce = 512;
constexpr std::chrono::seconds kClockJump{5};  // more than a clock that is being slewed

bool is_file(const Feed& feed) {
  return feed.url.starts_with("file:");
}

}  // namespace

FetchLoop::FetchLoop(std::unique_ptr<HttpFeed> http, FileFeed file, PollingOptions polling,
                     BoundedQueue<FetchOutcome>& documents, Metrics& metrics, const Clock& clock)
    : http_(std::move(http)),
      file_(file),
      scheduler_(polling),
      documents_(documents),
      metrics_(metrics),
      clock_(clock),
      started_wall_(clock.now()),
      started_steady_(clock.steady()) {}

Moment FetchLoop::moment() const {
  const auto run = std::chrono::floor<Millis>(clock_.steady() - started_steady_);
  return {.wall = clock_.now(), .line = started_wall_ + run};
}

void FetchLoop::run() {
  while (!stopping_.load()) {
    alive_at_.store(clock_.now());
    const double before = thread_cpu_seconds();
    read_mail();
    watch_clock();
    pass_on();
    if (finished_.empty() && !held_.load()) take_due();
    collect(http_->poll(std::max(until_next(moment()), Millis{1})));
    metrics_.add_stage_cpu(Stage::kFetch, thread_cpu_seconds() - before);
  }
  drain();
  flush_quiet();
  http_->abort_all();
  for (FetchOutcome& outcome : finished_) documents_.push(std::move(outcome));
  finished_.clear();
  documents_.close();
}

Millis FetchLoop::until_next(Moment now) const {
  if (!finished_.empty() || (!taken_.empty() && !announced_)) return Millis{10};
  Millis wait = scheduler_.next_due_in(now);
  if (announce_) wait = std::max<Millis>(wait, next_round() - now.line);
  if (!quiet_.empty()) wait = std::min(wait, quiet_since_ + kRound - now.line);
  return wait;
}

// Sooner when more is due than was taken, and there is room again.
Instant FetchLoop::next_round() const {
  const bool at_once = crowded_ && http_->room() * 4 > http_->capacity();
  return at_once ? announced_at_ : announced_at_ + kRound;
}

void FetchLoop::drain() {
  const auto deadline = clock_.steady() + kDrainLimit;
  while (http_->in_flight() > 0 && clock_.steady() < deadline) {
    alive_at_.store(clock_.now());
    collect(http_->poll(std::chrono::milliseconds{50}));
  }
}

void FetchLoop::stop() {
  stopping_.store(true);
  http_->wakeup();
}

void FetchLoop::noted(std::uint64_t ticket) {
  {
    MutexLock lock(mutex_);
    mail_.noted = ticket;
  }
  http_->wakeup();
}

void FetchLoop::committed(std::vector<PolledFeed> feeds) {
  {
    MutexLock lock(mutex_);
    if (mail_.committed.empty()) {
      mail_.committed = std::move(feeds);
    } else {
      std::move(feeds.begin(), feeds.end(), std::back_inserter(mail_.committed));
    }
  }
  http_->wakeup();
}

void FetchLoop::set_feeds(std::vector<KnownFeed> feeds) {
  {
    MutexLock lock(mutex_);
    mail_.feeds = std::move(feeds);
  }
  http_->wakeup();
}

void FetchLoop::add_pages(std::vector<PageJob> pages) {
  {
    MutexLock lock(mutex_);
    std::move(pages.begin(), pages.end(), std::back_inserter(mail_.pages));
  }
  http_->wakeup();
}

void FetchLoop::read_mail() {
  Mail mail;
  {
    MutexLock lock(mutex_);
    mail = std::exchange(mail_, {});
  }
  for (PolledFeed& feed : mail.committed) scheduler_.committed(feed.state, std::move(feed.window));
  if (!mail.pages.empty()) scheduler_.add_pages(std::move(mail.pages), moment());
  if (mail.feeds) scheduler_.set_feeds(std::move(*mail.feeds), moment());
  if (announced_ && mail.noted == ticket_) start_taken();
}

void FetchLoop::watch_clock() {
  const Moment now = moment();
  const Millis jump = now.wall - now.line - clock_offset_;
  if (!announce_ || (jump < kClockJump && -jump < kClockJump)) return;
  spdlog::warn("the wall clock was set by {} s; due times go along", jump.count() / 1000);
  AskNotice notice{.clock_jump = jump, .blocks = scheduler_.blocks(now)};
  if (!announce_(std::move(notice))) return;
  clock_offset_ += jump;
  scheduler_.shift_clock(jump);
}

void FetchLoop::take_due() {
  const Moment now = moment();
  if (announced_ || (announce_ && now.line < next_round())) return;
  const std::size_t room = http_->room() - std::min(http_->room(), taken_.size());
  for (Scheduler::Taken& taken : scheduler_.take_due(now, room)) taken_.push_back(std::move(taken));
  crowded_ = taken_.size() >= room;
  if (!taken_.empty()) announce();
}

void FetchLoop::announce() {
  if (!announce_) return start_taken();
  AskNotice notice{.ticket = ticket_ + 1, .feeds = {}};
  notice.feeds.reserve(taken_.size());
  for (const Scheduler::Taken& taken : taken_) {
    if (taken.request.purpose == FetchPurpose::kArticle) {
      notice.pages.emplace_back(taken.page_of, taken.next_poll_at);
    } else {
      notice.feeds.emplace_back(taken.request.feed, taken.next_poll_at);
    }
  }
  if (!announce_(std::move(notice))) return;  // no room: the next round tries again
  ++ticket_;
  announced_ = true;
  announced_at_ = moment().line;
}

void FetchLoop::start_taken() {
  announced_ = false;
  for (Scheduler::Taken& taken : std::exchange(taken_, {})) {
    FetchRequest& request = taken.request;
    if (is_file(*request.feed) && request.purpose == FetchPurpose::kFeed) {
      auto outcomes = file_.poll(request, clock_.now());
      scheduler_.expect_outcomes(request.feed->id, outcomes.size());
      collect(std::move(outcomes));
    } else {
      http_->start(std::move(request));
    }
  }
}

void FetchLoop::collect(std::vector<FetchOutcome> outcomes) {
  const Moment now = moment();
  for (FetchOutcome& outcome : outcomes) {
    scheduler_.transfer_finished(outcome, now);
    outcome.number = next_number_++;
    if (pass_quiet_ && std::holds_alternative<NotModified>(outcome.result)) {
      if (quiet_.empty()) quiet_since_ = now.line;
      quiet_.push_back(std::move(outcome));
    } else {
      count(outcome);
      finished_.push_back(std::move(outcome));
    }
  }
  // The keeper takes outcomes by number: what is new must not wait for what is not.
  const bool full = quiet_.size() >= kQuietAtOnce || !finished_.empty();
  if (full || now.line >= quiet_since_ + kRound) flush_quiet();
  pass_on();
}

void FetchLoop::flush_quiet() {
  if (quiet_.empty()) return;
  metrics_.add("polls_total", "not_modified", static_cast<double>(quiet_.size()));
  std::map<PollClass, std::size_t> classes;
  for (const FetchOutcome& outcome : quiet_) ++classes[class_of(outcome)];
  for (const auto& [poll_class, count] : classes)
    metrics_.add("poll_classes_total", to_string(poll_class), static_cast<double>(count));
  pass_quiet_(std::exchange(quiet_, {}));
}

void FetchLoop::pass_on() {
  while (!finished_.empty() && documents_.try_push(std::move(finished_.front()))) {
    finished_.pop_front();
  }
}

void FetchLoop::count(const FetchOutcome& outcome) {
  if (outcome.request.purpose == FetchPurpose::kArticle) return;  // the keeper knows what it gave
  if (const auto* document = std::get_if<Document>(&outcome.result)) {
    metrics_.add("polls_total", "document");
    metrics_.add("received_bytes_total", "body", static_cast<double>(document->body.size()));
  } else if (std::holds_alternative<NotModified>(outcome.result)) {
    metrics_.add("polls_total", "not_modified");
  } else {
    metrics_.add("polls_total", "failed");
    metrics_.add("poll_failures_total",
                 to_string(std::get<FetchFailure>(outcome.result).error.code));
  }
}

}  // namespace steppe
