#pragma once
// The main text of a page, told from what stands around it.

#include <cstddef>
#include <string>
#include <vector>

#include "processors/article/page_tree.h"

namespace steppe {

/// How much there is to read in `text`: one for a letter, three for one of a script that puts no
/// space between words.
std::size_t reading_units(std::string_view text);

/// The text of the block that holds most of the page's prose, its paragraphs joined by '\n' and
/// list items beginning with "* "; empty when no block has enough.
///
/// The rule, our own: the page is cut into lines, as <br> and block elements end them. A line of
/// prose (long enough, hardly any link, sentences that end) counts for its length; one made of
/// links counts against; a short one counts slightly against. What is hidden, or called navigation,
/// comments, related and the like (config/data/page_blocks.tsv), counts nothing. Each element is
/// worth the sum of its lines; the one worth most is the article (of equals the innermost), or the
/// one marked as articleBody. Of its lines those stay that count for it, headings before them, and
/// lists, tables and short lines between them.
std::string main_text(const std::vector<PageNode>& tree);

}  // namespace steppe
