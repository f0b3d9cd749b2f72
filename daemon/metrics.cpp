#include "daemon/metrics.h"

#include <prometheus/text_serializer.h>

#include <ctime>
#include <map>

#include "core/check.h"

namespace steppe {
namespace {

struct FamilyRow {
  std::string_view name;
  std::string_view label;  // label name
  std::string_view help;
};

constexpr FamilyRow kCounters[] = {
    {"polls_total", "result", "Finished polls by result"},
    {"poll_failures_total", "code", "Failed polls by error class"},
    {"poll_classes_total", "class", "Finished polls by what they met"},
    {"captured_total", "result", "Outcomes that went through [capture]"},
    {"received_bytes_total", "kind", "Bytes received from feeds"},
    {"documents_refused_total", "reason", "Documents that are no feed, by what they are"},
    {"parse_limits_total", "limit", "Documents in which a bound of [parse] cut something"},
    {"documents_salvaged_total", "kind", "Damaged documents that still gave items"},
    {"feed_changes_total", "what", "What was learned about feeds: health, moves, lies"},
    {"gaps_total", "reason", "Polls that may have come too late, by what became of it"},
    {"blackouts_total", "what", "Countries whose feeds fell silent at once"},
    {"clock_jumps_total", "direction", "Times the wall clock was set while running"},
    {"items_total", "result", "Items by what became of them"},
    {"items_dropped_total", "reason", "Dropped items by reason"},
    {"items_adopted_total", "how", "Items kept because they belong to a story"},
    {"article_pages_total", "result", "Article pages that were wanted, by what became of them"},
    {"records_published_total", "topic", "Records acknowledged by the sink"},
    {"records_dead_lettered_total", "stage", "Records that could not be published as they were"},
    {"publish_failures_total", "code", "Failed publishing attempts by error class"},
    {"commits_total", "result", "State transactions"},
    {"commit_failures_total", "code", "Failed state transactions by error class"},
    {"claim_events_total", "status", "Claim events by status"},
    {"config_reloads_total", "result", "SIGHUP reloads"},
};
constexpr FamilyRow kGauges[] = {
    {"feeds", "state", "Feeds by state"},
    {"feed_health", "health", "Feeds by health"},
    {"hosts", "state", "Hosts that told us to stay away"},
    {"queue_length", "queue", "Elements waiting"},
    {"outbox", "unit", "What waits for the sink: rows, bytes"},
    {"sequence", "mark", "Outbox sequence numbers: committed, published"},
    {"disk_full", "path", "1 while the state cannot grow"},
    {"config_reload_failed", "kind", "1 when the last reload was refused"},
    {"ready", "kind", "1 when the daemon does its main job"},
    {"kafka", "figure", "Kafka client statistics"},
    {"process", "figure", "Resident bytes, open descriptors"},
    {"http", "figure", "What the HTTP client did since the start"},
};
constexpr std::array<std::string_view, 10> kStages = {
    "fetch", "decode", "parse", "clean", "language", "match", "enrich", "page", "keep", "publish"};

std::string full_name(std::string_view name) {
  return "steppewatch_" + std::string(name);
}

}  // namespace

struct Metrics::Families {
  std::map<std::string_view, std::pair<prometheus::Family<prometheus::Counter>*, std::string>>
      counters;
  std::map<std::string_view, std::pair<prometheus::Family<prometheus::Gauge>*, std::string>> gauges;
  std::array<prometheus::Counter*, kStages.size()> stage_cpu{};
  prometheus::Histogram* body_to_ack = nullptr;
};

Metrics::Metrics()
    : registry_(std::make_shared<prometheus::Registry>()), families_(std::make_shared<Families>()) {
  for (const FamilyRow& row : kCounters) {
    families_->counters[row.name] = {&prometheus::BuildCounter()
                                          .Name(full_name(row.name))
                                          .Help(std::string(row.help))
                                          .Register(*registry_),
                                     std::string(row.label)};
  }
  for (const FamilyRow& row : kGauges) {
    families_->gauges[row.name] = {&prometheus::BuildGauge()
                                        .Name(full_name(row.name))
                                        .Help(std::string(row.help))
                                        .Register(*registry_),
                                   std::string(row.label)};
  }
  auto& cpu = prometheus::BuildCounter()
                  .Name(full_name("stage_cpu_seconds_total"))
                  .Help("CPU seconds by stage")
                  .Register(*registry_);
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    families_->stage_cpu[i] = &cpu.Add({{"stage", std::string(kStages[i])}});
  }
  families_->body_to_ack =
      &prometheus::BuildHistogram()
           .Name(full_name("body_to_ack_seconds"))
           .Help("From body received to records acknowledged by the sink")
           .Register(*registry_)
           .Add({}, prometheus::Histogram::BucketBoundaries{0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
                                                            0.2, 0.5, 1, 2, 5, 10, 60});
}

void Metrics::add(std::string_view family, std::string_view label, double amount) {
  const auto it = families_->counters.find(family);
  STEPPE_CHECK(it != families_->counters.end());
  it->second.first->Add({{it->second.second, std::string(label)}}).Increment(amount);
}

void Metrics::set(std::string_view family, std::string_view label, double value) {
  const auto it = families_->gauges.find(family);
  STEPPE_CHECK(it != families_->gauges.end());
  it->second.first->Add({{it->second.second, std::string(label)}}).Set(value);
}

void Metrics::add_stage_cpu(Stage stage, double seconds) {
  if (seconds > 0) families_->stage_cpu[static_cast<std::size_t>(stage)]->Increment(seconds);
}

void Metrics::observe_body_to_ack(double seconds) {
  families_->body_to_ack->Observe(seconds);
}

std::string Metrics::render() const {
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

double thread_cpu_seconds() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

}  // namespace steppe
