#include "tests/support/daemon_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/check.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

const char* const kBinary = STEPPE_BINARY_DIR "/steppewatch";

// The child: replaces itself by the binary, with stdin, stdout and stderr as given.
[[noreturn]] void become(const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment, int in, int out, int err) {
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(err, 2);
  if (::chdir(STEPPE_SOURCE_DIR) != 0) ::_exit(126);  // where config/profiles is found
  for (const std::string& variable : environment) ::putenv(const_cast<char*>(variable.c_str()));
  std::vector<char*> argv{const_cast<char*>(kBinary)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(kBinary, argv.data());
  ::_exit(127);
}

pid_t spawn(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
            const std::string& in, const std::string& out, const std::string& err) {
  const int in_fd = ::open(in.c_str(), O_RDONLY | O_CLOEXEC);
  const int out_fd = ::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const int err_fd = ::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  STEPPE_CHECK(in_fd >= 0 && out_fd >= 0 && err_fd >= 0);
  const pid_t pid = ::fork();
  if (pid == 0) become(arguments, environment, in_fd, out_fd, err_fd);
  ::close(in_fd);
  ::close(out_fd);
  ::close(err_fd);
  STEPPE_CHECK(pid > 0);
  return pid;
}

int code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

CommandResult run_steppewatch(const std::vector<std::string>& arguments, const std::string& input,
                              const std::vector<std::string>& environment) {
  const TemporaryDirectory dir;
  write_file(dir.file("in"), input);
  const pid_t pid = spawn(arguments, environment, dir.file("in"), dir.file("out"), dir.file("err"));
  int status = 0;
  ::waitpid(pid, &status, 0);
  return {code_of(status), read_file(dir.file("out")), read_file(dir.file("err"))};
}

CommandResult run_shell(const std::string& command) {
  const TemporaryDirectory dir;
  const std::string line = "cd " STEPPE_SOURCE_DIR " && (" + command + ") > " + dir.file("out") +
                           " 2> " + dir.file("err");
  const int status = std::system(line.c_str());  // NOLINT(concurrency-mt-unsafe): words of a test
  return {code_of(status), read_file(dir.file("out")), read_file(dir.file("err"))};
}

std::string contract_faults(const std::string& envelopes) {
  const TemporaryDirectory dir;
  write_file(dir.file("records.jsonl"), envelopes);
  const CommandResult check =
      run_shell("/usr/bin/python3 tests/contract/validate.py " + dir.file("records.jsonl"));
  return check.exit_code == 0 ? std::string() : check.out + check.err;
}

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return true;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

DaemonProcess::DaemonProcess(std::string config, std::string log,
                             std::vector<std::string> environment)
    : log_(std::move(log)) {
  pid_ = spawn({"run", "-c", config}, environment, "/dev/null", log_ + ".out", log_);
}

DaemonProcess::~DaemonProcess() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void DaemonProcess::signal(int number) const {
  ::kill(pid_, number);
}

std::optional<int> DaemonProcess::wait(std::chrono::milliseconds limit) {
  int status = 0;
  if (!eventually([&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; }, limit)) return {};
  pid_ = -1;
  return code_of(status);
}

bool DaemonProcess::logged(const std::string& text) const {
  return eventually([&] { return log().find(text) != std::string::npos; });
}

}  // namespace steppe::test
