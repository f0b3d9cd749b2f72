#pragma once
// What one fetch of a feed gave, in words and as JSON.

#include <optional>
#include <string>

#include "core/document.h"
#include "core/error.h"
#include "daemon/chain.h"
#include "daemon/polling/polling_options.h"

namespace steppe {

struct ProbeReport {
  std::optional<Error> error;  // no feed could be read
  std::string text;            // for a person, several lines
  std::string line;            // for a person, one line a feed
  std::string json;            // one JSON object and a newline
};

ProbeReport probe_report(FetchOutcome outcome, const Chain& chain, const PollingOptions& polling);

}  // namespace steppe
