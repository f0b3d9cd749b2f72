#include "config/feed_options.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace steppe {
namespace {

constexpr std::size_t kMaxUrlBytes = 2000;
constexpr std::int64_t kMaxIntervalSecs = std::int64_t{30} * 24 * 3600;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

template <typename Predicate>
bool all_of(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

/// Calls `part` for each piece between separators until one is refused.
template <typename Predicate>
bool every_part(std::string_view text, char separator, Predicate part) {
  while (true) {
    const std::size_t end = text.find(separator);
    if (!part(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

std::optional<FeedId> parse_feed_id(std::string_view text, std::string& why) {
  const auto inner = [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '-';
  };
  const bool fits =
      !text.empty() && text.size() <= 64 && all_of(text, inner) && text[0] != '_' && text[0] != '-';
  if (fits) return FeedId(std::string(text));
  why = "must be 1 to 64 of a-z, 0-9, _ and -, starting with a letter or digit";
  return {};
}

/// Source: RFC 5646 section 2.1, shape only.
std::string check_language(const std::string& tag) {
  bool first = true;
  const bool fits = every_part(tag, '-', [&](std::string_view part) {
    const bool whole = part.size() >= (first ? 2U : 1U) && part.size() <= 8;
    const bool letters =
        all_of(part, [&](char c) { return is_letter(c) || (!first && is_digit(c)); });
    first = false;
    return whole && letters;
  });
  return tag.empty() || fits ? "" : "must be a language tag such as \"kk\" or \"zh-Hans\"";
}

/// Source: ISO 3166-1 alpha-2, shape only.
std::string check_country(const std::string& code) {
  const bool fits = code.empty() || (code.size() == 2 && all_of(code, is_capital));
  return fits ? "" : "must be a country code of two capital letters such as \"KZ\"";
}

/// Source: IANA time zone database, theory file, rules for names; shape only.
std::string check_timezone(const std::string& name) {
  const bool fits = every_part(name, '/', [](std::string_view part) {
    return !part.empty() && is_letter(part[0]) && all_of(part, [](char c) {
      return is_letter(c) || is_digit(c) || c == '_' || c == '+' || c == '-';
    });
  });
  return name.empty() || fits ? "" : "must be a time zone name such as \"Asia/Almaty\"";
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

std::string check_authority(std::string_view authority) {
  if (authority.find('@') != std::string_view::npos) {
    return "must not hold a user name or password: records and logs show URLs";
  }
  std::string_view host = authority;
  std::string_view port;
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    host = authority.substr(0, colon);
    port = authority.substr(colon + 1);
    if (!is_port(port)) return "must have a port from 1 to 65535 after the host";
  }
  return host.empty() ? "must name a host, such as \"https://example.org/rss.xml\"" : "";
}

template <typename N>
std::optional<N> parse_count(std::string_view text) {
  N count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size() || count == 0) return {};
  return count;
}

std::optional<std::chrono::seconds> parse_since(std::string_view text) {
  constexpr std::uint32_t kMaxDays = 3650;
  const bool days = text.ends_with('d');
  if (!days && !text.ends_with('h')) return {};
  const auto count = parse_count<std::uint32_t>(text.substr(0, text.size() - 1));
  if (!count || *count > (days ? kMaxDays : kMaxDays * 24)) return {};
  return std::chrono::hours(std::int64_t{*count} * (days ? 24 : 1));
}

std::vector<OptionFault> feed_faults(const ConfiguredFeed& feed) {
  if (feed.full_text && feed.url.starts_with("file:")) {
    return {{"full_text", "needs a feed that is asked over http or https", {}}};
  }
  if (!feed.user.empty() && !feed.bearer.empty()) {
    return {{"bearer_file", "must not be there together with `user`", {}}};
  }
  if (feed.user.empty() != feed.password.empty()) {
    return {{feed.user.empty() ? "password_file" : "user", "needs `user` and `password_file`", {}}};
  }
  const std::string& line = feed.header.reveal();
  const std::size_t colon = line.find(':');
  const bool plain = all_of(line, [](char c) { return c >= ' ' && c < 127; });
  if (!line.empty() && (colon == std::string::npos || colon == 0 || !plain)) {
    return {{"header_file", "must hold one line \"Name: value\" of ASCII characters", {}}};
  }
  return {};
}

void add_identity(OptionTable<ConfiguredFeed>& table) {
  table.option("id", &Feed::id,
               {.help = "Stable name; appears in records. Changing it makes a new feed.",
                .example = "\"example\"",
                .required = true,
                .unique = true,
                .type = "text",
                .parse = parse_feed_id,
                .print = [](const FeedId& id) { return id.str(); }});
  table.option("url", &Feed::url,
               {.help = "Where the feed is: http, https, or file: for a directory of documents.",
                .max = kMaxUrlBytes,
                .example = "\"https://example.org/rss.xml\"",
                .required = true,
                .unique = true,
                .check = check_feed_url});
  table.option(
      "name", &Feed::name,
      {.help = "The source as readers know it.", .max = 200, .example = "\"Example Agency\""});
}

void add_source(OptionTable<ConfiguredFeed>& table) {
  table.option("tier", &Feed::tier,
               {.help = "What kind of source it is; weighs its claims.",
                .example = "\"agency\"",
                .names = {{"official", SourceTier::kOfficial},
                          {"agency", SourceTier::kAgency},
                          {"state_media", SourceTier::kStateMedia},
                          {"independent", SourceTier::kIndependent},
                          {"local", SourceTier::kLocal},
                          {"social", SourceTier::kSocial}}});
  table.option("lang", &Feed::lang,
               {.help = "Language of most items (BCP 47); each item is still examined.",
                .max = 35,
                .example = "\"ru\"",
                .check = check_language});
  table.option(
      "country", &Feed::country,
      {.help = "Country of the source (ISO 3166-1).", .example = "\"KZ\"", .check = check_country});
  table.option("timezone", &Feed::timezone,
               {.help = "For dates without a zone (IANA name); without it UTC is assumed.",
                .max = 64,
                .example = "\"Asia/Almaty\"",
                .check = check_timezone});
}

void add_policy(OptionTable<ConfiguredFeed>& table) {
  table.option("interval_secs", &Feed::interval,
               {.help = "Fixed time between two polls. Without it polling starts at 900 s and "
                        "adapts to how often the feed changes.",
                .min = 1,
                .max = kMaxIntervalSecs,
                .example = "900"});
  table.option("min_interval_secs", &Feed::min_interval,
               {.help = "The site agreed to be asked this often: the floor of this feed instead of "
                        "[http] min_interval_secs, and its cache hints do not lengthen the wait. "
                        "Retry-After and back-off still do.",
                .min = 1,
                .max = kMaxIntervalSecs,
                .example = "60"});
  table.option("first_poll", &Feed::first_poll,
               {.help = "Which items of the very first poll are published: all, none, the newest "
                        "(last:20), or those of the last hours or days (since:72h, since:3d).",
                .example = "\"last:20\"",
                .type = "all | none | last:N | since:Nh | since:Nd",
                .parse = parse_first_poll,
                .print = print_first_poll});
  table.option("publish_text", &Feed::publish_text,
               {.help = "How much of the item's text records carry.",
                .names = {{"none", PublishText::kNone},
                          {"summary", PublishText::kSummary},
                          {"full", PublishText::kFull}}});
  table.option("allow_private_addresses", &Feed::allow_private_addresses,
               {.help = "Allows loopback and private addresses: for tests and intranet feeds "
                        "only."});
}

void add_manners(OptionTable<ConfiguredFeed>& table) {
  table.option("obey_robots", &Feed::obey_robots,
               {.help = "Keeps to the site's robots.txt for this feed. Switch it off only with the "
                        "consent of the site."});
  table.option("http2", &Feed::http2,
               {.help = "Offers HTTP/2 over TLS; off for servers that break it."});
  table.option("full_text", &Feed::full_text,
               {.help = "Reads the article page of each kept item, once, and adds its text as a "
                        "further revision. robots.txt always applies to pages; pages that are "
                        "not free to read, reserve text and data mining or forbid copies are left "
                        "alone. How much records carry is publish_text's matter."});
  table.option("proxy", &Feed::proxy,
               {.help = "Proxy for this feed instead of [http] proxy: an http://, https://, "
                        "socks5:// or socks5h:// URL, or none.",
                .max = kMaxUrlBytes,
                .example = "\"socks5h://127.0.0.1:9050\"",
                .check = check_proxy});
}

void add_credentials(OptionTable<ConfiguredFeed>& table) {
  table.option("user", &ConfiguredFeed::user,
               {.help = "User name for HTTP Basic authentication, with password_file.",
                .max = 200,
                .example = "\"reader\""});
  table.option("password_file", &ConfiguredFeed::password,
               {.help = "File with the password of `user`."});
  table.option("bearer_file", &ConfiguredFeed::bearer,
               {.help = "File with a token, sent as Authorization: Bearer."});
  table.option("header_file", &ConfiguredFeed::header,
               {.help = "File with one header line, such as `X-Api-Key: ...`, sent with each "
                        "request. Credentials go to the origin of `url` only, never along a "
                        "redirect to another."});
  table.check_all(feed_faults);
}

}  // namespace

std::string check_proxy(const std::string& url) {
  if (url.empty() || url == "none") return "";
  for (const std::string_view scheme : {"http://", "https://", "socks5://", "socks5h://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view rest = std::string_view(url).substr(scheme.size());
    return check_authority(rest.substr(0, rest.find_first_of("/?#")));
  }
  return "must be an http://, https://, socks5:// or socks5h:// URL, or none";
}

Feed finished_feed(const ConfiguredFeed& configured) {
  Feed feed = configured;
  const bool open =
      configured.user.empty() && configured.bearer.empty() && configured.header.empty();
  if (open) return feed;
  feed.credentials = std::make_shared<const FeedCredentials>(
      FeedCredentials{.user = configured.user,
                      .password = configured.password.reveal(),
                      .bearer = configured.bearer.reveal(),
                      .header = configured.header.reveal()});
  return feed;
}

std::optional<FirstPoll> parse_first_poll(std::string_view text, std::string& why) {
  FirstPoll policy;
  if (text == "all") {
    policy.kind = FirstPoll::Kind::kAll;
    return policy;
  }
  if (text == "none") {
    policy.kind = FirstPoll::Kind::kNone;
    return policy;
  }
  if (text.starts_with("last:")) {
    const auto last = parse_count<std::uint32_t>(text.substr(5));
    policy.kind = FirstPoll::Kind::kLast;
    policy.last = last.value_or(0);
    if (last) return policy;
  } else if (text.starts_with("since:")) {
    const auto since = parse_since(text.substr(6));
    policy.since = since.value_or(policy.since);
    if (since) return policy;
  }
  why = "must be \"all\", \"none\", \"last:N\", \"since:Nh\" or \"since:Nd\" (up to 3650 days)";
  return {};
}

std::string print_first_poll(const FirstPoll& policy) {
  switch (policy.kind) {
    case FirstPoll::Kind::kAll: return "all";
    case FirstPoll::Kind::kNone: return "none";
    case FirstPoll::Kind::kLast: return "last:" + std::to_string(policy.last);
    case FirstPoll::Kind::kSince: break;
  }
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(policy.since);
  return "since:" + std::to_string(hours.count()) + "h";
}

std::string check_feed_url(const std::string& url) {
  const bool visible = all_of(url, [](char c) { return c > ' ' && c != '\x7f'; });
  // Bytes above ASCII are negative where char is signed: they are not visible either.
  if (!visible) return "must hold no spaces and only ASCII (write others as %XX)";
  const std::string_view text = url;
  if (text.starts_with("file:")) {
    const bool has_path = text.substr(5).find_first_not_of('/') != std::string_view::npos;
    return has_path ? "" : "must name a directory, such as \"file:///srv/feeds\"";
  }
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    const std::string_view rest = text.substr(scheme.size());
    return check_authority(rest.substr(0, rest.find_first_of("/?#")));
  }
  return "must start with http://, https:// or file:";
}

OptionTable<ConfiguredFeed> feed_option_table() {
  OptionTable<ConfiguredFeed> table("One feed; repeat the table for each.");
  add_identity(table);
  add_source(table);
  add_policy(table);
  add_manners(table);
  add_credentials(table);
  table.place(&ConfiguredFeed::place);
  return table;
}

}  // namespace steppe
