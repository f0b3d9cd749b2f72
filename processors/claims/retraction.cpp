#include "processors/claims/retraction.h"

#include <algorithm>
#include <optional>

namespace steppe {
namespace {

constexpr std::uint32_t kReportReach = 24;   // half words between "retracted" and "the figure"
constexpr std::uint32_t kNegationReach = 4;  // "did not retract"
constexpr std::uint32_t kContrastReach = 4;  // tokens between a number and "not"
constexpr std::uint32_t kLooksBack = 4;      // half words between "the number" and "was incorrect"
constexpr std::uint32_t kMaxFollowing = 1;   // figures the next sentence may speak of

std::uint32_t gap(const AnnotatedText& text, std::uint32_t a, std::uint32_t b) {
  const std::uint32_t x = text.tokens()[a].position;
  const std::uint32_t y = text.tokens()[b].position;
  return x > y ? x - y : y - x;
}

bool is_negated(const AnnotatedText& text, const Mark& cue, const Sentence& sentence) {
  for (const Mark& mark : text.marks_in(sentence)) {
    if (mark.role != LexemeRole::kUnreal) continue;
    const auto kind = static_cast<Unreal>(mark.detail);
    if (kind != Unreal::kDenied && kind != Unreal::kHypothetical && kind != Unreal::kPlanned) {
      continue;
    }
    const bool before = mark.last <= cue.first;
    if (before && gap(text, mark.first, cue.first) <= kNegationReach) return true;
    const bool after = mark.first >= cue.last;
    if (after && gap(text, cue.last - 1, mark.first) <= 2) return true;
  }
  return false;
}

/// The words of one sentence that take something back, and what they take back.
struct Cue {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::optional<std::uint32_t> report;  // token of "the figure" near it
};

bool is(const Mark& mark, Retraction kind) {
  return mark.role == LexemeRole::kRetraction && static_cast<Retraction>(mark.detail) == kind;
}

std::optional<Cue> cue_in(const AnnotatedText& text, const Sentence& sentence) {
  const Mark* taken = nullptr;
  for (const Mark& mark : text.marks_in(sentence)) {
    if (is(mark, Retraction::kHolds)) return {};
    const bool cue = is(mark, Retraction::kTakesBack) || is(mark, Retraction::kDenies);
    if (!cue || taken != nullptr || is_negated(text, mark, sentence)) continue;
    taken = &mark;
  }
  if (taken == nullptr) return {};
  Cue cue{taken->first, taken->last, {}};
  for (const Mark& mark : text.marks_in(sentence)) {
    if (!is(mark, Retraction::kReport)) continue;
    if (gap(text, mark.first, cue.first) > kReportReach) continue;
    const bool nearer =
        !cue.report || gap(text, mark.first, cue.first) < gap(text, *cue.report, cue.first);
    if (nearer) cue.report = mark.first;
  }
  if (!cue.report) return {};
  return cue;
}

/// "35 people, not 53": the number before the contrast is the right one.
bool is_set_right(const AnnotatedText& text, const FoundFigure& figure) {
  const std::uint32_t from = std::max(figure.quantity.last, figure.quantity.unit_last);
  for (std::uint32_t at = from; at < text.size() && at < from + kContrastReach; ++at) {
    const Mark* mark = text.find(at, LexemeRole::kUnreal);
    if (mark == nullptr) continue;
    return static_cast<Unreal>(mark->detail) == Unreal::kDenied && mark->last < text.size() &&
           (text.tokens()[mark->last].kind == TokenKind::kNumber ||
            text.find(mark->last, LexemeRole::kNumber) != nullptr);
  }
  return false;
}

/// "...; the number was incorrect": speaks of what stands before the semicolon.
bool looks_back(const AnnotatedText& text, const Cue& cue) {
  return cue.report && *cue.report < cue.first && gap(text, *cue.report, cue.first) <= kLooksBack;
}

/// True when a semicolon, or a word that turns to something else, stands between the two tokens.
bool is_apart(const AnnotatedText& text, std::uint32_t a, std::uint32_t b) {
  for (std::uint32_t at = std::min(a, b); at < std::max(a, b); ++at) {
    if (text.tokens()[at].punctuation == ';') return true;
    const std::span<const Mark> marks = text.marks_at(at);
    const bool turns = std::any_of(marks.begin(), marks.end(),
                                   [](const Mark& mark) { return is(mark, Retraction::kApart); });
    if (turns) return true;
  }
  return false;
}

std::vector<std::size_t> figures_of(const Passage& passage, std::uint32_t sentence) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < passage.figures.size(); ++i) {
    const FoundFigure& figure = passage.figures[i];
    if (figure.sentence == sentence && figure.quantity.value) found.push_back(i);
  }
  return found;
}

/// Of several figures in the sentence: those told as former, else the one nearest to the report.
std::vector<std::size_t> choose(const Passage& passage, const Cue& cue,
                                const std::vector<std::size_t>& figures) {
  if (figures.size() <= 1) return figures;
  std::vector<std::size_t> former;
  for (const std::size_t i : figures) {
    if (passage.figures[i].former) former.push_back(i);
  }
  if (!former.empty() && former.size() < figures.size()) return former;
  const auto nearest =
      std::min_element(figures.begin(), figures.end(), [&](std::size_t a, std::size_t b) {
        const auto& left = passage.figures[a].quantity;
        const auto& right = passage.figures[b].quantity;
        return gap(passage.text, left.number_first, *cue.report) <
               gap(passage.text, right.number_first, *cue.report);
      });
  return {*nearest};
}

}  // namespace

std::vector<bool> find_retractions(const Passage& passage) {
  std::vector<bool> taken_back(passage.figures.size(), false);
  const auto& sentences = passage.text.sentences();
  for (std::uint32_t s = 0; s < sentences.size(); ++s) {
    const std::optional<Cue> cue = cue_in(passage.text, sentences[s]);
    if (!cue) continue;
    std::vector<std::size_t> figures = figures_of(passage, s);
    if (figures.empty() && s > 0) {
      figures = figures_of(passage, s - 1);  // "The ministry later called the figure an error."
      if (figures.size() > kMaxFollowing) figures.clear();
    }
    std::erase_if(figures, [&](std::size_t i) {
      const FoundFigure& figure = passage.figures[i];
      if (is_set_right(passage.text, figure)) return true;
      const bool before = figure.quantity.number_first < cue->first;
      return figure.sentence == s && !(before && looks_back(passage.text, *cue)) &&
             is_apart(passage.text, figure.quantity.number_first, cue->first);
    });
    for (const std::size_t i : choose(passage, *cue, figures)) taken_back[i] = true;
  }
  return taken_back;
}

}  // namespace steppe
