#include "processors/story/story.h"

#include <algorithm>
#include <limits>

#include "core/packing.h"

namespace steppe {
namespace {

constexpr std::uint64_t kFormat = 3;
constexpr std::size_t kRowBands = 12;  // room for as many keys in a row
static_assert(kBands <= kRowBands);

void pack(Packer& out, const NumberList& values, const NameTable& names) {
  out.number(values.size());
  for (const std::uint32_t value : values) out.text(names.name(value));
}

void pack(Packer& out, Instant at) {
  out.number(static_cast<std::uint64_t>(at.time_since_epoch().count()));
}

Instant instant(Unpacker& in) {
  return Instant{Millis{static_cast<std::int64_t>(in.number())}};
}

NumberList name_numbers(Unpacker& in, NameTable& names) {
  NumberList values;
  for (std::uint64_t left = in.count(); left > 0; --left) {
    const std::string name = in.text();
    if (in.ok()) values.push_back(names.number(name));
  }
  return values;
}

Relation relation(Unpacker& in) {
  return static_cast<Relation>(in.number() % 5);
}

// Two bytes, the lower first.
void append_short(std::string& out, std::size_t value) {
  out.push_back(static_cast<char>(value & 0xFFU));
  out.push_back(static_cast<char>(value >> 8U));
}

std::uint16_t short_at(std::string_view in, std::size_t at) {
  const auto low = static_cast<unsigned char>(in[at]);
  const auto high = static_cast<unsigned char>(in[at + 1]);
  return static_cast<std::uint16_t>(low | (high << 8U));
}

}  // namespace

void StoryTitles::add(std::uint16_t lang, std::string_view text) {
  for (const Title& title : all()) {
    if (title.lang == lang) return;
  }
  text = text.substr(0, std::numeric_limits<std::uint16_t>::max());
  std::string longer;  // no larger than it must be
  longer.reserve(packed_.size() + 2 * sizeof(std::uint16_t) + text.size());
  longer += packed_;
  append_short(longer, lang);
  append_short(longer, text.size());
  longer += text;
  packed_ = std::move(longer);
}

std::vector<StoryTitles::Title> StoryTitles::all() const {
  std::vector<Title> titles;
  const std::string_view packed = packed_;
  for (std::size_t at = 0; at < packed.size();) {
    const std::size_t length = short_at(packed, at + 2);
    titles.push_back({short_at(packed, at), packed.substr(at + 4, length)});
    at += 4 + length;
  }
  return titles;
}

StateRow to_row(const StoryRecord& story, const NameTable& names) {
  Packer out;
  out.number(kFormat).number(story.revision).number(story.items_count);
  pack(out, story.first_seen_at);
  pack(out, story.last_seen_at);
  pack(out, story.published_at);
  const std::vector<StoryTitles::Title> titles = story.titles.all();
  out.number(titles.size());
  for (const auto& title : titles) out.text(names.name(title.lang)).text(title.text);
  pack(out, story.outlets, names);
  pack(out, story.sources, names);
  pack(out, story.places, names);
  const StoryKinship none;
  const StoryKinship& kinship = story.kinship ? *story.kinship : none;
  out.text(kinship.merged_into.str()).text(kinship.split_from.str());
  return {StateRow::Space::kStory, std::string(story.id.view()), out.take()};
}

StateRow to_row(const PeerRow& row) {
  const StoryPeer& peer = row.peer;
  Packer out;
  out.number(kFormat).number(row.number).text(row.story.str()).text(row.lang).text(row.outlet);
  out.text(row.url).number(static_cast<std::uint64_t>(peer.relation));
  out.number((peer.sketch.headline ? 1U : 0U) | (peer.adopted ? 2U : 0U) |
             (peer.reworded ? 4U : 0U) | (peer.sketch.bare ? 8U : 0U));
  out.text({reinterpret_cast<const char*>(peer.sketch.bins.data()),  // NOLINT: raw bytes
            peer.sketch.bins.size()});
  out.number(peer.content_hash).number(peer.numbers);
  pack(out, peer.at);
  for (std::size_t band = 0; band < kRowBands; ++band)
    out.number(band < kBands ? row.keys[band] : 0);
  out.number(row.keys.back());
  out.number(row.terms.size());
  for (const StoryTerm term : row.terms) out.number(term);
  return {StateRow::Space::kStory, std::string(kPeerPrefix) + peer.id.unpacked().str(), out.take()};
}

StateRow erased_peer_row(const CompactId& item) {
  return {StateRow::Space::kStory, std::string(kPeerPrefix) + item.unpacked().str(), ""};
}

std::optional<StoryRecord> read_story(const StateRow& row, NameTable& names) {
  Unpacker in(row.value);
  if (in.number() != kFormat) return {};
  StoryRecord story;
  story.id = CompactStoryId(row.key);
  if (story.id.empty()) return {};
  story.revision = static_cast<std::uint32_t>(in.number());
  story.items_count = static_cast<std::uint32_t>(in.number());
  story.first_seen_at = instant(in);
  story.last_seen_at = instant(in);
  story.published_at = instant(in);
  for (std::uint64_t left = in.count(); left > 0; --left) {
    const std::string lang = in.text();
    const std::string title = in.text();
    if (!in.ok()) return {};
    story.titles.add(static_cast<std::uint16_t>(names.number(lang)), title);
  }
  story.outlets = name_numbers(in, names);
  story.sources = name_numbers(in, names);
  story.places = name_numbers(in, names);
  StoryKinship kinship;
  kinship.merged_into = StoryId(in.text());
  kinship.split_from = StoryId(in.text());
  if (!in.ok()) return {};
  if (!kinship.merged_into.empty() || !kinship.split_from.empty())
    story.kinship = std::make_unique<StoryKinship>(std::move(kinship));
  return story;
}

std::optional<PeerRow> read_peer(const StateRow& row) {
  Unpacker in(row.value);
  if (in.number() != kFormat) return {};
  PeerRow out;
  StoryPeer& peer = out.peer;
  peer.id = CompactId(ItemId(row.key.substr(kPeerPrefix.size())));
  out.number = static_cast<std::uint32_t>(in.number());
  out.story = StoryId(in.text());
  out.lang = in.text();
  out.outlet = in.text();
  out.url = in.text();
  peer.relation = relation(in);
  const std::uint64_t flags = in.number();
  peer.sketch.headline = (flags & 1U) != 0;
  peer.adopted = (flags & 2U) != 0;
  peer.reworded = (flags & 4U) != 0;
  peer.sketch.bare = (flags & 8U) != 0;
  const std::string bins = in.text();
  if (bins.size() != peer.sketch.bins.size()) return {};
  std::copy(bins.begin(), bins.end(), peer.sketch.bins.begin());
  peer.content_hash = static_cast<std::uint32_t>(in.number());
  peer.numbers = in.number();
  peer.at = instant(in);
  for (std::size_t band = 0; band < kRowBands; ++band) {
    const auto key = static_cast<std::uint32_t>(in.number());
    if (band < kBands) out.keys[band] = key;
  }
  out.keys.back() = static_cast<std::uint32_t>(in.number());
  out.terms.resize(in.count());
  for (StoryTerm& term : out.terms) term = static_cast<StoryTerm>(in.number());
  if (!in.ok() || out.number == 0 || out.number == ~std::uint32_t{0}) return {};
  if (out.terms.size() > kMaxTerms) return {};
  return out;
}

}  // namespace steppe
