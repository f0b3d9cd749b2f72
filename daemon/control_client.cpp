#include "daemon/control_client.h"

#include <httplib.h>

namespace steppe {

Result<void> control_get(const std::string& socket_path, const std::string& path,
                         const std::function<bool(std::string_view)>& sink) {
  httplib::Client client(socket_path, 80);
  client.set_address_family(AF_UNIX);
  client.set_read_timeout(3600, 0);
  bool stopped = false;
  const auto answer = client.Get(path, [&](const char* data, std::size_t size) {
    stopped = !sink(std::string_view(data, size));
    return !stopped;
  });
  if (stopped || (answer && answer->status == 200)) return ok();
  return Error{Code::kUnavailable, Retry::kLater, "no daemon answers at " + socket_path};
}

}  // namespace steppe
