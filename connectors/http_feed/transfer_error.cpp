#include "connectors/http_feed/transfer_error.h"

#include <curl/curl.h>

#include <string>

#include "core/printable.h"

namespace steppe {
namespace {

struct Class {
  Code code;
  Retry retry;
  std::string_view doing;
};

Class classify(CURLcode curl_code, bool connected) {
  switch (curl_code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return {Code::kNetwork, Retry::kLater, "resolving name"};
    case CURLE_COULDNT_CONNECT: return {Code::kNetwork, Retry::kLater, "connecting"};
    case CURLE_OPERATION_TIMEDOUT:
      return {Code::kTimeout, Retry::kLater, connected ? "receiving answer" : "connecting"};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return {Code::kNetwork, Retry::kLater, "negotiating TLS"};
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE: return {Code::kConfig, Retry::kLater, "reading CA certificates"};
    case CURLE_PARTIAL_FILE: return {Code::kNetwork, Retry::kLater, "reading body"};
    case CURLE_FILESIZE_EXCEEDED: return {Code::kTooLarge, Retry::kLater, "reading body"};
    case CURLE_UNSUPPORTED_PROTOCOL:  // also an answer without a status line
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return {Code::kInvalidInput, Retry::kLater, "receiving answer"};
    case CURLE_OUT_OF_MEMORY:  // what libcurl says of a header line over 100 KiB
      if (connected) return {Code::kTooLarge, Retry::kLater, "reading header"};
      return {Code::kInternal, Retry::kLater, "setting up transfer"};
    case CURLE_FAILED_INIT: return {Code::kInternal, Retry::kLater, "setting up transfer"};
    default: return {Code::kNetwork, Retry::kLater, "receiving answer"};
  }
}

}  // namespace

Error transfer_error(int curl_code, std::string_view detail, bool connected) {
  const auto code = static_cast<CURLcode>(curl_code);
  const Class found = classify(code, connected);
  if (found.code == Code::kTooLarge && code == CURLE_OUT_OF_MEMORY) detail = "a line is too long";
  const std::string_view words = detail.empty() ? curl_easy_strerror(code) : detail;
  return {found.code, found.retry, std::string(found.doing) + ": " + printable(words)};
}

}  // namespace steppe
