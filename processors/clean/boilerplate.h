#pragma once
#include <string>

namespace steppe {

/// Cuts sentences that feeds append to every text ("Read more", "The post ... appeared first on")
/// from the end of `text`; patterns are config/data/boilerplate.tsv.
void cut_boilerplate(std::string& text);

}  // namespace steppe
