#include "core/error.h"

namespace steppe {

std::string_view to_string(Code code) {
  switch (code) {
    case Code::kInvalidInput: return "invalid_input";
    case Code::kTooLarge: return "too_large";
    case Code::kTimeout: return "timeout";
    case Code::kNetwork: return "network";
    case Code::kHttpStatus: return "http_status";
    case Code::kRefused: return "refused";
    case Code::kUnavailable: return "unavailable";
    case Code::kStorage: return "storage";
    case Code::kConfig: return "config";
    case Code::kConflict: return "conflict";
    case Code::kPermission: return "permission";
    case Code::kInternal: return "internal";
  }
  return "internal";
}

}  // namespace steppe
