#pragma once
// Feeds whose items concern the shipped profile, numbered so that a test can count them.

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace steppe::test {

/// One item about unrest in Kazakhstan; `number` is in its title, link and figure.
std::string unrest_item(int number);

/// An RSS 2.0 document of these items.
std::string rss_of(const std::vector<std::string>& items);

/// A feed that grows: each call of next() gives the newest `window` items of a list that gets
/// `step` longer. Any thread.
class GrowingFeed {
 public:
  GrowingFeed(int step, int window, int last) : step_(step), window_(window), last_(last) {}
  std::string next();
  int published() const;

 private:
  const int step_;
  const int window_;
  const int last_;
  mutable std::mutex mutex_;
  int count_ = 0;
};

}  // namespace steppe::test
