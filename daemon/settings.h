#pragma once
// Every setting of the daemon, composed from the components' own option tables.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/problems.h"
#include "connectors/file_feed/capture.h"
#include "connectors/http_feed/options.h"
#include "connectors/json_lines/options.h"
#include "connectors/kafka/options.h"
#include "connectors/sqlite_store/options.h"
#include "core/feed.h"
#include "core/result.h"
#include "daemon/full_text/options.h"
#include "daemon/log.h"
#include "daemon/polling/polling_options.h"
#include "processors/parse/parse.h"
#include "processors/story/adoption.h"
#include "processors/story/story_options.h"

namespace steppe {

/// [pipeline]
struct PipelineOptions {
  std::uint32_t workers = 0;  // 0: one per core
  std::uint32_t document_queue = 64;
  std::uint32_t digest_queue = 64;
  std::chrono::seconds shutdown_limit{4};
  std::chrono::seconds story_interval{10};
  std::chrono::milliseconds publish_interval{200};
  bool publish_review = false;
  ParseLimits parse;
};

/// [status]
struct StatusOptions {
  std::string listen = "127.0.0.1:9464";  // empty: no status server
};

struct Settings {
  std::filesystem::path file;  // the configuration that was read
  std::string profile;
  std::string state_dir;
  std::string instance;
  HttpOptions http;
  CaptureOptions capture;
  PollingOptions polling;
  PipelineOptions pipeline;
  FullTextOptions full_text;
  StoryOptions story;
  AdoptionOptions adoption;
  StoreOptions store;
  JsonLinesOptions json_lines;
  std::optional<KafkaOptions> kafka;  // absent: records go to json_lines
  StatusOptions status;
  LogOptions log;
  std::vector<FeedPtr> feeds;
  std::string effective;  // settings in force as TOML, without the feeds; secrets masked
};

/// The file to read: `given`, else the usual places. Errors: kConfig naming them.
Result<std::filesystem::path> config_file(const std::string& given);

/// Reads and checks `file` with environment overrides. Nothing when there are problems.
std::optional<Settings> load_settings(const std::filesystem::path& file, Problems& problems);

/// The generated option reference, Markdown (docs/configuration.md).
std::string option_reference();

/// "steppewatch 0.1.0".
std::string software_version();

}  // namespace steppe
