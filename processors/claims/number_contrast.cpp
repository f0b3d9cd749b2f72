#include "processors/claims/number_contrast.h"

#include <algorithm>
#include <string>
#include <utility>

namespace steppe {
namespace {

constexpr std::uint32_t kContrastReach = 20;  // half words between the two of a contrast
constexpr std::uint32_t kContrastWords = 12;  // half words between "instead of" and its number

/// "2000 instead of 20,000": what reads like a year may be the right number.
bool may_replace(const Quantity& quantity) {
  const bool year = quantity.reject == Reject::kYear && quantity.value;
  return is_countable(quantity) || year;
}

constexpr std::size_t kLeastDigits = 2;
constexpr double kMostValue = 1e12;

std::string digits_of(double value) {
  return std::to_string(static_cast<std::uint64_t>(value));
}

bool is_bare(const Quantity& quantity) {
  return quantity.unit == UnitKind::kNone;
}

}  // namespace

bool is_slip(const Quantity& a, const Quantity& b) {
  if (!a.value || !b.value || *a.value == *b.value) return false;
  if (*a.value < 1 || *b.value < 1 || *a.value > kMostValue || *b.value > kMostValue) return false;
  std::string more = digits_of(*a.value);
  std::string less = digits_of(*b.value);
  if (more.size() < less.size()) std::swap(more, less);
  if (less.size() < kLeastDigits) return false;
  if (more.size() == less.size()) {
    std::sort(more.begin(), more.end());
    std::sort(less.begin(), less.end());
    return more == less;
  }
  if (more.size() != less.size() + 1) return false;
  std::size_t same = 0;
  while (same < less.size() && more[same] == less[same]) ++same;
  return more.compare(same + 1, std::string::npos, less, same, std::string::npos) == 0;
}

/// "Misstated the age of one of the dead. He was 34, not 43": said of something else than a count.
bool NumberContrast::is_of_other(const Quantity& quantity) const {
  const std::size_t s = text_.sentence_of(quantity.number_first);
  const RetractionWords said = words_[s] | (s > 0 ? words_[s - 1] : RetractionWords{0});
  if ((said & words_of(Retraction::kOther)) == 0) return false;
  if ((said & words_of(Retraction::kNumber)) != 0) return false;
  const auto marks = text_.marks_in(text_.sentences()[s]);
  return std::none_of(marks.begin(), marks.end(),
                      [](const Mark& mark) { return is_trigger(mark.role); });
}

std::optional<RightNumber> NumberContrast::right_of(const Quantity& wrong) const {
  if (!is_countable(wrong) || is_nobody(wrong)) return {};
  const Mark* cue = ruled_out(wrong);
  if (cue == nullptr) return {};
  const Quantity* right = nullptr;
  for (const Quantity& other : quantities_) {
    if (&other == &wrong || !may_replace(other) || other.value == wrong.value) continue;
    const std::size_t s = text_.sentence_of(other.number_first);
    if (s != text_.sentence_of(wrong.number_first) || ruled_out(other) != nullptr) continue;
    const std::uint32_t distance = reader_.gap(other.number_first, wrong.number_first);
    if (distance > kContrastReach) continue;
    if (right == nullptr || distance < reader_.gap(right->number_first, wrong.number_first)) {
      right = &other;
    }
  }
  if (right == nullptr || (is_bare(wrong) && is_bare(*right) && is_of_other(wrong))) return {};
  return RightNumber{right, cue};
}

bool NumberContrast::is_turned(const RightNumber& right) const {
  for (std::uint32_t at = right.cue->first; at < right.cue->last; ++at) {
    if (is_unreal(at)) return false;
  }
  const Quantity& told = *right.number;
  const auto marks = text_.marks_in(text_.sentences()[text_.sentence_of(told.number_first)]);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& wrong) {
    // "instead of 2 the program gave out 20"
    const bool slips = is(wrong, Retraction::kExplains) && wrong.first > right.cue->last;
    if (!is(wrong, Retraction::kWrong) && !slips) return false;
    const bool tells =
        slips || std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
          return is_speech(mark) && mark.first <= wrong.last && mark.last >= wrong.first;
        });
    if (!tells) return false;
    const Between path = wrong.last <= told.first ? reader_.between(wrong.last, told.first)
                                                  : reader_.between(end_of(told), wrong.first);
    return path.all_commas == 0 && !path.colon && !path.stop && path.length <= kContrastWords;
  });
}

const Mark* NumberContrast::ruled_out(const Quantity& quantity) const {
  const auto s = static_cast<std::uint32_t>(text_.sentence_of(quantity.first));
  const bool before = (words_[s] & words_of(Retraction::kNotThis)) != 0;
  const Mark* cue = before ? ruled_out_before(quantity, s) : nullptr;
  return cue != nullptr ? cue : ruled_out_behind(quantity);
}

/// "not" as a word of its own or of "have not".
bool NumberContrast::is_unreal(std::uint32_t token) const {
  if (text_.find(token, LexemeRole::kUnreal) != nullptr) return true;
  const Mark* before = token > 0 ? text_.find(token - 1, LexemeRole::kUnreal) : nullptr;
  return before != nullptr && before->last > token;
}

const Mark* NumberContrast::ruled_out_before(const Quantity& quantity, std::uint32_t s) const {
  for (const Mark& mark : text_.marks_in(text_.sentences()[s])) {
    if (mark.last > quantity.first) break;
    if (!is(mark, Retraction::kNotThis)) continue;
    const Between path = reader_.between(mark.last, quantity.first);
    // a plain "not" belongs to what follows at once
    const std::uint32_t length =
        text_.tokens()[mark.last].position - text_.tokens()[mark.first].position;
    const bool han = text_.tokens()[mark.first].kind == TokenKind::kHan;
    const bool plain = !han && length <= 2 && is_unreal(mark.first);
    const bool bare = han && quantity.unit == UnitKind::kNone;
    if ((plain || bare) && mark.last != quantity.first) continue;
    // "52 instead of the previous 48" brings a count up to date
    if (path.earlier && (words_[s] & kErrorWords) == 0) continue;
    if (path.length <= kContrastWords && !path.quantity && path.commas == 0) return &mark;
  }
  return nullptr;
}

const Mark* NumberContrast::ruled_out_behind(const Quantity& quantity) const {
  if (quantity.qualifier != Qualifier::kExact) return nullptr;  // "not less than 40"
  const std::uint32_t end = end_of(quantity);
  // "31 porters not", where what is counted is no word of ours
  const bool noun = is_bare(quantity) && end < text_.size() &&
                    text_.tokens()[end].kind == TokenKind::kWord && text_.marks_at(end).empty();
  for (std::uint32_t at = quantity.number_last; at <= end + (noun ? 1 : 0); ++at) {
    for (const Mark& mark : text_.marks_at(at)) {
      if (is(mark, Retraction::kNotThat)) return &mark;
    }
  }
  return nullptr;
}

}  // namespace steppe
