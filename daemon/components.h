#pragma once
// The one explicit list of what can be plugged in: where records go.

#include <memory>
#include <string>

#include "core/record.h"
#include "daemon/metrics.h"
#include "daemon/settings.h"

namespace steppe {

/// The sink the settings name: Kafka when [kafka] is there, else JSON Lines.
Result<std::unique_ptr<RecordSink>> make_sink(const Settings& settings, Metrics& metrics);

/// "Kafka at localhost:9092, topics steppewatch.kazakhstan-unrest.*, exactly once".
std::string describe_sink(const Settings& settings);

}  // namespace steppe
