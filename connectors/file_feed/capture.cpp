#include "connectors/file_feed/capture.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "config/option_table.h"
#include "connectors/file_feed/document_file.h"
#include "connectors/file_feed/packed_body.h"
#include "core/printable.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDayCharacters = 10;  // 2022-01-11

Error storage_error(const fs::path& path, int number) {
  const bool denied = number == EACCES || number == EPERM;
  return {denied ? Code::kPermission : Code::kStorage, Retry::kLater,
          "keeping '" + printable(path.string()) + "': " + std::generic_category().message(number)};
}

bool is_day(const std::string& name) {
  return name.size() == kDayCharacters && name[4] == '-' && name[7] == '-';
}

// Oldest first.
std::vector<fs::path> days_of(const fs::path& dir) {
  std::vector<fs::path> days;
  std::error_code ended;
  for (fs::directory_iterator next(dir, ended); !ended && next != fs::directory_iterator();
       next.increment(ended)) {
    if (is_day(next->path().filename().string())) days.push_back(next->path());
  }
  std::ranges::sort(days);
  return days;
}

std::uint64_t bytes_below(const fs::path& dir) {
  std::uint64_t total = 0;
  std::error_code ended;
  for (fs::directory_iterator next(dir, ended); !ended && next != fs::directory_iterator();
       next.increment(ended)) {
    std::error_code gone;
    const auto size = next->file_size(gone);
    if (!gone) total += size;
  }
  return total;
}

// Under a name that no reader takes, then renamed.
Result<void> write_whole(const fs::path& path, std::string_view bytes) {
  const fs::path hidden = path.parent_path() / ("." + path.filename().string());
  const int file = ::open(hidden.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (file < 0) return storage_error(path, errno);
  int failed = 0;
  while (!bytes.empty() && failed == 0) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0) failed = errno == EINTR ? 0 : errno;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  ::close(file);
  if (failed == 0 && ::rename(hidden.c_str(), path.c_str()) == 0) return ok();
  if (failed == 0) failed = errno;
  ::unlink(hidden.c_str());
  return storage_error(path, failed);
}

std::string sidecar_of(const FetchOutcome& outcome, const Document& document, bool packed) {
  std::string text;
  for (const auto& [name, value] : document.headers) {
    if (name.starts_with("x-steppewatch-")) continue;
    text.append(name).append(": ").append(value).append("\n");
  }
  text += "x-steppewatch-feed: " + outcome.request.feed->id.str() + "\n";
  text += "x-steppewatch-fetched-at: " + to_rfc3339(outcome.fetched_at) + "\n";
  if (!document.url_chain.empty()) {
    text += "x-steppewatch-url: " + document.url_chain.back() + "\n";
  }
  if (outcome.request.purpose == FetchPurpose::kArticle) {
    std::string asked = outcome.request.asked_url();
    std::erase_if(asked, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    text += "x-steppewatch-article: " + asked + "\n";
  }
  if (packed) text += "x-steppewatch-packed: gzip\n";
  return text;
}

// In order of time, then of outcome.
std::string name_of(const FetchOutcome& outcome) {
  const std::string at = to_rfc3339(outcome.fetched_at);  // 2022-01-11T12:00:00.000Z
  std::string time = at.substr(11, 8);
  std::erase(time, ':');
  const std::string millis =
      std::to_string(1000 + outcome.fetched_at.time_since_epoch().count() % 1000).substr(1);
  std::string number = std::to_string(outcome.number);
  number.insert(0, number.size() < 10 ? 10 - number.size() : 0, '0');
  return time + "." + millis + "-" + number + "-" + outcome.request.feed->id.str() + ".doc";
}

}  // namespace

OptionTable<CaptureOptions> capture_option_table() {
  using O = CaptureOptions;
  OptionTable<O> table("Keeping fetched documents, for `steppewatch replay`.");
  table.option(
      "dir", &O::dir,
      {.help = "Folder where every fetched document is kept with its header, article pages "
               "too; empty keeps none.",
       .example = "\"/var/lib/steppewatch/capture\""});
  table.option("max_days", &O::max_days,
               {.help = "Days that documents are kept.", .min = 1, .max = 3650});
  table.option("max_total_bytes", &O::max_total_bytes,
               {.help = "Most that all kept documents take; the oldest day goes first.",
                .min = 1U << 20U,
                .max = 1ULL << 44U});
  return table;
}

Result<std::unique_ptr<Capture>> Capture::open(const CaptureOptions& options) {
  std::error_code failed;
  fs::create_directories(options.dir, failed);
  if (failed) return storage_error(options.dir, failed.value());
  std::unique_ptr<Capture> capture(new Capture(options));
  MutexLock lock(capture->mutex_);
  capture->count_all();
  return capture;
}

void Capture::count_all() {
  total_bytes_ = 0;
  for (const fs::path& day : days_of(options_.dir)) total_bytes_ += bytes_below(day);
}

bool Capture::drop_oldest_day(const std::string& but_not) {
  const auto days = days_of(options_.dir);
  if (days.empty() || days.front().filename() == but_not) return false;
  std::error_code ignored;
  fs::remove_all(days.front(), ignored);
  count_all();
  return true;
}

void Capture::drop_old_days(const std::string& day) {
  auto days = days_of(options_.dir);
  while (days.size() > options_.max_days && drop_oldest_day(day)) days = days_of(options_.dir);
}

Result<void> Capture::make_room(std::uint64_t bytes, const std::string& day) {
  MutexLock lock(mutex_);
  if (day != last_day_) {
    last_day_ = day;
    std::error_code failed;
    fs::create_directory(options_.dir / day, failed);
    if (failed) return storage_error(options_.dir / day, failed.value());
    drop_old_days(day);
  }
  while (total_bytes_ + bytes > options_.max_total_bytes) {
    if (drop_oldest_day(day)) continue;
    return Error{Code::kTooLarge, Retry::kLater,
                 "keeping documents: capture.max_total_bytes is used up by today's"};
  }
  total_bytes_ += bytes;
  return ok();
}

Result<void> Capture::keep(const FetchOutcome& outcome) {
  const auto* document = std::get_if<Document>(&outcome.result);
  if (document == nullptr) return ok();
  const bool packed = document->content_encoding != "gzip";
  const std::string body = packed ? pack_body(document->body) : document->body;
  const std::string sidecar = sidecar_of(outcome, *document, packed);
  const std::string day = to_date(std::chrono::floor<std::chrono::days>(outcome.fetched_at));
  if (auto room = make_room(body.size() + sidecar.size(), day); !room) return room;
  const fs::path path = options_.dir / day / name_of(outcome);
  if (auto done = write_whole(path.string() + std::string(kSidecarSuffix), sidecar); !done) {
    return done;
  }
  return write_whole(path, body);
}

}  // namespace steppe
