#include "connectors/sqlite_store/schema.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <utility>

#include "connectors/sqlite_store/files.h"
#include "core/hash.h"

namespace steppe::sqlite {
namespace {

constexpr std::int64_t kApplicationId = 0x53745061;  // tells our file from any other SQLite file

// Identity keys are row numbers: a fifth of the space an index over 16-byte keys takes. Items end
// with `seen_for_ms` so that the common item, seen once, stores it in no byte at all.
constexpr char kSchema1[] = R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE outbox_state(
  only_row INTEGER PRIMARY KEY CHECK(only_row = 1),
  last_seq INTEGER NOT NULL, published_seq INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
INSERT INTO outbox_state VALUES(1, 0, 0, 0);
CREATE TABLE outbox(
  seq INTEGER PRIMARY KEY, size INTEGER NOT NULL, checksum INTEGER NOT NULL,
  topic TEXT NOT NULL, key TEXT NOT NULL, headers BLOB NOT NULL, value BLOB NOT NULL) STRICT;
CREATE TABLE feed(
  id TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
  body_hash INTEGER NOT NULL, next_poll_at INTEGER NOT NULL, last_poll_at INTEGER NOT NULL,
  last_ok_at INTEGER NOT NULL, last_new_item_at INTEGER NOT NULL, failures INTEGER NOT NULL,
  status TEXT NOT NULL, detail TEXT NOT NULL, guid_trusted INTEGER NOT NULL,
  ever_committed INTEGER NOT NULL, validators_url TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE feed_window(
  row INTEGER PRIMARY KEY, feed TEXT NOT NULL UNIQUE, entries BLOB NOT NULL) STRICT;
CREATE TABLE item(
  row INTEGER PRIMARY KEY AUTOINCREMENT, id ANY NOT NULL, revision INTEGER NOT NULL,
  content_hash INTEGER NOT NULL, story ANY NOT NULL, first_seen_at INTEGER NOT NULL,
  seen_for_ms INTEGER NOT NULL) STRICT;
CREATE TABLE identity(key INTEGER PRIMARY KEY, item INTEGER NOT NULL) STRICT;
CREATE TABLE processor_row(
  row INTEGER PRIMARY KEY, space INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
  UNIQUE(space, key)) STRICT;
)sql";

constexpr Migration kMigrations[] = {{1, kSchema1}};

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out.push_back('\'');
    out.push_back(c);
  }
  return out + "'";
}

std::string set_version(std::int64_t version) {
  return "PRAGMA user_version=" + std::to_string(version) + ";";
}

Result<void> check_header(const std::string& path) {
  static constexpr char kMagic[] = "SQLite format 3";  // with the terminating zero: 16 bytes
  char start[sizeof kMagic] = {};
  std::ifstream file(path, std::ios::binary);
  if (!file) return file_error(errno, "reading", path);
  file.read(start, sizeof start);
  if (std::string_view(start, sizeof start) != std::string_view(kMagic, sizeof kMagic)) {
    return damaged(path, "it does not start like a SQLite file");
  }
  return {};
}

Result<void> configure(Connection& connection, const StoreOptions& options) {
  // EXCLUSIVE before the first access keeps the log's index out of shared memory.
  return connection.execute(
      "PRAGMA locking_mode=EXCLUSIVE; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
      "PRAGMA cell_size_check=ON; PRAGMA secure_delete=OFF; PRAGMA journal_mode=WAL;"
      "PRAGMA synchronous=FULL; PRAGMA journal_size_limit=" +
      std::to_string(options.checkpoint_bytes * 4) + "; PRAGMA cache_size=-" +
      std::to_string(options.cache_bytes >> 10));
}

Result<std::int64_t> check_version(Connection& connection, const std::string& path,
                                   std::int64_t newest) {
  const Result<std::int64_t> application = connection.integer("PRAGMA application_id");
  if (!application) return application.error();
  const Result<std::int64_t> version = connection.integer("PRAGMA user_version");
  if (!version) return version.error();
  if (*application != kApplicationId || *version < 1) {
    return damaged(path, "it is not a state file of steppewatch");
  }
  if (*version > newest) {
    return Error{Code::kConfig, Retry::kNever,
                 "state file " + path + " has schema " + std::to_string(*version) +
                     ", this steppewatch knows up to " + std::to_string(newest) +
                     ": install the newer version again, or restore the copy kept before the step"};
  }
  return *version;
}

Result<void> quick_check(Connection& connection, const std::string& path) {
  const Result<std::string> verdict = connection.text("PRAGMA quick_check(1)");
  if (!verdict) return verdict.error();
  if (*verdict != "ok") return damaged(path, *verdict);
  return {};
}

Result<void> keep_copy(Connection& connection, const std::string& path, std::int64_t version) {
  const std::string copy = path + ".schema-" + std::to_string(version);
  const std::string part = copy + ".part";
  ::unlink(part.c_str());
  if (auto done = connection.copy_to(part); !done) {
    return std::move(done.error()).with_context("copying the state before a schema change");
  }
  return rename_durably(part, copy);
}

Result<void> migrate(Connection& connection, const std::string& path, std::int64_t version,
                     std::span<const Migration> steps) {
  for (const Migration& step : steps) {
    if (step.to_version <= version) continue;
    if (auto kept = keep_copy(connection, path, version); !kept) return kept;
    Transaction transaction(connection);
    if (auto done = transaction.begin(); !done) return done;
    if (auto done = connection.execute(step.sql + set_version(step.to_version)); !done) return done;
    if (auto done = transaction.commit(); !done) return done;
    version = step.to_version;
  }
  return {};
}

Result<void> check_instance(Connection& connection, const std::string& path,
                            const std::string& wanted) {
  const Result<std::string> found = connection.text("SELECT value FROM meta WHERE name='instance'");
  if (!found) return found.error();
  if (*found == wanted) return {};
  return Error{Code::kConfig, Retry::kNever,
               "state file " + path + " belongs to instance \"" + *found +
                   "\", the configuration says \"" + wanted + "\": set instance = \"" + *found +
                   "\" or use another state_dir"};
}

Result<void> check_all(Connection& connection, const std::string& path, const StoreOptions& options,
                       std::span<const Migration> steps) {
  if (sqlite3_db_readonly(connection.get(), "main") == 1) {
    return Error{Code::kPermission, Retry::kNever, "no permission to write " + path};
  }
  // The version is asked first: a newer file must stay as it is, its log included.
  const Result<std::int64_t> version = check_version(connection, path, steps.back().to_version);
  if (!version) return version.error();
  if (auto done = configure(connection, options); !done) return done;
  if (auto done = quick_check(connection, path); !done) return done;
  if (auto done = migrate(connection, path, *version, steps); !done) return done;
  return check_instance(connection, path, options.instance);
}

}  // namespace

std::span<const Migration> migrations() {
  return kMigrations;
}

Error damaged(const std::string& path, const std::string& what) {
  return {Code::kStorage, Retry::kNever,
          "state file " + path + " is damaged (" + what +
              "); it was left as it is. Restore a backup, or move it away to start anew: items "
              "seen before may then be published again"};
}

Result<void> create_database(const std::string& path, const std::string& instance,
                             std::span<const Migration> steps) {
  const std::string part = path + ".new";
  ::unlink(part.c_str());
  ::unlink((part + "-journal").c_str());
  {
    Result<Connection> connection = Connection::open(part, Connection::Mode::kCreate);
    if (!connection) return connection.error();
    std::string sql =
        "PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA synchronous=FULL; PRAGMA "
        "application_id=" +
        std::to_string(kApplicationId) + "; BEGIN;";
    for (const Migration& step : steps) sql += step.sql;
    sql += "INSERT INTO meta VALUES('instance'," + quoted(instance) + "),('generation'," +
           quoted(random_hex128()) + ");" + set_version(steps.back().to_version) + "COMMIT;";
    if (auto done = connection->execute(sql); !done) return done;
  }
  return rename_durably(part, path);
}

Result<Connection> open_database(const std::string& path, const StoreOptions& options,
                                 std::span<const Migration> steps) {
  if (auto fine = check_header(path); !fine) return fine.error();
  Result<Connection> connection = Connection::open(path, Connection::Mode::kExisting);
  if (!connection) return connection;
  if (auto fine = check_all(*connection, path, options, steps); !fine) {
    Error error = std::move(fine.error());
    const bool bare = error.code == Code::kStorage && error.retry == Retry::kNever &&
                      error.message.find(path) == std::string::npos;
    return bare ? damaged(path, error.message) : std::move(error);
  }
  connection->set_checkpoint_on_close(true);
  return connection;
}

}  // namespace steppe::sqlite
