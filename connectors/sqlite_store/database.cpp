#include "connectors/sqlite_store/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

namespace steppe::sqlite {
namespace {

bool is_out_of_space(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT;
}

bool is_permission(int system_error) {
  return system_error == EACCES || system_error == EPERM || system_error == EROFS;
}

Error input_output_error(int status, int system_error, std::string message) {
  const bool sync_failed = status == SQLITE_IOERR_FSYNC || status == SQLITE_IOERR_DIR_FSYNC;
  if (status == SQLITE_IOERR_NOMEM) return {Code::kStorage, Retry::kLater, std::move(message)};
  if (!sync_failed && is_out_of_space(system_error)) {
    return {Code::kStorage, Retry::kLater, "disk full: " + message};
  }
  return {Code::kStorage, Retry::kNever, "unsafe storage: " + message};
}

Error cannot_open_error(int system_error, std::string message) {
  if (is_permission(system_error)) return {Code::kPermission, Retry::kNever, std::move(message)};
  const bool passing = is_out_of_space(system_error) || system_error == EMFILE ||
                       system_error == ENFILE || system_error == ENOMEM;
  return {Code::kStorage, passing ? Retry::kLater : Retry::kNever, std::move(message)};
}

int note_log_pages(void* counter, sqlite3*, const char*, int pages) {
  *static_cast<int*>(counter) = pages;
  return SQLITE_OK;
}

}  // namespace

Error last_error(sqlite3* connection, int status) {
  const int system_error = connection == nullptr ? 0 : sqlite3_system_errno(connection);
  std::string message = connection == nullptr ? sqlite3_errstr(status) : sqlite3_errmsg(connection);
  message += " (SQLite " + std::to_string(status) + ")";
  switch (status & 0xff) {
    case SQLITE_FULL: return {Code::kStorage, Retry::kLater, "disk full: " + message};
    case SQLITE_NOMEM: return {Code::kStorage, Retry::kLater, std::move(message)};
    case SQLITE_IOERR: return input_output_error(status, system_error, std::move(message));
    case SQLITE_CANTOPEN: return cannot_open_error(system_error, std::move(message));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return {Code::kPermission, Retry::kNever, std::move(message)};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {Code::kConflict, Retry::kNever, std::move(message)};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_SCHEMA:
    case SQLITE_ERROR:  // a statement does not fit the tables: the schema is not ours any more
    case SQLITE_CONSTRAINT: return {Code::kStorage, Retry::kNever, std::move(message)};
    default: return {Code::kInternal, Retry::kNever, std::move(message)};
  }
}

void close_connection(sqlite3* connection) {
  sqlite3_close_v2(connection);
}

void finalize_statement(sqlite3_stmt* statement) {
  sqlite3_finalize(statement);
}

Cursor::~Cursor() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Result<bool> Cursor::next() {
  const int status = status_ != SQLITE_OK ? status_ : sqlite3_step(statement_);
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  return last_error(sqlite3_db_handle(statement_), status);
}

std::int64_t Cursor::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::uint64_t Cursor::unsigned_integer(int column) const {
  return static_cast<std::uint64_t>(integer(column));
}

std::string_view Cursor::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (data == nullptr || size <= 0) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

bool Cursor::is_blob(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_BLOB;
}

bool Cursor::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

void Cursor::bind(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  const int status = sqlite3_bind_text64(statement_, index, data, text.size(),
                                         copy_ ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8);
  if (status != SQLITE_OK) status_ = status;
}

void Cursor::bind(int index, Blob blob) {
  const char* data = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  const int status = sqlite3_bind_blob64(statement_, index, data, blob.bytes.size(),
                                         copy_ ? SQLITE_TRANSIENT : SQLITE_STATIC);
  if (status != SQLITE_OK) status_ = status;
}

void Cursor::bind_integer(int index, std::int64_t value) {
  const int status = sqlite3_bind_int64(statement_, index, value);
  if (status != SQLITE_OK) status_ = status;
}

Result<Connection> Connection::open(const std::string& path, Mode mode) {
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::kCreate ? SQLITE_OPEN_CREATE : 0);
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Connection connection;
  connection.handle_.reset(raw);
  if (status != SQLITE_OK) return last_error(raw, status);
  connection.set_checkpoint_on_close(false);
  sqlite3_wal_hook(raw, &note_log_pages, connection.log_pages_.get());  // ends automatic folding
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return connection;
}

Result<void> Connection::execute(const std::string& sql) {
  const int status = sqlite3_exec(get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) return last_error(get(), status);
  return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int status = sqlite3_prepare_v3(get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (status != SQLITE_OK) return last_error(get(), status);
  return Statement(raw);
}

Result<std::int64_t> Connection::integer(std::string_view sql) {
  Result<Statement> statement = prepare(sql);
  if (!statement) return statement.error();
  Cursor cursor = statement->with();
  const Result<bool> row = cursor.next();
  if (!row) return row.error();
  if (!*row) return Error{Code::kStorage, Retry::kNever, "a row is missing"};
  return cursor.integer(0);
}

Result<std::string> Connection::text(std::string_view sql) {
  Result<Statement> statement = prepare(sql);
  if (!statement) return statement.error();
  Cursor cursor = statement->with();
  const Result<bool> row = cursor.next();
  if (!row) return row.error();
  if (!*row) return Error{Code::kStorage, Retry::kNever, "a row is missing"};
  return std::string(cursor.bytes(0));
}

std::int64_t Connection::last_insert_row() const {
  return sqlite3_last_insert_rowid(get());
}

void Connection::set_checkpoint_on_close(bool on) {
  sqlite3_db_config(get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on ? 0 : 1, nullptr);
}

void Connection::release_memory() {
  if (handle_) sqlite3_db_release_memory(handle_.get());
}

Result<void> Connection::checkpoint() {
  const int status =
      sqlite3_wal_checkpoint_v2(get(), "main", SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  if (status != SQLITE_OK) return last_error(get(), status);
  *log_pages_ = 0;
  return {};
}

Result<void> Connection::copy_to(const std::string& path) {
  Result<Connection> target = open(path, Mode::kCreate);
  if (!target) return target.error();
  sqlite3_backup* copy = sqlite3_backup_init(target->get(), "main", get(), "main");
  if (copy == nullptr) return last_error(target->get(), sqlite3_extended_errcode(target->get()));
  sqlite3_backup_step(copy, -1);
  const int status = sqlite3_backup_finish(copy);
  if (status != SQLITE_OK) return last_error(target->get(), status);
  return {};
}

Result<void> Transaction::begin() {
  return connection_.execute("BEGIN IMMEDIATE");
}

Result<void> Transaction::commit() {
  return connection_.execute("COMMIT");
}

Transaction::~Transaction() {
  if (sqlite3_get_autocommit(connection_.get()) == 0) {
    sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

}  // namespace steppe::sqlite
