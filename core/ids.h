#pragma once
// Ids are distinct types, so that a feed id never lands where an item id belongs.

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/shared_text.h"

namespace steppe {

template <typename Tag, typename Text = std::string>
class NamedId {
 public:
  NamedId() = default;
  explicit NamedId(Text value) : value_(std::move(value)) {}
  const Text& str() const { return value_; }
  bool empty() const { return value_.empty(); }
  auto operator<=>(const NamedId&) const = default;

 private:
  Text value_;
};

using FeedId = NamedId<struct FeedTag, SharedText>;  // many know one;
using ItemId = NamedId<struct ItemTag>;
using StoryId = NamedId<struct StoryTag>;
using ClaimId = NamedId<struct ClaimTag>;

}  // namespace steppe

template <typename Tag, typename Text>
struct std::hash<steppe::NamedId<Tag, Text>> {
  std::size_t operator()(const steppe::NamedId<Tag, Text>& id) const {
    return std::hash<Text>{}(id.str());
  }
};
