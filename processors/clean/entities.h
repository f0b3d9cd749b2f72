#pragma once
// Character references of HTML and XML: "&amp;", "&#1072;", "&nbsp;".

#include <cstddef>
#include <string>
#include <string_view>

namespace steppe {

/// Where a reference stands decides how tolerant its reading is.
enum class ReferenceContext { kHtmlText, kHtmlAttribute, kXml };

/// Reads the reference at `at` (text[at] is '&'), appends what it stands for, returns its length.
/// 0 when it is no reference (nothing appended). kXml wants the semicolon; kHtmlAttribute leaves
/// "&copy=1" alone. Numbers 128..159 are read as windows-1252, impossible ones give U+FFFD.
/// Source: WHATWG HTML §13.2.5.72-80; names are config/data/html_entities.tsv.
std::size_t append_reference(std::string& out, std::string_view text, std::size_t at,
                             ReferenceContext context);

/// Appends `text` with every reference decoded once.
/// True when some reference was another one than the five of XML.
bool append_decoded(std::string& out, std::string_view text, ReferenceContext context);

std::string decode_references(std::string_view text,
                              ReferenceContext context = ReferenceContext::kHtmlText);

/// Appends with & < > (and " when `quotes`) escaped.
void append_escaped(std::string& out, std::string_view text, bool quotes = false);

}  // namespace steppe
