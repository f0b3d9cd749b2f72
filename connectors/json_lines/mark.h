#pragma once
// The small file beside the output that knows what was published when the output itself cannot
// tell: it was rotated away, or emptied.

#include <optional>
#include <string>

#include "connectors/json_lines/file.h"
#include "core/record.h"

namespace steppe::json_lines {

struct Mark {
  Checkpoint published;
  FileId file;  // the output it was written for
};

/// `<output>.mark`: one line of JSON of fixed length with a checksum. One thread at a time.
class MarkFile {
 public:
  MarkFile() = default;
  explicit MarkFile(const std::string& output_path) : path_(output_path + ".mark") {}

  /// Nothing when there is none or when it is damaged.
  std::optional<Mark> load() const;
  /// Replaces it durably and atomically. Errors: as file_error().
  Result<void> save(const Mark& mark);
  /// As save(), but needs no space and no sync when the stored one names the same output.
  Result<void> keep(const Mark& mark);
  /// Overwrites it in place without a sync: survives a killed process. A failure is not told: the
  /// mark only stands in for an output that is gone.
  void refresh(const Mark& mark);

 private:
  std::string path_;
  File file_;
  std::size_t size_ = 0;
};

}  // namespace steppe::json_lines
