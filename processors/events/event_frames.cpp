#include "processors/events/event_frames.h"

#include <algorithm>

namespace steppe {
namespace {

/// Reads the triggers of one sentence.
class FrameReader {
 public:
  FrameReader(const SentenceWords& words, std::vector<EventMention>& out)
      : words_(words), out_(out), start_(out.size()) {}

  /// `triggers` are places in `marks`, and those have one range.
  void read(std::span<const Mark> marks, std::span<const std::uint32_t> triggers) {
    const std::size_t before = out_.size();
    for (const bool two_parts : {true, false}) {
      if (!two_parts && out_.size() > before) break;
      for (const std::uint32_t trigger : triggers) read(marks[trigger], two_parts);
    }
  }

 private:
  void read(const Mark& mark, bool two_parts) {
    const FrameWords& frames = words_.text().lexicon().frames();
    for (const std::uint32_t number : frames.frames_of(static_cast<std::uint32_t>(mark.value))) {
      const Frame& frame = frames.frame(number);
      if ((frame.with == 0) == two_parts || (frame.unless & words_.lists()) != 0) continue;
      if (two_parts && (frame.with & words_.lists()) == 0) continue;
      EventMention event;
      event.word_first = event.first = mark.first;
      event.word_last = event.last = mark.last;
      event.event = frame.event;
      event.frame = &frame;
      if (two_parts && !add_part(frame, event)) continue;
      if (!is_told(event)) out_.push_back(event);
    }
  }

  /// The nearest word of the frame's lists joins the event.
  bool add_part(const Frame& frame, EventMention& event) const {
    const FrameNote* part = nullptr;
    std::uint32_t part_cost = frame.reach + 1;
    for (const FrameNote& note : words_.around(event.first, event.last)) {
      if ((frame.with & note.meaning->lists) == 0) continue;
      const bool before = note.last <= event.word_first;
      const bool after = note.first >= event.word_last;
      if (!before && !after) continue;
      if (frame.side == PartSide::kBefore && !before) continue;
      if (frame.side == PartSide::kAfter && !after) continue;
      const std::uint32_t cost =
          words_.between(note.first, note.last, event.word_first, event.word_last).cost();
      if (cost >= part_cost) continue;
      part = &note;
      part_cost = cost;
    }
    if (part == nullptr) return false;
    event.first = std::min(event.first, part->first);
    event.last = std::max(event.last, part->last);
    return true;
  }

  /// The same type was told by a longer word there.
  bool is_told(const EventMention& event) const {
    for (std::size_t i = out_.size(); i > start_; --i) {
      const EventMention& other = out_[i - 1];
      if (other.word_last <= event.word_first) break;
      if (other.event == event.event) return true;
    }
    return false;
  }

  const SentenceWords& words_;
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
