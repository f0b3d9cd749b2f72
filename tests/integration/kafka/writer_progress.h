#pragma once
// What a writer process and the test that kills it share: a small mapped file that survives kill
// -9.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace steppe::test {

enum class WriterStep : std::uint32_t {
  kStarting,
  kOpened,
  kBeforeBegin,
  kMidProduce,
  kBeforeCommit,
  kAfterCommit,
  kMarked
};

inline WriterStep step_of(std::string_view name) {
  if (name == "before_begin") return WriterStep::kBeforeBegin;
  if (name == "mid_produce") return WriterStep::kMidProduce;
  if (name == "before_commit") return WriterStep::kBeforeCommit;
  return WriterStep::kAfterCommit;
}

/// A transaction is open on the broker, or is just being committed.
inline bool is_open_transaction(WriterStep step) {
  return step == WriterStep::kMidProduce || step == WriterStep::kBeforeCommit;
}

struct WriterProgress {
  std::atomic<WriterStep> step;
  std::atomic<std::uint64_t> mark;             // rows the writer believes to be published
  std::atomic<std::uint64_t> ahead_on_start;   // starts that found more published than marked
  std::atomic<std::uint64_t> behind_on_start;  // ... less published than marked: a lost commit
};

/// Maps `path`, creating it zeroed. Never unmapped: it lives as long as the process.
inline WriterProgress* map_progress(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || ::ftruncate(file, sizeof(WriterProgress)) != 0) return nullptr;
  void* memory =
      ::mmap(nullptr, sizeof(WriterProgress), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return memory == MAP_FAILED ? nullptr : static_cast<WriterProgress*>(memory);
}

}  // namespace steppe::test
