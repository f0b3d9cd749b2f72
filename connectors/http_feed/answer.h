#pragma once
// Judges a complete answer: worth looking into, unchanged, or a failure.

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/document.h"
#include "core/header_block.h"

namespace steppe {

/// A complete answer of the last hop; valid while the URLs are.
struct Answer {
  int status = 0;
  HeaderBlock headers;
  std::string body;
  std::span<const std::string> passed;  // URLs that led to `url`, first = requested
  std::string_view url;                 // that answered
  bool conditional = false;             // validators were sent to the last hop
};

using FetchResult = decltype(FetchOutcome::result);

/// 2xx with a body is a Document, or NotModified when the body's hash is the request's; 304 is
/// NotModified when validators were sent. Everything else fails: kHttpStatus (retry later for 408,
/// 425, 429, 5xx and answers that make no sense), kInvalidInput (empty body, unknown encoding).
/// Source: RFC 9110 15, RFC 9111 4.3.4.
FetchResult judge_answer(const FetchRequest& request, Answer answer);

/// The answer of `url` carries the validators of the last document, as they were.
bool repeats_validators(const FetchRequest& request, const HeaderBlock& headers,
                        std::string_view url);

}  // namespace steppe
