#pragma once
// Whether the clause around a date tells what is to come. Part of find_dates().

#include <cstdint>

#include "processors/annotate/annotated_text.h"

namespace steppe {

/// True when the words [first, last) stand in a clause about what is to come: "will meet on
/// Wednesday", "promised to meet on Wednesday"; not "said on Wednesday that they will", nor
/// "promised on Wednesday to meet": those date the telling. The nearest word decides, first of
/// those before. Any thread.
bool is_ahead(const AnnotatedText& text, std::uint32_t first, std::uint32_t last);

}  // namespace steppe
