#pragma once
// The few file operations around the database file.

#include <string>

#include "core/result.h"

namespace steppe::sqlite {

/// The Error for errno `system_error` of an operation on `path`. A full disk is kLater.
Error file_error(int system_error, const std::string& operation, const std::string& path);

/// Creates `directory` and its parents when missing. Errors: kConfig (something else is there),
/// kPermission (also when it cannot be written), kStorage.
Result<void> prepare_directory(const std::string& directory);

/// Makes created, renamed and removed names in `directory` durable.
Result<void> sync_directory(const std::string& directory);

/// Renames durably; `from` and `to` are in one directory.
Result<void> rename_durably(const std::string& from, const std::string& to);

/// Size in bytes, or -1 when there is no such file.
Result<long long> file_size(const std::string& path);

}  // namespace steppe::sqlite
