#pragma once
// A feed that is a directory of feed documents on this machine.

#include <vector>

#include "connectors/file_feed/options.h"
#include "core/document.h"

namespace steppe {

/// Immutable, any thread. Blocks on the disk.
class FileFeed {
 public:
  explicit FileFeed(FileFeedOptions options = {}) : options_(options) {}

  /// Each file of the feed's directory (file:///dir, or one file), in order of name, gives a
  /// Document or a FetchFailure that names it; an unchanged directory gives one NotModified. Never
  /// empty. Only the last of several outcomes carries the directory's state as validator, and only
  /// when no file failed: whoever is interrupted before it, or meets a failure, reads all again.
  std::vector<FetchOutcome> poll(const FetchRequest& request, Instant now) const;

 private:
  FileFeedOptions options_;
};

}  // namespace steppe
