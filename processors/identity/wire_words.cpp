#include "processors/identity/wire_words.h"

#include <algorithm>

#include "core/utf8.h"
#include "processors/identity/folded_text.h"

namespace steppe {
namespace {

// Bytes that "*" of a frame may skip: a place and a date.
constexpr std::size_t kGapBytes = 60;

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The rest after the number of "UPDATE 2" and the blanks around it.
std::string_view after_number(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || is_digit(text.front()))) text.remove_prefix(1);
  return text;
}

// Letters of alphabets bound a word; Chinese stands without spaces.
bool joins_words(std::string_view text, std::size_t at) {
  const CodePoint point = decode_utf8(text, at);
  if (point.value < 0x80) {
    const char c = static_cast<char>(point.value);
    return (c >= 'a' && c <= 'z') || is_digit(c);
  }
  return point.value < 0x2000 && point.value != 0xAB && point.value != 0xBB;
}

std::size_t previous(std::string_view text, std::size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t end) {
  const bool left = at > 0 && joins_words(text, at) && joins_words(text, previous(text, at));
  const bool right =
      end < text.size() && joins_words(text, end) && joins_words(text, previous(text, end));
  return !left && !right;
}

bool suffix_fits(std::string_view rest, std::string_view suffix) {
  if (!suffix.empty() && suffix.front() == '*') {
    return rest.substr(0, kGapBytes).find(suffix.substr(1)) != std::string_view::npos;
  }
  return starts_with(rest, suffix);
}

using Frames = std::vector<WireTables::Frame>;

// True when `name` occurs in `text` inside one of `frames`.
bool framed(std::string_view text, std::string_view name, const Frames& frames, bool at_start) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (!stands_alone(text, at, end)) continue;
    for (const WireTables::Frame& frame : frames) {
      const std::string_view before = text.substr(0, at);
      const bool left = at_start ? before == frame.prefix : ends_with(before, frame.prefix);
      if (left && suffix_fits(text.substr(end), frame.suffix)) return true;
    }
  }
  return false;
}

// True when `text` ends with `name` inside one of `frames`, a closing full stop aside.
bool closes_with(std::string_view text, std::string_view name, const Frames& frames) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  return std::any_of(frames.begin(), frames.end(), [&](const WireTables::Frame& frame) {
    return ends_with(text, frame.prefix + std::string(name) + frame.suffix);
  });
}

std::string_view text_of_item(const Item& item) {
  return item.body.empty() ? item.summary : item.body;
}

std::string opening_of(const Item& item, std::size_t bytes) {
  return folded(truncate_utf8(text_of_item(item), bytes));
}

// A bucket for the two bytes at `at`.
std::size_t start_of(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[i]));
  };
  return (byte(at) * 37 + byte(at + 1)) % 1024;
}

std::string_view without_by(std::string_view author) {
  if (starts_with(author, "by ")) author.remove_prefix(3);
  return author;
}

// Reads the markers of one title, front to back, then one in brackets at its end.
class MarkerReader {
 public:
  MarkerReader(const WireTables& tables, std::string_view title)
      : tables_(tables), text_(folded(title)), shouted_(is_shouted(title)) {}

  std::string gravest() {
    std::string_view rest = text_;
    while (const auto next = after_any(rest)) rest = *next;
    closing();
    return best_ < tables_.kinds.size() ? tables_.kinds[best_] : std::string();
  }

 private:
  // Wires put a bare hyphen after a marker in capitals; "Repeat-offender" is prose.
  static bool is_shouted(std::string_view title) {
    const std::string_view first = title.substr(0, title.find('-'));
    return std::none_of(first.begin(), first.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }

  void note(const std::string& kind) {
    const auto at = std::find(tables_.kinds.begin(), tables_.kinds.end(), kind);
    best_ = std::min(best_, static_cast<std::size_t>(at - tables_.kinds.begin()));
  }

  std::optional<std::string_view> after_any(std::string_view text) {
    for (const WireTables::Form& marker : tables_.markers) {
      auto next = after_separated(text, marker.text);
      if (!next) next = after_bracketed(text, marker.text);
      if (!next) continue;
      note(marker.means);
      return next;
    }
    return std::nullopt;
  }

  std::optional<std::string_view> after_separated(std::string_view text, std::string_view word) {
    if (!starts_with(text, word)) return std::nullopt;
    const std::string_view rest = after_number(text.substr(word.size()));
    for (const std::string& separator : tables_.separators) {
      if (!starts_with(rest, separator)) continue;
      const std::string_view after = rest.substr(separator.size());
      if (separator == "-" && !shouted_ && !starts_with(after, " ")) continue;
      return after_blanks(after);
    }
    return std::nullopt;
  }

  std::optional<std::string_view> after_bracketed(std::string_view text, std::string_view word) {
    for (const WireTables::Frame& bracket : tables_.brackets) {
      if (!starts_with(text, bracket.prefix)) continue;
      const std::string_view inner = text.substr(bracket.prefix.size());
      if (!starts_with(inner, word)) continue;
      const std::string_view rest = after_number(inner.substr(word.size()));
      if (starts_with(rest, bracket.suffix)) {
        return after_blanks(rest.substr(bracket.suffix.size()));
      }
    }
    return std::nullopt;
  }

  static std::string_view after_blanks(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    return text;
  }

  void closing() {
    for (const WireTables::Frame& bracket : tables_.brackets) {
      if (!ends_with(text_, bracket.suffix)) continue;
      const std::size_t open = text_.rfind(bracket.prefix);
      if (open == std::string::npos) continue;
      const std::string_view tail = std::string_view(text_).substr(open);
      for (const WireTables::Form& marker : tables_.markers) {
        if (after_bracketed(tail, marker.text)) note(marker.means);
      }
    }
  }

  const WireTables& tables_;
  std::string text_;
  bool shouted_;
  std::size_t best_ = static_cast<std::size_t>(-1);
};

}  // namespace

WireWords::WireWords(WireTables tables) : tables_(std::move(tables)) {
  for (std::uint32_t i = 0; i < tables_.names.size(); ++i) {
    const std::string& name = tables_.names[i].text;
    if (name.size() >= 2) names_by_start_[start_of(name, 0)].push_back(i);
  }
}

void WireWords::annotate(Item& item) const {
  item.wire_marker = marker_of(item.title);
  const std::string opening = opening_of(item, tables_.lead_bytes);
  for (const WireTables::Form& form : tables_.openings) {
    if (item.wire_marker.empty() && starts_with(opening, form.text)) item.wire_marker = form.means;
  }
  item.credit = credit_in(item, opening);
}

std::string WireWords::marker_of(std::string_view title) const {
  return MarkerReader(tables_, title).gravest();
}

std::string WireWords::credit_of(const Item& item) const {
  return credit_in(item, opening_of(item, tables_.lead_bytes));
}

// Names that occur at all; what stands around them is looked at for these only.
void WireWords::add_names_in(std::string_view folded, std::vector<std::uint32_t>& names) const {
  for (std::size_t at = 0; at + 1 < folded.size(); ++at) {
    for (const std::uint32_t name : names_by_start_[start_of(folded, at)]) {
      if (starts_with(folded.substr(at), tables_.names[name].text)) names.push_back(name);
    }
  }
}

std::string WireWords::credit_in(const Item& item, std::string_view opening) const {
  const std::string_view text = text_of_item(item);
  const std::size_t from = text.size() > tables_.tail_bytes ? text.size() - tables_.tail_bytes : 0;
  const std::string closing = folded(text.substr(from));
  std::vector<std::string> authors;
  for (const Person& person : item.authors) authors.push_back(folded(person.name));
  std::vector<std::uint32_t> candidates;
  add_names_in(opening, candidates);
  add_names_in(closing, candidates);
  for (const std::string& author : authors) add_names_in(author, candidates);
  std::sort(candidates.begin(), candidates.end());
  for (const std::uint32_t candidate : candidates) {
    const WireTables::Form& name = tables_.names[candidate];
    const bool credited =
        framed(opening, name.text, tables_.start, true) ||
        framed(opening, name.text, tables_.lead, false) ||
        closes_with(closing, name.text, tables_.tail) ||
        std::any_of(authors.begin(), authors.end(),
                    [&name](const std::string& author) { return without_by(author) == name.text; });
    if (credited) return name.means;
  }
  return {};
}

}  // namespace steppe
