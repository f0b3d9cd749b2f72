#pragma once
// The one explicit list of what can be plugged in: where records go.

#include <functional>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/record.h"
#include "daemon/metrics.h"
#include "daemon/settings.h"

namespace steppe {

struct SinkComponent {
  std::unique_ptr<RecordSink> sink;
  std::function<void(Metrics&)> report;  // the sink's own figures; any thread while the sink lives
};

/// The sink the settings name: Kafka when [kafka] is there, else JSON Lines. `clock` outlives it.
SinkComponent make_sink(const Settings& settings, const Clock& clock);

/// "Kafka at localhost:9092, topics steppewatch.kazakhstan-unrest.*, exactly once".
std::string describe_sink(const Settings& settings);

}  // namespace steppe
