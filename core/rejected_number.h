#pragma once
// A number of a text that is no figure.

#include <string>

#include "core/item.h"

namespace steppe {

/// Part of the account of a decision; no record holds it.
struct RejectedNumber {
  Evidence evidence;
  std::string reason;  // in words
};

}  // namespace steppe
