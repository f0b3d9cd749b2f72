#pragma once
// Which of an item's texts are published, and where evidence can be read.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/item.h"
#include "processors/encode/records.h"

namespace steppe {

/// Evidence as it goes out: `field` is a text of the record or "source_text".
struct PublishedEvidence {
  std::string_view field;
  std::size_t byte_start = 0;
  std::size_t byte_end = 0;
  std::string_view text;
};

/// Decides once per record; evidence is then mapped onto it. Refers to nothing after construction.
class TextPlan {
 public:
  /// `with_body` = false: the body stays out whatever the policy says (the record is too large).
  TextPlan(const Item& item, PublishText policy, const Rights& rights, const EncodeLimits& limits,
           bool with_body = true);

  /// What of a field is published, cut at its limit; empty: nothing.
  std::string_view published(TextField field) const;
  /// True when a limit cut the published text, or took the body away.
  bool truncated(TextField field) const;
  std::size_t original_bytes(TextField field) const { return part(field).full.size(); }
  bool has_body() const { return part(TextField::kBody).published > 0; }

  /// Where `evidence` can be read, at most evidence_max_chars of it; nothing when the text has no
  /// such slice, or had to be repaired there.
  std::optional<PublishedEvidence> map(const Evidence& evidence) const;
  /// The same; nothing as well when the slice of the text is not what the evidence quotes.
  std::optional<PublishedEvidence> map(const QuotedEvidence& evidence) const;

  /// Of every text that is not published whole, in the order title, summary, body, joined by line
  /// feeds: what "source_text" offsets count in. Empty when all is published.
  const std::string& source_text() const { return source_text_; }

 private:
  struct Part {
    std::string full;
    std::string broken;         // before its repair, when it needed one
    std::size_t published = 0;  // bytes of `full`
    std::size_t source_at = 0;  // in source_text_, when not published whole
    bool cut = false;
  };
  const Part& part(TextField field) const { return parts_[static_cast<std::size_t>(field)]; }
  Part& part(TextField field) { return parts_[static_cast<std::size_t>(field)]; }
  std::string_view slice(const Evidence& evidence) const;
  std::optional<PublishedEvidence> map_slice(const Evidence& evidence,
                                             std::string_view slice) const;
  void publish(TextField field, std::size_t limit);

  std::array<Part, 3> parts_;
  std::string source_text_;
  std::size_t evidence_max_chars_;
};

}  // namespace steppe
