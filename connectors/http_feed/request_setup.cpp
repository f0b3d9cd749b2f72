// What a Transfer sends: the settings of one request on its libcurl handle.

#include <curl/curl.h>

#include <algorithm>

#include "connectors/http_feed/transfer.h"

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

}  // namespace

void free_header_lines(void* list) {
  curl_slist_free_all(static_cast<curl_slist*>(list));
}

void Transfer::attach(EasyHandle easy) {
  easy_ = std::move(easy);
  if (!easy_) return;
  bind_callbacks(this->easy(), *this);
  curl_easy_setopt(this->easy(), CURLOPT_ERRORBUFFER, error_text_.data());
  set_up_request();
}

void Transfer::set_up_request() {
  drop_body();
  std::vector<std::string> turns = std::move(hop_.turns);  // taken for this very request
  hop_ = Hop(context_.options.max_header_bytes);
  hop_.turns = std::move(turns);
  error_text_[0] = '\0';
  const std::int64_t left_ms = context_.options.total_timeout_secs * 1000LL - spent_us_ / 1000;
  curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS,
                   static_cast<long>(std::max<std::int64_t>(left_ms, 1)));
  curl_easy_setopt(easy(), CURLOPT_URL, url_.text.c_str());
  const bool http2 = request_.feed->http2 && !context_.http1_origins.contains(url_.origin);
  curl_easy_setopt(easy(), CURLOPT_HTTP_VERSION,
                   http2 ? long{CURL_HTTP_VERSION_2TLS} : long{CURL_HTTP_VERSION_1_1});
  set_proxy();
  const bool at_home = url_.origin == first_url_.origin && request_.purpose == FetchPurpose::kFeed;
  set_credentials(at_home);
  curl_slist* list = nullptr;
  for (const std::string& line : header_lines(at_home))
    list = curl_slist_append(list, line.c_str());
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, list);
  header_lines_.reset(list);
}

// Never one from the environment.
void Transfer::set_proxy() {
  const std::string& own = request_.feed->proxy;
  const std::string& proxy = own.empty() ? context_.options.proxy : own;
  curl_easy_setopt(easy(), CURLOPT_PROXY, proxy == "none" ? "" : proxy.c_str());
}

bool Transfer::proxied() const {
  const std::string& own = request_.feed->proxy;
  return own.empty() ? !context_.options.proxy.empty() : own != "none";
}

void Transfer::set_credentials(bool at_home) {
  const FeedCredentials* given = at_home ? request_.feed->credentials.get() : nullptr;
  const bool in_url = at_home && given == nullptr && !first_url_.user.empty();
  const char* user = in_url ? first_url_.user.c_str() : nullptr;
  const char* password = in_url ? first_url_.password.c_str() : nullptr;
  if (given != nullptr && !given->user.empty()) {
    user = given->user.c_str();
    password = given->password.c_str();
  }
  curl_easy_setopt(easy(), CURLOPT_USERNAME, user);
  curl_easy_setopt(easy(), CURLOPT_PASSWORD, password);
}

// Validators belong to the URL that gave them; kept without one they go to every hop.
std::vector<std::string> Transfer::header_lines(bool at_home) {
  const bool robots = request_.purpose == FetchPurpose::kRobots;
  std::vector<std::string> lines = {robots ? "Accept: text/plain, */*;q=0.1"
                                    : request_.purpose == FetchPurpose::kArticle ? kPageTypes
                                                                                 : kFeedTypes,
                                    robots ? "Accept-Encoding: identity" : "Accept-Encoding: gzip"};
  const Validators& known = request_.validators;
  const bool given_here = known.url.empty() || known.url == url_.text;
  if (request_.purpose == FetchPurpose::kFeed && !request_.unconditional && given_here) {
    if (fits_a_header(known.etag)) lines.push_back("If-None-Match: " + known.etag);
    if (fits_a_header(known.last_modified)) {
      lines.push_back("If-Modified-Since: " + known.last_modified);
    }
    hop_.conditional = lines.size() > 2;
  }
  const FeedCredentials* given = at_home ? request_.feed->credentials.get() : nullptr;
  if (given != nullptr && fits_a_header(given->bearer)) {
    lines.push_back("Authorization: Bearer " + given->bearer);
  }
  if (given != nullptr && fits_a_header(given->header)) lines.push_back(given->header);
  return lines;
}

}  // namespace steppe
