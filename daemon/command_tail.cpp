// steppewatch tail: what the running daemon publishes, readable.

#include <cstdio>
#include <string>

#include "daemon/commands.h"
#include "daemon/control_client.h"
#include "daemon/exit_codes.h"
#include "daemon/loaded_profile.h"
#include "daemon/record_view.h"
#include "daemon/status_server.h"

namespace steppe {
namespace {

/// Cuts the stream into lines and prints those that are wanted.
class TailPrinter {
 public:
  explicit TailPrinter(const TailArgs& args) : args_(args) {}

  bool take(std::string_view part) {
    pending_ += part;
    for (std::size_t end = 0; (end = pending_.find('\n')) != std::string::npos;) {
      print(pending_.substr(0, end));
      pending_.erase(0, end + 1);
    }
    return std::ferror(stdout) == 0;
  }

 private:
  void print(const std::string& line) {
    if (!args_.topic.empty() && topic_of_line(line).substr(0, args_.topic.size()) != args_.topic)
      return;
    std::fputs((args_.json ? line + "\n" : view_of_line(line)).c_str(), stdout);
    std::fflush(stdout);
  }

  const TailArgs& args_;
  std::string pending_;
};

}  // namespace

int tail_command(const CommonArgs& common, const TailArgs& args) {
  auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  TailPrinter printer(args);
  auto done = control_get(control_socket_path(settings->state_dir), "/tail",
                          [&](std::string_view part) { return printer.take(part); });
  if (done) return kExitOk;
  std::fprintf(stderr,
               "steppewatch tail: %s; is `steppewatch run` running with this configuration?\n",
               done.error().message.c_str());
  return exit_code_for(done.error());
}

}  // namespace steppe
