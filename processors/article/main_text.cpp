#include "processors/article/main_text.h"

#include <algorithm>
#include <cstdint>

#include "core/utf8.h"
#include "processors/article/page_names.h"
#include "processors/clean/html_to_text.h"

namespace steppe {
namespace {

constexpr std::size_t kLongLine = 80;     // units: prose if it has a sentence
constexpr std::size_t kShortLine = 25;    // prose if it is a sentence
constexpr std::size_t kLeastProse = 200;  // units of an article
constexpr std::size_t kCellUnits = 60;    // shorter cells of one row make one line
constexpr std::size_t kMaxLineBytes = 64U << 10;
constexpr std::size_t kMaxTextBytes = 256U << 10;
constexpr double kMaxLinkShare = 0.35;  // of prose
constexpr double kLinkLine = 0.5;       // a line of links
constexpr double kOneBranch = 0.85;     // of the worth in one child: it is the article
constexpr double kMostProse = 0.6;      // of the page in one block: it is not beside

bool is_space_point(char32_t c) {
  return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x3000 || c == 0xFEFF;
}

// . ! ? ... and their kin of other scripts.
bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 ||
         c == 0xFF1F || c == 0xFF0E || c == 0x061F || c == 0x06D4;
}

// May follow the end of a sentence: quotes and brackets.
bool closes(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xBB || c == 0x201D || c == 0x201C ||
         c == 0x2019 || c == 0x300D || c == 0x300F || c == 0xFF09 || c == ':' || c == ';' ||
         c == 0xFF1A || c == 0xFF1B;
}

bool has_sentence(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (ends_sentence(c.value)) return true;
    at += c.length;
  }
  return false;
}

bool ends_as_sentence(std::string_view text) {
  char32_t last = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    at += c.length;
    if (is_space_point(c.value)) continue;
    before = last;
    last = c.value;
  }
  return ends_sentence(last) || (closes(last) && (ends_sentence(before) || last < 0x80));
}

struct Line {
  std::string text;
  std::uint32_t node = 0;  // the element that holds it
  PageTag tag = PageTag::kBlock;
  std::uint32_t row = 0;  // of the table it is a cell of
  std::size_t units = 0;
  std::size_t link_units = 0;
  bool is_title = false;
  double link_share() const {
    return units == 0 ? 0 : static_cast<double>(link_units) / static_cast<double>(units);
  }
  bool of_links() const { return link_share() >= kLinkLine; }
};

bool is_prose(const Line& line) {
  if (line.tag == PageTag::kHeading || line.link_share() > kMaxLinkShare) return false;
  if (line.units >= kLongLine) return has_sentence(line.text);
  return line.units >= kShortLine && ends_as_sentence(line.text);
}

double worth_of(const Line& line) {
  if (is_prose(line)) return static_cast<double>(line.units);
  if (line.of_links()) return -static_cast<double>(line.units);
  if (line.tag == PageTag::kHeading) return 0;
  return -std::min(static_cast<double>(line.units), 10.0) / 2;
}

bool is_inline(PageTag tag) {
  return tag == PageTag::kText || tag == PageTag::kInline || tag == PageTag::kLink;
}

/// Cuts the tree into lines.
class LineCutter {
 public:
  explicit LineCutter(const std::vector<PageNode>& tree) : tree_(tree) {}

  std::vector<Line> run() {
    std::vector<std::uint32_t> block(tree_.size(), 0);
    std::vector<std::uint32_t> row(tree_.size(), 0);
    std::vector<bool> linked(tree_.size(), false);
    for (std::uint32_t at = 0; at < tree_.size(); ++at) {
      const PageNode& node = tree_[at];
      const bool has_parent = at > 0;
      linked[at] = node.tag == PageTag::kLink || (has_parent && linked[node.parent]);
      const bool flows = is_inline(node.tag) || node.tag == PageTag::kBreak;
      block[at] = flows ? block[node.parent] : at;
      row[at] = node.tag == PageTag::kRow ? at : has_parent ? row[node.parent] : 0;
      if (!is_inline(node.tag)) flush();
      if (node.tag != PageTag::kText) continue;
      if (!raw_.empty() && block[at] != line_.node) flush();
      line_.node = block[at];
      line_.row = row[at];
      if (raw_.size() < kMaxLineBytes) raw_ += node.text;
      if (linked[at]) line_.link_units += reading_units(node.text);
    }
    flush();
    return std::move(lines_);
  }

 private:
  void flush() {
    line_.text = clean_line(raw_, kMaxLineBytes);
    raw_.clear();
    if (!line_.text.empty()) {
      const PageNode& node = tree_[line_.node];
      line_.tag = node.tag;
      line_.is_title = node.is_title;
      line_.units = reading_units(line_.text);
      lines_.push_back(std::move(line_));
    }
    line_ = {};
  }

  const std::vector<PageNode>& tree_;
  std::string raw_;
  Line line_;
  std::vector<Line> lines_;
};

/// Sums over elements, each with all that is in it.
std::vector<double> summed(const std::vector<PageNode>& tree, std::vector<double> own) {
  for (std::size_t at = tree.size(); at-- > 1;) own[tree[at].parent] += own[at];
  return own;
}

NameSays names_of(const PageNode& node) {
  const NameSays says = node.names.size() > 1 ? read_names(node.names) : NameSays::kNothing;
  return node.tag == PageTag::kAround ? std::max(says, NameSays::kAround) : says;
}

/// Which nodes hold nothing of an article, whatever else is on the page.
std::vector<bool> beside(const std::vector<PageNode>& tree, const std::vector<NameSays>& says,
                         const std::vector<double>& titles) {
  std::vector<bool> out(tree.size(), false);
  for (std::size_t at = 0; at < tree.size(); ++at) {
    const PageNode& node = tree[at];
    const bool named = says[at] == NameSays::kBeside && titles[at] == 0;
    const bool itself = node.tag == PageTag::kBeside || node.hidden || named;
    out[at] = (itself && !node.is_body) || (at > 0 && out[node.parent]);
  }
  return out;
}

/// With those that are around it, unless they hold most of what is left.
std::vector<bool> left_out(const std::vector<PageNode>& tree, const std::vector<Line>& lines) {
  std::vector<NameSays> says;
  says.reserve(tree.size());
  for (const PageNode& node : tree) says.push_back(names_of(node));
  std::vector<double> titles(tree.size(), 0);
  for (const Line& line : lines) titles[line.node] += line.is_title ? 1 : 0;
  titles = summed(tree, std::move(titles));
  std::vector<bool> out = beside(tree, says, titles);
  std::vector<double> prose(tree.size(), 0);
  for (const Line& line : lines) {
    if (!out[line.node] && is_prose(line)) prose[line.node] += static_cast<double>(line.units);
  }
  prose = summed(tree, std::move(prose));
  for (std::size_t at = 1; at < tree.size(); ++at) {
    const bool around = says[at] == NameSays::kAround && titles[at] == 0 && !tree[at].is_body;
    const bool most = prose[at] >= kMostProse * prose[0] && prose[0] > 0;
    out[at] = out[at] || out[tree[at].parent] || (around && !most);
  }
  return out;
}

/// A stretch of the page.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

bool holds_blocks(const PageNode& node) {
  return node.tag == PageTag::kBlock || node.tag == PageTag::kAround;
}

// What stands after the child that holds nearly all is no part of it; a lead before it is.
Range narrowed(const std::vector<PageNode>& tree, const std::vector<double>& worth,
               std::uint32_t best) {
  Range range{best, tree[best].end};
  for (std::uint32_t at = best; holds_blocks(tree[at]);) {
    std::uint32_t heavy = 0;
    for (std::uint32_t child = at + 1; child < tree[at].end; child = tree[child].end) {
      const bool holds = holds_blocks(tree[child]) && worth[child] >= kOneBranch * worth[at];
      if (holds) heavy = child;
    }
    if (heavy == 0) break;
    at = heavy;
    range.end = tree[at].end;
  }
  return range;
}

Range article_of(const std::vector<PageNode>& tree, const std::vector<double>& worth) {
  std::uint32_t best = 0;
  std::uint32_t marked = 0;
  for (std::uint32_t at = 0; at < tree.size(); ++at) {
    if (worth[at] >= worth[best]) best = at;
    if (tree[at].is_body && (marked == 0 || worth[at] > worth[marked])) marked = at;
  }
  if (marked != 0 && worth[marked] >= static_cast<double>(kLeastProse))
    return {marked, tree[marked].end};
  return narrowed(tree, worth, best);
}

/// Puts the lines of an article together.
class TextMaker {
 public:
  explicit TextMaker(const std::vector<Line>& lines) : lines_(lines) {}

  std::string run() {
    const auto prose = [](const Line& line) { return is_prose(line); };
    auto first = std::find_if(lines_.begin(), lines_.end(), prose);
    if (first == lines_.end()) return {};
    while (first != lines_.begin() && std::prev(first)->tag == PageTag::kHeading) --first;
    auto last = std::find_if(lines_.rbegin(), lines_.rend(), prose).base();
    while (last != lines_.end() && last->tag == PageTag::kListItem && !last->of_links()) ++last;
    std::size_t prose_units = 0;
    std::size_t all_units = 0;
    for (auto at = first; at != last; ++at) {
      if (at->is_title || (at->of_links() && !is_prose(*at))) continue;
      prose_units += is_prose(*at) ? at->units : 0;
      all_units += at->units;
      add(*at);
    }
    const bool enough = prose_units >= kLeastProse && prose_units * 2 >= all_units;
    return enough ? std::move(out_) : std::string{};
  }

 private:
  void add(const Line& line) {
    if (out_.size() + line.text.size() > kMaxTextBytes) return;
    const bool same_row = line.row != 0 && line.row == row_ && line.units < kCellUnits && short_;
    row_ = line.row;
    short_ = line.units < kCellUnits;
    if (!out_.empty()) out_ += same_row ? ' ' : '\n';
    if (line.tag == PageTag::kListItem) out_ += "* ";
    out_ += line.text;
  }

  const std::vector<Line>& lines_;
  std::string out_;
  std::uint32_t row_ = 0;
  bool short_ = false;
};

}  // namespace

std::size_t reading_units(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    at += c.length;
    if (!is_space_point(c.value)) units += is_cjk(c.value) ? 3U : 1U;
  }
  return units;
}

std::string main_text(const std::vector<PageNode>& tree) {
  if (tree.empty()) return {};
  std::vector<Line> lines = LineCutter(tree).run();
  const std::vector<bool> gone = left_out(tree, lines);
  std::erase_if(lines, [&gone](const Line& line) { return gone[line.node]; });
  std::vector<double> worth(tree.size(), 0);
  for (const Line& line : lines) worth[line.node] += worth_of(line);
  worth = summed(tree, std::move(worth));
  const Range article = article_of(tree, worth);
  std::erase_if(lines, [&article](const Line& line) {
    return line.node < article.begin || line.node >= article.end;
  });
  return TextMaker(lines).run();
}

}  // namespace steppe
