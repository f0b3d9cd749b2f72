#pragma once
// Talks to a running daemon over its control socket.

#include <functional>
#include <string>

#include "core/result.h"

namespace steppe {

/// GET `path`; the body in pieces to `sink` (return false to stop).
/// Errors: kUnavailable when no daemon answers at `socket_path`.
Result<void> control_get(const std::string& socket_path, const std::string& path,
                         const std::function<bool(std::string_view)>& sink);

}  // namespace steppe
