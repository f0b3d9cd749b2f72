#pragma once
// Process exit codes. Source: BSD sysexits(3).

#include "core/error.h"

namespace steppe {

enum ExitCode : int {
  kExitOk = 0,
  kExitUsage = 64,
  kExitBadData = 65,      // audit and topics check: differences found
  kExitUnavailable = 69,  // a service is not there
  kExitSoftware = 70,
  kExitIo = 74,
  kExitTemporary = 75,  // another instance holds the state
  kExitPermission = 77,
  kExitConfig = 78,
};

/// Only main and the commands turn an error into an exit code.
ExitCode exit_code_for(const Error& error);

}  // namespace steppe
