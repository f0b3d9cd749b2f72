#pragma once
// Bodies as received to bytes: Content-Encoding undone under a bound.

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace steppe {

/// Undoes `content_encoding` ("", "identity", "gzip", "x-gzip", "deflate", any case; at most three
/// in a list). A truncated body gives what could be decoded.
/// Errors: kTooLarge when the result would exceed `max_bytes`, or 200 times the input once it is
/// over 1 MiB; kInvalidInput for an unknown encoding or bytes that are nothing of the kind.
/// Blocking: CPU only. Any thread. Source: RFC 9110 §8.4, RFC 1950-1952.
Result<std::string> decode_body(std::string_view received, std::string_view content_encoding,
                                std::size_t max_bytes);

/// True when the bytes begin like a gzip member.
bool looks_gzipped(std::string_view bytes);

}  // namespace steppe
