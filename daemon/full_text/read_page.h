#pragma once
// The worker's side of full text: from the answer to an item with the text of its page.

#include "core/digest.h"
#include "daemon/chain.h"

namespace steppe {

/// Sets `digest.page` from an outcome of purpose kArticle, and `digest.trace` when the page is the
/// source of what is published. The text is taken when the page allows it, is about what the item
/// is about, and has more to read than the feed gave. The bytes are dropped. Any thread.
void read_page(Digest& digest, const Chain& chain);

}  // namespace steppe
