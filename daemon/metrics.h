#pragma once
// Counters and gauges of the daemon, as Prometheus text. Labels are closed lists, never feed text.

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

namespace steppe {

/// Work whose CPU time is reported on its own.
enum class Stage : std::uint8_t {
  kFetch,
  kDecode,
  kParse,
  kClean,
  kLanguage,
  kMatch,
  kEnrich,
  kPage,
  kKeep,
  kPublish
};

/// Any thread.
class Metrics {
 public:
  Metrics();

  void add(std::string_view family, std::string_view label, double amount = 1);
  void set(std::string_view family, std::string_view label, double value);
  void add_stage_cpu(Stage stage, double seconds);
  void observe_body_to_ack(double seconds);

  /// Prometheus text exposition format 0.0.4.
  std::string render() const;

 private:
  struct Families;
  std::shared_ptr<prometheus::Registry> registry_;
  std::shared_ptr<Families> families_;
};

/// CPU seconds of the calling thread.
double thread_cpu_seconds();

}  // namespace steppe
