#include "daemon/settings_tables.h"

namespace steppe {

namespace {

void add_trust(OptionTable<PollingOptions>& table) {
  using O = PollingOptions;
  table.option("unconditional_interval_secs", &O::unconditional_interval,
               {.help = "Feeds without ETag and Last-Modified cost a whole document at each poll: "
                        "without interval_secs, max-age, <ttl> or sy:updatePeriod they are asked "
                        "no sooner.",
                .min = 1,
                .max = 604800});
  table.option("validator_life_secs", &O::validator_life,
               {.help = "After this time without a change a whole document is asked for once: "
                        "some servers answer 304 for ever.",
                .min = 3600,
                .max = 2592000});
  table.option("max_older_pages", &O::max_older_pages,
               {.help = "When a poll may have come too late and the feed says where its older "
                        "items are (RFC 5005, WordPress), so many pages are read back.",
                .max = 50});
}

void add_pace(OptionTable<PollingOptions>& table) {
  using O = PollingOptions;
  table.option("host_spacing_ms", &O::host_spacing,
               {.help = "Pause between two requests to one host.", .min = 0, .max = 3600000});
  table.option("startup_polls_per_sec", &O::startup_polls_per_sec,
               {.help = "How fast feeds that are due at once (first start, long pause) are asked, "
                        "at least.",
                .min = 0.01,
                .max = 100000});
  table.option(
      "startup_spread_secs", &O::startup_spread,
      {.help = "More of them than that are spread over this time.", .min = 1, .max = 86400});
}

}  // namespace

OptionTable<PollingOptions> schedule_option_table() {
  using O = PollingOptions;
  OptionTable<O> table("When feeds are asked.");
  table.option(
      "default_interval_secs", &O::default_interval,
      {.help = "Time between two polls of a feed without interval_secs.", .min = 1, .max = 86400});
  table.option("adapt_max_secs", &O::adapt_max,
               {.help = "How far the time between two polls of a feed without interval_secs grows "
                        "while it is quiet.",
                .min = 1,
                .max = 86400});
  table.option("max_interval_secs", &O::max_interval,
               {.help = "A feed is asked at least this often, whatever max-age, <ttl> or failures "
                        "say.",
                .min = 60,
                .max = 604800});
  add_trust(table);
  add_pace(table);
  table.option("blackout_min_feeds", &O::blackout_min_feeds,
               {.help = "Feeds of one country that must be known before their silence at once is "
                        "told on the feeds topic.",
                .min = 2,
                .max = 1000000});
  table.option("blackout_percent", &O::blackout_percent,
               {.help = "How many of them must be silent.", .min = 10, .max = 100});
  return table;
}

OptionTable<PipelineOptions> pipeline_option_table() {
  using O = PipelineOptions;
  OptionTable<O> table("Threads, queues and bounds between polling and publishing.");
  table.option("workers", &O::workers, {.help = "Worker threads; 0 is one per core.", .max = 256});
  table.option("document_queue", &O::document_queue,
               {.help = "Documents waiting for a worker; when full, polling waits.",
                .min = 1,
                .max = 10000});
  table.option("digest_queue", &O::digest_queue,
               {.help = "Digested documents waiting for the keeper.", .min = 1, .max = 10000});
  table.option(
      "shutdown_limit_secs", &O::shutdown_limit,
      {.help = "After SIGTERM, what the sink has not taken by then stays in the state file.",
       .min = 1,
       .max = 600});
  table.option("story_interval_secs", &O::story_interval,
               {.help = "Story time between two snapshots of one story.", .max = 3600});
  table.option("publish_interval_ms", &O::publish_interval,
               {.help = "Least time from one batch of records to the next. A lone record leaves at "
                        "once; those of a burst gather, since each batch is a transaction.",
                .max = 10'000});
  table.option("publish_review", &O::publish_review,
               {.help = "Publish items in the review band at once, with decision \"review\"."});
  return table;
}

OptionTable<ParseLimits> parse_option_table() {
  using O = ParseLimits;
  OptionTable<O> table(
      "Bounds on one feed document. What is over a bound is cut and counted in "
      "`steppewatch_parse_limits_total`; a document over max_document_bytes is refused.");
  table.option("max_document_bytes", &O::max_document_bytes,
               {.help = "Document after decompression.", .min = 65536, .max = 1 << 30});
  table.option("max_memory_bytes", &O::max_memory_bytes,
               {.help = "Working copy and tree of one document.", .min = 1 << 20, .max = 1 << 30});
  table.option("max_items", &O::max_items,
               {.help = "Items of one document.", .min = 1, .max = 1'000'000});
  table.option("max_depth", &O::max_depth,
               {.help = "Nesting of elements that is followed.", .min = 8, .max = 10'000});
  table.option("max_elements", &O::max_elements,
               {.help = "Elements that are looked at.", .min = 1000, .max = 100'000'000});
  table.option("max_attributes", &O::max_attributes,
               {.help = "Attributes of one element.", .min = 10, .max = 100'000});
  table.option("max_text_bytes", &O::max_text_bytes,
               {.help = "One text of an item.", .min = 1024, .max = 64 << 20});
  return table;
}

OptionTable<FullTextOptions> full_text_option_table() {
  using O = FullTextOptions;
  OptionTable<O> table(
      "Article pages of the feeds that have full_text. What became of each is counted in "
      "`steppewatch_article_pages_total`.");
  table.option("max_waiting", &O::max_waiting,
               {.help = "Items whose page is still to be asked for; when there are more, further "
                        "ones keep the feed's text.",
                .min = 1,
                .max = 1'000'000});
  table.option("max_age_hours", &O::max_age,
               {.help = "A page that was not got by then is given up.", .min = 1, .max = 720});
  table.option("max_attempts", &O::max_attempts,
               {.help = "Requests for one page at most.", .min = 1, .max = 20});
  table.option(
      "retry_secs", &O::retry,
      {.help = "Wait after a request in vain; doubles each time.", .min = 1, .max = 86400});
  table.option("lost_answer_secs", &O::lost_answer,
               {.help = "A page whose answer got lost with the process is asked for again so long "
                        "after the next start; no host asks for a longer pause than the default.",
                .min = 1,
                .max = 900});
  table.option(
      "ask_again_secs", &O::ask_again,
      {.help = "An item that its feed changes has its page asked for again, but not sooner; "
               "doubles each time.",
       .min = 1,
       .max = 86400});
  return table;
}

OptionTable<StoryOptions> story_option_table() {
  using O = StoryOptions;
  OptionTable<O> table("Which items tell one story.");
  table.option(
      "link_days", &O::link_window,
      {.help = "An item joins a story that was seen within so many days.", .min = 1, .max = 90});
  table.option("memory_days", &O::memory,
               {.help = "Copies are recognised for so many days.", .min = 1, .max = 400});
  table.option("max_items", &O::max_items,
               {.help = "Items remembered at most, about 350 bytes each; the oldest go first.",
                .min = 1000,
                .max = 100'000'000});
  table.option("max_linked", &O::max_linked,
               {.help = "Of them compared for stories and not only for copies.",
                .min = 100,
                .max = 10'000'000});
  return table;
}

OptionTable<AdoptionOptions> adoption_option_table() {
  using O = AdoptionOptions;
  OptionTable<O> table(
      "Items that are not about the topic by their own words, but belong to a story that is.");
  table.option("enabled", &O::enabled, {.help = "Whether stories adopt items."});
  table.option(
      "wait_hours", &O::wait,
      {.help = "An item in the review band waits for a story so long.", .min = 1, .max = 720});
  table.option("max_waiting", &O::max_waiting,
               {.help = "Waiting items at most; the oldest go first.", .min = 0, .max = 1'000'000});
  table.option(
      "burst_items", &O::burst_items,
      {.help = "The topic is in the news when so many items were kept within two days, four times "
               "as many as usual, and three tenths of all that names the country.",
       .min = 1,
       .max = 100'000});
  return table;
}

OptionTable<StatusOptions> status_option_table() {
  OptionTable<StatusOptions> table("The status page: /healthz, /readyz, /metrics.");
  table.option(
      "listen", &StatusOptions::listen,
      {.help = "address:port; port 0 picks one; empty switches the page off. The page is not "
               "protected: keep it on loopback."});
  return table;
}

OptionTable<LogOptions> log_option_table() {
  OptionTable<LogOptions> table("Logs go to stderr; records never do.");
  table.option("format", &LogOptions::format,
               {.help = "text or json.", .check = [](const std::string& value) {
                  return value == "text" || value == "json" ? "" : "must be \"text\" or \"json\"";
                }});
  table.option("level", &LogOptions::level,
               {.help = "debug, info, warning, error.", .check = [](const std::string& value) {
                  return value == "debug" || value == "info" || value == "warning" ||
                                 value == "error"
                             ? ""
                             : "must be \"debug\", \"info\", \"warning\" or \"error\"";
                }});
  return table;
}

}  // namespace steppe
