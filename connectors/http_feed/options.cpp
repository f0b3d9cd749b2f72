#include "connectors/http_feed/options.h"

#include <algorithm>

#include "config/feed_options.h"
#include "config/option_table.h"

namespace steppe {
namespace {

using O = HttpOptions;

std::string check_contact(const std::string& contact) {
  const bool plain = std::ranges::all_of(contact, [](char c) { return c >= ' ' && c < 127; });
  return plain ? "" : "must be printable ASCII";
}

std::string check_ca_file(const std::filesystem::path& file) {
  std::error_code ignored;
  const bool fits = file.empty() || std::filesystem::is_regular_file(file, ignored);
  return fits ? "" : "must name a file";
}

void add_limits(OptionTable<O>& table) {
  table.option("max_body_bytes", &O::max_body_bytes,
               {.help = "Largest answer that is read, as received (compressed or not).",
                .min = 1024,
                .max = 256U << 20U});
  table.option("max_buffered_bytes", &O::max_buffered_bytes,
               {.help = "Largest sum of all answers that are being received. An answer that would "
                        "exceed it fails and is polled again later.",
                .min = 1024,
                .max = 4ULL << 30U});
  table.option("max_header_bytes", &O::max_header_bytes,
               {.help = "Largest header of an answer.", .min = 1024, .max = 256U << 10U});
  table.option("max_redirects", &O::max_redirects,
               {.help = "Hops that one poll may be redirected.", .min = 0, .max = 20});
  table.option("connect_timeout_secs", &O::connect_timeout_secs,
               {.help = "Time for name look-up, connection and TLS.", .min = 1, .max = 300});
  table.option("low_speed_bytes", &O::low_speed_bytes,
               {.help = "Bytes a second below which an answer counts as stuck.",
                .min = 1,
                .max = 1U << 20U});
  table.option("low_speed_secs", &O::low_speed_secs,
               {.help = "Time a stuck answer is waited for.", .min = 1, .max = 300});
  table.option("total_timeout_secs", &O::total_timeout_secs,
               {.help = "Time for one poll, redirects included.", .min = 1, .max = 3600});
}

}  // namespace

OptionTable<HttpOptions> http_option_table() {
  OptionTable<O> table("How feeds are asked for over HTTP.");
  table.option("contact", &O::contact,
               {.help = "URL or mail address, sent in the User-Agent, where the owner of a site "
                        "can turn to. Without it the daemon runs in evaluation mode: it polls a "
                        "feed at most once an hour and says so.",
                .max = 200,
                .example = "\"https://example.org/about-our-bot\"",
                .check = check_contact});
  table.option("min_interval_secs", &O::min_interval_secs,
               {.help = "Shortest time between two polls of one feed.", .min = 1, .max = 86400});
  table.option("max_parallel", &O::max_parallel,
               {.help = "Polls under way at the same time.", .min = 1, .max = 1024});
  table.option("max_connections", &O::max_connections,
               {.help = "Connections kept open to be used again, of plain HTTP and of TLS each; an "
                        "idle one of TLS costs up to 45 KB.",
                .min = 1,
                .max = 16384});
  table.option("address_spacing_ms", &O::address_spacing_ms,
               {.help = "Pause between two requests to one public network address, whatever the "
                        "names of its sites; there is one request at a time to each.",
                .max = 600000});
  table.option("max_tls_sessions", &O::max_tls_sessions,
               {.help = "TLS sessions kept to resume connections with less work on both sides.",
                .max = 100000});
  table.option("proxy", &O::proxy,
               {.help = "Proxy for all feeds: an http://, https://, socks5:// or socks5h:// URL. "
                        "Addresses behind it are the proxy's to judge.",
                .max = 2000,
                .example = "\"http://127.0.0.1:3128\"",
                .check = check_proxy});
  add_limits(table);
  table.option("ca_file", &O::ca_file,
               {.help = "PEM file of the certificate authorities to trust instead of the system's.",
                .example = "\"/etc/ssl/certs/ca-certificates.crt\"",
                .check = check_ca_file});
  table.check("max_buffered_bytes", [](const O& options) {
    const bool fits = options.max_buffered_bytes >= options.max_body_bytes;
    return std::string(fits ? "" : "must be at least `max_body_bytes`");
  });
  return table;
}

bool evaluation_mode(const HttpOptions& options) {
  return options.contact.empty();
}

std::string user_agent(const HttpOptions& options) {
  const std::string product = "steppewatch/" STEPPE_VERSION;
  if (evaluation_mode(options)) return product + " (evaluation, no contact given)";
  return product + " (+" + options.contact + ")";
}

}  // namespace steppe
