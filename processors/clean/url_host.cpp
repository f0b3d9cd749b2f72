// Hosts of URLs: domains (IDNA), IPv4 in all its spellings, IPv6.

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "core/c_handle.h"
#include "core/utf8.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/clean/url_parser.h"

namespace steppe {
namespace {

using IdnaHandle = CHandle<UIDNA, &uidna_close>;

bool is_forbidden(char c, bool domain) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte == 0 || byte == '\t' || byte == '\n' || byte == '\r') return true;
  if (std::string_view(" #/:<>?@[\\]^|").find(c) != std::string_view::npos) return true;
  return domain && (byte < 0x20 || byte == '%' || byte == 0x7F);
}

const UIDNA* idna() {
  static const IdnaHandle handle = [] {
    UErrorCode status = U_ZERO_ERROR;
    constexpr std::uint32_t kOptions =
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII;
    return IdnaHandle(uidna_openUTS46(kOptions, &status));
  }();
  return handle.get();
}

std::optional<std::string> to_ascii(std::string_view domain) {
  const bool plain = std::all_of(domain.begin(), domain.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
  if (plain && domain.find("xn--") == std::string_view::npos) return std::string(domain);
  const bool ascii =
      std::all_of(domain.begin(), domain.end(), [](char c) { return (c & '\x80') == 0; });
  if (ascii) return lower_ascii(domain);  // also labels that are no punycode
  if (!is_valid_utf8(domain) || domain.size() > 4096 || idna() == nullptr) return {};
  constexpr std::uint32_t kTolerated =
      UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
      UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  std::vector<char> buffer(domain.size() * 8 + 64);
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const auto length = uidna_nameToASCII_UTF8(
      idna(), domain.data(), static_cast<std::int32_t>(domain.size()), buffer.data(),
      static_cast<std::int32_t>(buffer.size()), &info, &status);
  if (U_FAILURE(status) || (info.errors & ~kTolerated) != 0 || length <= 0) return {};
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

// One part of an IPv4 address: decimal, 0x hexadecimal or 0 octal. Nothing when it is no number.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  std::uint64_t base = 10;
  if (text.size() >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() >= 2 && text[0] == '0') {
    base = 8;
    text.remove_prefix(1);
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    std::uint64_t digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<std::uint64_t>(c - '0');
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
      digit = static_cast<std::uint64_t>((c | 0x20) - 'a') + 10;
    if (digit >= base) return {};
    if (value < (1ULL << 40)) value = value * base + digit;
  }
  return value;
}

std::vector<std::string_view> split_dots(std::string_view host) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t dot = host.find('.');
    parts.push_back(host.substr(0, dot));
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  return parts;
}

bool ends_in_number(const std::vector<std::string_view>& parts) {
  const std::string_view last = parts.back();
  if (last.empty()) return false;
  const bool digits =
      std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ||
         (last.size() >= 2 && last[0] == '0' && (last[1] | 0x20) == 'x' && ipv4_number(last));
}

std::optional<std::string> ipv4(const std::vector<std::string_view>& parts) {
  if (parts.size() > 4) return {};
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty()) return {};
    const auto number = ipv4_number(parts[i]);
    const bool last = i + 1 == parts.size();
    const std::uint64_t limit = last ? 1ULL << (8 * (5 - parts.size())) : 256;
    if (!number || *number >= limit) return {};
    address |= last ? *number : *number << (8 * (3 - i));
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%u.%u.%u.%u", static_cast<unsigned>(address >> 24),
                static_cast<unsigned>(address >> 16 & 255),
                static_cast<unsigned>(address >> 8 & 255), static_cast<unsigned>(address & 255));
  return std::string(text.data());
}

/// Reads "2001:db8::1" and writes its shortest form.
class Ipv6 {
 public:
  bool read(std::string_view text) {
    std::size_t at = 0;
    if (text.substr(0, 1) == ":") {
      if (text.substr(0, 2) != "::") return false;
      at = 2;
      compress_ = 0;
    }
    while (at < text.size()) {
      if (count_ == 8) return false;
      if (text[at] == ':') {
        if (compress_ >= 0) return false;
        ++at;
        compress_ = static_cast<int>(count_);
        continue;
      }
      if (!read_piece(text, at)) return false;
    }
    return finish();
  }

  std::string to_string() const {
    std::size_t best = 8;
    std::size_t best_length = 1;
    for (std::size_t i = 0; i < 8; ++i) {
      std::size_t length = 0;
      while (i + length < 8 && pieces_[i + length] == 0) ++length;
      if (length > best_length) {
        best = i;
        best_length = length;
      }
    }
    std::string out = "[";
    for (std::size_t i = 0; i < 8; ++i) {
      if (i == best) {
        out += i == 0 ? "::" : ":";
        i += best_length - 1;
        continue;
      }
      std::array<char, 8> hex{};
      std::snprintf(hex.data(), hex.size(), "%x", static_cast<unsigned>(pieces_[i]));
      out += hex.data();
      if (i != 7) out += ":";
    }
    return out + "]";
  }

 private:
  bool read_piece(std::string_view text, std::size_t& at) {
    std::uint32_t value = 0;
    std::size_t length = 0;
    const std::size_t begin = at;
    for (; length < 4 && at < text.size(); ++length, ++at) {
      const auto digit = ipv4_number(std::string("0x") + text[at]);
      if (!digit || text[at] == 'x' || text[at] == 'X') break;
      value = value * 16 + static_cast<std::uint32_t>(*digit);
    }
    if (at < text.size() && text[at] == '.') return length > 0 && read_ipv4(text, at = begin);
    if (length == 0) return false;
    if (at < text.size()) {
      if (text[at] != ':' || at + 1 == text.size()) return false;
      ++at;
    }
    pieces_[count_++] = static_cast<std::uint16_t>(value);
    return true;
  }

  bool read_ipv4(std::string_view text, std::size_t& at) {
    const std::vector<std::string_view> parts = split_dots(text.substr(at));
    if (count_ > 6 || parts.size() != 4 || text.back() == '.') return false;
    for (std::size_t i = 0; i < 4; ++i) {
      const bool digits = !parts[i].empty() && parts[i].size() <= 3 &&
                          (parts[i].size() == 1 || parts[i][0] != '0') &&
                          std::all_of(parts[i].begin(), parts[i].end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
      const auto number = digits ? ipv4_number(parts[i]) : std::nullopt;
      if (!number || *number > 255) return false;
      std::uint16_t& piece = pieces_[count_];
      piece = static_cast<std::uint16_t>(piece * 256U + *number);
      if (i % 2 == 1) ++count_;
    }
    at = text.size();
    return true;
  }

  bool finish() {
    if (compress_ < 0) return count_ == 8;
    if (count_ == 8) return false;
    const auto from = pieces_.begin() + compress_;
    std::rotate(from, pieces_.begin() + static_cast<std::ptrdiff_t>(count_), pieces_.end());
    return true;
  }

  std::array<std::uint16_t, 8> pieces_{};
  std::size_t count_ = 0;
  int compress_ = -1;
};

}  // namespace

std::optional<std::string> parse_host(std::string_view text, bool special) {
  if (!text.empty() && text[0] == '[') {
    Ipv6 address;
    if (text.back() != ']' || !address.read(text.substr(1, text.size() - 2))) return {};
    return address.to_string();
  }
  if (!special) {
    if (std::any_of(text.begin(), text.end(), [](char c) { return is_forbidden(c, false); }))
      return {};
    std::string out;
    append_percent_encoded(out, text, UrlPart::kControl);
    return out;
  }
  const auto domain = to_ascii(percent_decode(text));
  if (!domain || domain->empty()) return {};
  if (std::any_of(domain->begin(), domain->end(), [](char c) { return is_forbidden(c, true); }))
    return {};
  const std::vector<std::string_view> parts = split_dots(*domain);
  return ends_in_number(parts) ? ipv4(parts) : domain;
}

}  // namespace steppe
