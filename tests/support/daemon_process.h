#pragma once
// The real steppewatch binary as a child process, with a configuration and folders of its own.

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace steppe::test {

struct CommandResult {
  int exit_code = -1;  // 128 + signal when it was killed
  std::string out;
  std::string err;
};

/// Runs the binary with `arguments` and `input` on stdin until it ends. Blocks.
CommandResult run_steppewatch(const std::vector<std::string>& arguments,
                              const std::string& input = {},
                              const std::vector<std::string>& environment = {});

/// Runs a shell command of the test's own words; its stdout in `out`. Blocks.
CommandResult run_shell(const std::string& command);

/// Checks JSON Lines envelopes against contracts/; the faults found, empty when all is well.
std::string contract_faults(const std::string& envelopes);

/// Waits until `condition` holds, looking every few milliseconds; false at the limit.
bool eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds limit = std::chrono::seconds{20});

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);
std::vector<std::string> lines_of(const std::string& text);

/// `steppewatch run -c config`, stderr in a file. Killed at destruction. One thread.
class DaemonProcess {
 public:
  DaemonProcess(std::string config, std::string log, std::vector<std::string> environment = {});
  ~DaemonProcess();
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  /// Its exit code (128 + signal), waiting at most `limit`; nothing when it still runs.
  std::optional<int> wait(std::chrono::milliseconds limit = std::chrono::seconds{20});
  std::string log() const { return read_file(log_); }
  /// Waits for a line of the log that holds `text`.
  bool logged(const std::string& text) const;

 private:
  pid_t pid_ = -1;
  std::string log_;
};

}  // namespace steppe::test
