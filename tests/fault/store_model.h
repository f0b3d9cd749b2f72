#pragma once
// A sequence of batches whose every trace can be predicted, and a store checked against it.

#include <cstdint>
#include <memory>
#include <string>

#include "connectors/sqlite_store/sqlite_store.h"

namespace steppe::test {

inline constexpr std::uint64_t kRowsPerBatch = 5;

StoreOptions store_options(const std::string& state_dir);

/// Batch 1, 2, ...: items, rows, a window, a feed and kRowsPerBatch outbox rows.
StateBatch make_batch(std::uint64_t number);

/// The number of batches in the store, after checking that each of them is there as a whole and
/// nothing of a later one. Reports gtest failures.
std::uint64_t check_store(SqliteStore& store);

/// check_store() on a directory, including the integrity of the file.
std::uint64_t check_directory(const std::string& state_dir);

/// Opens; a failure is a gtest failure and gives null.
std::unique_ptr<SqliteStore> open_store(const std::string& state_dir);

}  // namespace steppe::test
