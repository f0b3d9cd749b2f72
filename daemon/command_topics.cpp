// steppewatch topics plan|apply|check: the Kafka topics as code.

#include <cstdio>

#include "connectors/kafka/topics.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/loaded_profile.h"

namespace steppe {
namespace {

int fail(const Error& error) {
  std::fprintf(stderr, "steppewatch topics: %s\n", printable(error.message, 2000).c_str());
  return exit_code_for(error);
}

int plan(const KafkaOptions& options) {
  for (const TopicSpec& topic : topic_plan(options)) {
    std::printf("%s  partitions=%d", topic.name.c_str(), topic.partitions);
    for (const auto& [key, value] : topic.config)
      std::printf("  %s=%s", key.c_str(), value.c_str());
    std::printf("\n");
  }
  return kExitOk;
}

int apply(const KafkaOptions& options) {
  const SystemClock clock;
  const auto created = apply_topics(options, clock, {});
  if (!created) return fail(created.error());
  for (const std::string& name : *created) std::printf("created %s\n", name.c_str());
  std::printf("%zu topics created, the others were there\n", created->size());
  return kExitOk;
}

int check(const KafkaOptions& options) {
  const SystemClock clock;
  const auto drifts = check_topics(options, clock, {});
  if (!drifts) return fail(drifts.error());
  for (const TopicDrift& drift : *drifts) {
    std::printf("%s: %s is %s, wanted %s\n", drift.topic.c_str(), drift.setting.c_str(),
                drift.found.empty() ? "missing" : drift.found.c_str(), drift.wanted.c_str());
  }
  if (drifts->empty()) std::printf("every topic is as planned\n");
  return drifts->empty() ? kExitOk : kExitBadData;
}

}  // namespace

int topics_command(const CommonArgs& common, const TopicsArgs& args) {
  auto settings = load_settings_for_command(common.config);
  if (!settings) return exit_code_for(settings.error());
  if (!settings->kafka) {
    return fail({Code::kConfig, Retry::kNever, "the configuration has no [kafka] section"});
  }
  if (args.action == "plan") return plan(*settings->kafka);
  return args.action == "apply" ? apply(*settings->kafka) : check(*settings->kafka);
}

}  // namespace steppe
