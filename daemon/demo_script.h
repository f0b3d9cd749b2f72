#pragma once
// What `steppewatch demo` plays: outlets (config/demo.toml) and what they publish, step by step
// (config/demo/). Texts are data; nothing of the story is in the program.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"

namespace steppe {

/// From this step on `feed` answers with `body`.
struct DemoStep {
  FeedId feed;
  std::string content_type;
  std::string body;
  std::string says;  // to the viewer
};

/// demo.toml beside `config`, else in config/ below the current folder, else in
/// /usr/share/steppewatch. Errors: kConfig naming the places.
Result<std::filesystem::path> demo_config(const std::filesystem::path& config);

/// Reads demo/steps.tsv beside `demo_config` and the documents it names.
/// Errors: kConfig for a malformed line, kStorage when a file cannot be read.
Result<std::vector<DemoStep>> load_demo_steps(const std::filesystem::path& demo_config);

/// "application/rss+xml" of "01-outlet.xml"; by the extension alone.
std::string_view demo_content_type(std::string_view file);

}  // namespace steppe
