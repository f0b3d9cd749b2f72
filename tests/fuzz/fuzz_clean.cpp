// HTML to text and to safe HTML: valid, bounded, stable.

#include "core/check.h"
#include "core/utf8.h"
#include "processors/clean/boilerplate.h"
#include "processors/clean/html_to_text.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/clean/sanitize.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

// No tag, attribute or address that a browser would run.
void check_harmless(std::string_view html) {
  steppe::HtmlTokenizer tokenizer(html);
  steppe::HtmlToken token;
  while (tokenizer.next(token)) {
    STEPPE_CHECK(token.kind != steppe::HtmlToken::Kind::kComment);
    if (token.kind != steppe::HtmlToken::Kind::kStartTag) continue;
    const std::string name = steppe::lower_ascii(token.text);
    STEPPE_CHECK(name != "script" && name != "style" && name != "object" && name != "embed");
    steppe::AttributeReader reader(token.attributes);
    steppe::HtmlAttribute attribute;
    while (reader.next(attribute)) {
      const std::string key = steppe::lower_ascii(attribute.name);
      STEPPE_CHECK(key.substr(0, 2) != "on");
      // behind a slash, a question mark or a number sign it is no scheme: "//script:80"
      const std::string value = steppe::lower_ascii(attribute.value);
      const std::size_t at = value.substr(0, value.find_first_of("/?#")).find("script:");
      STEPPE_CHECK((key != "href" && key != "src") || at > 5 || at == std::string::npos);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t replaced = 0;
  const std::string html = steppe::repair_utf8(steppe::fuzz_text(data, size), replaced);
  constexpr std::size_t kMaxBytes = 4096;
  std::string text = steppe::html_to_text(html, kMaxBytes);
  STEPPE_CHECK(text.size() <= kMaxBytes && steppe::is_valid_utf8(text));
  STEPPE_CHECK(text.empty() || (text.back() != ' ' && text.back() != '\n'));
  steppe::cut_boilerplate(text);
  STEPPE_CHECK(steppe::is_valid_utf8(text));
  const std::string line = steppe::html_to_line(html, kMaxBytes);
  STEPPE_CHECK(steppe::is_valid_utf8(line) && line.find('\n') == std::string::npos);
  const std::string clean = steppe::clean_line(line, kMaxBytes);
  STEPPE_CHECK(steppe::clean_line(clean, kMaxBytes) == clean);
  const std::string safe = steppe::sanitize_html(html, "https://example.org/a/");
  STEPPE_CHECK(steppe::is_valid_utf8(safe));
  check_harmless(safe);
  return 0;
}
