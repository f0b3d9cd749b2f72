#pragma once
// Keeps fetched documents as they came, for `steppewatch replay`: one folder a day.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/document.h"
#include "core/mutex.h"
#include "core/result.h"

namespace steppe {

template <typename T>
class OptionTable;

/// [capture]
struct CaptureOptions {
  std::filesystem::path dir;  // empty: nothing is kept
  std::uint32_t max_days = 7;
  std::uint64_t max_total_bytes = 1ULL << 30;
};

OptionTable<CaptureOptions> capture_option_table();

/// Writes documents in the format that document_file.h reads: `DAY/TIME-NUMBER-FEED.doc`,
/// compressed when it came uncompressed, with its header and origin in the sidecar; article pages
/// likewise, with the URL they were asked for at. A document
/// appears whole or not at all. When the bound is hit the oldest day goes; today's is never
/// dropped, then nothing more is kept. Any thread. Blocks on the disk.
class Capture {
 public:
  /// Errors: kPermission, kStorage (the folder cannot be made or read).
  static Result<std::unique_ptr<Capture>> open(const CaptureOptions& options);

  /// Keeps a Document, nothing else. Errors: kStorage, kTooLarge (the bound is hit).
  Result<void> keep(const FetchOutcome& outcome);

 private:
  explicit Capture(CaptureOptions options) : options_(std::move(options)) {}
  Result<void> make_room(std::uint64_t bytes, const std::string& day);
  void drop_old_days(const std::string& day) STEPPE_REQUIRES(mutex_);
  bool drop_oldest_day(const std::string& but_not) STEPPE_REQUIRES(mutex_);
  void count_all() STEPPE_REQUIRES(mutex_);

  const CaptureOptions options_;
  Mutex mutex_;
  std::uint64_t total_bytes_ STEPPE_GUARDED_BY(mutex_) = 0;
  std::string last_day_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
