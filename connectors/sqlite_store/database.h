#pragma once
// SQLite behind RAII: one connection, statements prepared once, every failure a Result.

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/c_handle.h"
#include "core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace steppe::sqlite {

void close_connection(sqlite3* connection);
void finalize_statement(sqlite3_stmt* statement);

/// Bytes to be bound as BLOB; a plain string_view is bound as TEXT, byte for byte.
struct Blob {
  std::string_view bytes;
};

/// One execution of a statement; the destructor ends it, so that no read stays open.
/// Not movable: lives in the scope that reads it.
class Cursor {
 public:
  template <typename... Args>
  explicit Cursor(sqlite3_stmt* statement, bool copy, const Args&... args)
      : statement_(statement), copy_(copy) {
    int index = 0;
    (bind(++index, args), ...);
  }
  ~Cursor();
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  /// True when a row is ready, false at the end.
  Result<bool> next();

  std::int64_t integer(int column) const;
  std::uint64_t unsigned_integer(int column) const;
  /// TEXT or BLOB; valid until next() or destruction.
  std::string_view bytes(int column) const;
  bool is_blob(int column) const;
  bool is_null(int column) const;

 private:
  template <std::integral T>
  void bind(int index, T value) {
    bind_integer(index, static_cast<std::int64_t>(value));
  }
  void bind(int index, std::string_view text);
  void bind(int index, Blob blob);
  void bind_integer(int index, std::int64_t value);

  sqlite3_stmt* statement_;
  bool copy_;
  int status_ = 0;
};

/// A prepared statement. Not re-entrant: one Cursor at a time.
class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : handle_(statement) {}

  /// Starts the statement with its parameters, which are copied.
  template <typename... Args>
  Cursor with(const Args&... args) {
    return Cursor(handle_.get(), true, args...);
  }

  /// Runs to the end, ignoring rows.
  template <typename... Args>
  Result<void> run(const Args&... args) {
    Cursor cursor(handle_.get(), false, args...);
    for (;;) {
      const Result<bool> row = cursor.next();
      if (!row) return row.error();
      if (!*row) return {};
    }
  }

 private:
  CHandle<sqlite3_stmt, &finalize_statement> handle_;
};

/// One thread at a time.
class Connection {
 public:
  enum class Mode { kExisting, kCreate };

  Connection() = default;
  /// Opens without touching the file's content. Errors: kPermission, kStorage.
  static Result<Connection> open(const std::string& path, Mode mode);

  /// Runs one or more statements without parameters.
  Result<void> execute(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  /// First column of the first row of `sql`; kStorage when there is no row.
  Result<std::int64_t> integer(std::string_view sql);
  Result<std::string> text(std::string_view sql);

  std::int64_t last_insert_row() const;
  /// Whether closing folds the write-ahead log into the file; off until a file is found sound.
  void set_checkpoint_on_close(bool on);
  /// Folds the write-ahead log into the file and empties it.
  Result<void> checkpoint();
  /// Copies the whole database into the new file `path`. Blocks for the time of the copy.
  Result<void> copy_to(const std::string& path);
  /// Gives back the pages it holds in memory and does not use now.
  void release_memory();
  /// Pages in the write-ahead log that are not yet folded into the file.
  int log_pages() const { return *log_pages_; }

  sqlite3* get() const { return handle_.get(); }

 private:
  std::unique_ptr<int> log_pages_ = std::make_unique<int>(0);  // a fixed address for the hook
  CHandle<sqlite3, &close_connection> handle_;
};

/// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Result<void> begin();
  Result<void> commit();

 private:
  Connection& connection_;
};

/// The Error of the last failed call. A full disk is kStorage/kLater; failed reads, writes or
/// syncs and damaged files are kStorage/kNever.
Error last_error(sqlite3* connection, int status);

}  // namespace steppe::sqlite
