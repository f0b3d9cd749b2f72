#pragma once
// The state file's tables, how an older file becomes a current one, and which files are refused.

#include <cstdint>
#include <span>
#include <string>

#include "connectors/sqlite_store/database.h"
#include "connectors/sqlite_store/options.h"

namespace steppe::sqlite {

/// One step forward; runs in one transaction with the new version number.
struct Migration {
  std::int64_t to_version = 0;
  const char* sql = nullptr;
};

/// All steps, ascending from 1; the last one is the schema this binary knows.
std::span<const Migration> migrations();

/// Writes a complete empty state file, or none: a crash leaves no half-made file under `path`.
/// The file gets a random generation.
Result<void> create_database(const std::string& path, const std::string& instance,
                             std::span<const Migration> steps);

/// Opens an existing state file, checks it and brings it to the last of `steps`. Before each step
/// a copy is kept as `<path>.schema-<version>`.
/// Errors: kStorage (damaged, never recreated), kConfig (newer schema, other instance),
/// kPermission.
Result<Connection> open_database(const std::string& path, const StoreOptions& options,
                                 std::span<const Migration> steps);

/// Adds to `error` what the operator can do about a damaged state file.
Error damaged(const std::string& path, const std::string& what);

}  // namespace steppe::sqlite
