#include "processors/identity/canonical_url.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace steppe {
namespace {

struct Parts {
  std::string scheme;
  std::string host;
  std::string port;  // empty when default
  std::string path;  // starts with "/"
  std::string query;
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\f");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n\f") - first + 1);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool is_unreserved(int c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

// Escapes of letters and digits are undone, bytes outside ASCII are escaped.
std::string normal_escapes(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  const auto escape = [&out](unsigned value) {
    out += {'%', kDigits[value >> 4], kDigits[value & 15]};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    const bool escaped = byte == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                         hex_value(text[i + 2]) >= 0;
    if (escaped) {
      const int value = hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]);
      if (is_unreserved(value)) {
        out.push_back(static_cast<char>(value));
      } else {
        escape(static_cast<unsigned>(value));
      }
      i += 2;
    } else if (byte <= 0x20 || byte >= 0x7F) {
      escape(byte);
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// Source: RFC 3986 §5.2.4.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  bool directory = false;
  for (std::size_t at = 1; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, slash - at);
    directory = segment == "." || segment == "..";
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segment != ".") {
      kept.push_back(segment);
    }
    at = slash + 1;
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (directory || out.empty()) out.push_back('/');
  return out;
}

// Names of parameters that say how a reader came, never what is shown.
constexpr std::array<std::string_view, 30> kTracking{
    "_openstat", "at_campaign", "at_medium", "cmpid",  "dclid",       "efid",  "fbclid", "fb_ref",
    "from_rss",  "ga_source",   "gclid",     "gclsrc", "guccounter",  "icid",  "igshid", "mc_cid",
    "mc_eid",    "mkt_tok",     "msclkid",   "ncid",   "ns_campaign", "ocid",  "rss",    "smid",
    "spm",       "twclid",      "wt_mc",     "xtor",   "yclid",       "ysclid"};
constexpr std::array<std::string_view, 4> kOrigin{"from", "ref", "referrer", "source"};
constexpr std::array<std::string_view, 6> kFeedReaders{"rss",      "feed", "rssfeed",
                                                       "rss_feed", "atom", "feeds"};

template <typename List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_tracking(std::string_view parameter) {
  const std::size_t equals = parameter.find('=');
  const std::string name = lower_case(parameter.substr(0, equals));
  if (name.rfind("utm_", 0) == 0 || contains(kTracking, name)) return true;
  if (equals == std::string_view::npos || !contains(kOrigin, name)) return false;
  return contains(kFeedReaders, lower_case(parameter.substr(equals + 1)));
}

std::string without_tracking(std::string_view query) {
  std::string out;
  for (std::size_t at = 0; at < query.size();) {
    std::size_t end = std::min(query.find('&', at), query.size());
    std::string_view parameter = query.substr(at, end - at);
    if (parameter.rfind("amp;", 0) == 0) parameter.remove_prefix(4);  // double-escaped in feeds
    if (!parameter.empty() && !is_tracking(parameter)) {
      if (!out.empty()) out.push_back('&');
      out.append(parameter);
    }
    at = end + 1;
  }
  return out;
}

std::string without(std::string text, std::string_view suffix) {
  if (text.size() >= suffix.size() &&
      text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0) {
    text.resize(text.size() - suffix.size());
  }
  return text;
}

void split_authority(std::string_view authority, Parts& parts) {
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);
  const std::size_t colon = authority.rfind(':');
  const bool has_port = colon != std::string_view::npos &&
                        authority.find_first_not_of("0123456789", colon + 1) == authority.npos;
  if (has_port) parts.port = std::string(authority.substr(colon + 1));
  const std::string_view standard = parts.scheme == "https" ? "443" : "80";
  if (parts.port == standard) parts.port.clear();
  parts.host = without(lower_case(authority.substr(0, has_port ? colon : authority.size())), ".");
}

std::optional<Parts> split(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  Parts parts;
  parts.scheme = lower_case(url.substr(0, colon));
  if (parts.scheme != "http" && parts.scheme != "https") return std::nullopt;
  url = url.substr(colon + 3);
  url = url.substr(0, url.find('#'));
  const std::size_t end = std::min(url.find_first_of("/?"), url.size());
  split_authority(url.substr(0, end), parts);
  if (parts.host.empty()) return std::nullopt;
  const std::string_view rest = url.substr(end);
  const std::size_t mark = std::min(rest.find('?'), rest.size());
  parts.path = without_dot_segments(normal_escapes(rest.substr(0, mark)));
  if (mark < rest.size()) parts.query = normal_escapes(without_tracking(rest.substr(mark + 1)));
  return parts;
}

std::string without_prefix(std::string host, std::string_view prefix) {
  const bool found = host.rfind(prefix, 0) == 0;
  // "m.kz" is a site of its own, "m.site.kz" a twin.
  if (found && host.find('.', prefix.size()) != std::string::npos) host.erase(0, prefix.size());
  return host;
}

}  // namespace

std::string canonical_url(std::string_view url) {
  url = trimmed(url);
  const std::optional<Parts> parts = split(url);
  if (!parts) return std::string(url);
  std::string out = parts->scheme + "://" + parts->host;
  if (!parts->port.empty()) out += ":" + parts->port;
  out += parts->path;
  if (!parts->query.empty()) out += "?" + parts->query;
  return out;
}

std::string url_identity(std::string_view url) {
  const std::optional<Parts> parts = split(trimmed(url));
  if (!parts || (parts->path == "/" && parts->query.empty())) return {};
  std::string host = parts->host;
  for (const std::string_view twin : {"www.", "m.", "mobile.", "amp."}) {
    host = without_prefix(std::move(host), twin);
  }
  std::string out = host;
  if (!parts->port.empty()) out += ":" + parts->port;
  out += without(without(without(parts->path, "/"), "/amp"), "/");
  if (!parts->query.empty()) out += "?" + parts->query;
  return out;
}

std::string url_host(std::string_view url) {
  const std::optional<Parts> parts = split(trimmed(url));
  return parts ? without_prefix(parts->host, "www.") : std::string();
}

}  // namespace steppe
