#pragma once
// What a document that is no feed, or the page that came with an error, really is.

#include <string_view>

#include "core/document.h"
#include "core/error.h"

namespace steppe {

/// The class of a document that was refused in `stage` (decode, parse). `body` is what the parser
/// got, if it came so far.
PollClass class_of_refusal(std::string_view stage, const Error& error, std::string_view body);

/// Looks at the page of a failed poll: a bot check, a login form or a domain for sale is the better
/// class than its status. Drops the page.
void look_at_page(FetchFailure& failure);

}  // namespace steppe
