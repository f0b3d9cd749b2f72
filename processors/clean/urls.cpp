#include "processors/clean/urls.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "processors/clean/data_rows.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/clean/url_parser.h"

namespace steppe {

extern const std::string_view kTrackingParameters;  // config/data/tracking_parameters.tsv
extern const std::string_view kAggregators;         // config/data/aggregators.tsv

namespace {

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

const std::vector<DataRow>& tracking_rows() {
  static const auto rows = all_rows(kTrackingParameters);
  return rows;
}

const std::vector<DataRow>& aggregator_rows() {
  static const auto rows = all_rows(kAggregators);
  return rows;
}

bool is_tracking(std::string_view name, std::string_view value) {
  const std::string lower_name = lower_ascii(name);
  const std::string lower_value = lower_ascii(value);
  return std::any_of(tracking_rows().begin(), tracking_rows().end(), [&](const DataRow& row) {
    std::string_view wanted = row[0];
    const bool prefix = ends_with(wanted, "*");
    if (prefix) wanted.remove_suffix(1);
    const bool same = prefix ? starts_with(lower_name, wanted) : lower_name == wanted;
    return same && (row[1].empty() || starts_with(lower_value, row[1]));
  });
}

// The parameters of `query` that are not tracking; `own_host`: "ref=<own host>" is tracking too.
std::vector<std::string_view> kept_parameters(std::string_view query, std::string_view own_host) {
  std::vector<std::string_view> kept;
  for (const std::string_view parameter : split(query, '&')) {
    const std::size_t equals = parameter.find('=');
    const std::string_view name = parameter.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : parameter.substr(equals + 1);
    const bool self_reference = equals_ignoring_case(name, "ref") && value == own_host;
    if (!parameter.empty() && !is_tracking(name, value) && !self_reference)
      kept.push_back(parameter);
  }
  return kept;
}

std::string join(const std::vector<std::string_view>& parts) {
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out.push_back('&');
    out += part;
  }
  return out;
}

constexpr std::size_t kMaxRounds = 16;

bool is_unreserved(char c) {
  return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == '~';
}

// Decodes escapes of unreserved characters, writes the others in upper case. RFC 3986 §6.2.2.
std::string normal_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string decoded =
        text[at] == '%' && at + 2 < text.size() ? percent_decode(text.substr(at, 3)) : "";
    if (decoded.size() != 1) {
      out.push_back(text[at]);
      continue;
    }
    if (is_unreserved(decoded[0])) {
      out.push_back(decoded[0]);
    } else {
      out.push_back('%');
      for (const char c : text.substr(at + 1, 2)) {
        out.push_back(c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c);
      }
    }
    at += 2;
  }
  return out;
}

void strip_host_prefixes(std::string& host) {
  constexpr std::array<std::string_view, 6> kPrefixes = {"www.", "m.",    "mobile.",
                                                         "amp.", "mobi.", "touch."};
  for (int round = 0; round < 2; ++round) {
    for (const std::string_view prefix : kPrefixes) {
      const bool leaves_domain = std::count(host.begin(), host.end(), '.') >= 2;
      if (starts_with(host, prefix) && leaves_domain) host.erase(0, prefix.size());
    }
  }
}

void strip_suffix(std::string& path, std::string_view suffix, std::string_view replacement) {
  if (path.size() > suffix.size() && ends_with(path, suffix)) {
    path.resize(path.size() - suffix.size());
    path += replacement;
  }
}

void canonical_path(std::string& path) {
  path = normal_escapes(path);
  strip_suffix(path, "/", "");
  strip_suffix(path, "/amp", "");
  strip_suffix(path, ".amp", "");
  strip_suffix(path, ".amp.html", ".html");
  for (const std::string_view index : {"/index.html", "/index.htm", "/index.php"}) {
    if (path == index) path = "/";
    strip_suffix(path, index, "");
  }
  if (starts_with(path, "/amp/")) path.erase(0, 4);
}

bool host_matches(std::string_view host, std::string_view wanted) {
  return host == wanted ||
         (ends_with(host, wanted) && host[host.size() - wanted.size() - 1] == '.');
}

std::string base64_decode(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z')
      value = static_cast<std::uint32_t>(c - 'A');
    else if (c >= 'a' && c <= 'z')
      value = static_cast<std::uint32_t>(c - 'a') + 26;
    else if (c >= '0' && c <= '9')
      value = static_cast<std::uint32_t>(c - '0') + 52;
    else if (c == '+' || c == '-')
      value = 62;
    else if (c == '/' || c == '_')
      value = 63;
    else
      break;
    bits = bits << 6 | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<char>(bits >> count & 255));
    }
  }
  return out;
}

// The first http URL inside decoded bytes.
std::string embedded_url(std::string_view bytes) {
  const std::size_t begin = bytes.find("http");
  if (begin == std::string_view::npos) return {};
  std::size_t end = begin;
  while (end < bytes.size() && bytes[end] > ' ' && bytes[end] < 0x7F) ++end;
  return std::string(bytes.substr(begin, end - begin));
}

std::string target_in_query(std::string_view query, std::string_view wanted) {
  for (const std::string_view parameter : split(query, '&')) {
    if (starts_with(parameter, wanted) && parameter.substr(wanted.size(), 1) == "=") {
      return percent_decode(parameter.substr(wanted.size() + 1));
    }
  }
  return {};
}

std::string target_of(const Url& url, const DataRow& row) {
  const std::string_view rest = std::string_view(url.path).substr(row[1].size());
  if (row[2] == "path") {
    const bool secure = starts_with(rest, "s/");
    std::string target = secure ? "https://" : "http://";
    target += secure ? rest.substr(2) : rest;
    if (url.query) target += "?" + *url.query;
    return target;
  }
  if (row[2] == "base64") return embedded_url(base64_decode(rest));
  return url.query ? target_in_query(*url.query, row[2]) : std::string();
}

struct Unwrapped {
  std::string text;
  std::optional<Url> parsed;
};

Unwrapped unwrapped(std::string_view url) {
  constexpr int kMaxHops = 3;
  Unwrapped current{std::string(trim(url)), {}};
  for (int hop = 0; hop <= kMaxHops; ++hop) {
    current.parsed = parse_url(current.text);
    const std::optional<Url>& parsed = current.parsed;
    if (hop == kMaxHops || !parsed || !parsed->is_http() || !parsed->host) break;
    std::string target;
    for (const DataRow& row : aggregator_rows()) {
      if (!target.empty() || !host_matches(*parsed->host, row[0])) continue;
      if (starts_with(parsed->path, row[1])) target = target_of(*parsed, row);
    }
    if (!is_web_url(target)) break;
    current.text = std::move(target);
  }
  return current;
}

// What one rule leaves may be another's case ("/amp/index.html"): see canonical_url.
std::string canonical_once(std::string_view url) {
  std::optional<Url> parsed = unwrapped(url).parsed;
  if (!parsed || !parsed->is_http() || !parsed->host) return std::string(trim(url));
  parsed->scheme = "https";
  parsed->username.clear();
  parsed->password.clear();
  if (parsed->port && (*parsed->port == 80 || *parsed->port == 443)) parsed->port.reset();
  const std::string own_host = *parsed->host;
  strip_host_prefixes(*parsed->host);
  canonical_path(parsed->path);
  if (parsed->query) {
    const std::string query = normal_escapes(*parsed->query);
    auto kept = kept_parameters(query, own_host);
    std::sort(kept.begin(), kept.end());
    parsed->query = join(kept);
    if (parsed->query->empty()) parsed->query.reset();
  }
  if (parsed->fragment && !starts_with(*parsed->fragment, "!")) parsed->fragment.reset();
  if (parsed->path == "/" && !parsed->query) parsed->path.clear();
  return parsed->to_string();
}

}  // namespace

std::optional<std::string> resolve_url(std::string_view base, std::string_view ref) {
  const auto parsed_base = base.empty() ? std::nullopt : parse_url(base);
  if (!base.empty() && !parsed_base) {
    const auto alone = parse_url(ref);
    return alone ? std::optional(alone->to_string()) : std::nullopt;
  }
  const auto url = parse_url(ref, parsed_base ? &*parsed_base : nullptr);
  return url ? std::optional(url->to_string()) : std::nullopt;
}

std::string absolute_link(std::string_view base, std::string_view link) {
  link = trim(link);
  if (link.empty()) return {};
  if (starts_with(link, "https://") || starts_with(link, "http://")) return std::string(link);
  const std::size_t colon = link.find_first_of(":/?#");
  const bool has_scheme =
      colon != std::string_view::npos && colon > 1 && link[colon] == ':' &&
      std::all_of(link.begin(), link.begin() + static_cast<std::ptrdiff_t>(colon),
                  [](char c) { return is_unreserved(c) || c == '+'; });
  if (has_scheme || base.empty()) return std::string(link);
  return resolve_url(base, link).value_or(std::string(link));
}

bool is_web_url(std::string_view url) {
  return starts_with(url, "http://") || starts_with(url, "https://");
}

std::string remove_tracking(std::string_view url) {
  const std::size_t hash = std::min(url.find('#'), url.size());
  const std::size_t question = url.find('?');
  if (question >= hash || !is_web_url(url)) return std::string(url);
  const auto parsed = parse_url(url);
  const std::string host = parsed && parsed->host ? *parsed->host : "";
  const std::string_view query = url.substr(question + 1, hash - question - 1);
  const std::string kept = join(kept_parameters(query, host));
  std::string out(url.substr(0, question));
  if (!kept.empty()) out += "?" + kept;
  out += url.substr(hash);
  return out;
}

std::string unwrap_aggregator(std::string_view url) {
  return unwrapped(url).text;
}

std::string canonical_url(std::string_view url) {
  std::string now = canonical_once(url);
  if (now == url) return now;
  for (std::size_t round = 0; round < kMaxRounds; ++round) {
    std::string next = canonical_once(now);
    if (next == now) return now;
    now = std::move(next);
  }
  return std::string(trim(url));  // one that never settles: made up to be so
}

}  // namespace steppe
