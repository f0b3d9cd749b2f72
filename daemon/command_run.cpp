// steppewatch run: the daemon.

#include <spdlog/spdlog.h>

#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>

#include "core/clock.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/components.h"
#include "daemon/exit_codes.h"
#include "daemon/feed_json.h"
#include "daemon/loaded_profile.h"
#include "daemon/notify.h"
#include "daemon/pipeline.h"
#include "daemon/process_figures.h"
#include "daemon/reload.h"
#include "daemon/status_server.h"

namespace steppe {
namespace {

constexpr std::chrono::minutes kTrimEvery{1};
constexpr std::chrono::seconds kAliveLimit{60};

sigset_t daemon_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

/// The signal that came within `wait`; 0 when none did.
int next_signal(const sigset_t& signals, std::chrono::milliseconds wait) {
  timespec limit{};
  limit.tv_sec = wait.count() / 1000;
  limit.tv_nsec = (wait.count() % 1000) * 1'000'000;
  const int signal = sigtimedwait(&signals, nullptr, &limit);
  return signal > 0 ? signal : 0;
}

class Daemon {
 public:
  explicit Daemon(LoadedConfig config) : config_(std::move(config)) {}

  int run() {
    const sigset_t signals = daemon_signals();
    if (auto started = start(); !started) {
      spdlog::error("{}", printable(started.error().message, 2000));
      if (pipeline_) (void)end();
      return exit_code_for(started.error());
    }
    forget_feeds();
    tell_ready();
    watch(signals);
    notify_stopping();
    pthread_sigmask(SIG_UNBLOCK, &signals,
                    nullptr);  // a second signal ends at once; the state is safe
    auto stopped = end();
    if (stopped) return kExitOk;
    spdlog::error("{}", printable(stopped.error().message, 2000));
    return exit_code_for(stopped.error());
  }

 private:
  // A sink that hangs must not hold up the shutdown: the state is closed, so the process may just
  // end.
  Result<void> end() {
    status_.reset();
    control_.reset();
    auto stopped = pipeline_->stop();
    if (!stopped && stopped.error().code == Code::kTimeout) {
      spdlog::warn("{}", printable(stopped.error().message));
      std::_Exit(kExitOk);
    }
    return stopped;
  }

  Result<void> start() {
    const Settings& settings = config_.settings;
    SinkComponent component = make_sink(settings, clock_);
    report_sink_ = std::move(component.report);
    auto pipeline =
        Pipeline::create(settings, config_.chain, std::move(component.sink), metrics_, clock_);
    if (!pipeline) return std::move(pipeline).error();
    pipeline_ = std::move(*pipeline);
    if (auto listening = listen(); !listening) return listening;
    introduce();
    return pipeline_->start();
  }

  Result<void> listen() {
    const Settings& settings = config_.settings;
    const StatusViews views{
        .alive = [this] { return !pipeline_->failure() && pipeline_->alive(kAliveLimit); },
        .ready = [this] { return pipeline_->ready(); },
        .metrics = [this] { return metrics_page(); },
        .feeds =
            [this] { return feeds_json(pipeline_->board().rows(), pipeline_->board().pages()); },
        .live_view = &pipeline_->live_view(),
        .writer = pipeline_->writer()};
    auto control = StatusServer::listen_unix(control_socket_path(settings.state_dir), views);
    if (!control) return std::move(control).error();
    control_ = std::move(*control);
    if (settings.status.listen.empty()) return ok();
    auto status = StatusServer::listen_tcp(settings.status.listen, views);
    if (!status) return std::move(status).error();
    status_ = std::move(*status);
    return ok();
  }

  std::string metrics_page() {
    pipeline_->report();
    metrics_.set("ready", "sink", pipeline_->ready() ? 1 : 0);
    report_sink_(metrics_);
    report_process_figures(metrics_);
    return metrics_.render();
  }

  // One screen: what it polls, where records go, where to look.
  void introduce() const {
    const Settings& settings = config_.settings;
    spdlog::info("{} with profile '{}' from {}", software_version(), settings.profile,
                 settings.file.string());
    spdlog::info("polls {} feeds as \"{}\"", settings.feeds.size(), user_agent(settings.http));
    if (evaluation_mode(settings.http)) {
      spdlog::warn(
          "evaluation mode: [http] contact is not set, so no feed is asked more than once an hour");
    }
    spdlog::info("records go to {}", describe_sink(settings));
    spdlog::info("state is kept in {} (instance '{}')", settings.state_dir, settings.instance);
    if (status_)
      spdlog::info("status page: http://{}/metrics, /healthz, /readyz", status_->address());
  }

  void watch(const sigset_t& signals) {
    const auto wait = std::min(watchdog_period().value_or(std::chrono::seconds{1}),
                               std::chrono::milliseconds{1000});
    while (!pipeline_->failure()) {
      const int signal = next_signal(signals, wait);
      if (signal == SIGTERM || signal == SIGINT) return;
      if (signal == SIGHUP) reload();
      if (pipeline_->alive(kAliveLimit)) notify_watchdog();
      give_back_memory();
    }
  }

  // What a round of polls took and freed lies in pieces between what stays.
  void give_back_memory() {
    const auto now = clock_.steady();
    if (now < trimmed_at_ + kTrimEvery) return;
    trimmed_at_ = now;
    ::malloc_trim(0);
  }

  void reload() {
    notify_reloading();
    pipeline_->reopen_sink();
    auto next = reload_config(config_);
    if (next) {
      auto done = pipeline_->reload(next->settings, next->chain);
      if (done) {
        config_ = std::move(*next);
        forget_feeds();
      }
    }
    metrics_.add("config_reloads_total", next ? "ok" : "refused");
    metrics_.set("config_reload_failed", "config", next ? 0 : 1);
    tell_ready();
  }

  // The pipeline has them; there may be very many.
  void forget_feeds() { feeds_ = std::exchange(config_.settings.feeds, {}).size(); }
  void tell_ready() const { notify_ready("polling " + std::to_string(feeds_) + " feeds"); }

  LoadedConfig config_;  // without the feeds once they are polled
  std::size_t feeds_ = 0;
  SystemClock clock_;
  Metrics metrics_;
  std::function<void(Metrics&)> report_sink_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<StatusServer> status_;
  std::unique_ptr<StatusServer> control_;
  std::chrono::steady_clock::time_point trimmed_at_{};
};

}  // namespace

int run_command(const CommonArgs& common) {
  const sigset_t signals = daemon_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // one that comes early waits for watch()
  ::mallopt(M_MMAP_THRESHOLD, 16 << 10);  // what growing tables leave behind goes back at once
  auto config = load_for_command(common.config);
  ::mallopt(M_MMAP_THRESHOLD, 8 << 20);
  if (!config) return exit_code_for(config.error());
  set_up_log(config->settings.log);
  ::malloc_trim(0);  // what reading the profile took is not needed again
  return Daemon(std::move(*config)).run();
}

}  // namespace steppe
