#pragma once
// A little disk space held back, so that a full disk cannot keep us from deleting rows.

#include <cstdint>
#include <string>

namespace steppe::sqlite {

/// The file `<state_dir>/reserve`. On a full disk the write-ahead log can neither grow nor be
/// folded in, and what was published could never be deleted; giving the reserve back ends that.
/// One thread at a time.
class Reserve {
 public:
  Reserve() = default;
  Reserve(const std::string& state_dir, std::uint64_t bytes)
      : path_(state_dir + "/reserve"), bytes_(bytes) {}

  /// Takes the space unless held already; without enough of it nothing is held.
  void hold();
  /// Gives the space back.
  void release();
  bool is_held() const { return held_; }

 private:
  std::string path_;
  std::uint64_t bytes_ = 0;
  bool held_ = false;
};

}  // namespace steppe::sqlite
