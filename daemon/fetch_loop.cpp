#include "daemon/fetch_loop.h"

#include <algorithm>

namespace steppe {
namespace {

bool is_file(const Feed& feed) {
  return feed.url.starts_with("file:");
}

}  // namespace

FetchLoop::FetchLoop(std::unique_ptr<HttpFeed> http, FileFeed file, PollingOptions polling,
                     BoundedQueue<FetchOutcome>& documents, Metrics& metrics, const Clock& clock)
    : http_(std::move(http)),
      file_(std::move(file)),
      scheduler_(polling),
      documents_(documents),
      metrics_(metrics),
      clock_(clock) {}

void FetchLoop::run() {
  while (!stopping_.load()) {
    alive_at_.store(clock_.now());
    const double before = thread_cpu_seconds();
    read_mail();
    pass_on();
    if (finished_.empty() && !held_.load()) start_due();
    const Millis wait = finished_.empty() ? scheduler_.next_due_in(clock_.now()) : Millis{10};
    collect(http_->poll(std::max(wait, Millis{1})));
    metrics_.add_stage_cpu(Stage::kFetch, thread_cpu_seconds() - before);
  }
  http_->abort_all();
  for (FetchOutcome& outcome : finished_) documents_.push(std::move(outcome));
  finished_.clear();
  documents_.close();
}

void FetchLoop::stop() {
  stopping_.store(true);
  http_->wakeup();
}

void FetchLoop::committed(FeedState state, WindowPtr window) {
  {
    MutexLock lock(mutex_);
    mail_.committed.emplace_back(std::move(state), std::move(window));
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

void FetchLoop::read_mail() {
  Mail mail;
  {
    MutexLock lock(mutex_);
    mail = std::exchange(mail_, {});
  }
  for (auto& [state, window] : mail.committed) scheduler_.committed(state, std::move(window));
  if (mail.feeds) scheduler_.set_feeds(std::move(*mail.feeds), clock_.now());
}

void FetchLoop::start_due() {
  for (FetchRequest& request : scheduler_.take_due(clock_.now(), http_->room())) {
    if (is_file(*request.feed)) {
      auto outcomes = file_.poll(request, clock_.now());
      scheduler_.expect_outcomes(request.feed->id, outcomes.size());
      collect(std::move(outcomes));
    } else {
      http_->start(std::move(request));
    }
  }
}

void FetchLoop::collect(std::vector<FetchOutcome> outcomes) {
  for (FetchOutcome& outcome : outcomes) {
    scheduler_.transfer_finished(outcome.request.feed->url, clock_.now());
    count(outcome);
    outcome.number = next_number_++;
    finished_.push_back(std::move(outcome));
  }
  pass_on();
}

void FetchLoop::pass_on() {
  while (!finished_.empty() && documents_.try_push(std::move(finished_.front()))) {
    finished_.pop_front();
  }
}

void FetchLoop::count(const FetchOutcome& outcome) {
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
