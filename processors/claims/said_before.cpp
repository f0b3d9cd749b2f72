#include "processors/claims/said_before.h"

#include <algorithm>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

constexpr std::uint32_t kLooksBackSentences = 3;
constexpr std::uint32_t kOpensReach = 12;      // half words between a sentence and its number
constexpr std::uint32_t kMentionedTokens = 4;  // between a number and "mentioned"
constexpr std::uint32_t kOpeningTokens = 3;    // of a sentence before "in it", "the post"
constexpr std::uint32_t kErredTokens = 4;      // of a sentence behind "I misspoke"
constexpr std::uint32_t kConsentTokens = 10;   // of "The judge agreed."

}  // namespace

std::optional<WrongNumber> SaidBefore::given_up(std::uint32_t s) const {
  constexpr RetractionWords kGiving =
      words_of(Retraction::kTakesBack, Retraction::kWithdraws, Retraction::kWarnsOff);
  constexpr RetractionWords kOwn =
      words_of(Retraction::kAdmits, Retraction::kEarlier, Retraction::kNumber);
  const RetractionWords here = words_[s];
  const bool admits = (here & words_of(Retraction::kAdmits)) != 0;
  const bool doubted = (here & words_of(Retraction::kOutsider)) != 0 && !admits;
  if (doubted || (here & words_of(Retraction::kHolds)) != 0 || reader_.is_long(s)) return {};
  const bool noun = (here & words_of(Retraction::kReport, Retraction::kNumber)) != 0;
  if (noun && (here & words_of(Retraction::kWants, Retraction::kWantsAfter)) != 0) {
    if (auto found = granted(s)) return found;
  }
  const bool restates = (here & words_of(Retraction::kErred, Retraction::kWarnsOff)) != 0;
  constexpr RetractionWords kPosts = words_of(Retraction::kWithdraws, Retraction::kWarnsOff);
  const bool post = noun && (here & kPosts) != 0;
  const bool points = noun && ((here & kGiving) != 0 ||
                               ((here & words_of(Retraction::kWrong)) != 0 && (here & kOwn) != 0));
  if ((!restates && !post && !points) || has_number(s)) return {};
  if (restates) {
    if (auto found = restated(s)) return found;
  }
  if (post) {
    if (auto found = of_post(s)) return found;
  }
  return points ? pointed_at(s) : std::nullopt;
}

bool SaidBefore::counts(const Quantity& quantity) const {
  return is_countable(quantity) && !is_nobody(quantity) && !quantity.part &&
         reader_.is_counted(quantity);
}

bool SaidBefore::has_number(std::uint32_t s) const {
  if (reader_.is_long(s)) return false;
  const Sentence& sentence = text_.sentences()[s];
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& each) {
    return each.number_first >= sentence.first && each.number_first < sentence.last && counts(each);
  });
}

const Quantity* SaidBefore::told_in(std::uint32_t s) const {
  if (reader_.is_long(s)) return nullptr;
  return only_in(s, [&](const Quantity& quantity) { return counts(quantity); });
}

/// The only number of the sentence that is not brought as new: "17 were held; in fact two were".
const Quantity* SaidBefore::old_in(std::uint32_t s) const {
  if (reader_.is_long(s)) return nullptr;
  return only_in(
      s, [&](const Quantity& quantity) { return counts(quantity) && !reader_.is_new(quantity); });
}

/// "The 17 dead I mentioned".
bool SaidBefore::is_mentioned(const Quantity& quantity, std::uint32_t s) const {
  const std::uint32_t first = text_.sentences()[s].first;
  if (reader_.gap(first, quantity.first) > kOpensReach || reader_.is_new(quantity)) return false;
  if (reader_.is_told_behind(quantity)) return true;
  for (std::uint32_t at = std::max(first + kMentionedTokens, quantity.first) - kMentionedTokens;
       at < quantity.first; ++at) {
    if (reader_.has(at, Retraction::kEarlier) || reader_.has(at, Retraction::kReport)) return true;
    const bool told = text_.find(at, LexemeRole::kSpeech) != nullptr;
    if (told && reader_.has(quantity.first - 1, Retraction::kToldBefore)) return true;
  }
  const std::uint32_t end = end_of(quantity);
  for (std::uint32_t at = end; at < end + kMentionedTokens; ++at) {
    if (reader_.has(at, Retraction::kEarlier) && !reader_.has(at, Retraction::kAbout)) return true;
  }
  return false;
}

/// "I misspoke. The 17 dead I mentioned ...", "disregard the number in our post. The 900 mentioned
/// there ...".
std::optional<WrongNumber> SaidBefore::restated(std::uint32_t s) const {
  if (s + 1 >= words_.size()) return {};
  constexpr RetractionWords kNouns = words_of(Retraction::kReport, Retraction::kNumber);
  const Sentence& sentence = text_.sentences()[s];
  if (reader_.is_long(s + 1)) return {};
  const bool other = reader_.corrects_other(sentence);
  for (const Mark& mark : text_.marks_in(sentence)) {
    // "I misspoke.", not "I misspoke when I called them terrorists."
    const bool ends = sentence.last - mark.last <= kErredTokens;
    const bool erred = is(mark, Retraction::kErred) && ends && !other && (words_[s] & kNouns) == 0;
    const bool gives_up = erred || is(mark, Retraction::kWarnsOff);
    if (!gives_up || reader_.is_held(mark, sentence)) continue;
    if (is(mark, Retraction::kErred) && reader_.is_negated(mark, sentence)) continue;
    for (const Quantity& quantity : quantities_) {
      const std::size_t at = text_.sentence_of(quantity.number_first);
      if (at > s + 1) break;
      if (at < s + 1 || !counts(quantity)) continue;
      if (!is_mentioned(quantity, s + 1)) return {};
      return WrongNumber{&quantity, &mark};
    }
  }
  return {};
}

/// "I wrote in haste", "nobody died".
bool SaidBefore::is_refuted(std::uint32_t s) const {
  if (s >= words_.size()) return false;
  if ((words_[s] & words_of(Retraction::kErred, Retraction::kAlive)) != 0) return true;
  bool denied = false;
  bool counted = false;
  for (const Mark& mark : text_.marks_in(text_.sentences()[s])) {
    denied = denied || (mark.role == LexemeRole::kUnreal &&
                        static_cast<Unreal>(mark.detail) == Unreal::kDenied);
    counted = counted || (is_trigger(mark.role) && mark.detail != kOtherFigure);
  }
  return denied && counted;
}

/// "He deleted the post. In it he had mourned five people. 'Nobody died.'"
std::optional<WrongNumber> SaidBefore::of_post(std::uint32_t s) const {
  if (s + 1 >= words_.size()) return {};
  const Quantity* told = old_in(s + 1);
  if (told == nullptr) return {};
  const auto frames = reader_.frames(text_.sentences()[s]);
  const auto frame = std::find_if(frames.begin(), frames.end(), [&](const RetractionFrame& each) {
    const bool gives_up =
        is(*each.predicate, Retraction::kWithdraws) || is(*each.predicate, Retraction::kWarnsOff);
    if (!gives_up) return false;
    return std::any_of(each.objects.begin(), each.objects.end(), [&](const Mark* object) {
      return is(*object, Retraction::kReport) && reader_.points_back(*object);
    });
  });
  if (frame == frames.end()) return {};
  const std::uint32_t first = text_.sentences()[s + 1].first;
  bool points = false;
  for (std::uint32_t at = first; at < first + kOpeningTokens; ++at) {
    points = points || reader_.has(at, Retraction::kIt) || reader_.has(at, Retraction::kReport);
  }
  const bool told_there = points && reader_.is_told(s + 1);
  if (!told_there && !is_refuted(s + 2)) return {};
  return WrongNumber{told, frame->predicate};
}

/// "The judge agreed."
bool SaidBefore::consents(std::uint32_t s) const {
  if (s >= words_.size() || (words_[s] & words_of(Retraction::kAdmits)) == 0) return false;
  const Sentence& sentence = text_.sentences()[s];
  return sentence.last - sentence.first <= kConsentTokens && !has_number(s);
}

/// "Asked for that number to be struck from the record. The judge agreed."
std::optional<WrongNumber> SaidBefore::granted(std::uint32_t s) const {
  if (!consents(s + 1)) return {};
  const auto marks = text_.marks_in(text_.sentences()[s]);
  const auto act = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) {
    return is(mark, Retraction::kTakesBack) || is(mark, Retraction::kWithdraws);
  });
  if (act == marks.end()) return {};
  const auto noun = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    const bool object = is(mark, Retraction::kNumber) || is(mark, Retraction::kReport);
    return object && mark.first != act->first && reader_.points_back(mark);
  });
  if (noun == marks.end()) return {};
  const Quantity* told = told_in(s);
  if (told == nullptr) told = antecedent(s, *noun);
  if (told == nullptr) return {};
  return WrongNumber{told, &*act};
}

/// The one number of the nearest sentence before that tells any.
const Quantity* SaidBefore::antecedent(std::uint32_t s, const Mark& object) const {
  const std::uint32_t stop = s > kLooksBackSentences ? s - kLooksBackSentences : 0;
  for (std::uint32_t at = s; at > stop;) {
    --at;
    if (!has_number(at)) {
      // "they were looters, he said": that may be meant as well
      if (!is(object, Retraction::kNumber) && reader_.is_told(at)) return nullptr;
      continue;
    }
    const Quantity* told = told_in(at);
    const bool held = (words_[at] & words_of(Retraction::kHolds, Retraction::kOutsider)) != 0;
    return told != nullptr && !held && reader_.is_told(at) ? told : nullptr;
  }
  return nullptr;
}

/// "He admitted that there was no basis for the number".
std::optional<WrongNumber> SaidBefore::pointed_at(std::uint32_t s) const {
  const std::uint32_t stop = s > kLooksBackSentences ? s - kLooksBackSentences : 0;
  bool told_before = false;
  for (std::uint32_t at = stop; at < s && !told_before; ++at) told_before = has_number(at);
  if (!told_before) return {};
  for (const RetractionFrame& frame : reader_.frames(text_.sentences()[s])) {
    const Mark& predicate = *frame.predicate;
    const bool admitted = (words_[s] & words_of(Retraction::kAdmits)) != 0;
    const bool post = is(predicate, Retraction::kWithdraws);
    const bool gives_up = post || is(predicate, Retraction::kTakesBack) ||
                          is(predicate, Retraction::kWarnsOff) || is(predicate, Retraction::kWrong);
    if (!gives_up) continue;
    for (const Mark* object : frame.objects) {
      const bool noun = is(*object, Retraction::kNumber) || is(*object, Retraction::kReport);
      if (!noun || !reader_.points_back(*object)) continue;
      const bool number = is(*object, Retraction::kNumber);
      if (post && number && !reader_.names_earlier(*object)) continue;
      if (reader_.tells_other(*object, predicate)) continue;
      // "its first report is untrue"
      const bool own =
          admitted || is(*object, Retraction::kNumber) || reader_.names_earlier(*object);
      if (is(predicate, Retraction::kWrong) && !own) continue;
      const Quantity* told = antecedent(s, *object);
      if (told == nullptr) continue;
      const auto at = static_cast<std::uint32_t>(text_.sentence_of(told->number_first));
      if (!reader_.is_of_other_party(predicate, at)) return WrongNumber{told, &predicate};
    }
  }
  return {};
}

}  // namespace steppe
