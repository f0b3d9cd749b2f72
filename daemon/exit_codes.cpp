#include "daemon/exit_codes.h"

namespace steppe {

ExitCode exit_code_for(const Error& error) {
  switch (error.code) {
    case Code::kInvalidInput:
    case Code::kTooLarge:
    case Code::kHttpStatus: return kExitBadData;
    case Code::kTimeout:
    case Code::kNetwork:
    case Code::kUnavailable: return kExitUnavailable;
    case Code::kRefused:
    case Code::kConfig: return kExitConfig;
    case Code::kStorage: return kExitIo;
    case Code::kConflict: return kExitTemporary;
    case Code::kPermission: return kExitPermission;
    case Code::kInternal: return kExitSoftware;
  }
  return kExitSoftware;
}

}  // namespace steppe
