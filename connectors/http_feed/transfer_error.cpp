#include "connectors/http_feed/transfer_error.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <string>

#include "core/printable.h"

namespace steppe {
namespace {

struct Class {
  PollClass poll_class;
  Code code;
  std::string_view doing;
};

// What OpenSSL says when the other side ended the handshake, and why it did is its secret.
bool cut_by_peer(std::string_view detail) {
  constexpr std::array<std::string_view, 6> kSigns = {"reset by peer",  "SSL_ERROR_SYSCALL",
                                                      "unexpected eof", "handshake failure",
                                                      "alert",          "Broken pipe"};
  return std::ranges::any_of(
      kSigns, [&](std::string_view sign) { return detail.find(sign) != std::string_view::npos; });
}

Class tls_class(CURLcode code, std::string_view detail) {
  constexpr std::string_view kDoing = "negotiating TLS";
  const bool certificate = code == CURLE_PEER_FAILED_VERIFICATION ||
                           code == CURLE_SSL_ISSUER_ERROR ||
                           detail.find("certificate") != std::string_view::npos;
  if (certificate) return {PollClass::kTlsCertificate, Code::kNetwork, kDoing};
  const bool cut = code != CURLE_SSL_CONNECT_ERROR || cut_by_peer(detail);
  return {cut ? PollClass::kTlsRefused : PollClass::kTlsFailure, Code::kNetwork, kDoing};
}

Class cut_off(const BrokenRequest& broken, std::string_view doing) {
  const bool begun = broken.http_status != 0;
  return {begun ? PollClass::kTruncated : PollClass::kCutOff, Code::kNetwork, doing};
}

Class timeout_class(const BrokenRequest& broken) {
  const bool slow = broken.detail.find("too slow") != std::string_view::npos;
  return {slow ? PollClass::kTooSlow : PollClass::kTimeout, Code::kTimeout,
          broken.connected ? "receiving answer" : "connecting"};
}

Class classify(const BrokenRequest& broken) {
  const auto code = static_cast<CURLcode>(broken.curl_code);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {PollClass::kNameUnknown, Code::kNetwork, "resolving name"};
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY: return {PollClass::kProxyFailure, Code::kNetwork, "asking proxy"};
    case CURLE_COULDNT_CONNECT:
      return {broken.proxied ? PollClass::kProxyFailure : PollClass::kNotConnected, Code::kNetwork,
              "connecting"};
    case CURLE_OPERATION_TIMEDOUT: return timeout_class(broken);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return tls_class(code, broken.detail);
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
      return {PollClass::kTlsFailure, Code::kConfig, "reading CA certificates"};
    case CURLE_PARTIAL_FILE: return {PollClass::kTruncated, Code::kNetwork, "reading body"};
    case CURLE_FILESIZE_EXCEEDED: return {PollClass::kTooLarge, Code::kTooLarge, "reading body"};
    case CURLE_UNSUPPORTED_PROTOCOL:  // also an answer without a status line
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return {PollClass::kProtocolError, Code::kInvalidInput, "receiving answer"};
    case CURLE_BAD_CONTENT_ENCODING:
      return {PollClass::kBadEncoding, Code::kInvalidInput, "receiving answer"};
    case CURLE_OUT_OF_MEMORY:  // what libcurl says of a header line over 100 KiB
      if (broken.connected) return {PollClass::kTooLarge, Code::kTooLarge, "reading header"};
      return {PollClass::kUnknown, Code::kInternal, "setting up transfer"};
    case CURLE_FAILED_INIT: return {PollClass::kUnknown, Code::kInternal, "setting up transfer"};
    default: return cut_off(broken, "receiving answer");
  }
}

Class judged(const BrokenRequest& broken) {
  if (broken.tunnel_refused) return {PollClass::kProxyFailure, Code::kNetwork, "asking proxy"};
  const bool cut = broken.curl_code == CURLE_RECV_ERROR || broken.curl_code == CURLE_SEND_ERROR ||
                   broken.curl_code == CURLE_GOT_NOTHING;
  if (broken.in_handshake && cut) {
    return {PollClass::kTlsRefused, Code::kNetwork, "negotiating TLS"};
  }
  return classify(broken);
}

}  // namespace

FetchFailure transfer_failure(const BrokenRequest& broken) {
  const auto code = static_cast<CURLcode>(broken.curl_code);
  const Class found = judged(broken);
  std::string_view words = broken.detail.empty() ? curl_easy_strerror(code) : broken.detail;
  if (found.code == Code::kTooLarge && code == CURLE_OUT_OF_MEMORY) words = "a line is too long";
  return {.error = {found.code, Retry::kLater, std::string(found.doing) + ": " + printable(words)},
          .http_status = broken.http_status,
          .poll_class = found.poll_class};
}

}  // namespace steppe
