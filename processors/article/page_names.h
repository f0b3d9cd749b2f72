#pragma once
// What class names and ids say of a block.

#include <cstdint>
#include <string_view>

namespace steppe {

enum class NameSays : std::uint8_t {
  kNothing,
  kAround,  // beside the article mostly
  kBeside   // never part of it
};

/// `names`: class and id as written. Words end at signs, digits and inner capitals; a word that
/// another takes back ("no-sidebar") does not count. Source: config/data/page_blocks.tsv.
NameSays read_names(std::string_view names);

}  // namespace steppe
