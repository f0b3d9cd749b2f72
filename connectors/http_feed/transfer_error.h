#pragma once
// libcurl's result codes in our words.

#include <string_view>

#include "core/document.h"

namespace steppe {

/// How one request ended without a complete answer.
struct BrokenRequest {
  int curl_code = 0;          // a CURLcode other than CURLE_OK
  std::string_view detail;    // libcurl's text about it, which may quote the server
  int http_status = 0;        // of the answer that had begun
  bool connected = false;     // up to TLS
  bool in_handshake = false;  // the TCP connection was up, TLS was not
  bool proxied = false;
  bool tunnel_refused = false;  // the proxy said no to CONNECT
};

FetchFailure transfer_failure(const BrokenRequest& broken);

}  // namespace steppe
