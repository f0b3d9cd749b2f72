#pragma once
// The options of one [[feed]].

#include <string>

#include "config/option_table.h"
#include "config/secret.h"
#include "core/feed.h"

namespace steppe {

/// A feed and where it was written.
struct ConfiguredFeed : Feed {
  std::string user;
  Secret password;
  Secret bearer;
  Secret header;
  TomlPlace place;
};

/// The feed as the rest of the program uses it, with the credentials in place.
Feed finished_feed(const ConfiguredFeed& configured);

/// Ids and URLs are unique over every file that one OptionReader reads.
OptionTable<ConfiguredFeed> feed_option_table();

/// "all", "none", "last:20", "since:72h" (also d); nothing and why otherwise.
std::optional<FirstPoll> parse_first_poll(std::string_view text, std::string& why);
std::string print_first_poll(const FirstPoll& policy);

/// Empty when `url` can be polled, else why not. http and https need a host, file a path; a user
/// name or password in the URL is refused, since records and logs show URLs.
std::string check_feed_url(const std::string& url);

/// Empty when `url` names a proxy (or is "none" or empty), else why not.
std::string check_proxy(const std::string& url);

}  // namespace steppe
