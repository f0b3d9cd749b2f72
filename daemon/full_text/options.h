#pragma once
// [full_text]: how article pages are read for feeds that want it.

#include <chrono>
#include <cstdint>

namespace steppe {

struct FullTextOptions {
  std::uint32_t max_waiting = 5000;      // items whose page is still to be asked for
  std::chrono::hours max_age{24};        // a page not got by then is given up
  std::uint32_t max_attempts = 4;        // requests for one page
  std::chrono::seconds retry{900};       // after the first failure; doubles
  std::chrono::seconds lost_answer{60};  // after a start: for pages that were asked for before it
  std::chrono::seconds ask_again{3600};  // least time to the next request for one item; doubles
};

}  // namespace steppe
