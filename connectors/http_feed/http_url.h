#pragma once
// URLs as a poll needs them: split from their credentials, resolved, compared.

#include <string>
#include <string_view>

#include "core/result.h"

namespace steppe {

/// Immutable after parsing.
struct HttpUrl {
  std::string text;    // without credentials and fragment; what is asked for, recorded and logged
  std::string scheme;  // lower-case
  std::string host;    // without the brackets of an IPv6 address
  std::string target;  // path and query, as a request sends them
  std::string origin;  // scheme, host and port; equal origins may share credentials
  std::string user;
  std::string password;

  bool is_http() const { return scheme == "http" || scheme == "https"; }
};

/// Parses `text`, relative to `base` when that is not empty. Spaces and non-ASCII are encoded.
/// Any scheme is accepted here. Errors: kInvalidInput. Source: RFC 3986.
Result<HttpUrl> parse_url(std::string_view text, std::string_view base = {});

}  // namespace steppe
