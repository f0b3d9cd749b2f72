#include "daemon/demo_script.h"

#include "daemon/json_input.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = 1U << 20U;

Error malformed(const fs::path& file, std::size_t line) {
  return {Code::kConfig, Retry::kNever,
          file.string() + ":" + std::to_string(line) +
              ": expected feed, document and words, separated by tabs"};
}

Result<DemoStep> read_step(std::string_view line, const fs::path& folder) {
  const std::size_t first = line.find('\t');
  const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
  if (second == std::string_view::npos) return Error{Code::kConfig, Retry::kNever, ""};
  const std::string file(line.substr(first + 1, second - first - 1));
  auto body = read_all((folder / file).string(), kMaxFileBytes);
  if (!body) return std::move(body).error();
  return DemoStep{.feed = FeedId(std::string(line.substr(0, first))),
                  .content_type = std::string(demo_content_type(file)),
                  .body = std::move(*body),
                  .says = std::string(line.substr(second + 1))};
}

}  // namespace

std::string_view demo_content_type(std::string_view file) {
  if (file.ends_with(".json")) return "application/feed+json; charset=utf-8";
  if (file.ends_with(".html")) return "text/html; charset=utf-8";
  if (file.ends_with(".atom")) return "application/atom+xml; charset=utf-8";
  return "application/rss+xml; charset=utf-8";
}

Result<fs::path> demo_config(const fs::path& config) {
  std::string places;
  for (const fs::path& folder :
       {config.parent_path(), fs::path("config"), fs::path("/usr/share/steppewatch")}) {
    std::error_code ignored;
    if (fs::exists(folder / "demo.toml", ignored)) return folder / "demo.toml";
    places += (places.empty() ? "" : ", ") + (folder / "demo.toml").string();
  }
  return Error{Code::kConfig, Retry::kNever, "no demo found; looked for " + places};
}

Result<std::vector<DemoStep>> load_demo_steps(const fs::path& demo_config) {
  const fs::path folder = demo_config.parent_path() / "demo";
  const fs::path file = folder / "steps.tsv";
  auto text = read_all(file.string(), kMaxFileBytes);
  if (!text) return std::move(text).error();
  std::vector<DemoStep> steps;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const std::string_view line = std::string_view(*text).substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    auto step = read_step(line, folder);
    if (!step && step.error().code == Code::kConfig) return malformed(file, number);
    if (!step) return std::move(step).error();
    steps.push_back(std::move(*step));
  }
  return steps;
}

}  // namespace steppe
