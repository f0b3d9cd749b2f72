#include "processors/story/story.h"

#include "core/packing.h"

namespace steppe {
namespace {

void pack(Packer& out, const std::vector<std::uint64_t>& values) {
  out.number(values.size());
  for (const std::uint64_t value : values) out.number(value);
}

void pack(Packer& out, const std::set<std::string>& values) {
  out.number(values.size());
  for (const std::string& value : values) out.text(value);
}

void pack(Packer& out, Instant at) {
  out.number(static_cast<std::uint64_t>(at.time_since_epoch().count()));
}

Instant instant(Unpacker& in) {
  return Instant{Millis{static_cast<std::int64_t>(in.number())}};
}

std::vector<std::uint64_t> numbers(Unpacker& in) {
  std::vector<std::uint64_t> values(in.count());
  for (std::uint64_t& value : values) value = in.number();
  return values;
}

std::set<std::string> texts(Unpacker& in) {
  std::set<std::string> values;
  for (std::uint64_t left = in.count(); left > 0; --left) values.insert(in.text());
  return values;
}

}  // namespace

StateRow to_row(const StoryRecord& story) {
  Packer out;
  out.number(story.revision).number(story.items_count);
  pack(out, story.first_seen_at);
  pack(out, story.last_seen_at);
  out.number(story.title.size());
  for (const auto& [lang, title] : story.title) out.text(lang).text(title);
  pack(out, story.languages);
  pack(out, story.outlets);
  pack(out, story.sources);
  pack(out, story.places);
  out.number(story.newest.size());
  for (const StoryMember& member : story.newest) {
    out.text(member.item_id.str()).number(static_cast<std::uint64_t>(member.relation));
    out.text(member.source).text(member.url);
  }
  return {StateRow::Space::kStory, story.id.str(), out.take()};
}

StateRow to_row(const StoryPeer& peer) {
  Packer out;
  out.number(peer.number);
  out.text(peer.story_id.str()).text(peer.lang).text(peer.outlet).number(peer.content_hash);
  pack(out, peer.at);
  for (const auto* values : {&peer.features.words, &peer.features.findings, &peer.features.strong,
                             &peer.features.shingles, &peer.features.numbers}) {
    pack(out, *values);
  }
  return {StateRow::Space::kStory, std::string(kPeerPrefix) + peer.item_id.str(), out.take()};
}

StateRow erased_peer_row(const ItemId& item) {
  return {StateRow::Space::kStory, std::string(kPeerPrefix) + item.str(), ""};
}

std::optional<StoryRecord> read_story(const StateRow& row) {
  Unpacker in(row.value);
  StoryRecord story;
  story.id = StoryId(row.key);
  story.revision = static_cast<std::uint32_t>(in.number());
  story.items_count = static_cast<std::uint32_t>(in.number());
  story.first_seen_at = instant(in);
  story.last_seen_at = instant(in);
  for (std::uint64_t left = in.count(); left > 0; --left) {
    std::string lang = in.text();
    story.title[std::move(lang)] = in.text();
  }
  story.languages = texts(in);
  story.outlets = texts(in);
  story.sources = texts(in);
  story.places = texts(in);
  for (std::uint64_t left = in.count(); left > 0; --left) {
    StoryMember member;
    member.item_id = ItemId(in.text());
    member.relation = static_cast<Relation>(in.number() % 5);
    member.source = in.text();
    member.url = in.text();
    story.newest.push_back(std::move(member));
  }
  if (!in.ok()) return {};
  return story;
}

std::optional<StoryPeer> read_peer(const StateRow& row) {
  Unpacker in(row.value);
  StoryPeer peer;
  peer.item_id = ItemId(row.key.substr(kPeerPrefix.size()));
  peer.number = in.number();
  peer.story_id = StoryId(in.text());
  peer.lang = in.text();
  peer.outlet = in.text();
  peer.content_hash = in.number();
  peer.at = instant(in);
  for (auto* values : {&peer.features.words, &peer.features.findings, &peer.features.strong,
                       &peer.features.shingles, &peer.features.numbers}) {
    *values = numbers(in);
  }
  if (!in.ok() || peer.number == 0) return {};
  return peer;
}

}  // namespace steppe
