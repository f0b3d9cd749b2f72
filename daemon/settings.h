#pragma once
// Every setting of the daemon, composed from the components' own option tables.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/config_loader.h"
#include "connectors/http_feed/options.h"
#include "connectors/json_lines/options.h"
#include "connectors/kafka/options.h"
#include "connectors/sqlite_store/options.h"
#include "core/feed.h"
#include "daemon/log.h"
#include "daemon/polling_policy.h"

namespace steppe {

struct PipelineOptions {
  std::uint32_t workers = 0;  // 0: one per core
  std::uint32_t document_queue = 64;
  std::uint32_t digest_queue = 64;
  std::chrono::seconds shutdown_limit{4};
  std::chrono::seconds story_interval{10};
  bool publish_review = false;
  std::uint64_t max_document_bytes = 32ULL << 20U;
  std::uint32_t max_items = 2000;
};

struct StatusOptions {
  std::string listen = "127.0.0.1:9464";  // empty: no status server
};

struct Settings {
  std::filesystem::path file;  // the configuration that was read
  std::string profile = "kazakhstan-unrest";
  std::string state_dir = "/var/lib/steppewatch";
  std::string instance = "main";
  HttpOptions http;
  PollingOptions polling;
  PipelineOptions pipeline;
  StoreOptions store;
  JsonLinesOptions json_lines;
  std::optional<KafkaOptions> kafka;  // absent: records go to json_lines
  StatusOptions status;
  LogOptions log;
  std::vector<FeedPtr> feeds;
};

/// The file to read: `given`, else the usual places (architecture.md, Command line).
Result<std::filesystem::path> find_config(const std::string& given);

/// Reads and checks the configuration with environment overrides. All problems are collected;
/// the settings are usable only when `problems` stays empty.
Settings load_settings(const std::filesystem::path& file, Problems& problems);

/// The generated option reference, Markdown (docs/configuration.md).
std::string option_reference();

/// "steppewatch/0.1.0".
std::string software_version();

}  // namespace steppe
