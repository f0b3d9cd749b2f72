#include "connectors/http_feed/http_url.h"

#include <curl/curl.h>

#include "core/c_handle.h"
#include "core/printable.h"

namespace steppe {
namespace {

using UrlHandle = CHandle<CURLU, &curl_url_cleanup>;
using CurlString = CHandle<char, &curl_free>;

constexpr unsigned kSetFlags = CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_ALLOW_SPACE;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* value = nullptr;
  if (curl_url_get(url, which, &value, flags) != CURLUE_OK) return {};
  const CurlString owned(value);
  return value;
}

Result<void> set_url(CURLU* url, std::string_view text) {
  const std::string terminated(text);
  const CURLUcode code = terminated.find('\0') != std::string::npos
                             ? CURLUE_MALFORMED_INPUT
                             : curl_url_set(url, CURLUPART_URL, terminated.c_str(), kSetFlags);
  if (code == CURLUE_OK) return ok();
  return Error{Code::kInvalidInput, Retry::kNever,
               "reading URL '" + printable(text) + "': " + curl_url_strerror(code)};
}

}  // namespace

Result<HttpUrl> parse_url(std::string_view text, std::string_view base) {
  const UrlHandle handle(curl_url());
  CURLU* url = handle.get();
  if (!base.empty()) {
    if (auto set = set_url(url, base); !set) return set.error();
  }
  if (auto set = set_url(url, text); !set) return set.error();
  HttpUrl parsed;
  parsed.scheme = part(url, CURLUPART_SCHEME);
  parsed.user = part(url, CURLUPART_USER, CURLU_URLDECODE);
  parsed.password = part(url, CURLUPART_PASSWORD, CURLU_URLDECODE);
  parsed.host = part(url, CURLUPART_HOST);
  parsed.origin =
      parsed.scheme + "://" + parsed.host + ":" + part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (parsed.host.starts_with('[')) parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  parsed.target = part(url, CURLUPART_PATH);
  if (const std::string query = part(url, CURLUPART_QUERY); !query.empty()) {
    parsed.target += "?" + query;
  }
  for (const CURLUPart dropped :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_FRAGMENT}) {
    curl_url_set(url, dropped, nullptr, 0);
  }
  parsed.text = part(url, CURLUPART_URL);
  return parsed;
}

}  // namespace steppe
