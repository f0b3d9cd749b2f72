// The only main: command line in, exit code out.

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/settings.h"

namespace {

using steppe::CommonArgs;

void add_config_option(CLI::App& app, CommonArgs& common) {
  app.add_option("-c,--config", common.config, "Configuration file")->type_name("FILE");
}

void add_run(CLI::App& app, CommonArgs& common, int& code) {
  auto* run = app.add_subcommand("run", "Run the daemon (SIGTERM drains, SIGHUP reloads)");
  add_config_option(*run, common);
  run->callback([&] { code = steppe::run_command(common); });
}

void add_check(CLI::App& app, CommonArgs& common, int& code) {
  auto* check =
      app.add_subcommand("check", "Check configuration and profile, report every problem");
  static steppe::CheckArgs args;
  add_config_option(*check, common);
  check->add_flag("--print-reference", args.print_reference,
                  "Print the option reference (Markdown)");
  check->callback([&] { code = steppe::check_command(common, args); });
}

void add_probe(CLI::App& app, CommonArgs& common, int& code) {
  auto* probe = app.add_subcommand("probe", "Fetch one URL politely and say what is there");
  static steppe::ProbeArgs args;
  add_config_option(*probe, common);
  auto* url = probe->add_option("url", args.url, "Address of a feed");
  auto* all = probe->add_flag("--all", args.all, "Every configured feed, one line each");
  probe->add_flag("--json", args.json, "One JSON document a URL");
  probe->add_flag("--allow-private-addresses", args.allow_private,
                  "Allow loopback and intranet addresses");
  url->excludes(all);
  probe->callback([&] {
    if (args.url.empty() && !args.all) throw CLI::RequiredError("probe: URL or --all");
    code = steppe::probe_command(common, args);
  });
}

void add_parse(CLI::App& app, int& code) {
  auto* parse = app.add_subcommand("parse", "Turn feed bytes into one JSON document");
  static steppe::ParseArgs args;
  parse->add_option("file", args.file, "Feed document; stdin when absent");
  parse->add_option("--content-type", args.content_type, "Content-Type header of the answer");
  parse->add_option("--base-url", args.base_url, "Where the document came from");
  parse->add_flag(
      "--batch", args.batch,
      "Read lines {\"id\",\"path\",\"content_type\"?,\"base_url\"?,\"headers\"?}, answer one "
      "line each");
  parse->callback([&] { code = steppe::parse_command(args); });
}

void add_process(CLI::App& app, CommonArgs& common, int& code) {
  auto* process = app.add_subcommand("process", "Run the whole processor chain on items, offline");
  static steppe::ProcessArgs args;
  add_config_option(*process, common);
  process->add_option("file", args.file,
                      "JSON Lines {\"id\",\"url\",\"title\",...}; stdin when absent");
  process->add_flag("--explain", args.explain, "Add why each decision was taken");
  process->callback([&] { code = steppe::process_command(common, args); });
}

void add_replay(CLI::App& app, CommonArgs& common, int& code) {
  auto* replay = app.add_subcommand("replay", "Feed documents from files through the same chain");
  static steppe::ReplayArgs args;
  add_config_option(*replay, common);
  replay->add_option("paths", args.paths, "Documents or directories of documents")->required();
  replay->add_option("--to", args.to, "Output file, - for stdout");
  auto* publish = replay->add_flag("--publish", args.publish, "Publish to Kafka instead");
  auto* prefix =
      replay->add_option("--topic-prefix", args.topic_prefix, "Topic prefix for --publish");
  publish->needs(prefix);
  replay
      ->add_option("--diff", args.diff,
                   "Another configuration: list the decisions that it would change")
      ->excludes(publish);
  replay->callback([&] {
    code = args.diff.empty() ? steppe::replay_command(common, args)
                             : steppe::replay_diff_command(common, args);
  });
}

void add_feeds(CLI::App& app, CommonArgs& common, int& code) {
  auto* feeds = app.add_subcommand("feeds", "The feed list with its health");
  feeds->require_subcommand(1);
  auto* list = feeds->add_subcommand("list", "One line a feed");
  static steppe::FeedsArgs args;
  add_config_option(*list, common);
  list->add_flag("--json", args.json, "One JSON line a feed");
  list->callback([&] { code = steppe::feeds_list_command(common, args); });
  static steppe::FeedsEditArgs edit;
  auto* add = feeds->add_subcommand("add", "Add a feed");
  add_config_option(*add, common);
  add->add_option("url", edit.what, "Address of the feed")->required();
  add->add_option("--name", edit.name, "The outlet");
  add->callback([&] { code = steppe::feeds_add_command(common, edit); });
  auto* remove = feeds->add_subcommand("remove", "Remove an added feed");
  add_config_option(*remove, common);
  remove->add_option("id", edit.what, "Its id")->required();
  remove->callback([&] { code = steppe::feeds_remove_command(common, edit); });
  auto* import = feeds->add_subcommand("import", "Add the feeds of an OPML list");
  add_config_option(*import, common);
  import->add_option("file", edit.what, "The list; stdin when absent");
  import->callback([&] { code = steppe::feeds_import_command(common, edit); });
  auto* exporting = feeds->add_subcommand("export", "Print the feeds as OPML");
  add_config_option(*exporting, common);
  exporting->callback([&] { code = steppe::feeds_export_command(common); });
}

void add_demo(CLI::App& app, CommonArgs& common, int& code) {
  auto* demo = app.add_subcommand("demo", "Play an invented story through the real pipeline");
  static steppe::DemoArgs args;
  add_config_option(*demo, common);
  demo->add_flag("--fast", args.fast, "No pauses for reading");
  demo->add_option("--records", args.records, "Keep the records in this file (JSON Lines)")
      ->type_name("FILE");
  demo->callback([&] { code = steppe::demo_command(common, args); });
}

void add_tail(CLI::App& app, CommonArgs& common, int& code) {
  auto* tail = app.add_subcommand("tail", "Readable live view of what the daemon publishes");
  static steppe::TailArgs args;
  add_config_option(*tail, common);
  tail->add_option("--topic", args.topic, "Only this dataset, e.g. items");
  tail->add_flag("--json", args.json, "Records as JSON Lines");
  tail->callback([&] { code = steppe::tail_command(common, args); });
}

void add_export(CLI::App& app, CommonArgs& common, int& code) {
  auto* command = app.add_subcommand("export", "Records as CSV or GeoJSON, with notes on method");
  static steppe::ExportArgs args;
  add_config_option(*command, common);
  auto* file = command->add_option("file", args.file, "JSON Lines of records; stdin when absent");
  command->add_option("--format", args.format, "csv or geojson")
      ->check(CLI::IsMember({"csv", "geojson"}));
  command->add_option("--what", args.what, "figures, events or claims")
      ->check(CLI::IsMember({"figures", "events", "claims"}));
  command->add_flag("--from-kafka", args.from_kafka, "Read the items and claims topics instead")
      ->excludes(file);
  command->add_flag("--hxl", args.hxl, "CSV: add a row of HXL tags");
  command->callback([&] { code = steppe::export_command(common, args); });
}

void add_kafka_commands(CLI::App& app, CommonArgs& common, int& code) {
  auto* topics = app.add_subcommand("topics", "Kafka topics as code");
  topics->require_subcommand(1);
  for (const auto* action : {"plan", "apply", "check"}) {
    const char* help = action == std::string("plan") ? "Print the topics and their settings"
                       : action == std::string("apply")
                           ? "Create the topics that are missing"
                           : "Compare with the cluster (exit 65: differs)";
    auto* sub = topics->add_subcommand(action, help);
    add_config_option(*sub, common);
    sub->callback([&common, &code, action] { code = steppe::topics_command(common, {action}); });
  }
  auto* audit =
      app.add_subcommand("audit", "Prove from the topics: nothing lost, nothing repeated");
  add_config_option(*audit, common);
  audit->callback([&] { code = steppe::audit_command(common); });
}

int dispatch(int argc, char** argv) {
  CLI::App app{"Steppewatch: monitors news feeds and publishes what concerns the topic",
               "steppewatch"};
  app.set_version_flag("--version", steppe::software_version());
  app.require_subcommand(1);
  CommonArgs common;
  int code = steppe::kExitOk;
  add_run(app, common, code);
  add_check(app, common, code);
  add_probe(app, common, code);
  add_parse(app, code);
  add_process(app, common, code);
  add_replay(app, common, code);
  add_feeds(app, common, code);
  add_tail(app, common, code);
  add_export(app, common, code);
  add_kafka_commands(app, common, code);
  add_demo(app, common, code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    const int answer = app.exit(fault);
    return answer == 0 ? steppe::kExitOk : steppe::kExitUsage;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return dispatch(argc, argv);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "steppewatch: internal error: %s\n", fault.what());
    return steppe::kExitSoftware;
  }
}
