// steppewatch demo: an invented story from invented outlets, served over loopback HTTP and taken
// through the real pipeline into a JSON Lines file.

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>

#include "connectors/json_lines/line.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/components.h"
#include "daemon/demo_script.h"
#include "daemon/demo_site.h"
#include "daemon/demo_summary.h"
#include "daemon/exit_codes.h"
#include "daemon/loaded_profile.h"
#include "daemon/pipeline.h"
#include "daemon/record_view.h"

namespace steppe {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kStepLimit{20};
constexpr milliseconds kReadingPause{700};

/// A folder of its own below $TMPDIR, gone with the object.
class DemoFolder {
 public:
  static Result<std::unique_ptr<DemoFolder>> create() {
    std::error_code failed;
    std::string pattern = std::filesystem::temp_directory_path(failed) / "steppewatch-demo-XXXXXX";
    if (failed || ::mkdtemp(pattern.data()) == nullptr) {
      return Error{Code::kStorage, Retry::kNever, "making a temporary folder " + pattern};
    }
    return std::make_unique<DemoFolder>(std::move(pattern));
  }
  explicit DemoFolder(std::string path) : path_(std::move(path)) {}
  ~DemoFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  DemoFolder(const DemoFolder&) = delete;
  DemoFolder& operator=(const DemoFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// An empty feed, so that every outlet is there before it says anything.
std::string empty_feed(const Feed& feed) {
  return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>" + feed.id.str() +
         "</title><link>" + feed.url + "</link><description/></channel></rss>";
}

/// The settings of demo.toml with everything that touches the machine pointed at `folder`, and the
/// outlets at `site`.
Settings demo_settings(Settings settings, const DemoArgs& args, const std::string& folder,
                       DemoSite& site) {
  settings.state_dir = folder;
  settings.store.state_dir = folder;
  settings.kafka.reset();
  settings.json_lines.path = args.records.empty() ? folder + "/records.jsonl" : args.records;
  settings.status.listen.clear();
  for (FeedPtr& feed : settings.feeds) {
    Feed outlet = *feed;
    site.publish(outlet.id, std::string(demo_content_type(".xml")), empty_feed(outlet));
    outlet.url = site.url_of(outlet.id);
    feed = std::make_shared<const Feed>(std::move(outlet));
  }
  return settings;
}

/// Plays the steps against a running pipeline and shows what comes out.
class DemoPlay {
 public:
  DemoPlay(Pipeline& pipeline, DemoSite& site, const Clock& clock, bool fast)
      : pipeline_(pipeline), writer_(pipeline.writer()), site_(site), clock_(clock), fast_(fast) {
    sigemptyset(&signals_);
    for (const int signal : {SIGTERM, SIGINT}) sigaddset(&signals_, signal);
  }

  /// Waits until every outlet was polled once. Errors: as play().
  Result<void> meet_outlets() {
    return wait_for("an outlet", [this] {
      const auto rows = pipeline_.board().rows();
      return std::all_of(rows.begin(), rows.end(),
                         [](const FeedRow& row) { return row.state->last_poll_at != Instant{}; });
    });
  }

  /// Errors: kTimeout when the pipeline does not take a step; what ended the pipeline.
  Result<void> play(const std::vector<DemoStep>& steps) {
    for (std::size_t i = 0; i < steps.size() && !interrupted_; ++i) {
      std::printf("\n-- %zu/%zu  %s\n", i + 1, steps.size(), steps[i].says.c_str());
      std::fflush(stdout);
      if (auto taken = play(steps[i]); !taken) return taken;
      show();
      if (!fast_) pause(kReadingPause);
    }
    return ok();
  }

  /// Shows what was published since the last call.
  void show() {
    for (const OutboxRow& row : pipeline_.live_view().after(shown_, milliseconds{0})) {
      std::string line;
      json_lines::append_line(line, row, writer_);
      shown_ = row.seq;
      summary_.take(line);
      std::fputs(view_of_line(line).c_str(), stdout);
    }
    std::fflush(stdout);
  }

  const DemoSummary& summary() const { return summary_; }
  bool interrupted() const { return interrupted_; }

 private:
  Result<void> play(const DemoStep& step) {
    const std::uint32_t failures = state_of(step.feed).failures;
    const std::string etag = site_.publish(step.feed, step.content_type, step.body);
    return wait_for(step.feed.str(), [&] {
      const FeedState state = state_of(step.feed);
      return state.validators.etag == etag || state.failures > failures;
    });
  }

  // Until `taken`, and until everything that follows from it was published.
  Result<void> wait_for(const std::string& what, const std::function<bool()>& taken) {
    const auto deadline = clock_.steady() + kStepLimit;
    while (!interrupted_ && !(taken() && pipeline_.all_published())) {
      if (auto fault = pipeline_.failure()) return std::move(*fault);
      if (clock_.steady() > deadline) {
        return Error{Code::kTimeout, Retry::kLater, what + " was not taken in time"};
      }
      pause(milliseconds{10});
    }
    return ok();
  }

  FeedState state_of(const FeedId& feed) const {
    for (const FeedRow& row : pipeline_.board().rows()) {
      if (row.feed->id == feed) return *row.state;
    }
    return {};
  }

  void pause(milliseconds time) {
    const timespec limit{0, time.count() * 1'000'000};
    if (sigtimedwait(&signals_, nullptr, &limit) > 0) interrupted_ = true;
  }

  Pipeline& pipeline_;
  const WriterIdentity writer_;  // outlives the pipeline's state: the last rows show after stop()
  DemoSite& site_;
  const Clock& clock_;
  const bool fast_;
  sigset_t signals_{};
  bool interrupted_ = false;
  std::uint64_t shown_ = 0;
  DemoSummary summary_;
};

void introduce(const Settings& settings) {
  std::printf(
      "This is the DEMO: an invented story from invented outlets, served by this machine.\n"
      "Profile '%s', %zu feeds on loopback, temporary state; nothing leaves this machine.\n",
      settings.profile.c_str(), settings.feeds.size());
}

/// " off_topic 1": from the metrics page.
std::string left_out(const Metrics& metrics) {
  constexpr std::string_view kFamily = "steppewatch_items_dropped_total{";
  std::string out;
  const std::string page = metrics.render();
  for (std::size_t at = page.find(kFamily); at != std::string::npos; at = page.find(kFamily, at)) {
    at += kFamily.size();
    const std::size_t quote = page.find('"', at) + 1;
    const std::size_t end = page.find('"', quote);
    const std::size_t number = page.find(' ', end) + 1;
    out += " " + page.substr(quote, end - quote) + " " +
           page.substr(number, page.find('\n', number) - number);
  }
  return out;
}

Result<void> run_demo(LoadedConfig config, const std::vector<DemoStep>& steps,
                      const DemoArgs& args) {
  const SystemClock clock;
  Metrics metrics;
  auto folder = DemoFolder::create();
  if (!folder) return std::move(folder).error();
  auto site = DemoSite::start();
  if (!site) return std::move(site).error();
  const Settings settings =
      demo_settings(std::move(config.settings), args, (*folder)->path(), **site);
  SinkComponent sink = make_sink(settings, clock);
  auto pipeline = Pipeline::create(settings, config.chain, std::move(sink.sink), metrics, clock);
  if (!pipeline) return std::move(pipeline).error();
  introduce(settings);
  if (auto started = (*pipeline)->start(); !started) return started;
  DemoPlay play(**pipeline, **site, clock, args.fast);
  auto played = play.meet_outlets();
  play.show();
  if (played) played = play.play(steps);
  auto stopped = (*pipeline)->stop();
  play.show();
  if (!played) return played;
  std::printf("\n== How it ended\n%s", play.summary().text().c_str());
  std::printf("Items left out:%s\n", left_out(metrics).c_str());
  if (!args.records.empty()) std::printf("The records are in %s\n", args.records.c_str());
  return stopped;
}

Result<void> prepare_and_run(const CommonArgs& common, const DemoArgs& args) {
  auto base = config_file(common.config);
  auto file = demo_config(base ? *base : std::filesystem::path());
  if (!file) return std::move(file).error();
  auto steps = load_demo_steps(*file);
  if (!steps) return std::move(steps).error();
  auto config = load_for_command(file->string());
  if (!config) return std::move(config).error();
  config->settings.log.level = "error";
  set_up_log(config->settings.log);
  return run_demo(std::move(*config), *steps, args);
}

}  // namespace

int demo_command(const CommonArgs& common, const DemoArgs& args) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts
  auto done = prepare_and_run(common, args);
  if (done) return kExitOk;
  std::fprintf(stderr, "steppewatch demo: %s\n", printable(done.error().message).c_str());
  return exit_code_for(done.error());
}

}  // namespace steppe
