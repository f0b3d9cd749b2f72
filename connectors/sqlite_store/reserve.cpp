#include "connectors/sqlite_store/reserve.h"

#include <fcntl.h>
#include <unistd.h>

namespace steppe::sqlite {

void Reserve::hold() {
  if (held_) return;
  const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return;
  held_ = ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes_)) == 0;
  ::close(descriptor);
  if (!held_) ::unlink(path_.c_str());
}

void Reserve::release() {
  if (held_) ::unlink(path_.c_str());
  held_ = false;
}

}  // namespace steppe::sqlite
