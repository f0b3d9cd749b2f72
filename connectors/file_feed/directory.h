#pragma once
// What is in a directory of feed documents.

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"

namespace steppe {

struct DirectoryListing {
  std::vector<std::string> paths;  // regular files without sidecars, in byte order of their names
  std::uint64_t skipped = 0;       // over the bound
  std::string fingerprint;         // changes with any name, size or modification time
};

/// Lists `path`; anything but a directory is taken as the one document. Skipped: names that start
/// with a dot (files being written), symbolic links, FIFOs, devices and sub-directories.
/// Errors name the path: kPermission, kStorage. Blocks on the disk.
Result<DirectoryListing> list_directory(const std::string& path, std::uint32_t max_files);

}  // namespace steppe
