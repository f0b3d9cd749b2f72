#include "connectors/http_feed/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "connectors/http_feed/address_guard.h"
#include "connectors/http_feed/poll_hints.h"
#include "connectors/http_feed/robots.h"
#include "connectors/http_feed/transfer_error.h"
#include "core/check.h"
#include "core/printable.h"

namespace steppe {
namespace {

// An error page is read to its end only while that is cheaper than a new connection.
constexpr std::uint64_t kMaxIgnoredBytes = 64U << 10;
constexpr std::uint64_t kMaxReservedBytes = 1U << 20;
constexpr std::size_t kMaxPageBytes = 16U << 10;  // of an error page, to see what it is

std::int64_t info_of(void* easy, CURLINFO which) {
  curl_off_t value = 0;
  curl_easy_getinfo(easy, which, &value);
  return value;
}

int status_of(void* easy) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

Transfer::Transfer(TransferContext& context, FetchRequest request, Instant started)
    : context_(context),
      request_(std::move(request)),
      started_(started),
      hop_(context.options.max_header_bytes) {
  STEPPE_CHECK(request_.feed != nullptr);
}

Transfer::~Transfer() {
  drop_body();
  forget_sockets();
  for (const std::string& key : hop_.turns) {
    context_.pace.release(key, std::chrono::steady_clock::now());
  }
}

EasyHandle Transfer::detach() {
  if (!easy_) return {};
  curl_easy_setopt(easy(), CURLOPT_ERRORBUFFER, nullptr);
  if (has_own_access_) clear_access();
  return std::move(easy_);
}

Transfer::Step Transfer::begin() {
  auto url = parse_url(request_.asked_url());
  if (!url) {
    first_url_ = std::make_shared<const HttpUrl>();
    return finish(FetchFailure{.error = url.error(), .poll_class = PollClass::kBadUrl});
  }
  first_url_ = std::make_shared<const HttpUrl>(std::move(*url));
  if (!first_url_->is_http()) {
    return refuse(PollClass::kBadUrl, "checking URL: scheme '" + printable(first_url_->scheme, 40) +
                                          "' is neither http nor https");
  }
  return go_to(first_url_);
}

bool Transfer::obeys_robots() const {
  return request_.purpose == FetchPurpose::kArticle ||
         (request_.purpose == FetchPurpose::kFeed && request_.feed->obey_robots);
}

Transfer::Step Transfer::go_to(UrlPtr url) {
  if (url_ != nullptr) passed_.push_back(url_->text);
  url_ = std::move(url);
  if (is_out_of_time()) {
    return finish(FetchFailure{
        .error = {Code::kTimeout, Retry::kLater, "following redirects: the time limit is over"},
        .poll_class = PollClass::kTimeout});
  }
  // Behind a proxy nobody but the proxy sees the address.
  if (proxied() && !request_.feed->allow_private_addresses && names_private_host(url_->host)) {
    return refuse(PollClass::kPrivateAddress,
                  "checking URL: '" + printable(url_->host, 80) + "' is not public");
  }
  return Step::kRequest;
}

bool Transfer::take_turn(const std::string& key, Pace::Pause pause) {
  if (std::ranges::find(hop_.turns, key) != hop_.turns.end()) return true;
  const auto now = std::chrono::steady_clock::now();
  if (context_.pace.take(key, pause, now)) {
    hop_.turns.push_back(key);
    return true;
  }
  not_before_ = context_.pace.next_turn(key, pause, now);
  return false;
}

void Transfer::count_request(std::uint64_t received_bytes) {
  ++facts_.requests;
  facts_.received_bytes += received_bytes;
}

bool Transfer::is_out_of_time() const {
  return spent_us_ / 1000 >= context_.options.total_timeout_secs * 1000LL;
}

// The framing of chunks is something libcurl tells only to its debug callback.
void Transfer::read_along(std::string_view line) {
  if (!hop_.first || hop_.first->has_framing()) return;
  hop_.first->on_line(line);
  if (hop_.first->has_framing()) curl_easy_setopt(easy(), CURLOPT_VERBOSE, 1L);
}

bool Transfer::on_header(std::string_view line) {
  read_along(line);
  context_.counters.received_bytes.fetch_add(line.size(), std::memory_order_relaxed);
  facts_.received_bytes += line.size();
  const bool trailer = hop_.received > 0;  // could contradict what the body was read by
  if (hop_.headers.add_line(line, trailer)) return true;
  hop_.limit =
      "reading header: more than " + std::to_string(context_.options.max_header_bytes) + " bytes";
  return false;
}

int Transfer::status() const {
  return easy_ ? status_of(easy()) : hop_.status;
}

bool Transfer::keeps_body() const {
  return status() >= 200 && status() < 300;
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

void Transfer::append_body(std::string_view bytes) {
  hop_.body.append(bytes);
  context_.buffered_bytes += bytes.size();
}

void Transfer::drop_body() {
  context_.buffered_bytes -= hop_.body.size();
  hop_.body = {};
}

bool Transfer::on_body(std::string_view bytes) {
  if (hop_.first) hop_.first->on_body(bytes);
  context_.counters.received_bytes.fetch_add(bytes.size(), std::memory_order_relaxed);
  facts_.received_bytes += bytes.size();
  hop_.received += bytes.size();
  const bool robots = request_.purpose == FetchPurpose::kRobots;
  if (!keeps_body()) {
    if (!robots) append_body(bytes.substr(0, kMaxPageBytes - hop_.body.size()));
    hop_.read_enough = hop_.received > kMaxIgnoredBytes;
    return !hop_.read_enough;
  }
  if (over_a_limit(bytes.size())) return false;
  if (hop_.body.empty()) {
    const auto length = easy_ ? info_of(easy(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) : 0;
    const auto expected = static_cast<std::uint64_t>(std::max<std::int64_t>(length, 0));
    hop_.body.reserve(std::min(expected, kMaxReservedBytes));
  }
  append_body(bytes);
  hop_.read_enough = robots && hop_.body.size() > kMaxRobotsBytes;
  return !hop_.read_enough;
}

bool Transfer::counts_as_public(const std::string& address, std::string_view range) const {
  return range.empty() || address == context_.public_address_for_test;
}

bool Transfer::allows(const std::string& address, std::string_view range) const {
  return proxied() || request_.feed->allow_private_addresses || counts_as_public(address, range);
}

bool Transfer::on_address(const std::string& address, std::string_view range) {
  if (proxied()) return true;  // it is the proxy's
  hop_.address = address;
  hop_.range = range;
  if (!allows(address, range)) {
    hop_.refused = address + " is not public (" + std::string(range) + ")";
    context_.counters.refused_addresses.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  // The operator's own network keeps its own pace.
  if (!counts_as_public(address, range)) return true;
  hop_.postponed = !take_turn(address, Pace::Pause{context_.options.address_spacing_ms});
  return !hop_.postponed;
}

void Transfer::count_connections() {
  long opened = 0;
  if (easy_) curl_easy_getinfo(easy(), CURLINFO_NUM_CONNECTS, &opened);
  context_.counters.connections.fetch_add(static_cast<std::uint64_t>(std::max(opened, 0L)),
                                          std::memory_order_relaxed);
}

void Transfer::on_socket(int socket) {
  if (!hop_.first) return;
  hop_.opened = true;
  context_.opened.insert_or_assign(socket, this);
}

void Transfer::forget_sockets() {
  if (!std::exchange(hop_.opened, false)) return;
  std::erase_if(context_.opened, [this](const auto& entry) { return entry.second == this; });
}

// libcurl was told to close the connection and left it to us. Of several sockets one was asked.
void Transfer::keep_socket(int curl_code) {
  forget_sockets();
  std::vector<Socket> parked = std::exchange(hop_.parked, {});
  const auto first = std::exchange(hop_.first, nullptr);
  if (!first) return;
  if (first->has_framing()) curl_easy_setopt(easy(), CURLOPT_VERBOSE, 0L);
  if (curl_code != CURLE_OK) return;
  for (Socket& socket : parked) {
    if (peer_address(socket.get()) != hop_.address || !first->leaves_usable(socket.get())) continue;
    hop_.kept = KeptSocket{.socket = std::move(socket),
                           .origin = url_->origin,
                           .address = hop_.address,
                           .range = hop_.range};
    return;
  }
}

Transfer::Step Transfer::request_ended(int curl_code) {
  spent_us_ += easy_ ? info_of(easy(), CURLINFO_TOTAL_TIME_T) : hop_.spent_us;
  count_connections();
  keep_socket(curl_code);
  const auto now = std::chrono::steady_clock::now();
  for (const std::string& key : std::exchange(hop_.turns, {})) context_.pace.release(key, now);
  const bool unconnected =
      curl_code == CURLE_COULDNT_CONNECT || curl_code == CURLE_ABORTED_BY_CALLBACK;
  if (unconnected && hop_.postponed) return Step::kPostponed;
  context_.counters.requests.fetch_add(1, std::memory_order_relaxed);
  ++facts_.requests;
  facts_.address = hop_.address;
  const bool broke_http2 = curl_code == CURLE_HTTP2 || curl_code == CURLE_HTTP2_STREAM;
  if (broke_http2 && context_.http1_origins.insert(url_->origin).second) return Step::kRequest;
  const bool complete = curl_code == CURLE_OK || hop_.read_enough;
  return complete ? answered(status()) : finish(failure_of(curl_code));
}

Transfer::Step Transfer::answered(int status) {
  note_answer(status);
  const auto location = hop_.headers.first("location");
  if (is_redirect(status) && location) return follow(std::string(*location), status);
  const Step step = finish(judge_answer(request_, take_answer()));
  const bool changed = std::holds_alternative<Document>(result_);
  facts_.validators_repeated = facts_.validators_repeated && changed;
  return step;
}

void Transfer::note_answer(int status) {
  hints_ = poll_hints(hop_.headers, started_);
  facts_.date = answer_date(hop_.headers).value_or(Instant{});
  facts_.conditional = hop_.conditional;
  facts_.last_modified_ahead = last_modified_ahead(hop_.headers, started_);
  facts_.validators_repeated =
      status >= 200 && status < 300 && repeats_validators(request_, hop_.headers, url_->text);
}

Transfer::Step Transfer::follow(std::string_view location, int status) {
  auto next = parse_url(location, url_->text);
  const std::string doing = "following redirect to '" + printable(location) + "': ";
  if (!next) {
    return finish(FetchFailure{.error = std::move(next.error()).with_context("following redirect"),
                               .http_status = status,
                               .poll_class = PollClass::kBadRedirect});
  }
  if (!next->is_http()) {
    return refuse(PollClass::kBadRedirect, doing + "it is neither http nor https");
  }
  if (next->text == url_->text || std::ranges::find(passed_, next->text) != passed_.end()) {
    return refuse(PollClass::kRedirectLoop, doing + "it is a loop");
  }
  if (passed_.size() >= context_.options.max_redirects) {
    return refuse(PollClass::kTooManyRedirects,
                  doing + "more than " + std::to_string(context_.options.max_redirects) + " hops");
  }
  moved_for_good_ = moved_for_good_ && (status == 301 || status == 308);
  if (moved_for_good_) {
    facts_.permanent_url = next->text;
  } else {
    facts_.temporary_redirect = facts_.temporary_redirect || (status != 301 && status != 308);
  }
  context_.counters.redirects.fetch_add(1, std::memory_order_relaxed);
  return go_to(std::make_shared<const HttpUrl>(std::move(*next)));
}

FetchFailure Transfer::failure_of(int curl_code) {
  if (!hop_.limit.empty()) {
    return {.error = {Code::kTooLarge, Retry::kLater, hop_.limit},
            .http_status = status(),
            .poll_class = PollClass::kTooLarge};
  }
  const bool unconnected =
      curl_code == CURLE_COULDNT_CONNECT || curl_code == CURLE_ABORTED_BY_CALLBACK;
  if (unconnected && !hop_.refused.empty()) {
    return {.error = {Code::kRefused, Retry::kLater, "connecting: " + hop_.refused},
            .poll_class = PollClass::kPrivateAddress};
  }
  if (!easy_) {
    return transfer_failure(
        {.curl_code = curl_code, .detail = why_, .http_status = hop_.status, .connected = true});
  }
  long tunnel = 0;
  curl_easy_getinfo(easy(), CURLINFO_HTTP_CONNECTCODE, &tunnel);
  const bool secure = url_->scheme == "https";
  return transfer_failure({.curl_code = curl_code,
                           .detail = error_text(),
                           .http_status = status_of(easy()),
                           .connected = info_of(easy(), CURLINFO_PRETRANSFER_TIME_T) > 0,
                           .in_handshake = secure && info_of(easy(), CURLINFO_CONNECT_TIME_T) > 0 &&
                                           info_of(easy(), CURLINFO_APPCONNECT_TIME_T) == 0,
                           .proxied = proxied(),
                           .tunnel_refused = tunnel >= 300});
}

Answer Transfer::take_answer() {
  if (reserved_ && !hop_.headers.first("tdm-reservation"))
    hop_.headers.add_line("tdm-reservation: 1");
  context_.buffered_bytes -= hop_.body.size();
  return {.status = status(),
          .headers = std::move(hop_.headers),
          .body = std::exchange(hop_.body, {}),
          .passed = passed_,
          .url = url_->text,
          .conditional = hop_.conditional};
}

Transfer::Step Transfer::refuse(PollClass poll_class, std::string message) {
  return finish(FetchFailure{.error = {Code::kRefused, Retry::kNever, std::move(message)},
                             .http_status = status(),
                             .poll_class = poll_class});
}

Transfer::Step Transfer::finish(FetchResult result) {
  result_ = std::move(result);
  return Step::kFinished;
}

void Transfer::fail(FetchFailure failure) {
  finish(std::move(failure));
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
  if (request_.purpose != FetchPurpose::kRobots) count_result();
  if (auto* failed = std::get_if<FetchFailure>(&result_)) {
    Error error = std::move(failed->error);
    if (!passed_.empty()) error = std::move(error).with_context("at " + printable(url_->text));
    failed->error = std::move(error).with_context("polling " + printable(first_url_->text));
  }
  return {.request = std::move(request_),
          .fetched_at = started_,
          .received_at = now,
          .hints = hints_,
          .facts = std::move(facts_),
          .result = std::move(result_)};
}

}  // namespace steppe
