#pragma once
// A disk that misbehaves on demand: the system calls that change files below one folder are
// counted, failed or recorded. The test binary defines the C library's names (open, write, fsync,
// ...), so that SQLite and our own code run unchanged.

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace steppe::test {

enum class DiskCall : std::uint8_t { kOpen, kWrite, kSync, kTruncate, kRename, kUnlink };

/// One at a time; armed while it lives. One thread.
class FaultyDisk {
 public:
  explicit FaultyDisk(std::string folder);
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// Makes the n-th (1, 2, ...) call of this kind from now on fail with `error`; a write first puts
  /// half of its bytes in place. With `lasting` all later ones of the kind fail too.
  void fail(DiskCall kind, int n, int error, bool lasting = false);
  /// Nothing fails any more.
  void heal();
  bool fired() const { return fired_; }

  /// Writes and reservations that would make the folder larger than this fail with ENOSPC.
  void limit(std::uint64_t bytes) { limit_ = bytes; }

  /// Called before each call of any kind.
  void on_call(std::function<void()> hook) { hook_ = std::move(hook); }

  /// From now on keeps what a power cut could leave of every file.
  void record();
  /// Writes the folder as a power cut right now could leave it into the new folder `target`: what
  /// was synced is there, each later change is there, missing, half there or zeros.
  void write_image(const std::string& target, std::uint64_t seed) const;

  // Called by the replaced system calls.
  static FaultyDisk* watching(const std::string& path);
  /// 0, or the error that the call must fail with.
  int enter(DiskCall kind);
  bool fits(const std::string& path, std::uint64_t end) const;
  void wrote(int descriptor, std::uint64_t offset, std::string bytes);
  void cut(int descriptor, std::uint64_t size);
  void synced(int descriptor);

 private:
  struct Change {
    std::uint64_t offset = 0;
    std::string bytes;
    bool is_cut = false;
  };
  struct File {
    std::string durable;
    std::vector<Change> pending;
  };
  using FileKey = std::pair<std::uint64_t, std::uint64_t>;

  static void apply(std::string& content, const Change& change);
  static std::string cut_power(const File& file, std::uint64_t& random);
  File* file_of(int descriptor);

  std::string folder_;
  DiskCall kind_ = DiskCall::kOpen;
  int countdown_ = 0;
  int error_ = 0;
  bool lasting_ = false;
  bool fired_ = false;
  bool inside_hook_ = false;
  bool recording_ = false;
  std::uint64_t limit_ = std::numeric_limits<std::uint64_t>::max();
  std::function<void()> hook_;
  std::map<FileKey, File> files_;
};

}  // namespace steppe::test
