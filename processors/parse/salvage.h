#pragma once
// Makes well-formed XML out of what some servers send.

#include <string>
#include <string_view>
#include <vector>

namespace steppe {

/// Rewrites a damaged document so that every element is closed in order: tags that cross are
/// closed, end tags of nothing and stray '<' become harmless, attributes get their quotes and lose
/// their doubles, CDATA sections and comments that swallow what follows are ended early, an item
/// that begins inside another one ends that, a truncated end is closed. Text stays as it is.
/// Linear but for nesting, which is bounded. `text` must be UTF-8.
/// Warnings: truncated, crossed_tags, bad_markup, open_cdata, concatenated.
std::string repair_xml(std::string_view text, std::vector<std::string>& warnings);

}  // namespace steppe
