#pragma once
// Resident memory and open descriptors of this process, for the metrics page.

#include "daemon/metrics.h"

namespace steppe {

void report_process_figures(Metrics& metrics);

}  // namespace steppe
