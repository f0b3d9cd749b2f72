#pragma once
// Ids are distinct types, so that a feed id never lands where an item id belongs.

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace steppe {

template <typename Tag>
class NamedId {
 public:
  NamedId() = default;
  explicit NamedId(std::string value) : value_(std::move(value)) {}
  const std::string& str() const { return value_; }
  bool empty() const { return value_.empty(); }
  auto operator<=>(const NamedId&) const = default;

 private:
  std::string value_;
};

using FeedId = NamedId<struct FeedTag>;
using ItemId = NamedId<struct ItemTag>;
using StoryId = NamedId<struct StoryTag>;
using ClaimId = NamedId<struct ClaimTag>;

}  // namespace steppe

template <typename Tag>
struct std::hash<steppe::NamedId<Tag>> {
  std::size_t operator()(const steppe::NamedId<Tag>& id) const {
    return std::hash<std::string>{}(id.str());
  }
};
