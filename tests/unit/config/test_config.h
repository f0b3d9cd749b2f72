#pragma once
// A configuration with two components, as the daemon would bind it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/config_loader.h"
#include "tests/unit/config/test_options.h"

namespace steppe {

struct WebOptions {
  std::string contact;
  std::chrono::seconds min_interval{300};
  std::int64_t max_body_bytes = 16 << 20;
  std::vector<std::string> languages;
  bool verify = true;
};

inline OptionTable<WebOptions> web_table() {
  using O = WebOptions;
  OptionTable<O> table("Polling over HTTP.");
  table.option("contact", &O::contact, {.help = "Address.", .example = "\"https://example.org\""});
  table.option("min_interval_secs", &O::min_interval, {.help = "Floor.", .min = 1, .max = 86400});
  table.option("max_body_bytes", &O::max_body_bytes, {.help = "Cap.", .min = 1024});
  table.option("languages", &O::languages, {.help = "Languages."});
  table.option("verify", &O::verify, {.help = "Check certificates."});
  return table;
}

struct BrokerTls {
  std::string ca_file;
};

struct BrokerOptions {
  std::string servers = "localhost:9092";
  Secret password;
  BrokerTls tls;
  std::map<std::string, std::string> librdkafka;
};

inline OptionTable<BrokerOptions> broker_table() {
  using O = BrokerOptions;
  OptionTable<BrokerTls> tls("Encryption.");
  tls.option("ca_file", &BrokerTls::ca_file, {.help = "Certificates."});
  OptionTable<O> table("Publishing to Kafka.");
  table.option("bootstrap_servers", &O::servers, {.help = "Brokers."});
  table.option("password_file", &O::password, {.help = "Password."});
  table.option("librdkafka", &O::librdkafka, {.help = "Passed through."});
  table.section("tls", &O::tls, tls);
  return table;
}

/// Everything that one load gives.
struct TestConfig {
  RootOptions root;
  WebOptions http;
  std::optional<BrokerOptions> kafka;
  bool loaded = false;
  std::vector<std::string> problems;
  std::string effective;

  ConfigLoader loader() {
    ConfigLoader made(root);
    made.bind("http", web_table(), http);
    made.bind("kafka", broker_table(), kafka);
    return made;
  }
  void load(const std::filesystem::path& file, const Environment& environment = {}) {
    Problems found;
    ConfigLoader reader = loader();
    loaded = reader.load(file, environment, found);
    problems = lines_of(found);
    effective = reader.effective();
  }
  void load_text(std::string_view text, const Environment& environment = {}) {
    Problems found;
    ConfigLoader reader = loader();
    loaded = reader.load_text(text, "main.toml", environment, found);
    problems = lines_of(found);
    effective = reader.effective();
  }
};

}  // namespace steppe
