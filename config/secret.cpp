#include "config/secret.h"

#include <ostream>

namespace steppe {

std::ostream& operator<<(std::ostream& out, const Secret&) {
  return out << kRedacted;
}

}  // namespace steppe
