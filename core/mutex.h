#pragma once
// A mutex that clang's thread-safety analysis understands. One mutex beside the data it guards.

#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define STEPPE_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define STEPPE_THREAD_ANNOTATION(x)
#endif

#define STEPPE_CAPABILITY STEPPE_THREAD_ANNOTATION(capability("mutex"))
#define STEPPE_SCOPED_CAPABILITY STEPPE_THREAD_ANNOTATION(scoped_lockable)
#define STEPPE_GUARDED_BY(x) STEPPE_THREAD_ANNOTATION(guarded_by(x))
#define STEPPE_ACQUIRE(...) STEPPE_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define STEPPE_RELEASE(...) STEPPE_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define STEPPE_REQUIRES(...) STEPPE_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define STEPPE_EXCLUDES(...) STEPPE_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))

namespace steppe {

class STEPPE_CAPABILITY Mutex {
 public:
  void lock() STEPPE_ACQUIRE() { mutex_.lock(); }
  void unlock() STEPPE_RELEASE() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class STEPPE_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) STEPPE_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() STEPPE_RELEASE() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

/// Waits on a Mutex that the caller holds.
class CondVar {
 public:
  void wait(Mutex& mutex) STEPPE_REQUIRES(mutex) { cv_.wait(mutex); }
  template <typename Duration>
  std::cv_status wait_for(Mutex& mutex, Duration limit) STEPPE_REQUIRES(mutex) {
    return cv_.wait_for(mutex, limit);
  }
  void notify_one() { cv_.notify_one(); }
  void notify_all() { cv_.notify_all(); }

 private:
  std::condition_variable_any cv_;
};

}  // namespace steppe
