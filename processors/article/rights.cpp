#include "processors/article/rights.h"

#include "processors/clean/html_tokenizer.h"
#include "processors/parse/xml_text.h"

namespace steppe {
namespace {

constexpr std::string_view kProduct = "steppewatch";

void apply_rule(std::string_view rule, PageRights& rights) {
  if (rule == "noarchive" || rule == "nosnippet" || rule == "none") rights.no_copy = true;
  if (rule.starts_with("max-snippet")) {
    const std::size_t colon = rule.find(':');
    if (colon != rule.npos && trimmed(rule.substr(colon + 1)) == "0") rights.no_copy = true;
  }
  if (rule == "noai" || rule == "noml") rights.tdm_reserved = true;
}

// "googlebot: noarchive, nosnippet": the robot holds for all rules of the line. Directives with a
// value of their own ("max-snippet: 0", "unavailable_after: ...") name no robot.
bool is_about_another(std::string_view name) {
  return name != kProduct && name != "max-snippet" && name != "max-image-preview" &&
         name != "max-video-preview" && name != "unavailable_after";
}

void apply_rules(std::string_view list, bool may_name_robots, PageRights& rights) {
  const std::string lower = lower_ascii(list);
  std::string_view rest = lower;
  bool ours = true;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view rule = trimmed(rest.substr(0, comma));
    rest = comma == rest.npos ? std::string_view{} : rest.substr(comma + 1);
    const std::size_t colon = rule.find(':');
    if (may_name_robots && colon != rule.npos) {
      const std::string_view name = trimmed(rule.substr(0, colon));
      if (is_about_another(name) || name == kProduct) {
        ours = name == kProduct;
        rule = trimmed(rule.substr(colon + 1));
      }
    }
    if (ours) apply_rule(rule, rights);
  }
}

// "0" takes back what was said before; anything else says nothing.
void apply_reservation(std::string_view value, bool& reserved) {
  value = trimmed(value);
  if (value == "0" || value == "1") reserved = value == "1";
}

}  // namespace

void read_rights(const std::vector<std::pair<std::string, std::string>>& headers,
                 const PageSource& page, PageRights& rights) {
  bool reserved = false;
  for (const auto& [name, value] : headers) {
    if (name == "x-robots-tag") apply_rules(value, true, rights);
    if (name == "tdm-reservation") apply_reservation(value, reserved);
  }
  for (const auto& [name, value] : page.metas) {
    if (name == "robots" || name == kProduct) apply_rules(value, false, rights);
    if (name == "tdm-reservation") apply_reservation(value, reserved);
    if (name == "article:content_tier" && lower_ascii(trimmed(value)) == "locked")
      rights.not_free = true;
  }
  rights.tdm_reserved = rights.tdm_reserved || reserved;
}

}  // namespace steppe
