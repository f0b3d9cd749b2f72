#include "connectors/sqlite_store/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace steppe::sqlite {

Error file_error(int system_error, const std::string& operation, const std::string& path) {
  std::string message = operation + " " + path + ": " +
                        std::error_code(system_error, std::generic_category()).message();
  switch (system_error) {
    case EACCES:
    case EPERM:
    case EROFS: return {Code::kPermission, Retry::kNever, std::move(message)};
    case ENOSPC:
    case EDQUOT: return {Code::kStorage, Retry::kLater, "disk full: " + message};
    case EMFILE:
    case ENFILE:
    case ENOMEM: return {Code::kStorage, Retry::kLater, std::move(message)};
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP: return {Code::kConfig, Retry::kNever, std::move(message)};
    default: return {Code::kStorage, Retry::kNever, std::move(message)};
  }
}

Result<void> prepare_directory(const std::string& directory) {
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure && !std::filesystem::is_directory(directory)) {
    return file_error(failure.value(), "creating the state directory", directory);
  }
  if (::access(directory.c_str(), W_OK | X_OK) != 0) {
    return file_error(errno, "writing to the state directory", directory);
  }
  return {};
}

Result<void> sync_directory(const std::string& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return file_error(errno, "opening", directory);
  const int failure = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failure != 0) return file_error(failure, "syncing", directory);
  return {};
}

Result<void> rename_durably(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return file_error(errno, "renaming", from);
  return sync_directory(std::filesystem::path(to).parent_path().string());
}

Result<long long> file_size(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) == 0) return static_cast<long long>(info.st_size);
  if (errno == ENOENT) return -1LL;
  return file_error(errno, "looking at", path);
}

}  // namespace steppe::sqlite
