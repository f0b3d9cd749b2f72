#pragma once
// The sub-commands. Each returns a process exit code (daemon/exit_codes.h) and writes results to
// stdout, everything else to stderr.

#include <string>
#include <vector>

namespace steppe {

struct CommonArgs {
  std::string config;  // -c; empty: the usual places
};

int run_command(const CommonArgs& common);

struct CheckArgs {
  bool print_reference = false;
};
int check_command(const CommonArgs& common, const CheckArgs& args);

struct ProbeArgs {
  std::string url;
  bool all = false;
  bool json = false;
  bool allow_private = false;
};
int probe_command(const CommonArgs& common, const ProbeArgs& args);

struct ParseArgs {
  std::string file;  // empty or "-": stdin
  std::string content_type;
  std::string base_url;
  bool batch = false;
};
int parse_command(const ParseArgs& args);

struct ProcessArgs {
  std::string file;
  bool explain = false;
};
int process_command(const CommonArgs& common, const ProcessArgs& args);

struct ReplayArgs {
  std::vector<std::string> paths;
  std::string to = "-";
  bool publish = false;
  std::string topic_prefix;
  std::string diff;  // configuration to compare with
};
int replay_command(const CommonArgs& common, const ReplayArgs& args);
/// With `diff`: prints the items that it would judge differently, one a line.
int replay_diff_command(const CommonArgs& common, const ReplayArgs& args);

struct FeedsArgs {
  bool json = false;
};
int feeds_list_command(const CommonArgs& common, const FeedsArgs& args);

struct FeedsEditArgs {
  std::string what;  // add: address; remove: id; import: OPML file, empty or "-": stdin
  std::string name;  // add: the outlet
};
int feeds_add_command(const CommonArgs& common, const FeedsEditArgs& args);
int feeds_remove_command(const CommonArgs& common, const FeedsEditArgs& args);
int feeds_import_command(const CommonArgs& common, const FeedsEditArgs& args);
int feeds_export_command(const CommonArgs& common);

struct TailArgs {
  std::string topic;
  bool json = false;
};
int tail_command(const CommonArgs& common, const TailArgs& args);

struct ExportArgs {
  std::string file;              // JSON Lines of records; empty or "-": stdin
  std::string format = "csv";    // or geojson
  std::string what = "figures";  // events, claims
  bool from_kafka = false;       // the whole items and claims topics instead
  bool hxl = false;              // CSV: a row of HXL tags
};
int export_command(const CommonArgs& common, const ExportArgs& args);

struct TopicsArgs {
  std::string action;  // plan, apply, check
};
int topics_command(const CommonArgs& common, const TopicsArgs& args);

int audit_command(const CommonArgs& common);

struct DemoArgs {
  bool fast = false;    // no pauses between the acts
  std::string records;  // keep the JSON Lines here as well
};
int demo_command(const CommonArgs& common, const DemoArgs& args);

}  // namespace steppe
