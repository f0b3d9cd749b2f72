// steppewatch feeds add, remove, import, export. Added feeds are files of STATE_DIR/feeds.d, one
// each, that every command and the daemon read with the configuration.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/json_input.h"
#include "daemon/loaded_profile.h"
#include "processors/clean/urls.h"
#include "processors/parse/opml.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxOpmlBytes = 16U << 20U;
constexpr std::size_t kMaxIdBytes = 48;

int failed(const Error& error) {
  std::fprintf(stderr, "steppewatch feeds: %s\n", error.message.c_str());
  return exit_code_for(error);
}

Error fault(Code code, std::string message) {
  return {code, Retry::kNever, std::move(message)};
}

fs::path feed_file(const Settings& settings, const std::string& id) {
  return fs::path(settings.state_dir) / "feeds.d" / (id + ".toml");
}

// "https://www.example.kz/news/rss.xml" -> "example-kz-news-rss-xml", with a number when taken.
std::string new_id(const std::string& url, const std::set<std::string>& taken) {
  std::string_view rest = std::string_view(url).substr(std::min(url.find("//") + 2, url.size()));
  if (rest.substr(0, 4) == "www.") rest.remove_prefix(4);
  std::string id;
  for (const char c : rest.substr(0, kMaxIdBytes)) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    const bool fits = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (fits) id.push_back(lower);
    if (!fits && !id.empty() && id.back() != '-') id.push_back('-');
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.empty()) id = "feed";
  std::string free = id;
  for (std::size_t n = 2; taken.contains(free); ++n) free = id + "-" + std::to_string(n);
  return free;
}

// A basic string of TOML.
std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c);
  }
  return out + "\"";
}

Result<void> write_feed(const Settings& settings, const std::string& id, const OpmlEntry& entry) {
  const fs::path file = feed_file(settings, id);
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << "[[feed]]\nid = " << toml_string(id) << "\nurl = " << toml_string(entry.url)
      << "\nname = " << toml_string(entry.title.empty() ? entry.url : entry.title) << "\n";
  out.close();
  if (!out) return fault(Code::kStorage, "writing " + file.string());
  return ok();
}

/// Adds feeds to one configuration; an address that is there already is passed over.
class FeedAdder {
 public:
  explicit FeedAdder(const Settings& settings) : settings_(settings) {
    for (const FeedPtr& feed : settings.feeds) {
      ids_.insert(feed->id.str());
      addresses_.insert(canonical_url(feed->url));
    }
  }

  /// The new feed's id; "" when it was known, or is no http or https address.
  Result<std::string> add(const OpmlEntry& entry) {
    if (!is_web_url(entry.url)) return std::string();
    if (!addresses_.insert(canonical_url(entry.url)).second) return std::string();
    std::string id = new_id(entry.url, ids_);
    ids_.insert(id);
    auto written = write_feed(settings_, id, entry);
    if (!written) return std::move(written).error();
    return id;
  }

 private:
  const Settings& settings_;
  std::set<std::string> ids_;
  std::set<std::string> addresses_;
};

int import_entries(const Settings& settings, const std::vector<OpmlEntry>& entries) {
  FeedAdder adder(settings);
  std::size_t added = 0;
  for (const OpmlEntry& entry : entries) {
    auto id = adder.add(entry);
    if (!id) return failed(id.error());
    if (id->empty()) continue;
    ++added;
    std::printf("%s\t%s\n", id->c_str(), entry.url.c_str());
  }
  std::fprintf(stderr, "%zu added, %zu passed over; a running daemon takes them up on SIGHUP\n",
               added, entries.size() - added);
  return kExitOk;
}

}  // namespace

int feeds_add_command(const CommonArgs& common, const FeedsEditArgs& args) {
  const auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  if (!is_web_url(args.what)) {
    return failed(fault(Code::kInvalidInput, args.what + " is no http or https address"));
  }
  OpmlEntry entry;
  entry.url = args.what;
  entry.title = args.name;
  return import_entries(*settings, {entry});
}

int feeds_remove_command(const CommonArgs& common, const FeedsEditArgs& args) {
  const auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  const bool known =
      std::any_of(settings->feeds.begin(), settings->feeds.end(),
                  [&args](const FeedPtr& feed) { return feed->id.str() == args.what; });
  if (!known) return failed(fault(Code::kInvalidInput, "no feed has the id " + args.what));
  std::error_code error;
  if (fs::remove(feed_file(*settings, args.what), error)) return kExitOk;
  return failed(fault(Code::kInvalidInput,
                      args.what + " stands in the configuration: take its [[feed]] out there"));
}

int feeds_import_command(const CommonArgs& common, const FeedsEditArgs& args) {
  const auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  const auto bytes = read_all(args.what, kMaxOpmlBytes);
  if (!bytes) return failed(bytes.error());
  const auto document = parse_opml(*bytes, {});
  if (!document) return failed(document.error());
  return import_entries(*settings, document->feeds);
}

int feeds_export_command(const CommonArgs& common) {
  const auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  OpmlDocument document;
  document.title = "Feeds of steppewatch";
  for (const FeedPtr& feed : settings->feeds) {
    if (!is_web_url(feed->url)) continue;
    OpmlEntry entry;
    entry.url = feed->url;
    entry.title = feed->name;
    entry.language = feed->lang;
    document.feeds.push_back(std::move(entry));
  }
  std::fputs(to_opml(document).c_str(), stdout);
  return kExitOk;
}

}  // namespace steppe
