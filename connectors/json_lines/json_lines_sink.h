#pragma once
// Records as lines of JSON in a file, or on stdout: the sink that needs no broker.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "connectors/json_lines/file.h"
#include "connectors/json_lines/mark.h"
#include "connectors/json_lines/options.h"
#include "core/clock.h"
#include "core/record.h"

namespace steppe {

/// A file gets every row exactly once, also over kills, full disks and rotation; stdout at least
/// once. The process must ignore SIGPIPE and SIGXFSZ. One thread at a time.
///
/// What was published is read back from the last complete line. After a rotation the old file is
/// found by its inode in the same folder; where it was moved elsewhere or emptied in place, the
/// sidecar `<path>.mark` answers, which a power cut (not a kill) may find one publish() behind.
class JsonLinesSink final : public RecordSink {
 public:
  /// `clock` must outlive the sink.
  JsonLinesSink(JsonLinesOptions options, const Clock& clock);
  ~JsonLinesSink() override;

  /// Cuts a partial last line. The checkpoint carries the writer found, which may be another one
  /// than `writer`; stdout always gives an empty one.
  /// Errors: kConfig (a folder, a pipe, a missing folder, a file of something else), kConflict
  /// (another process writes to it), kPermission, kStorage.
  Result<Checkpoint> open(const WriterIdentity& writer) override;

  /// Errors: kStorage/kLater (disk full), kStorage/kNever (failed write or sync), kTimeout and
  /// kUnavailable (stdout), kTooLarge (a line over 16 MiB), kInternal (not opened).
  Result<void> publish(std::span<const OutboxRow> rows) override;

  /// After the file was renamed: syncs it, stores the mark, starts a new file under the configured
  /// path. On an error other than kStorage/kNever the old file stays in use.
  Result<void> reopen() override;

  /// For the intervals between publish() calls: syncs when the policy says it is time.
  Result<void> sync_if_due();
  /// As sync_if_due(); a failure is remembered and answers the next publish().
  void idle() override { (void)sync_if_due(); }

  /// False for stdout, which does not know what was published before.
  bool remembers() const override;

 private:
  Result<Checkpoint> open_file();
  Result<void> write_file(std::span<const OutboxRow> rows);
  Result<void> write_stdout(std::span<const OutboxRow> rows);
  Result<void> write_piece(std::string& piece);
  Result<void> start_new_file();
  /// Remembers an error after which nothing may be written any more.
  Error note(Error error);

  JsonLinesOptions options_;
  const Clock& clock_;
  WriterIdentity writer_;
  json_lines::File file_;
  json_lines::FileId file_id_;
  json_lines::MarkFile mark_;
  std::uint64_t last_seq_ = 0;
  bool ready_ = false;
  bool unsynced_ = false;
  std::chrono::steady_clock::time_point synced_at_{};
  std::string interrupted_;  // stdout: the rest of a line that was cut by an error
  std::optional<Error> unsafe_;
};

}  // namespace steppe
