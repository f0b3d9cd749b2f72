#include "connectors/http_feed/socket.h"

#include <unistd.h>

namespace steppe {

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace steppe
