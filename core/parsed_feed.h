#pragma once
// A feed document in one shape, whatever its format: what `steppewatch parse` prints.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace steppe {

struct Person {
  std::string name, email, uri;
};

struct Enclosure {
  std::string url, type, length;
};

struct GeoPoint {
  double lat = 0;
  double lon = 0;
};

/// A date of a feed; `zone` is the zone as written ("+06:00", "MSK"), empty when it had none.
struct FeedDate {
  Instant value{};
  std::string zone;
  bool zone_guessed = false;  // the feed's configured zone or UTC was assumed
};

/// Text fields: `title` is plain text; `summary` and `content` are HTML as the feed has it: not
/// sanitised, relative references unresolved (plain text of a feed comes escaped).
struct ParsedItem {
  std::string id;
  std::optional<bool> guid_is_permalink;
  std::string title;
  std::string link;
  std::string summary;
  std::string content;
  std::vector<Person> authors;
  std::optional<FeedDate> published;
  std::optional<FeedDate> updated;
  std::vector<std::string> categories;
  std::vector<Enclosure> enclosures;
  std::vector<std::string> media;
  std::string comments;
  std::string source_title;
  std::string source_url;
  std::string language;
  std::optional<GeoPoint> geo;
  std::string original_link;  // the outlet's own address when `link` only leads there, may be empty
  std::string summary_base;   // what relative references in `summary` are meant against; empty:
  std::string content_base;   // the feed's base_url
};

struct ParsedMeta {
  std::string format;    // rss, atom, rdf, cdf, json, sitemap, opml
  std::string version;   // "2.0"
  std::string encoding;  // of the bytes, IANA name
  bool salvaged = false;
  std::vector<std::string> warnings;  // named: "undeclared_entity", "truncated", ...
};

struct ParsedFeed {
  ParsedMeta meta;
  std::string title;
  std::string link;
  std::string description;
  std::string language;
  std::optional<FeedDate> updated;
  std::optional<FeedDate> published;
  std::string id;
  std::string ttl;
  std::string update_period;                       // sy:updatePeriod, as written
  std::string update_frequency;                    // sy:updateFrequency, as written
  std::vector<std::string> skip_hours, skip_days;  // as written
  std::string self;
  std::string hub;
  std::string previous_page;  // where older items are: rel prev-archive, else next (RFC 5005)
  std::string generator;      // the software, as it names itself
  std::string image;
  std::string base_url;  // of relative references in descriptions and items
  std::vector<Person> authors;
  std::vector<std::string> categories;
  std::vector<ParsedItem> items;
};

}  // namespace steppe
