#include "daemon/settings.h"

#include "config/config_loader.h"
#include "config/config_paths.h"
#include "config/reference.h"
#include "daemon/settings_tables.h"

namespace steppe {
namespace {

// Everything that has options: the one list that loader and reference share.
void bind_all(ConfigLoader& loader, Settings& settings) {
  loader.bind("http", http_option_table(), settings.http);
  loader.bind("schedule", schedule_option_table(), settings.polling);
  loader.bind("capture", capture_option_table(), settings.capture);
  loader.bind("pipeline", pipeline_option_table(), settings.pipeline);
  loader.bind("parse", parse_option_table(), settings.pipeline.parse);
  loader.bind("full_text", full_text_option_table(), settings.full_text);
  loader.bind("story", story_option_table(), settings.story);
  loader.bind("adoption", adoption_option_table(), settings.adoption);
  loader.bind("store", store_option_table(), settings.store);
  loader.bind("json_lines", json_lines_option_table(), settings.json_lines);
  loader.bind("kafka", kafka_option_table(), settings.kafka);
  loader.bind("status", status_option_table(), settings.status);
  loader.bind("log", log_option_table(), settings.log);
}

// Where one setting follows from another.
void derive(const RootOptions& root, Settings& settings) {
  settings.profile = root.profile;
  settings.state_dir = root.state_dir.string();
  settings.instance = root.instance;
  settings.store.state_dir = settings.state_dir;
  settings.store.instance = settings.instance;
  settings.feeds = feed_list(root);
  settings.polling.floor = std::chrono::seconds{settings.http.min_interval_secs};
  if (evaluation_mode(settings.http)) {
    settings.polling.floor =
        std::max<std::chrono::seconds>(settings.polling.floor, std::chrono::hours{1});
    settings.polling.hard_floor = settings.polling.floor;
  }
  if (settings.kafka) resolve_topic_prefix(*settings.kafka, settings.profile);
}

}  // namespace

Result<std::filesystem::path> config_file(const std::string& given) {
  if (!given.empty()) return std::filesystem::path(given);
  return find_config(process_environment());
}

std::optional<Settings> load_settings(const std::filesystem::path& file, Problems& problems) {
  Settings settings;
  RootOptions root;
  ConfigLoader loader(root);
  bind_all(loader, settings);
  loader.read_added_feeds();
  if (!loader.load(file, process_environment(), problems)) return {};
  settings.file = file;
  settings.effective = loader.effective_without_feeds();
  derive(root, settings);
  return settings;
}

std::string option_reference() {
  Settings settings;
  RootOptions root;
  ConfigLoader loader(root);
  bind_all(loader, settings);
  return render_reference(loader.table());
}

std::string software_version() {
  return "steppewatch " STEPPE_VERSION;
}

}  // namespace steppe
