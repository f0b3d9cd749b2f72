#pragma once
// What a document is, by its content.

#include <cstdint>
#include <string_view>

namespace steppe {

enum class DocumentKind : std::uint8_t { kEmpty, kXml, kJson, kHtml, kBinary, kUnknown };

/// By the first characters that matter. `text` is UTF-8 or raw bytes.
DocumentKind detect_kind(std::string_view text);

/// Names the page that came instead of a feed: challenge_page, login_page, parked_domain,
/// soft_not_found or html_page (config/data/page_markers.tsv).
std::string_view classify_page(std::string_view html);

}  // namespace steppe
