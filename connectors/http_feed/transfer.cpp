#include "connectors/http_feed/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "connectors/http_feed/poll_hints.h"
#include "connectors/http_feed/transfer_error.h"
#include "core/check.h"
#include "core/printable.h"

namespace steppe {
namespace {

// An error page is read to its end only while that is cheaper than a new connection.
constexpr std::uint64_t kMaxIgnoredBytes = 64U << 10;
constexpr std::uint64_t kMaxReservedBytes = 1U << 20;

int status_of(void* easy) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

std::int64_t info_of(void* easy, CURLINFO which) {
  curl_off_t value = 0;
  curl_easy_getinfo(easy, which, &value);
  return value;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Stored validators are sent back as they came, unless that would break the header apart.
bool fits_a_header(std::string_view value) {
  return !value.empty() &&
         std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

void free_header_lines(void* list) {
  curl_slist_free_all(static_cast<curl_slist*>(list));
}

Transfer::Transfer(TransferContext& context, EasyHandle easy, FetchRequest request, Instant started)
    : context_(context),
      easy_(std::move(easy)),
      request_(std::move(request)),
      started_(started),
      hop_(context.options.max_header_bytes) {
  STEPPE_CHECK(request_.feed != nullptr);
}

Transfer::~Transfer() {
  context_.buffered_bytes -= hop_.body.size();
}

EasyHandle Transfer::release_easy() {
  if (easy_) curl_easy_setopt(easy(), CURLOPT_ERRORBUFFER, nullptr);
  return std::move(easy_);
}

Transfer::Step Transfer::begin() {
  auto url = parse_url(request_.feed->url);
  if (!url) return finish(FetchFailure{.error = url.error()});
  first_url_ = *url;
  if (!url->is_http())
    return refuse("checking URL: scheme '" + printable(url->scheme, 40) +
                  "' is neither http nor https");
  bind_callbacks(easy(), *this);
  curl_easy_setopt(easy(), CURLOPT_ERRORBUFFER, error_text_.data());
  return go_to(std::move(*url));
}

Transfer::Step Transfer::go_to(HttpUrl url) {
  chain_.push_back(url.text);
  url_ = std::move(url);
  const std::int64_t left_ms = context_.options.total_timeout_secs * 1000LL - spent_us_ / 1000;
  if (left_ms <= 0) {
    return finish(FetchFailure{
        .error = {Code::kTimeout, Retry::kLater, "following redirects: the time limit is over"}});
  }
  curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, static_cast<long>(left_ms));
  set_up_request();
  context_.counters.requests.fetch_add(1, std::memory_order_relaxed);
  return Step::kRequest;
}

void Transfer::set_up_request() {
  context_.buffered_bytes -= hop_.body.size();
  hop_ = Hop(context_.options.max_header_bytes);
  error_text_[0] = '\0';
  curl_easy_setopt(easy(), CURLOPT_URL, url_.text.c_str());
  const bool at_home = url_.origin == first_url_.origin && !first_url_.user.empty();
  curl_easy_setopt(easy(), CURLOPT_USERNAME, at_home ? first_url_.user.c_str() : nullptr);
  curl_easy_setopt(easy(), CURLOPT_PASSWORD, at_home ? first_url_.password.c_str() : nullptr);
  set_header_lines();
}

// Validators belong to the URL that gave them; kept without one they go to every hop.
void Transfer::set_header_lines() {
  std::vector<std::string> lines = {
      "Accept: application/rss+xml, application/atom+xml, application/feed+json, "
      "application/xml;q=0.9, */*;q=0.1",
      "Accept-Encoding: gzip"};
  const Validators& known = request_.validators;
  if (known.url.empty() || known.url == url_.text) {
    if (fits_a_header(known.etag)) lines.push_back("If-None-Match: " + known.etag);
    if (fits_a_header(known.last_modified)) {
      lines.push_back("If-Modified-Since: " + known.last_modified);
    }
    hop_.conditional = lines.size() > 2;
  }
  curl_slist* list = nullptr;
  for (const std::string& line : lines) list = curl_slist_append(list, line.c_str());
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, list);
  header_lines_.reset(list);
}

bool Transfer::on_header(std::string_view line) {
  context_.counters.received_bytes.fetch_add(line.size(), std::memory_order_relaxed);
  const bool trailer = hop_.received > 0;  // could contradict what the body was read by
  if (hop_.headers.add_line(line, trailer)) return true;
  hop_.limit =
      "reading header: more than " + std::to_string(context_.options.max_header_bytes) + " bytes";
  return false;
}

bool Transfer::keeps_body() const {
  const int status = status_of(easy());
  return status >= 200 && status < 300;
}

bool Transfer::over_a_limit(std::size_t more) {
  const HttpOptions& options = context_.options;
  if (hop_.received > options.max_body_bytes) {
    hop_.limit = "reading body: more than " + std::to_string(options.max_body_bytes) + " bytes";
  } else if (context_.buffered_bytes + more > options.max_buffered_bytes) {
    hop_.limit = "reading body: all answers under way exceed " +
                 std::to_string(options.max_buffered_bytes) + " bytes";
  }
  return !hop_.limit.empty();
}

bool Transfer::on_body(std::string_view bytes) {
  context_.counters.received_bytes.fetch_add(bytes.size(), std::memory_order_relaxed);
  hop_.received += bytes.size();
  if (!keeps_body()) {
    hop_.ignored_enough = hop_.received > kMaxIgnoredBytes;
    return !hop_.ignored_enough;
  }
  if (over_a_limit(bytes.size())) return false;
  if (hop_.body.empty()) {
    const auto length = info_of(easy(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
    const auto expected = static_cast<std::uint64_t>(std::max<std::int64_t>(length, 0));
    hop_.body.reserve(std::min(expected, kMaxReservedBytes));
  }
  hop_.body.append(bytes);
  context_.buffered_bytes += bytes.size();
  return true;
}

bool Transfer::on_address(std::string_view address, std::string_view range) {
  const bool allowed = range.empty() || request_.feed->allow_private_addresses ||
                       address == context_.public_address_for_test;
  if (allowed) return true;
  hop_.refused = std::string(address) + " is not public (" + std::string(range) + ")";
  context_.counters.refused_addresses.fetch_add(1, std::memory_order_relaxed);
  return false;
}

Transfer::Step Transfer::request_ended(int curl_code) {
  spent_us_ += info_of(easy(), CURLINFO_TOTAL_TIME_T);
  long opened = 0;
  curl_easy_getinfo(easy(), CURLINFO_NUM_CONNECTS, &opened);
  context_.counters.connections.fetch_add(static_cast<std::uint64_t>(std::max(opened, 0L)),
                                          std::memory_order_relaxed);
  const int status = status_of(easy());
  if (curl_code != CURLE_OK && !hop_.ignored_enough) {
    return finish(FetchFailure{.error = error_of(curl_code), .http_status = status});
  }
  const auto location = hop_.headers.first("location");
  if (is_redirect(status) && location) return follow(std::string(*location));
  hints_ = poll_hints(hop_.headers, started_);
  return finish(judge_answer(request_, take_answer()));
}

Transfer::Step Transfer::follow(std::string_view location) {
  auto next = parse_url(location, url_.text);
  const std::string doing = "following redirect to '" + printable(location) + "': ";
  if (!next) {
    return finish(FetchFailure{.error = std::move(next.error()).with_context("following redirect"),
                               .http_status = status_of(easy())});
  }
  if (!next->is_http()) return refuse(doing + "it is neither http nor https");
  if (std::ranges::find(chain_, next->text) != chain_.end()) return refuse(doing + "it is a loop");
  if (chain_.size() > context_.options.max_redirects) {
    return refuse(doing + "more than " + std::to_string(context_.options.max_redirects) + " hops");
  }
  context_.counters.redirects.fetch_add(1, std::memory_order_relaxed);
  return go_to(std::move(*next));
}

Error Transfer::error_of(int curl_code) const {
  if (!hop_.limit.empty()) return {Code::kTooLarge, Retry::kLater, hop_.limit};
  const bool unconnected =
      curl_code == CURLE_COULDNT_CONNECT || curl_code == CURLE_ABORTED_BY_CALLBACK;
  if (unconnected && !hop_.refused.empty()) {
    return {Code::kRefused, Retry::kLater, "connecting: " + hop_.refused};
  }
  const bool connected = info_of(easy(), CURLINFO_PRETRANSFER_TIME_T) > 0;
  return transfer_error(curl_code, error_text_.data(), connected);
}

Answer Transfer::take_answer() {
  context_.buffered_bytes -= hop_.body.size();
  return {.status = status_of(easy()),
          .headers = std::move(hop_.headers),
          .body = std::exchange(hop_.body, {}),
          .url_chain = chain_,
          .conditional = hop_.conditional};
}

Transfer::Step Transfer::refuse(std::string message) {
  return finish(FetchFailure{.error = {Code::kRefused, Retry::kNever, std::move(message)},
                             .http_status = status_of(easy())});
}

Transfer::Step Transfer::finish(FetchResult result) {
  result_ = std::move(result);
  return Step::kFinished;
}

void Transfer::fail(Error error) {
  finish(FetchFailure{.error = std::move(error)});
}

void Transfer::count_result() {
  HttpCounters& counters = context_.counters;
  if (const auto* failed = std::get_if<FetchFailure>(&result_)) {
    counters.failures[static_cast<std::size_t>(failed->error.code)].fetch_add(1);
  } else if (const auto* unchanged = std::get_if<NotModified>(&result_)) {
    (unchanged->http_status == 304 ? counters.not_modified : counters.unchanged_bodies)
        .fetch_add(1);
  } else {
    counters.documents.fetch_add(1);
  }
}

FetchOutcome Transfer::take_outcome(Instant now) {
  count_result();
  if (auto* failed = std::get_if<FetchFailure>(&result_)) {
    Error error = std::move(failed->error);
    if (chain_.size() > 1) error = std::move(error).with_context("at " + printable(chain_.back()));
    failed->error = std::move(error).with_context("polling " + printable(first_url_.text));
  }
  return {.request = std::move(request_),
          .fetched_at = started_,
          .received_at = now,
          .hints = hints_,
          .result = std::move(result_)};
}

}  // namespace steppe
