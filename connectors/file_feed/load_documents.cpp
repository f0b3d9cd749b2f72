#include "connectors/file_feed/load_documents.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "connectors/file_feed/directory.h"
#include "connectors/file_feed/document_file.h"
#include "core/printable.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 16;

FetchOutcome outcome_of(std::string feed, const std::string& url) {
  auto made_up = std::make_shared<Feed>();
  made_up->id = FeedId(feed.empty() ? "replay" : std::move(feed));
  made_up->url = url;
  made_up->allow_private_addresses = false;
  FetchOutcome outcome;
  outcome.request.feed = std::move(made_up);
  return outcome;
}

FetchOutcome failed(const std::string& path, Error error) {
  FetchOutcome outcome = outcome_of("", file_url(path));
  outcome.result = FetchFailure{.error = std::move(error)};
  return outcome;
}

FetchOutcome load(const std::string& path, std::uint64_t max_bytes) {
  auto file = read_document_file(path, max_bytes);
  if (!file) return failed(path, std::move(file).error());
  FetchOutcome outcome = outcome_of(file->feed, file->document.url_chain.back());
  if (!file->article.empty()) {
    outcome.request.purpose = FetchPurpose::kArticle;
    outcome.request.url = file->article;
  }
  outcome.fetched_at = outcome.received_at = file->fetched_at;
  outcome.result = std::move(file->document);
  return outcome;
}

// Sub-directories of `path`, in byte order; links are not followed.
std::vector<std::string> folders_of(const std::string& path) {
  std::vector<std::string> folders;
  std::error_code ended;
  fs::directory_iterator next(path, ended);
  while (!ended && next != fs::directory_iterator()) {
    std::error_code gone;
    if (next->symlink_status(gone).type() == fs::file_type::directory) {
      folders.push_back(next->path().string());
    }
    next.increment(ended);
  }
  std::ranges::sort(folders);
  return folders;
}

class Walk {
 public:
  Walk(const FileFeedOptions& options, const std::function<bool(FetchOutcome)>& consume)
      : max_bytes_(options.max_body_bytes), consume_(consume) {}

  // False when the consumer has enough.
  bool visit(const std::string& path, int depth) const {
    const auto listing = list_directory(path, UINT32_MAX);
    if (!listing) return consume_(failed(path, listing.error()));
    for (const std::string& file : listing->paths) {
      if (!consume_(load(file, max_bytes_))) return false;
    }
    if (depth == kMaxDepth) return true;
    return std::ranges::all_of(folders_of(path),
                               [&](const std::string& folder) { return visit(folder, depth + 1); });
  }

 private:
  const std::uint64_t max_bytes_;
  const std::function<bool(FetchOutcome)>& consume_;
};

}  // namespace

void load_documents(const std::vector<std::string>& paths, const FileFeedOptions& options,
                    const std::function<bool(FetchOutcome)>& consume) {
  const Walk walk(options, consume);
  for (const std::string& path : paths) {
    if (!walk.visit(path, 0)) return;
  }
}

}  // namespace steppe
