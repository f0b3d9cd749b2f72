#include "processors/parse/detect.h"

#include <algorithm>
#include <array>
#include <string>

#include "processors/clean/data_rows.h"
#include "processors/clean/html_tokenizer.h"

namespace steppe {

extern const std::string_view kPageMarkers;  // config/data/page_markers.tsv

namespace {

constexpr std::size_t kLookedAt = 65536;

bool begins(std::string_view text, std::string_view lower) {
  return equals_ignoring_case(text.substr(0, lower.size()), lower);
}

// The first tag that is no declaration, comment or instruction.
std::string_view first_tag(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::string_view rest = text.substr(at);
    if (begins(rest, "<!doctype html")) return rest;
    if (begins(rest, "<!--")) {
      at = text.find("-->", at);
      if (at == std::string_view::npos) return {};
      continue;
    }
    if (rest.size() > 1 && is_ascii_letter(rest[1])) return rest;
    ++at;
  }
  return {};
}

bool is_html_tag(std::string_view tag) {
  constexpr std::array<std::string_view, 12> kTags = {
      "<!doctype html", "<html", "<head", "<body",   "<meta", "<title",
      "<script",        "<div",  "<p>",   "<center", "<h1",   "<br"};
  return std::any_of(kTags.begin(), kTags.end(),
                     [tag](std::string_view t) { return begins(tag, t); });
}

}  // namespace

DocumentKind detect_kind(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  const auto first = std::find_if_not(text.begin(), text.end(), blank);
  if (first == text.end()) return DocumentKind::kEmpty;
  text.remove_prefix(static_cast<std::size_t>(first - text.begin()));
  if (text[0] == '{' || text[0] == '[') return DocumentKind::kJson;
  const std::string_view tag = first_tag(text.substr(0, kLookedAt));
  if (!tag.empty()) return is_html_tag(tag) ? DocumentKind::kHtml : DocumentKind::kXml;
  const std::string_view sample = text.substr(0, 512);
  const auto odd = std::count_if(sample.begin(), sample.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0 || byte >= 0x80 || (byte < 32 && !is_html_space(c));
  });
  return odd * 4 > static_cast<std::ptrdiff_t>(sample.size()) ? DocumentKind::kBinary
                                                              : DocumentKind::kUnknown;
}

std::string_view classify_page(std::string_view html) {
  const std::string lower = lower_ascii(html.substr(0, kLookedAt));
  // The rows are in order of weight: what stands first explains the page.
  std::string_view found;
  for_each_row(kPageMarkers, [&](const DataRow& row) {
    if (found.empty() && lower.find(row[1]) != std::string::npos) found = row[0];
  });
  return found.empty() ? "html_page" : found;
}

}  // namespace steppe
