#include "processors/clean/url_parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "processors/clean/html_tokenizer.h"

namespace steppe {
namespace {

struct SpecialScheme {
  std::string_view name;
  std::uint16_t port;
};
constexpr std::array<SpecialScheme, 6> kSpecialSchemes = {
    {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", 0}}};

const SpecialScheme* special_scheme(std::string_view scheme) {
  for (const SpecialScheme& special : kSpecialSchemes) {
    if (special.name == scheme) return &special;
  }
  return nullptr;
}

std::string trimmed(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c != '\t' && c != '\n' && c != '\r') out.push_back(c);
  }
  return out;
}

bool is_scheme_char(char c) {
  return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

// Length of "scheme:" at the beginning of `text`, 0 when there is none.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_ascii_letter(text[0])) return 0;
  const auto end = std::find_if_not(text.begin(), text.end(), is_scheme_char);
  if (end == text.end() || *end != ':') return 0;
  return static_cast<std::size_t>(end - text.begin()) + 1;
}

bool is_dot(std::string_view segment) {
  return segment == "." || equals_ignoring_case(segment, "%2e");
}

bool is_double_dot(std::string_view segment) {
  return segment == ".." || equals_ignoring_case(segment, ".%2e") ||
         equals_ignoring_case(segment, "%2e.") || equals_ignoring_case(segment, "%2e%2e");
}

void drop_last_segment(std::string& path) {
  const std::size_t slash = path.rfind('/');
  path.resize(slash == std::string::npos ? 0 : slash);
}

/// Reads one URL text, part by part, into a Url.
class Reader {
 public:
  Reader(std::string_view text, const Url* base)
      : text_(trimmed(text)), rest_(text_), base_(base) {}

  std::optional<Url> read() {
    const std::size_t hash = rest_.find('#');
    if (hash != std::string_view::npos) {
      url_.fragment.emplace();
      append_percent_encoded(*url_.fragment, rest_.substr(hash + 1), UrlPart::kFragment);
      rest_ = rest_.substr(0, hash);
    }
    const std::size_t scheme = scheme_length(rest_);
    if (!(scheme == 0 ? read_without_scheme() : read_with_scheme(scheme))) return {};
    return std::move(url_);
  }

 private:
  bool special() const { return is_special_scheme(url_.scheme); }
  bool is_slash(char c) const { return c == '/' || (c == '\\' && special()); }
  bool slash_at(std::size_t at) const { return at < rest_.size() && is_slash(rest_[at]); }

  bool read_with_scheme(std::size_t length) {
    url_.scheme = lower_ascii(rest_.substr(0, length - 1));
    rest_.remove_prefix(length);
    if (url_.scheme == "file") return read_file();
    if (special()) {
      const bool relative = base_ != nullptr && base_->scheme == url_.scheme &&
                            !(rest_.size() >= 2 && rest_[0] == '/' && rest_[1] == '/');
      if (relative) return read_relative();
      while (slash_at(0)) rest_.remove_prefix(1);
      return read_authority();
    }
    if (rest_.substr(0, 2) == "//") {
      rest_.remove_prefix(2);
      return read_authority();
    }
    if (slash_at(0)) return read_path_and_query();
    return read_opaque();
  }

  bool read_without_scheme() {
    if (base_ == nullptr) return false;
    if (base_->opaque_path) {
      if (!rest_.empty() || !url_.fragment) return false;
      auto fragment = std::move(url_.fragment);
      url_ = *base_;
      url_.fragment = std::move(fragment);
      return true;
    }
    url_.scheme = base_->scheme;
    return url_.scheme == "file" ? read_file() : read_relative();
  }

  void take_authority_of_base() {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.port = base_->port;
  }

  bool read_relative() {
    if (slash_at(0)) {
      if (slash_at(1)) {
        rest_.remove_prefix(2);
        while (special() && slash_at(0)) rest_.remove_prefix(1);
        return read_authority();
      }
      take_authority_of_base();
      return read_path_and_query();
    }
    take_authority_of_base();
    return read_relative_path();
  }

  bool read_relative_path() {
    url_.path = base_->path;
    if (rest_.empty()) {
      url_.query = base_->query;
      return true;
    }
    if (rest_[0] != '?') drop_last_segment(url_.path);
    return read_path_and_query();
  }

  bool read_file() {
    const bool same = base_ != nullptr && base_->scheme == "file";
    url_.host = "";
    if (slash_at(0) && slash_at(1)) {
      rest_.remove_prefix(2);
      const std::string_view host = take_until_slash_or_query();
      const auto parsed = host.empty() ? std::optional<std::string>("") : parse_host(host, true);
      if (!parsed) return false;
      url_.host = *parsed == "localhost" ? "" : *parsed;
      return read_path_and_query();
    }
    if (same) url_.host = base_->host;
    if (slash_at(0) || !same) return read_path_and_query();
    return read_relative_path();
  }

  bool read_opaque() {
    const std::size_t question = rest_.find('?');
    url_.opaque_path = true;
    append_percent_encoded(url_.path, rest_.substr(0, question), UrlPart::kControl);
    if (question != std::string_view::npos) read_query(rest_.substr(question + 1));
    return true;
  }

  std::string_view take_until_slash_or_query() {
    std::size_t end = 0;
    while (end < rest_.size() && !is_slash(rest_[end]) && rest_[end] != '?') ++end;
    const std::string_view part = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return part;
  }

  bool read_authority() {
    std::string_view authority = take_until_slash_or_query();
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
      const std::string_view user = authority.substr(0, at);
      const std::size_t colon = user.find(':');
      append_percent_encoded(url_.username, user.substr(0, colon), UrlPart::kUserInfo);
      if (colon != std::string_view::npos) {
        append_percent_encoded(url_.password, user.substr(colon + 1), UrlPart::kUserInfo);
      }
      authority.remove_prefix(at + 1);
      if (authority.empty()) return false;
    }
    return read_host_and_port(authority) && read_path_and_query();
  }

  bool read_host_and_port(std::string_view authority) {
    const std::size_t bracket = authority.rfind(']');
    const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const std::string_view host = authority.substr(0, colon);
    if (host.empty() && (special() || colon != std::string_view::npos)) return false;
    url_.host = parse_host(host, special());
    if (!url_.host) return false;
    return colon == std::string_view::npos || read_port(authority.substr(colon + 1));
  }

  bool read_port(std::string_view digits) {
    if (digits.empty()) return true;
    std::uint32_t value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + static_cast<std::uint32_t>(c - '0');
      if (value > 65535) return false;
    }
    const SpecialScheme* scheme = special_scheme(url_.scheme);
    const bool is_default = scheme != nullptr && scheme->port != 0 && scheme->port == value;
    if (!is_default) url_.port = static_cast<std::uint16_t>(value);
    return true;
  }

  // Appends the segments of `rest_` to url_.path, resolving dots.
  bool read_path_and_query() {
    const std::size_t question = std::min(rest_.find('?'), rest_.size());
    std::string_view path = rest_.substr(0, question);
    if (question < rest_.size()) read_query(rest_.substr(question + 1));
    if (path.empty() && !special()) return true;
    if (path.empty() && !url_.path.empty()) return true;
    if (!path.empty() && is_slash(path[0])) path.remove_prefix(1);
    for (;;) {
      std::size_t end = 0;
      while (end < path.size() && !is_slash(path[end])) ++end;
      add_segment(path.substr(0, end), end >= path.size());
      if (end >= path.size()) return true;
      path.remove_prefix(end + 1);
    }
  }

  void add_segment(std::string_view segment, bool last) {
    if (is_double_dot(segment)) {
      drop_last_segment(url_.path);
      if (last) url_.path.push_back('/');
    } else if (is_dot(segment)) {
      if (last) url_.path.push_back('/');
    } else {
      url_.path.push_back('/');
      append_percent_encoded(url_.path, segment, UrlPart::kPath);
    }
  }

  void read_query(std::string_view query) {
    url_.query.emplace();
    append_percent_encoded(*url_.query, query,
                           special() ? UrlPart::kSpecialQuery : UrlPart::kQuery);
  }

  std::string text_;
  std::string_view rest_;
  const Url* base_;
  Url url_;
};

bool must_encode(unsigned char c, UrlPart part) {
  if (c < 0x20 || c > 0x7E) return true;
  const auto any = [c](std::string_view set) { return set.find(static_cast<char>(c)) != set.npos; };
  switch (part) {
    case UrlPart::kControl: return false;
    case UrlPart::kFragment: return any(" \"<>`");
    case UrlPart::kQuery: return any(" \"#<>");
    case UrlPart::kSpecialQuery: return any(" \"#<>'");
    case UrlPart::kPath: return any(" \"#<>?^`{}");
    case UrlPart::kUserInfo: return any(" \"#<>?^`{}/:;=@[\\]|");
  }
  return false;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool is_special_scheme(std::string_view scheme) {
  return special_scheme(scheme) != nullptr;
}

void append_percent_encoded(std::string& out, std::string_view text, UrlPart part) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (must_encode(byte, part)) {
      out.push_back('%');
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[at + 2]) : -1;
    if (low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      at += 2;
    } else {
      out.push_back(text[at]);
    }
  }
  return out;
}

std::optional<Url> parse_url(std::string_view text, const Url* base) {
  return Reader(text, base).read();
}

std::string Url::to_string() const {
  std::string out = scheme + ":";
  if (host) {
    out += "//";
    if (!username.empty() || !password.empty()) {
      out += username;
      if (!password.empty()) out += ":" + password;
      out.push_back('@');
    }
    out += *host;
    if (port) out += ":" + std::to_string(*port);
  } else if (!opaque_path && path.substr(0, 2) == "//") {
    out += "/.";
  }
  out += path;
  if (query) out += "?" + *query;
  if (fragment) out += "#" + *fragment;
  return out;
}

}  // namespace steppe
