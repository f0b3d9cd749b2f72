#include "processors/story/story_index.h"

#include <algorithm>
#include <cmath>

#include "core/hash.h"
#include "core/packing.h"
#include "core/utf8.h"
#include "processors/match/fold.h"
#include "processors/story/story_draft.h"

namespace steppe {
namespace {

constexpr std::size_t kNewestMembers = 100;
constexpr std::size_t kTitleBytes = 300;
constexpr std::size_t kTextBytes = 16U << 10U;
constexpr std::size_t kLeadCharacters = 300;
constexpr std::size_t kMaxNames = 1000;        // outlets, sources and places of one story
constexpr std::size_t kMaxLinkedMembers = 32;  // of one story: the newest stand for it
constexpr std::size_t kMaxUnlinkedRun = 1000;
constexpr std::uint32_t kSaveEvery = 1024;    // items between two saved weights
constexpr std::size_t kSlugBytes = 20;        // a shorter last part of an address is no slug
constexpr std::size_t kMainStoryMembers = 3;  // a smaller story has no spin-offs
constexpr std::size_t kLeastThings = 2;       // one number alone may be a coincidence
constexpr std::size_t kLeastNeutral = 3;      // and a number and a place, without common words
constexpr double kLeastShared = 0.5;          // about two telling names or a large number
constexpr double kTranslation = 0.5;
constexpr std::size_t kAlike = 3;  // items that speak for their story
constexpr std::chrono::hours kUrlMemory{48};

std::string source_of(const StoryInput& input) {
  return !input.item->credit.empty() ? input.item->credit : input.feed->name.str();
}

void add_name(NumberList& names, std::uint32_t name) {
  if (names.size() >= kMaxNames) return;
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

// The byte after the first `characters` of `text`.
std::size_t lead_end(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (; at < text.size() && characters > 0; ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80) --characters;
  }
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) ++at;
  return at;
}

// The last part of an address when it spells out a title; "-2" behind it is a twin's mark.
std::uint32_t slug_key(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  std::string_view slug = url.substr(url.rfind('/') + 1);
  const std::size_t dash = slug.rfind('-');
  if (dash != slug.npos && slug.size() - dash == 2 && slug.back() >= '2' && slug.back() <= '9')
    slug = slug.substr(0, dash);
  if (slug.size() < kSlugBytes || slug.find_first_of("-_") == slug.npos) return 0;
  return static_cast<std::uint32_t>(hash64(slug) >> 32U) | 1U;
}

// A date in figures behind the title is a dateline, no number of what is told.
std::uint64_t number_bits(std::string_view folded, const std::vector<Word>& words,
                          std::size_t title_end) {
  std::uint64_t bits = 0;
  for (const NumberInText& number : numbers_in(folded, words)) {
    if (number.date && number.begin >= title_end) continue;
    const std::uint64_t hash = hash64(std::to_string(number.value));
    bits |= std::uint64_t{1} << (hash & 63U);
    bits |= std::uint64_t{1} << ((hash >> 6U) & 63U);
  }
  return bits;
}

bool is_coincidence(const InCommon& common, bool one_language) {
  if (one_language) return common.things < kLeastThings;
  return common.things < kLeastNeutral || common.shared < kLeastShared;
}

double faded(double similarity, Instant a, Instant b) {
  const double days = std::abs(std::chrono::duration<double>(a - b).count()) / 86'400;
  return similarity * std::max(0.5, 1.15 - 0.06 * days);
}

}  // namespace

StoryIndex::Draft StoryIndex::draft_of(const StoryInput& input) {
  const Item& item = *input.item;
  const std::string& body = item.body.empty() ? item.summary : item.body;
  std::string text = item.title + "\n";
  text += truncate_utf8(body, kTextBytes);
  std::string folded;
  fold_into(text, folded);
  std::vector<Word> words;
  split_words(folded, words);
  const SketchWithKeys sketch = sketch_of(folded, words);
  const std::size_t end = lead_end(text, kLeadCharacters);
  std::erase_if(words, [end](const Word& word) { return word.begin >= end; });
  Draft draft;
  std::copy(sketch.keys.begin(), sketch.keys.end(), draft.keys.begin());
  draft.keys.back() = slug_key(item.url);
  draft.terms = terms_of(item.found, text, folded, words);
  draft.url = item.url;
  draft.peer.id = CompactId(input.item_id);
  draft.peer.lang = static_cast<std::uint16_t>(names_.number(item.lang.code));
  draft.peer.outlet = names_.number(input.feed->name);
  draft.peer.sketch = sketch.sketch;
  draft.peer.content_hash = static_cast<std::uint32_t>(item.content_hash);
  draft.peer.numbers = number_bits(folded, words, item.title.size());
  draft.peer.at = input.at;
  draft.peer.adopted = item.match.stage == "adopted";
  return draft;
}

StoryLink StoryIndex::apply(const StoryInput& input, std::vector<StateRow>& deltas) {
  finish_restore();
  clock_ = std::max<Instant>(clock_, CompactInstant(input.at));  // as after a restart
  if (const auto story = slot_of(input.known_story)) return known(*story, input, deltas);
  Draft draft = draft_of(input);
  const WeightedTerms fresh(draft.terms, weights_);
  Best best = find_copy(draft, fresh);
  if (best.number == 0) {
    const Ranking ranking = find_stories(draft, fresh);
    best = ranking.first;
    if (best.number != 0) {
      merge_if_one(best, ranking.second, deltas);
      best.story = peers_.find(best.number)->story;
    }
  }
  const bool joins = best.number != 0 && best.similarity >= options_.link_similarity;
  StoryLink link;
  std::uint32_t story = 0;
  if (joins) {
    story = best.story;
    link.relation = relation_of(draft, best);
    link.similarity = std::min(1.0, best.similarity);
    link.of_item = peers_.find(best.number)->id.unpacked();
  } else {
    story = new_story(input.item_id);
    const bool near = best.number != 0 && best.similarity >= options_.spin_off_similarity;
    if (near && stories_[best.story].members.size() >= kMainStoryMembers) {
      stories_[story].kinship = std::make_unique<StoryKinship>();
      stories_[story].kinship->split_from = stories_[best.story].id.unpacked();
    }
  }
  link.story_id = stories_[story].id.unpacked();
  draft.peer.relation = link.relation;
  if (best.copy && !best.reworded) draft.terms.clear();
  draft.peer.reworded = best.reworded;
  join(link, input, stories_[story]);
  remember(std::move(draft), story, deltas);
  deltas.push_back(to_row(stories_[story], names_));
  forget_old(deltas);
  return link;
}

// A revision, or the same item in another feed: the story stays, what it is compared by is renewed.
StoryLink StoryIndex::known(std::uint32_t story, const StoryInput& input,
                            std::vector<StateRow>& deltas) {
  StoryRecord& record = stories_[story];
  record.last_seen_at = std::max(record.last_seen_at, input.at);
  add_name(record.outlets, names_.number(input.feed->name));
  StoryLink link{.story_id = record.id.unpacked(),
                 .relation = input.repeated ? Relation::kReprint : Relation::kRevision,
                 .similarity = 1,
                 .of_item = input.item_id};
  Draft draft = draft_of(input);
  draft.peer.relation = link.relation;
  const auto old = std::find_if(record.members.begin(), record.members.end(), [&](auto number) {
    return peers_.find(number)->id == draft.peer.id;
  });
  if (old != record.members.end()) {
    const std::uint32_t number = *old;
    const StoryPeer& peer = *peers_.find(number);
    draft.peer.relation = peer.relation;
    draft.peer.reworded = peer.reworded;
    if (peers_.terms_of(number) == nullptr && peer.relation == Relation::kReprint)
      draft.terms.clear();
    if (number >= unsaved_from_) save_weights(deltas);
    record.members.erase(old);
    peers_.forget(number);
  }
  remember(std::move(draft), story, deltas);
  deltas.push_back(to_row(stories_[story], names_));
  forget_old(deltas);
  return link;
}

StoryTie StoryIndex::tie(const StoryInput& input) {
  finish_restore();
  Draft draft = draft_of(input);
  draft.by_own_words = true;
  const WeightedTerms fresh(draft.terms, weights_);
  Best best = find_copy(draft, fresh);
  if (best.number == 0) best = find_stories(draft, fresh).first;
  if (best.number == 0) return {};
  return {best.similarity, peers_.find(best.number)->id.unpacked(), best.copy && !best.reworded};
}

std::vector<StoryTerm> StoryIndex::terms(const StoryInput& input) {
  return draft_of(input).terms;
}

Relation StoryIndex::relation_of(const Draft& draft, const Best& best) const {
  if (best.copy) {
    const bool same_outlet = peers_.find(best.number)->outlet == draft.peer.outlet;
    return same_outlet ? Relation::kRevision : Relation::kReprint;
  }
  const bool translated = !best.one_language && best.similarity >= kTranslation;
  return translated ? Relation::kTranslation : Relation::kSameEvent;
}

// How many of the newest members are compared with, up to `enough`.
std::size_t StoryIndex::linked_members(std::uint32_t story, std::size_t enough) const {
  const NumberList& members = stories_[story].members;
  std::size_t linked = 0;
  std::size_t walked = 0;
  for (auto member = members.rbegin();
       member != members.rend() && linked < enough && walked < kMaxUnlinkedRun; ++member) {
    ++walked;
    if (peers_.is_linked(*member)) ++linked;
  }
  return linked;
}

// The likeness to the story of `similar`, nearest first: half to its nearest item, half to its
// nearest three.
StoryIndex::Best StoryIndex::in_story(std::span<const Best> similar, Instant at) const {
  Best best = similar.front();
  const StoryRecord& record = stories_[best.story];
  const std::size_t among = std::max<std::size_t>(linked_members(best.story, kAlike), 1);
  double sum = 0;
  for (std::size_t i = 0; i < std::min(among, similar.size()); ++i) sum += similar[i].similarity;
  best.similarity = (best.similarity + sum / static_cast<double>(among)) / 2;
  best.similarity = faded(best.similarity, at, record.last_seen_at);
  return best;
}

StoryIndex::Ranking StoryIndex::find_stories(const Draft& draft, const WeightedTerms& fresh) const {
  std::vector<Best> similar;
  Ranking ranking;
  for (const std::uint32_t number : peers_.sharing(fresh)) {
    const StoryPeer& peer = *peers_.find(number);
    if (peer.id == draft.peer.id) continue;
    if (draft.by_own_words && peer.adopted) continue;
    if (std::chrono::abs(Instant(draft.peer.at) - Instant(peer.at)) > options_.link_window)
      continue;
    if (const auto copy = copy_of(draft, fresh, number);
        copy && copy->similarity > ranking.first.similarity) {
      ranking.first = *copy;
    }
    const bool one_language = peer.lang == draft.peer.lang;
    const std::vector<StoryTerm>& terms = *peers_.terms_of(number);
    const InCommon common = in_common(fresh, terms, one_language);
    if (is_coincidence(common, one_language)) continue;
    similar.push_back({.number = number,
                       .story = peer.story,
                       .similarity = likeness(fresh, terms, weights_, one_language),
                       .copy = false,
                       .one_language = one_language});
  }
  if (ranking.first.copy) return ranking;
  const auto nearer = [](const Best& a, const Best& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.number > b.number;
  };
  std::sort(similar.begin(), similar.end(), [&](const Best& a, const Best& b) {
    return a.story != b.story ? a.story < b.story : nearer(a, b);
  });
  std::vector<Best> best;
  for (auto first = similar.begin(); first != similar.end();) {
    const auto last = std::find_if(first, similar.end(),
                                   [&](const Best& item) { return item.story != first->story; });
    best.push_back(in_story({first, last}, draft.peer.at));
    first = last;
  }
  std::sort(best.begin(), best.end(), nearer);
  if (!best.empty()) ranking.first = best[0];
  if (best.size() > 1) ranking.second = best[1];
  return ranking;
}

std::uint32_t StoryIndex::new_story(const ItemId& item) {
  StoryRecord record;
  record.id = CompactStoryId("s" + to_hex(hash128(item.str())).substr(0, 20));
  std::uint32_t slot = static_cast<std::uint32_t>(stories_.size());
  if (free_slots_.empty()) {
    stories_.push_back(std::move(record));
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
    stories_[slot] = std::move(record);
  }
  by_id_[hash64(stories_[slot].id.view())] = slot;
  return slot;
}

void StoryIndex::join(const StoryLink& link, const StoryInput& input, StoryRecord& story) {
  if (story.items_count == 0) story.first_seen_at = input.at;
  story.first_seen_at = std::min(story.first_seen_at, input.at);
  story.last_seen_at = std::max(story.last_seen_at, input.at);
  ++story.items_count;
  const Item& item = *input.item;
  const auto lang = static_cast<std::uint16_t>(names_.number(item.lang.code));
  story.titles.add(lang, truncate_utf8(item.title, kTitleBytes));
  add_name(story.outlets, names_.number(input.feed->name));
  const bool own_voice =
      link.relation == Relation::kOrigin || link.relation == Relation::kSameEvent;
  if (own_voice) add_name(story.sources, names_.number(source_of(input)));
  for (const Place& place : item.found.places) {
    if (!place.key.empty() && place.role != "statement")
      add_name(story.places, names_.number(place.key));
  }
}

void StoryIndex::remember(Draft draft, std::uint32_t story, std::vector<StateRow>& deltas) {
  const std::uint32_t number = peers_.next_number();
  draft.peer.story = story;
  PeerRow row{.number = number,
              .story = stories_[story].id.unpacked(),
              .lang = names_.name(draft.peer.lang),
              .outlet = names_.name(draft.peer.outlet),
              .url = draft.url,
              .peer = draft.peer,
              .keys = draft.keys,
              .terms = draft.terms};
  deltas.push_back(to_row(row));
  peers_.add(number, draft.peer, draft.keys, draft.terms, std::move(draft.url));
  stories_[story].members.push_back(number);
  if (!draft.terms.empty()) {
    if (!draft.peer.reworded) weights_.add(draft.terms);
    if (++unsaved_ >= kSaveEvery) save_weights(deltas);
    trim(story);
  }
}

// Of a story that goes on and on only the newest items are compared with.
void StoryIndex::trim(std::uint32_t story) {
  const NumberList& members = stories_[story].members;
  std::size_t linked = 0;
  std::size_t unlinked = 0;  // that many copies and old ones in a row: nothing older is linked
  for (auto member = members.rbegin(); member != members.rend() && unlinked < kMaxUnlinkedRun;
       ++member) {
    ++unlinked;
    if (!peers_.is_linked(*member)) continue;
    unlinked = 0;
    if (++linked > kMaxLinkedMembers) peers_.unlink(*member);
  }
}

void StoryIndex::save_weights(std::vector<StateRow>& deltas) {
  Packer out;
  unsaved_from_ = peers_.next_number();
  unsaved_ = 0;
  out.number(unsaved_from_).text(weights_.packed());
  deltas.push_back({StateRow::Space::kStory, std::string(kWeightsKey), out.take()});
}

void StoryIndex::forget_old(std::vector<StateRow>& deltas) {
  forget_merged(deltas);
  peers_.unlink_before(clock_ - options_.link_window, [](const StoryPeer&) {});
  peers_.drop_urls_before(clock_ - kUrlMemory);
  while (const StoryPeer* peer = peers_.oldest()) {
    if (peers_.size() <= options_.max_items && clock_ - Instant(peer->at) <= options_.memory)
      return;
    forget_item(peers_.oldest_number(), deltas);
  }
}

void StoryIndex::forget_item(std::uint32_t number, std::vector<StateRow>& deltas) {
  const StoryPeer& peer = *peers_.find(number);
  if (number >= unsaved_from_) save_weights(deltas);
  deltas.push_back(erased_peer_row(peer.id));
  StoryRecord& story = stories_[peer.story];
  const auto member = std::lower_bound(story.members.begin(), story.members.end(), number);
  story.members.erase(member);
  if (story.members.empty()) {
    deltas.push_back({StateRow::Space::kStory, std::string(story.id.view()), ""});
    by_id_.erase(hash64(story.id.view()));
    free_slots_.push_back(peer.story);
    story = {};
  }
  peers_.forget(number);
}

std::optional<Instant> StoryIndex::published_at(const StoryId& id) const {
  const auto found = by_id_.find(hash64(id.str()));
  if (found == by_id_.end() || stories_[found->second].revision == 0) return {};
  return stories_[found->second].published_at;
}

StorySnapshot StoryIndex::publish(const StoryId& id, Instant at, std::vector<StateRow>& deltas) {
  finish_restore();
  const auto found = by_id_.find(hash64(id.str()));
  if (found == by_id_.end()) return {};
  StoryRecord& story = stories_[found->second];
  ++story.revision;
  story.published_at = at;
  deltas.push_back(to_row(story, names_));
  StorySnapshot snapshot;
  snapshot.story_id = id;
  snapshot.story_revision = story.revision;
  for (const auto& title : story.titles.all()) {
    snapshot.title.emplace(names_.name(title.lang), title.text);
  }
  for (const auto& [lang, title] : snapshot.title) snapshot.languages.push_back(lang);
  snapshot.first_seen_at = story.first_seen_at;
  snapshot.last_seen_at = story.last_seen_at;
  snapshot.items_count = story.items_count;
  snapshot.outlets_count = static_cast<std::uint32_t>(story.outlets.size());
  snapshot.independent_sources = static_cast<std::uint32_t>(story.sources.size());
  for (const std::uint32_t place : story.places) snapshot.places.push_back(names_.name(place));
  std::sort(snapshot.places.begin(), snapshot.places.end());
  for (auto number = story.members.rbegin();
       number != story.members.rend() && snapshot.newest_members.size() < kNewestMembers;
       ++number) {
    const StoryPeer& peer = *peers_.find(*number);
    const bool recent = clock_ - Instant(peer.at) <= kUrlMemory;
    snapshot.newest_members.push_back({.item_id = peer.id.unpacked(),
                                       .relation = peer.relation,
                                       .source = names_.name(peer.outlet),
                                       .url = recent ? peers_.url_of(*number) : std::string()});
  }
  if (story.kinship) {
    snapshot.merged_into = story.kinship->merged_into;
    snapshot.split_from = story.kinship->split_from;
  }
  return snapshot;
}

}  // namespace steppe
