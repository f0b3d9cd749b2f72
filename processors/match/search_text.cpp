#include "processors/match/search_text.h"

#include "processors/match/fold.h"
#include "processors/match/repair.h"

namespace steppe {

void SearchText::assign(std::string_view text) {
  origins_.clear();
  if (!needs_repair(text)) return fold_into(text, folded_);
  repair_into(text, repaired_, origins_);
  fold_into(repaired_, folded_);
}

}  // namespace steppe
