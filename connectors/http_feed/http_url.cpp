#include "connectors/http_feed/http_url.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <optional>

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

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What stands in a URL for itself only, wherever it stands behind the host.
bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '/' || c == '-' ||
         c == '_' || c == '=' || c == '&' || c == '.';
}

// As it would be written: "7", not "07".
bool is_number(std::string_view text, unsigned most) {
  unsigned value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  const bool whole = !text.empty() && read.ec == std::errc{} && read.ptr == end;
  return whole && value <= most && (text.front() != '0' || text.size() == 1);
}

bool is_dotted_quad(std::string_view host) {
  std::size_t parts = 1;
  for (; host.find('.') != std::string_view::npos; ++parts) {
    if (!is_number(host.substr(0, host.find('.')), 255)) return false;
    host.remove_prefix(host.find('.') + 1);
  }
  return parts == 4 && is_number(host, 255);
}

// Others that end in a number may be an address in disguise: "127.1", "0x7f000001".
bool is_plain_host(std::string_view host) {
  const bool plain = std::ranges::all_of(
      host, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.'; });
  const auto last = host.substr(host.rfind('.') + 1);
  const bool name = !last.empty() && last.front() >= 'a' && last.front() <= 'z';
  return plain && (name || is_dotted_quad(host));
}

bool is_plain_port(std::string_view port) {
  return port.size() >= 2 && port[1] != '0' && is_number(port.substr(1), 65535);
}

// The usual feed URL needs no library to be split.
std::optional<HttpUrl> plain_url(std::string_view text) {
  const bool secure = text.starts_with("https://");
  if (!secure && !text.starts_with("http://")) return {};
  const std::string_view scheme = text.substr(0, secure ? 5 : 4);
  const std::string_view rest = text.substr(scheme.size() + 3);
  const std::size_t path = rest.find('/');
  if (path == std::string_view::npos) return {};
  const std::string_view target = rest.substr(path);
  const std::size_t query = target.find('?');
  const bool dotted = target.find("/.") != std::string_view::npos;
  const bool plain =
      std::ranges::all_of(target.substr(0, query), is_plain) &&
      (query == std::string_view::npos ||
       (query + 1 < target.size() && std::ranges::all_of(target.substr(query + 1), is_plain)));
  const std::size_t colon = std::min(rest.find(':'), path);
  const std::string_view host = rest.substr(0, colon);
  const std::string_view port = rest.substr(colon, path - colon);
  if (dotted || !plain || !is_plain_host(host) || !(port.empty() || is_plain_port(port))) return {};
  HttpUrl url{.text = std::string(text),
              .scheme = std::string(scheme),
              .host = std::string(host),
              .target = std::string(target),
              .origin = std::string(text.substr(0, scheme.size() + 3 + path))};
  if (port.empty()) url.origin += secure ? ":443" : ":80";
  return url;
}

}  // namespace

Result<HttpUrl> parse_url(std::string_view text, std::string_view base) {
  if (base.empty()) {
    if (auto plain = plain_url(text)) return std::move(*plain);
  }
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
