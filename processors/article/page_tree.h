#pragma once
// The tree of a page, flat: every node in the order of the page.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

enum class PageTag : std::uint8_t {
  kText,
  kInline,     // span, time, label and the like
  kLink,       // a with an address
  kBreak,      // br
  kBlock,      // div, section and all others that begin a line
  kParagraph,  // p, pre, blockquote
  kHeading,
  kListItem,
  kCell,
  kRow,
  kAround,  // aside, and roles such as banner: beside the article mostly
  kBeside   // nav, footer, figcaption: never the text of an article
};

struct PageNode {
  PageTag tag = PageTag::kBlock;
  std::uint32_t parent = 0;  // the root is its own
  std::uint32_t end = 0;     // one past its last descendant
  bool is_body = false;      // itemprop articleBody
  bool is_title = false;     // h1
  bool hidden = false;
  std::string text;   // kText: decoded
  std::string names;  // class and id
};

/// `html` as read_page_source() leaves it: its bounds bound the time. The first node is the root.
std::vector<PageNode> page_tree(std::string_view html);

}  // namespace steppe
