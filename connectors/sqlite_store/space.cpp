#include "connectors/sqlite_store/space.h"

#include <limits>
#include <string>

#include "connectors/sqlite_store/prepare_all.h"

namespace steppe::sqlite {
namespace {

constexpr std::uint64_t kPageBytes = 4096;
constexpr std::int64_t kKeptFreePages = 4096;  // reused sooner or later, not worth moving pages
constexpr std::size_t kShrinkPages = 512;
constexpr std::size_t kTightShrinkPages = 64;

Result<void> ignore_full_disk(Result<void> done) {
  if (!done && done.error().retry == Retry::kLater) return {};
  return done;
}

}  // namespace

Result<Space> Space::prepare(Connection& connection, const StoreOptions& options) {
  Space space;
  space.wanted_ = options.reserve_bytes > 0;
  space.max_log_pages_ = static_cast<std::int64_t>(options.checkpoint_bytes / kPageBytes);
  space.max_growth_pages_ = space.wanted_
                                ? static_cast<std::int64_t>(options.reserve_bytes / kPageBytes / 2)
                                : std::numeric_limits<std::int64_t>::max();
  if (space.wanted_) space.reserve_ = Reserve(options.state_dir, options.reserve_bytes);
  const auto done = prepare_all(connection, {{&space.page_count_, "PRAGMA page_count"},
                                             {&space.free_count_, "PRAGMA freelist_count"}});
  if (!done) return done.error();
  if (auto folded = space.fold(connection); !folded) return folded.error();
  return space;
}

bool Space::is_tight() {
  if (wanted_) reserve_.hold();
  return wanted_ && !reserve_.is_held();
}

Result<std::int64_t> Space::ask(Statement& question) {
  Cursor answer = question.with();
  const Result<bool> row = answer.next();
  if (!row) return row.error();
  return answer.integer(0);
}

Result<void> Space::fold(Connection& connection) {
  auto done = connection.checkpoint();
  if (!done) return ignore_full_disk(std::move(done));
  const Result<std::int64_t> pages = ask(page_count_);
  if (!pages) return pages.error();
  folded_pages_ = *pages;
  return {};
}

Result<void> Space::fold_when_due(Connection& connection) {
  if (connection.log_pages() >= max_log_pages_) return fold(connection);
  const Result<std::int64_t> pages = ask(page_count_);
  if (!pages) return pages.error();
  return *pages - folded_pages_ >= max_growth_pages_ ? fold(connection) : ok();
}

Result<void> Space::give_back(Connection& connection, std::size_t pages) {
  auto done = connection.execute("PRAGMA incremental_vacuum(" + std::to_string(pages) + ")");
  return done ? fold_when_due(connection) : done;
}

Result<void> Space::shrink(Connection& connection) {
  const bool tight = is_tight();
  Result<std::int64_t> free = ask(free_count_);
  if (free && !tight && *free > kKeptFreePages) {
    return ignore_full_disk(give_back(connection, kShrinkPages));
  }
  while (free && *free > 0 && is_tight()) {
    if (auto done = give_back(connection, kTightShrinkPages); !done) return ignore_full_disk(done);
    if (auto done = fold(connection); !done) return done;
    free = ask(free_count_);
  }
  return free ? ok() : free.error();
}

}  // namespace steppe::sqlite
