#include "processors/events/event_frames.h"

#include <algorithm>

namespace steppe {
namespace {

/// Reads the triggers of one sentence.
class FrameReader {
 public:
  FrameReader(const SentenceWords& words, std::vector<EventMention>& out)
      : words_(words), frames_(words.text().lexicon().frames()), out_(out), start_(out.size()) {}

  /// `triggers` are places in `marks`, and those have one range.
  void read(std::span<const Mark> marks, std::span<const std::uint32_t> triggers) {
    const std::size_t before = out_.size();
    for (const bool two_parts : {true, false}) {
      for (const std::uint32_t trigger : triggers) read(marks[trigger], two_parts);
      if (out_.size() > before) return;
    }
  }

 private:
  void read(const Mark& mark, bool two_parts) {
    const std::uint64_t lists = words_.lists();
    for (const TriggerFrame& asked : frames_.frames_of(static_cast<std::uint32_t>(mark.value))) {
      const bool has_parts = asked.with != 0;
      if (has_parts != two_parts || (asked.unless & lists) != 0) continue;
      if (two_parts && (asked.with & lists) == 0) continue;
      const Frame& frame = frames_.frame(asked.frame);
      if (is_told(frame.event, mark.first)) continue;
      Sentence range{mark.first, mark.last};
      if (two_parts && !add_part(frame, range)) continue;
      EventMention& event = out_.emplace_back();
      event.first = range.first;
      event.last = range.last;
      event.word_first = mark.first;
      event.word_last = mark.last;
      event.event = frame.event;
      event.traits = frames_.traits(frame.event);
      event.frame = &frame;
    }
  }

  /// The nearest word of the frame's lists joins the word of the event, which is `range`.
  bool add_part(const Frame& frame, Sentence& range) const {
    const FrameNote* part = nullptr;
    std::uint32_t part_cost = frame.reach + 1;
    for (const FrameNote& note : words_.around(range.first, range.last)) {
      if ((frame.with & note.meaning->lists) == 0) continue;
      const bool before = note.last <= range.first;
      const bool after = note.first >= range.last;
      if (!before && !after) continue;
      if (frame.side == PartSide::kBefore && !before) continue;
      if (frame.side == PartSide::kAfter && !after) continue;
      const std::uint32_t cost =
          words_.between(note.first, note.last, range.first, range.last).cost();
      if (cost >= part_cost) continue;
      part = &note;
      part_cost = cost;
    }
    if (part == nullptr) return false;
    range = {std::min(range.first, part->first), std::max(range.last, part->last)};
    return true;
  }

  /// The same type was told by a longer word there.
  bool is_told(std::uint32_t event, std::uint32_t word_first) const {
    for (std::size_t i = out_.size(); i > start_; --i) {
      const EventMention& other = out_[i - 1];
      if (other.word_last <= word_first) break;
      if (other.event == event) return true;
    }
    return false;
  }

  const SentenceWords& words_;
  const FrameWords& frames_;
  std::vector<EventMention>& out_;
  std::size_t start_;
};

}  // namespace

void find_frames(const SentenceWords& words, std::span<const std::uint32_t> triggers,
                 std::vector<EventMention>& out) {
  constexpr std::size_t kMost = 128;  // a sentence
  triggers = triggers.first(std::min(triggers.size(), kMost));
  const std::span<const Mark> marks = words.text().marks();
  FrameReader reader(words, out);
  for (std::size_t next = 0; next < triggers.size();) {
    const std::size_t first = next;
    const Mark& range = marks[triggers[first]];
    while (next < triggers.size() && marks[triggers[next]].first == range.first &&
           marks[triggers[next]].last == range.last) {
      ++next;
    }
    reader.read(marks, triggers.subspan(first, next - first));
  }
}

}  // namespace steppe
