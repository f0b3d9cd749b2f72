#include "processors/article/page_tree.h"

#include <gumbo.h>

#include <utility>

#include "core/c_handle.h"
#include "processors/clean/html_tokenizer.h"

namespace steppe {
namespace {

void free_tree(GumboOutput* output) {
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}
using TreeHandle = CHandle<GumboOutput, &free_tree>;

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view{} : std::string_view(found->value);
}

PageTag tag_of(const GumboElement& element) {
  switch (element.tag) {
    case GUMBO_TAG_A: return attribute(element, "href").empty() ? PageTag::kInline : PageTag::kLink;
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_TIME: return PageTag::kInline;
    case GUMBO_TAG_BR: return PageTag::kBreak;
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_BLOCKQUOTE: return PageTag::kParagraph;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_SUMMARY: return PageTag::kHeading;
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DD: return PageTag::kListItem;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return PageTag::kCell;
    case GUMBO_TAG_TR: return PageTag::kRow;
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_ADDRESS: return PageTag::kAround;
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_CAPTION: return PageTag::kBeside;
    default: return PageTag::kBlock;
  }
}

bool is_around_role(std::string_view role) {
  return role == "navigation" || role == "complementary" || role == "contentinfo" ||
         role == "banner" || role == "search" || role == "dialog" || role == "alertdialog";
}

PageNode node_of(const GumboNode& from, std::uint32_t parent) {
  PageNode node;
  node.parent = parent;
  if (from.type != GUMBO_NODE_ELEMENT) {
    node.tag = PageTag::kText;
    node.text = from.v.text.text;
    return node;
  }
  const GumboElement& element = from.v.element;
  node.tag = is_around_role(attribute(element, "role")) ? PageTag::kAround : tag_of(element);
  node.is_title = element.tag == GUMBO_TAG_H1;
  node.is_body = attribute(element, "itemprop").find("articleBody") != std::string_view::npos;
  node.hidden = gumbo_get_attribute(&element.attributes, "hidden") != nullptr ||
                attribute(element, "aria-hidden") == "true";
  node.names = std::string(attribute(element, "class"));
  node.names += ' ';
  node.names += attribute(element, "id");
  return node;
}

bool is_seen(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEXT ||
         node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}

}  // namespace

std::vector<PageNode> page_tree(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const TreeHandle output(gumbo_parse_with_options(&options, html.data(), html.size()));
  std::vector<PageNode> nodes;
  if (!output || output.get()->root == nullptr) return nodes;
  struct Open {
    const GumboNode* node;
    std::uint32_t parent;
    std::uint32_t closes;  // with `node` null: this one ends here
  };
  std::vector<Open> open{{output.get()->root, 0, 0}};
  while (!open.empty()) {
    const Open next = open.back();
    open.pop_back();
    if (next.node == nullptr) {
      nodes[next.closes].end = static_cast<std::uint32_t>(nodes.size());
      continue;
    }
    if (!is_seen(*next.node)) continue;
    const auto at = static_cast<std::uint32_t>(nodes.size());
    nodes.push_back(node_of(*next.node, next.parent));
    nodes.back().end = at + 1;
    if (next.node->type != GUMBO_NODE_ELEMENT) continue;
    open.push_back({nullptr, 0, at});
    const GumboVector& children = next.node->v.element.children;
    for (unsigned i = children.length; i > 0; --i)
      open.push_back({static_cast<const GumboNode*>(children.data[i - 1]), at, 0});
  }
  return nodes;
}

}  // namespace steppe
