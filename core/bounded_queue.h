#pragma once
// The queue between two threads: a full one makes the producer wait, it never drops.

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "core/mutex.h"

namespace steppe {

/// Any thread.
template <typename T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Waits for room. False when the queue was closed; `value` is then untouched.
  bool push(T&& value) {
    MutexLock lock(mutex_);
    while (!closed_ && items_.size() >= capacity_) room_.wait(mutex_);
    if (closed_) return false;
    items_.push_back(std::move(value));
    filled_.notify_one();
    return true;
  }

  /// False when full or closed; `value` is then untouched.
  bool try_push(T&& value) {
    MutexLock lock(mutex_);
    if (closed_ || items_.size() >= capacity_) return false;
    items_.push_back(std::move(value));
    filled_.notify_one();
    return true;
  }

  /// Waits for an element. Nothing once the queue is closed and empty.
  std::optional<T> pop() {
    MutexLock lock(mutex_);
    while (!closed_ && items_.empty()) filled_.wait(mutex_);
    return take();
  }

  /// Waits at most `limit`; nothing on timeout as well as when closed and empty.
  template <typename Duration>
  std::optional<T> pop_for(Duration limit) {
    MutexLock lock(mutex_);
    if (!closed_ && items_.empty()) filled_.wait_for(mutex_, limit);
    return take();
  }

  /// No more pushes; what is inside can still be popped.
  void close() {
    MutexLock lock(mutex_);
    closed_ = true;
    filled_.notify_all();
    room_.notify_all();
  }

  std::size_t size() const {
    MutexLock lock(mutex_);
    return items_.size();
  }
  bool closed() const {
    MutexLock lock(mutex_);
    return closed_;
  }
  std::size_t capacity() const { return capacity_; }

 private:
  std::optional<T> take() STEPPE_REQUIRES(mutex_) {
    if (items_.empty()) return {};
    std::optional<T> value(std::move(items_.front()));
    items_.pop_front();
    room_.notify_one();
    return value;
  }

  const std::size_t capacity_;
  mutable Mutex mutex_;
  CondVar filled_;
  CondVar room_;
  std::deque<T> items_ STEPPE_GUARDED_BY(mutex_);
  bool closed_ STEPPE_GUARDED_BY(mutex_) = false;
};

}  // namespace steppe
