#include "tests/support/story_feed.h"

#include <algorithm>

namespace steppe::test {

std::string unrest_item(int number) {
  const std::string n = std::to_string(number);
  return "<item><title>Protesters detained in Almaty, Kazakhstan: report " + n +
         "</title><link>https://outlet.example/news/" + n +
         "</link><guid isPermaLink=\"false\">guid-" + n +
         "</guid><pubDate>Tue, 11 Jan 2022 12:00:00 GMT</pubDate><description>Police in Almaty "
         "said " +
         n +
         " people were detained at an anti-government protest, the Interior Ministry of Kazakhstan "
         "reported."
         "</description></item>";
}

std::string rss_of(const std::vector<std::string>& items) {
  std::string feed =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss "
      "version=\"2.0\"><channel><title>Outlet</title>"
      "<link>https://outlet.example/</link><description>News</description><language>en</language>";
  for (const std::string& item : items) feed += item;
  return feed + "</channel></rss>";
}

std::string GrowingFeed::next() {
  const std::lock_guard lock(mutex_);
  count_ = std::min(last_, count_ + step_);
  std::vector<std::string> items;
  for (int n = count_; n > 0 && n > count_ - window_; --n) items.push_back(unrest_item(n));
  return rss_of(items);
}

int GrowingFeed::published() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

}  // namespace steppe::test
