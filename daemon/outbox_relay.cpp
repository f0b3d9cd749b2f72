#include "daemon/outbox_relay.h"

#include <algorithm>
#include <iterator>

namespace steppe {
namespace {

std::size_t size_of(const OutboxRow& row) {
  return row.record.value.size() + row.record.key.size() + 256;
}

}  // namespace

bool OutboxRelay::room_for(const OutboxRow& row) const {
  return rows_.empty() ||
         (rows_.size() < limits_.max_rows && bytes_ + size_of(row) <= limits_.max_bytes);
}

void OutboxRelay::push(OutboxRow&& row) {
  bytes_ += size_of(row);
  tail_ = row.seq;
  rows_.push_back(std::move(row));
}

void OutboxRelay::note_committed(std::uint64_t seq) {
  MutexLock lock(mutex_);
  committed_ = std::max(committed_, seq);
}

void OutboxRelay::offer(std::vector<OutboxRow> rows) {
  if (rows.empty()) return;
  MutexLock lock(mutex_);
  const bool in_step = tail_ + 1 == rows.front().seq && !wish_;
  committed_ = rows.back().seq;
  if (in_step) {
    for (OutboxRow& row : rows) {
      if (!room_for(row)) break;
      push(std::move(row));
    }
  }
  filled_.notify_one();
}

std::optional<std::uint64_t> OutboxRelay::wanted_after() {
  MutexLock lock(mutex_);
  if (!wish_ || wish_taken_) return {};
  wish_taken_ = true;
  return tail_;
}

void OutboxRelay::deliver(std::vector<OutboxRow> rows) {
  MutexLock lock(mutex_);
  wish_ = wish_taken_ = false;
  for (OutboxRow& row : rows) {
    if (row.seq != tail_ + 1) continue;  // restarted meanwhile: a new wish follows
    push(std::move(row));
  }
  committed_ = std::max(committed_, tail_);
  filled_.notify_one();
}

void OutboxRelay::close() {
  MutexLock lock(mutex_);
  closed_ = true;
  filled_.notify_all();
}

void OutboxRelay::restart_after(std::uint64_t seq) {
  MutexLock lock(mutex_);
  rows_.clear();
  bytes_ = 0;
  tail_ = seq;
  committed_ = std::max(committed_, seq);
  published_.store(seq, std::memory_order_release);
  wish_ = wish_taken_ = false;
}

std::vector<OutboxRow> OutboxRelay::next_batch(std::chrono::milliseconds wait) {
  std::vector<OutboxRow> batch;
  bool wish_made = false;
  {
    MutexLock lock(mutex_);
    if (rows_.empty() && tail_ < committed_ && !wish_) wish_ = wish_made = true;
    if (rows_.empty() && !wish_made && !closed_) filled_.wait_for(mutex_, wait);
    std::size_t bytes = 0;
    while (!rows_.empty() && batch.size() < limits_.batch_rows) {
      const std::size_t size = size_of(rows_.front());
      if (!batch.empty() && bytes + size > limits_.batch_bytes) break;
      bytes += size;
      bytes_ -= size;
      batch.push_back(std::move(rows_.front()));
      rows_.pop_front();
    }
  }
  if (wish_made && nudge_) nudge_();
  return batch;
}

bool OutboxRelay::has_full_batch() const {
  MutexLock lock(mutex_);
  return closed_ || rows_.size() >= limits_.batch_rows || bytes_ >= limits_.batch_bytes;
}

void OutboxRelay::set_published(std::uint64_t seq) {
  published_.store(seq, std::memory_order_release);
  if (nudge_) nudge_();
}

std::uint64_t OutboxRelay::committed() const {
  MutexLock lock(mutex_);
  return committed_;
}

bool OutboxRelay::drained() const {
  MutexLock lock(mutex_);
  return closed_ && rows_.empty() && published() >= committed_;
}

}  // namespace steppe
