#pragma once
// Which language an item is written in.

#include <string_view>

#include "core/item.h"

namespace steppe {

/// Identifies the language of `text` from its first 512 bytes. `declared` (a BCP-47 tag, may be
/// empty) is a hint that script and letters can overrule.
///
/// The code is a primary subtag: ar be bg ce el en fa he hi hy ja ka kk ko ky mk mn ru sr tg th tt
/// ug uk ur uz zh by script and letters, Latin languages by CLD2; "und" when there are no letters.
/// The confidence is the share of texts with such evidence that are right, 0 to 1.
/// Any thread. Invalid UTF-8 is skipped. Source: letter frequencies of news text; CLD2
/// (Apache-2.0).
Language identify_language(std::string_view text, std::string_view declared);

/// The same for the title and the beginning of summary or body, with `item.lang.declared` as hint.
Language identify_language(const Item& item);

}  // namespace steppe
