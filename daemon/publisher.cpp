#include "daemon/publisher.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>

#include "core/printable.h"
#include "daemon/log.h"

namespace steppe {
namespace {

using std::chrono::steady_clock;

bool is_final(const Error& error) {
  return error.retry == Retry::kNever &&
         (error.code == Code::kConfig || error.code == Code::kPermission ||
          error.code == Code::kConflict || error.code == Code::kStorage);
}

}  // namespace

void LatencyBook::committed(std::uint64_t seq, Instant received_at) {
  MutexLock lock(mutex_);
  if (entries_.size() < kMaxEntries) entries_.emplace_back(seq, received_at);
}

void LatencyBook::published(std::uint64_t seq, Instant now, Metrics& metrics) {
  MutexLock lock(mutex_);
  while (!entries_.empty() && entries_.front().first <= seq) {
    const auto waited = std::chrono::duration<double>(now - entries_.front().second);
    metrics.observe_body_to_ack(std::max(0.0, waited.count()));
    entries_.pop_front();
  }
}

Result<void> check_checkpoint(const Checkpoint& checkpoint, const WriterIdentity& writer,
                              std::uint64_t last_seq, std::uint64_t published_seq) {
  const auto refuse = [&](const std::string& what) {
    return Error{
        Code::kConfig, Retry::kNever,
        "instance '" + writer.instance + "': " + what +
            " Nothing was published. Bring back the newest state file, or start afresh under"
            " another `instance` name and topic prefix."};
  };
  if (checkpoint.last_seq == 0 && checkpoint.writer.generation.empty()) {
    if (published_seq == 0) return ok();
    return refuse("the state file has published up to " + std::to_string(published_seq) +
                  ", but the sink knows nothing of it (topics or file lost, or another address).");
  }
  if (checkpoint.writer.generation != writer.generation) {
    return refuse("the sink was written by another state file (generation " +
                  checkpoint.writer.generation + ", ours is " + writer.generation +
                  "; a lost volume or a second installation).");
  }
  if (checkpoint.last_seq > last_seq) {
    return refuse("the sink has records up to " + std::to_string(checkpoint.last_seq) +
                  ", the state file only up to " + std::to_string(last_seq) +
                  " (an older backup was restored).");
  }
  if (checkpoint.last_seq < published_seq) {
    return refuse("the sink has records up to " + std::to_string(checkpoint.last_seq) +
                  ", the state file had published up to " + std::to_string(published_seq) +
                  " (records were deleted or the sink was restored).");
  }
  return ok();
}

Publisher::Publisher(PublisherContext context) : context_(std::move(context)) {}

Result<void> Publisher::open() {
  auto checkpoint = context_.sink.open(context_.writer);
  if (!checkpoint) return std::move(checkpoint).error();
  const std::uint64_t published = std::max(context_.published_seq, context_.relay.published());
  const std::uint64_t known = std::max(context_.last_seq, context_.relay.committed());
  if (!context_.sink.remembers()) checkpoint->last_seq = published;
  if (context_.sink.remembers()) {
    if (auto fits = check_checkpoint(*checkpoint, context_.writer, known, published); !fits)
      return fits;
  }
  context_.relay.restart_after(checkpoint->last_seq);
  open_ = true;
  failures_ = 0;
  ready_.store(true);
  return ok();
}

void Publisher::stop_by(steady_clock::time_point deadline) {
  deadline_ticks_.store(deadline.time_since_epoch().count());
}

bool Publisher::past_deadline() const {
  const std::int64_t ticks = deadline_ticks_.load();
  return ticks != 0 && context_.clock.steady().time_since_epoch().count() >= ticks;
}

Result<void> Publisher::run() {
  while (!context_.relay.drained() && !past_deadline()) {
    alive_at_.store(context_.clock.now());
    if (reopen_.exchange(false)) {
      if (auto reopened = context_.sink.reopen(); !reopened) {
        open_ = false;
        if (!handle_failure(reopened.error())) return reopened;
      }
    }
    if (!open_) {
      if (auto opened = open(); !opened && !handle_failure(opened.error())) return opened;
      continue;
    }
    let_rows_gather();
    const auto batch = context_.relay.next_batch(std::chrono::milliseconds{500});
    if (batch.empty()) {
      context_.sink.idle();
      continue;
    }
    if (auto done = publish_batch(batch); !done && !handle_failure(done.error())) return done;
  }
  return ok();
}

// A transaction costs the broker and librdkafka the same for one record as for a thousand, and one
// begun while the broker still ends the last is refused and tried again.
void Publisher::let_rows_gather() const {
  const auto wait = next_batch_at_ - context_.clock.steady();
  if (wait.count() <= 0 || context_.relay.has_full_batch()) return;
  std::this_thread::sleep_for(std::min<steady_clock::duration>(wait, context_.interval));
}

Result<void> Publisher::publish_batch(const std::vector<OutboxRow>& batch) {
  next_batch_at_ = context_.clock.steady() + context_.interval;
  const double before = thread_cpu_seconds();
  auto done = context_.sink.publish(batch);
  context_.metrics.add_stage_cpu(Stage::kPublish, thread_cpu_seconds() - before);
  if (!done) return done;
  const std::uint64_t seq = batch.back().seq;
  context_.latency.published(seq, context_.clock.now(), context_.metrics);
  context_.relay.set_published(seq);
  for (const OutboxRow& row : batch)
    context_.metrics.add("records_published_total", row.record.topic);
  if (context_.on_published) context_.on_published(batch);
  if (failures_ > 0) spdlog::info("publishing works again");
  failures_ = 0;
  return ok();
}

// True when publishing may be tried again.
bool Publisher::handle_failure(const Error& error) {
  open_ = false;
  ready_.store(false);
  context_.metrics.add("publish_failures_total", to_string(error.code));
  if (is_final(error)) return false;
  if (failures_ == 0 || failures_ % 32 == 0) {
    spdlog::warn("publishing is held up, records wait in the state file: {}",
                 printable(error.message));
  }
  ++failures_;
  back_off();
  return true;
}

void Publisher::back_off() {
  const auto longest = std::chrono::milliseconds{5000};
  auto wait = std::min<std::chrono::milliseconds>(
      longest, std::chrono::milliseconds{100} * (1U << std::min(failures_, 6U)));
  const auto until = context_.clock.steady() + wait;
  while (context_.clock.steady() < until && !past_deadline()) {
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    alive_at_.store(context_.clock.now());
  }
}

}  // namespace steppe
