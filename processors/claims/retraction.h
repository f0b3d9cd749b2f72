#pragma once
// Which figures a text takes back.

#include <cstddef>
#include <vector>

#include "processors/claims/reading.h"

namespace steppe {

/// For each figure of `passage`: true when its sentence, or the one after it, says that this number
/// was wrong. A text that says so and gives the right number takes back only the wrong one.
/// A false retraction is worse than a missed one: a word that can mean other things ("denied",
/// "deleted") needs what is taken back ("the figure", "the post") beside it, and no negation.
std::vector<bool> find_retractions(const Passage& passage);

}  // namespace steppe
