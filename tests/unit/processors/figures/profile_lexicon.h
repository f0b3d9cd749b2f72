#pragma once
// The shipped profile, loaded once for the tests of extraction.

#include <map>
#include <string>

#include "config/enrichment_lexicon.h"
#include "processors/annotate/lexicon.h"

namespace steppe {

/// Aborts the test program with the problems when the profile has faults.
const EnrichmentLexicon& profile_lexicon();

const Lexicon& profile_language(const std::string& code);

}  // namespace steppe
