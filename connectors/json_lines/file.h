#pragma once
// The output as a file descriptor: open, append, sync, and what errno means for a sink.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace steppe::json_lines {

/// A full disk, quota or file size limit is kStorage/kLater; a failed write or sync is
/// kStorage/kNever.
Error file_error(int system_error, const std::string& operation, const std::string& path);

/// Tells two files apart whatever their names.
struct FileId {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  bool operator==(const FileId&) const = default;
};

/// Owns one descriptor. One thread at a time.
class File {
 public:
  File() = default;
  explicit File(int descriptor, std::string path = {})
      : descriptor_(descriptor), path_(std::move(path)) {}
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  /// Opens a regular file for appending, creating it durably when missing, and locks it against
  /// other processes. Errors: kConfig (a folder, a pipe, no such folder), kConflict, kPermission,
  /// kStorage.
  static Result<File> open_output(const std::string& path);

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  Result<FileId> id() const;
  Result<std::uint64_t> size() const;
  /// Appends all of `bytes`; on an error a part of them may be in the file.
  Result<void> append(std::string_view bytes);
  Result<void> cut(std::uint64_t size);
  Result<void> sync();
  Result<std::string> read(std::uint64_t offset, std::size_t size) const;
  void close();

 private:
  int descriptor_ = -1;
  std::string path_;
};

/// Makes created and renamed names beside `path` durable.
Result<void> sync_folder_of(const std::string& path);

/// Identity of the file at `path`, or an empty one when there is none.
FileId file_at(const std::string& path);

/// Writes to a pipe, terminal or file without blocking longer than `limit`. Returns the number of
/// bytes written in `written`, also on an error.
/// Errors: kTimeout (the reader is stuck; retry later), kUnavailable (the reader is gone),
/// kStorage.
Result<void> write_stream(int descriptor, std::string_view bytes, std::chrono::milliseconds limit,
                          std::size_t& written);

}  // namespace steppe::json_lines
