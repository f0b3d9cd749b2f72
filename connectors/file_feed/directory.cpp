#include "connectors/file_feed/directory.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "connectors/file_feed/document_file.h"
#include "core/hash.h"
#include "core/printable.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

struct Entry {
  std::string name;
  std::string state;  // name, size and time in one line
};

std::string fingerprint_of(std::string_view states) {
  return "\"directory-" + to_hex(hash64(states)) + "\"";
}

Error listing_error(const std::string& path, const std::error_code& why) {
  const bool denied = why == std::errc::permission_denied;
  return {denied ? Code::kPermission : Code::kStorage, Retry::kLater,
          "listing '" + printable(path) + "': " + why.message()};
}

// Files that vanish meanwhile are left out.
void add_entry(const fs::directory_entry& found, std::vector<Entry>& entries) {
  std::error_code gone;
  std::string name = found.path().filename().string();
  if (name.starts_with(".") || found.symlink_status(gone).type() != fs::file_type::regular) return;
  const auto size = found.file_size(gone);
  const auto time = found.last_write_time(gone);
  if (gone) return;
  std::string state = name + '\0' + std::to_string(size) + '\0' +
                      std::to_string(time.time_since_epoch().count()) + '\n';
  entries.push_back({std::move(name), std::move(state)});
}

Result<std::vector<Entry>> read_entries(const std::string& path) {
  std::vector<Entry> entries;
  std::error_code failed;
  fs::directory_iterator next(path, failed);
  while (!failed && next != fs::directory_iterator()) {
    add_entry(*next, entries);
    next.increment(failed);
  }
  if (failed) return listing_error(path, failed);
  std::ranges::sort(entries, {}, &Entry::name);
  return entries;
}

// Whatever the path is, reading it tells whether it is a document.
DirectoryListing single_file(const std::string& path) {
  std::error_code ignored;
  const auto size = fs::file_size(path, ignored);
  const auto time = fs::last_write_time(path, ignored);
  return {.paths = {path},
          .skipped = 0,
          .fingerprint = fingerprint_of(std::to_string(size) + "/" +
                                        std::to_string(time.time_since_epoch().count()))};
}

}  // namespace

Result<DirectoryListing> list_directory(const std::string& path, std::uint32_t max_files) {
  std::error_code ignored;
  const auto type = fs::status(path, ignored).type();
  if (type != fs::file_type::directory && fs::exists(fs::file_status(type)))
    return single_file(path);
  auto entries = read_entries(path);
  if (!entries) return std::move(entries).error();
  DirectoryListing listing;
  std::string states;
  for (const Entry& entry : *entries) {
    states += entry.state;
    if (entry.name.ends_with(kSidecarSuffix)) continue;
    if (listing.paths.size() < max_files) {
      listing.paths.push_back((fs::path(path) / entry.name).string());
    } else {
      ++listing.skipped;
    }
  }
  listing.fingerprint = fingerprint_of(states);
  return listing;
}

}  // namespace steppe
