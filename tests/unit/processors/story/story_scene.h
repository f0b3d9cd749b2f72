#pragma once
// Items told to a story index one after the other.

#include <string>
#include <utility>
#include <vector>

#include "core/hash.h"
#include "processors/story/story_index.h"

namespace steppe::test {

struct Told {
  const char* outlet;
  const char* lang;
  const char* title;
  const char* body;
  std::vector<std::string> places = {};
  std::vector<std::pair<FigureKind, double>> figures = {};
  const char* actor = "";
  const char* credit = "";
};

inline Item item_of(const Told& told) {
  Item item;
  item.title = told.title;
  item.credit = told.credit;
  item.body = told.body;
  item.lang.code = told.lang;
  item.content_hash = hash64(item.title + item.body);
  for (const std::string& key : told.places) {
    Place place;
    place.key = key;
    place.precision = "city";
    place.role = "event";
    item.found.places.push_back(place);
  }
  for (const auto& [kind, value] : told.figures) {
    Figure figure;
    figure.kind = kind;
    figure.value = value;
    item.found.figures.push_back(figure);
  }
  if (*told.actor != '\0') {
    Actor actor;
    actor.key = told.actor;
    item.found.actors.push_back(actor);
  }
  return item;
}

class Scene {
 public:
  StoryLink tell(const Told& told, std::chrono::hours after = std::chrono::hours{1}) {
    return tell_as(ItemId("i" + std::to_string(++count_)), 1, {}, told, after);
  }

  StoryLink tell_as(const ItemId& id, std::uint32_t revision, const StoryId& known,
                    const Told& told, std::chrono::hours after = std::chrono::hours{1}) {
    at_ += after;
    const Item item = item_of(told);
    Feed feed;
    feed.name = told.outlet;
    return index.apply({.item_id = id,
                        .revision = revision,
                        .item = &item,
                        .feed = &feed,
                        .known_story = known,
                        .at = at_},
                       rows);
  }

  Instant now() const { return at_; }

  StoryIndex index;
  std::vector<StateRow> rows;

 private:
  Instant at_ = Instant{} + std::chrono::hours{24 * 365 * 52};
  int count_ = 0;
};

inline const Told kReport{
    "Agency",
    "en",
    "Police detain 120 protesters in Almaty",
    "Police detained 120 people at a rally on the central square of Almaty on "
    "Saturday, the city police "
    "department said. The protesters demanded lower fuel prices and free elections.",
    {"almaty"},
    {{FigureKind::kDetained, 120}},
    "almaty_police"};

}  // namespace steppe::test
