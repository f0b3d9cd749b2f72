#pragma once
// libcurl's result codes in our words.

#include <string_view>

#include "core/error.h"

namespace steppe {

/// `curl_code` is a CURLcode other than CURLE_OK, `detail` libcurl's text about it, which may quote
/// the server. `connected`: the connection was up when it happened.
Error transfer_error(int curl_code, std::string_view detail, bool connected);

}  // namespace steppe
