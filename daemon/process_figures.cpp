#include "daemon/process_figures.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

namespace steppe {

void report_process_figures(Metrics& metrics) {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  if (statm >> pages >> resident) {
    metrics.set("process", "resident_bytes", resident * static_cast<double>(sysconf(_SC_PAGESIZE)));
  }
  std::error_code fault;
  double descriptors = 0;
  for (std::filesystem::directory_iterator it("/proc/self/fd", fault), end; !fault && it != end;
       it.increment(fault)) {
    ++descriptors;
  }
  metrics.set("process", "open_descriptors", descriptors);
}

}  // namespace steppe
