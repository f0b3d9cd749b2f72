#pragma once
// Binds the quantities of one sentence to their triggers. Part of find_figures().

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "processors/figures/figure_finder.h"

namespace steppe {

/// One thread at a time.
class FigureBinder {
 public:
  FigureBinder(const AnnotatedText& text, std::vector<FoundFigure>& found)
      : text_(text), found_(found) {}

  /// Appends the figures of one sentence; `quantities` are all its quantities, in order, or of very
  /// many the next.
  void bind(std::uint32_t sentence, std::span<const Quantity> quantities);

 private:
  static constexpr std::uint32_t kTooFar = std::numeric_limits<std::uint32_t>::max();  // a cost

  struct Choice {
    const Mark* trigger = nullptr;
    std::uint32_t cost = 0;
  };

  void find_triggers(std::uint32_t sentence);
  const Mark* counted_by(const Mark& same) const;
  bool is_whole(std::size_t index) const;
  bool is_excepted(const Quantity& quantity) const;
  bool is_whole_here(const Quantity& quantity) const;
  bool is_live(const Quantity& quantity) const;
  void bind_one(std::uint32_t sentence, std::size_t index);
  std::optional<Choice> choose(const Quantity& quantity) const;
  std::uint32_t cost(const Quantity& quantity, const Mark& trigger) const;
  std::uint32_t cost_behind(const Quantity& quantity, const Mark& trigger) const;
  std::uint32_t cost_before(const Quantity& quantity, const Mark& trigger,
                            std::uint32_t& reach) const;
  std::uint32_t cost_between(std::uint32_t first, std::uint32_t last, const Quantity& quantity,
                             const Mark& trigger) const;
  bool accepts(const Quantity& quantity, FigureKind kind) const;
  bool may_share(const Quantity& quantity, FigureKind kind) const;
  bool is_far(std::uint32_t first, std::uint32_t last, std::uint32_t reach) const;
  bool is_called_number(const Quantity& quantity) const;
  bool accepts_alone(const Quantity& quantity, const Choice& choice) const;
  bool is_counted(const Mark& noun) const;
  bool speaks_of_another(const Mark& unreal, const Mark& trigger) const;
  std::optional<Unreal> unreal(const Quantity& quantity, const Mark& trigger) const;
  bool continues_row(std::uint32_t sentence, const Quantity& quantity) const;
  void repeat(std::uint32_t sentence, const Quantity& quantity);
  const Mark* news_of_those(const Quantity& quantity) const;
  bool tells_on(const Mark& state, const Mark& news, bool set_off) const;
  bool belongs_to_part(const Quantity& quantity, const Mark& trigger) const;
  bool is_told_to(const Quantity& quantity, const Mark& trigger) const;
  bool acts_alone(const Quantity& quantity, const Choice& choice, FigureKind total) const;
  const FoundFigure* compared(std::uint32_t sentence, const Quantity& quantity) const;
  bool counts_unknown(const Quantity& quantity) const;
  bool follows_dash(std::uint32_t sentence, const Quantity& quantity) const;
  bool names_a_part(std::uint32_t sentence, const Quantity& quantity) const;
  bool is_told(const Quantity& quantity) const;
  bool is_dated(const Quantity& quantity) const;
  void compare(std::uint32_t sentence, const Quantity& quantity);
  std::optional<std::size_t> total_for(std::uint32_t sentence, const Quantity& quantity) const;
  const Mark* role_before(const Quantity& quantity, LexemeRole role, std::uint32_t reach) const;
  bool counts_the_next(const Mark& trigger) const;
  bool counts_bodies(const Quantity& quantity, const Mark& trigger) const;
  bool tells_a_state(const Quantity& quantity, const Mark& trigger) const;
  bool is_part(const Quantity& quantity) const;
  bool opens_list(const Quantity& quantity) const;
  bool continues_list(std::uint32_t sentence, const Quantity& quantity) const;
  bool beside_place(const Quantity& quantity) const;
  void add(std::uint32_t sentence, const Quantity& quantity, const Choice& choice);
  void inherit(std::uint32_t sentence, const Quantity& quantity, std::size_t total);

  const AnnotatedText& text_;
  std::vector<FoundFigure>& found_;
  std::span<const Quantity> quantities_;
  Roles roles_ = 0;          // of the marks of the sentence
  std::vector<bool> whole_;  // by quantity: another one counts a part of it
  std::vector<const Mark*> triggers_;
  std::vector<const Mark*> unreal_;
  std::vector<const Mark*> same_;  // "the number": no trigger of its own
  std::vector<Mark> named_;        // tolls made of them: "the number of those wounded"
};

}  // namespace steppe
