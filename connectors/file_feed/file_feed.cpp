#include "connectors/file_feed/file_feed.h"

#include <utility>

#include "connectors/file_feed/directory.h"
#include "connectors/file_feed/document_file.h"
#include "core/check.h"
#include "core/printable.h"

namespace steppe {
namespace {

using FetchResult = decltype(FetchOutcome::result);

// Collects the outcomes of one poll.
class Poll {
 public:
  Poll(const FetchRequest& request, Instant now) : request_(request), now_(now) {}

  void add(FetchResult result) {
    outcomes_.push_back({.request = request_,
                         .fetched_at = now_,
                         .received_at = now_,
                         .hints = {},
                         .result = std::move(result)});
  }

  void fail(Error error) {
    failed_ = true;
    add(FetchFailure{
        .error = std::move(error).with_context("polling " + printable(request_.feed->url))});
  }

  std::vector<FetchOutcome> finish(const Validators& validators) {
    if (outcomes_.empty()) add(NotModified{.validators = validators});
    auto* last = std::get_if<Document>(&outcomes_.back().result);
    if (last != nullptr && !failed_) last->validators = validators;
    return std::move(outcomes_);
  }

  std::vector<FetchOutcome> finish() { return std::move(outcomes_); }

 private:
  const FetchRequest& request_;
  const Instant now_;
  bool failed_ = false;
  std::vector<FetchOutcome> outcomes_;
};

Error too_much(std::uint64_t files, std::string_view bound, std::uint64_t limit) {
  return {Code::kTooLarge, Retry::kLater,
          "reading directory: " + std::to_string(files) + " files left out, more than " +
              std::to_string(limit) + " " + std::string(bound)};
}

void read_documents(const DirectoryListing& listing, const FileFeedOptions& options, Poll& poll) {
  std::uint64_t left = options.max_total_bytes;
  for (std::size_t i = 0; i < listing.paths.size(); ++i) {
    auto file = read_document_file(listing.paths[i], options.max_body_bytes);
    if (!file) {
      poll.fail(std::move(file).error());
      continue;
    }
    const std::uint64_t size = file->document.body.size();
    if (size > left) {
      poll.fail(too_much(listing.paths.size() - i, "bytes", options.max_total_bytes));
      return;
    }
    left -= size;
    if (!file->article.empty()) continue;  // captured beside the feed's documents; it is none
    poll.add(std::move(file->document));
  }
  if (listing.skipped > 0) poll.fail(too_much(listing.skipped, "files", options.max_files));
}

}  // namespace

std::vector<FetchOutcome> FileFeed::poll(const FetchRequest& request, Instant now) const {
  STEPPE_CHECK(request.feed != nullptr);
  Poll poll(request, now);
  const auto path = path_of_file_url(request.feed->url);
  if (!path) {
    poll.fail(path.error());
    return poll.finish();
  }
  const auto listing = list_directory(*path, options_.max_files);
  if (!listing) {
    poll.fail(listing.error());
    return poll.finish();
  }
  const Validators validators{
      .etag = listing->fingerprint, .last_modified = "", .url = request.feed->url};
  if (listing->fingerprint == request.validators.etag) return poll.finish(validators);
  read_documents(*listing, options_, poll);
  return poll.finish(validators);
}

}  // namespace steppe
