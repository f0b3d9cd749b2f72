// What a Transfer sends: the settings of one request on its libcurl handle.

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/http_feed/transfer.h"
#include "core/check.h"

namespace steppe {
namespace {

constexpr const char* kFeedTypes =
    "Accept: application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, */*;q=0.1";
constexpr const char* kPageTypes = "Accept: text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

// Stored validators are sent back as they came, unless that would break the header apart.
bool fits_a_header(std::string_view value) {
  return !value.empty() &&
         std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// Host and port of an http URL.
std::string_view authority_of(std::string_view url) {
  url.remove_prefix(std::string_view("http://").size());
  return url.substr(0, url.find_first_of("/?"));
}

}  // namespace

// What libcurl reads and writes until the request ended: a curl_slist without an allocation for
// each line, and its own words about a failure.
struct Transfer::RequestLines {
  static constexpr std::size_t kMost = 6;
  std::array<curl_slist, kMost> nodes{};
  std::array<std::string, kMost> texts;  // of the lines that are made for this request
  std::size_t count = 0;
  std::array<char, CURL_ERROR_SIZE> error{};

  void add(const char* line) {
    STEPPE_CHECK(count < kMost);
    nodes[count].data = const_cast<char*>(line);
    if (count > 0) nodes[count - 1].next = &nodes[count];
    ++count;
  }
  void add(std::string line) {
    texts[count] = std::move(line);
    add(texts[count].c_str());
  }
};

void Transfer::attach(EasyHandle easy) {
  easy_ = std::move(easy);
  if (!easy_) return;
  bind_callbacks(this->easy(), *this);
  set_up_request();
}

void Transfer::begin_hop() {
  drop_body();
  std::vector<std::string> turns = std::move(hop_.turns);  // taken for this very request
  hop_ = Hop(context_.options.max_header_bytes);
  hop_.turns = std::move(turns);
  why_ = {};
}

std::string_view Transfer::error_text() const {
  return lines_->error.data();
}

std::int64_t Transfer::left_ms() const {
  const std::int64_t left = context_.options.total_timeout_secs * 1000LL - spent_us_ / 1000;
  return std::max<std::int64_t>(left, 1);
}

bool Transfer::at_home() const {
  return url_->origin == first_url_->origin && request_.purpose == FetchPurpose::kFeed;
}

// libcurl opens such a connection for one request; who keeps it is another matter. The zone of an
// IPv6 address is part of neither the origin nor what libcurl sends as Host.
bool Transfer::fits_kept_socket() const {
  return url_->scheme == "http" && !proxied() && request_.feed->credentials == nullptr &&
         first_url_->user.empty() && authority_of(url_->text).find('%') == std::string_view::npos;
}

void Transfer::set_up_request() {
  begin_hop();
  curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, static_cast<long>(left_ms()));
  const bool may_keep = fits_kept_socket();
  if (may_keep) {
    const HttpOptions& options = context_.options;
    hop_.first = std::make_unique<FirstAnswer>(options.max_header_bytes, options.max_body_bytes);
  }
  // One that another feed left to libcurl, with credentials, stays with that feed.
  curl_easy_setopt(easy(), CURLOPT_FRESH_CONNECT, may_keep ? 1L : 0L);
  curl_easy_setopt(easy(), CURLOPT_FORBID_REUSE, may_keep ? 1L : 0L);
  curl_easy_setopt(easy(), CURLOPT_URL, url_->text.c_str());
  const bool http2 = request_.feed->http2 && !context_.http1_origins.contains(url_->origin);
  curl_easy_setopt(easy(), CURLOPT_HTTP_VERSION,
                   http2 ? long{CURL_HTTP_VERSION_2TLS} : long{CURL_HTTP_VERSION_1_1});
  set_access(at_home());
  set_lines(at_home());
}

bool Transfer::proxied() const {
  const std::string& own = request_.feed->proxy;
  return own.empty() ? !context_.options.proxy.empty() : own != "none";
}

// The proxy is never one from the environment.
void Transfer::set_access(bool at_home) {
  const FeedCredentials* given = at_home ? request_.feed->credentials.get() : nullptr;
  const bool in_url = at_home && given == nullptr && !first_url_->user.empty();
  has_own_access_ = proxied() || given != nullptr || in_url;
  if (!has_own_access_) return;
  const std::string& own = request_.feed->proxy;
  const std::string& proxy = own.empty() ? context_.options.proxy : own;
  curl_easy_setopt(easy(), CURLOPT_PROXY, proxied() ? proxy.c_str() : "");
  const bool basic = in_url || (given != nullptr && !given->user.empty());
  const std::string& user = in_url || !basic ? first_url_->user : given->user;
  const std::string& password = in_url || !basic ? first_url_->password : given->password;
  curl_easy_setopt(easy(), CURLOPT_USERNAME, basic ? user.c_str() : nullptr);
  curl_easy_setopt(easy(), CURLOPT_PASSWORD, basic ? password.c_str() : nullptr);
}

void Transfer::clear_access() {
  curl_easy_setopt(easy(), CURLOPT_PROXY, "");
  curl_easy_setopt(easy(), CURLOPT_USERNAME, nullptr);
  curl_easy_setopt(easy(), CURLOPT_PASSWORD, nullptr);
  has_own_access_ = false;
}

// Validators belong to the URL that gave them; kept without one they go to every hop.
template <typename Add>
void Transfer::each_line(bool at_home, const Add& add) {
  const bool robots = request_.purpose == FetchPurpose::kRobots;
  const bool article = request_.purpose == FetchPurpose::kArticle;
  add(robots ? "Accept: text/plain, */*;q=0.1" : article ? kPageTypes : kFeedTypes, {});
  add(robots ? "Accept-Encoding: identity" : "Accept-Encoding: gzip", {});
  const Validators& known = request_.validators;
  const bool given_here = known.url.empty() || known.url == url_->text;
  if (request_.purpose == FetchPurpose::kFeed && !request_.unconditional && given_here) {
    const bool etag = fits_a_header(known.etag);
    const bool date = fits_a_header(known.last_modified);
    if (etag) add("If-None-Match: ", known.etag);
    if (date) add("If-Modified-Since: ", known.last_modified);
    hop_.conditional = etag || date;
  }
  const FeedCredentials* given = at_home ? request_.feed->credentials.get() : nullptr;
  if (given == nullptr) return;
  if (fits_a_header(given->bearer)) add("Authorization: Bearer ", given->bearer);
  if (fits_a_header(given->header)) add("", given->header);
}

void Transfer::set_lines(bool at_home) {
  lines_ = std::make_shared<RequestLines>();
  curl_easy_setopt(easy(), CURLOPT_ERRORBUFFER, lines_->error.data());
  each_line(at_home, [this](const char* line, std::string_view value) {
    value.empty() ? lines_->add(line) : lines_->add(line + std::string(value));
  });
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, lines_->nodes.data());
}

// As libcurl writes it.
std::chrono::milliseconds Transfer::write_request(std::string& out) {
  begin_hop();
  std::string_view host = authority_of(url_->text);
  if (host.ends_with(":80")) host.remove_suffix(3);
  out.append("GET ").append(url_->target).append(" HTTP/1.1\r\nHost: ").append(host);
  out.append("\r\nUser-Agent: ").append(context_.user_agent).append("\r\n");
  each_line(at_home(), [&](const char* line, std::string_view value) {
    out.append(line).append(value).append("\r\n");
  });
  out.append("\r\n");
  return std::chrono::milliseconds{left_ms()};
}

}  // namespace steppe
