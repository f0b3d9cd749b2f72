#pragma once
// A URL taken apart the way browsers do it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

struct Url {
  std::string scheme;  // lower case, without ':'
  std::string username;
  std::string password;
  std::optional<std::string> host;      // lower case, IDNA as punycode, IPv6 in brackets
  std::optional<std::uint16_t> port;    // absent when it is the scheme's own
  std::string path;                     // percent-encoded, begins with '/' unless opaque
  bool opaque_path = false;             // mailto:, data: ...
  std::optional<std::string> query;     // without '?'
  std::optional<std::string> fragment;  // without '#'

  bool is_http() const { return scheme == "http" || scheme == "https"; }
  std::string to_string() const;
};

/// Parses `text`, relative to `base` when given. Nothing when it is no URL.
/// Source: WHATWG URL Standard §4.4 (without Windows drive letters).
std::optional<Url> parse_url(std::string_view text, const Url* base = nullptr);

/// The ASCII form of a host of http and the like: percent-decoding, IDNA, IPv4 and IPv6 forms.
/// Nothing when it is no host. Source: WHATWG URL Standard §3.5.
std::optional<std::string> parse_host(std::string_view text, bool special);

/// Percent-encodes what the given part of a URL may not hold; existing escapes stay.
enum class UrlPart : std::uint8_t { kControl, kFragment, kQuery, kSpecialQuery, kPath, kUserInfo };
void append_percent_encoded(std::string& out, std::string_view text, UrlPart part);
std::string percent_decode(std::string_view text);

bool is_special_scheme(std::string_view scheme);

}  // namespace steppe
