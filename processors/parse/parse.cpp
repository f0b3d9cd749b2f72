#include "processors/parse/parse.h"

#include <algorithm>
#include <utility>

#include "processors/parse/charset.h"
#include "processors/parse/decode_body.h"
#include "processors/parse/detect.h"
#include "processors/parse/json_feed.h"
#include "processors/parse/salvage.h"
#include "processors/parse/xml_feed.h"

namespace steppe {
namespace {

Error refused(std::string_view name, std::string_view why) {
  return {Code::kInvalidInput, Retry::kLater, std::string(name) + ": " + std::string(why)};
}

Error too_large(std::size_t bound) {
  return {Code::kTooLarge, Retry::kNever,
          "too_large: the document is over the bound of " + std::to_string(bound) + " bytes"};
}

void add_warnings(ParsedMeta& meta, std::vector<std::string> more) {
  for (std::string& name : more) {
    if (std::find(meta.warnings.begin(), meta.warnings.end(), name) == meta.warnings.end()) {
      meta.warnings.push_back(std::move(name));
    }
  }
}

/// One document on its way.
class Parser {
 public:
  Parser(std::string_view bytes, const ParseHints& hints, const ParseLimits& limits)
      : bytes_(bytes), hints_(hints), limits_(limits) {}

  Result<ParsedFeed> run() {
    decoded_ = decode_in_place(bytes_, hints_.content_type);
    const DocumentKind kind = detect_kind(decoded_.view(bytes_));
    auto result = run_kind(kind);
    if (!result) return result;
    result->meta.encoding = std::move(decoded_.encoding);
    add_warnings(result->meta, std::move(decoded_.warnings));
    return result;
  }

 private:
  Result<ParsedFeed> run_kind(DocumentKind kind) {
    switch (kind) {
      case DocumentKind::kEmpty: return refused("empty", "the document has no content");
      case DocumentKind::kJson:
        decoded_.own(bytes_);
        return parse_json_feed(decoded_.text, hints_, limits_);
      case DocumentKind::kXml: return run_xml(kind);
      case DocumentKind::kHtml: return run_xml(kind);
      case DocumentKind::kBinary: return refused("binary", "neither XML nor JSON nor text");
      case DocumentKind::kUnknown: return refused("unknown", "neither XML nor JSON");
    }
    return refused("unknown", "neither XML nor JSON");
  }

  Result<ParsedFeed> run_xml(DocumentKind kind) {
    const std::string_view text = decoded_.view(bytes_);
    XmlAttempt attempt = parse_xml_feed(text, decoded_.text, decoded_.latin1, hints_, limits_);
    const bool hopeless = !attempt.found && kind == DocumentKind::kHtml;
    if ((attempt.damaged || !attempt.found) && !hopeless) salvage(attempt);
    if (attempt.found) return std::move(attempt.feed);
    if (kind == DocumentKind::kHtml) {
      const std::string page = decode_text(bytes_, hints_.content_type).text;
      return refused(classify_page(page), "an HTML page, not a feed");
    }
    return refused("xml_not_feed", "XML without a feed element");
  }

  // Reads the document again, repaired; keeps what has more items.
  void salvage(XmlAttempt& attempt) {
    decoded_ = decode_text(bytes_, hints_.content_type);
    std::vector<std::string> warnings;
    std::string repaired = repair_xml(decoded_.text, warnings);
    decoded_.text = {};
    XmlAttempt second = parse_xml_feed(repaired, repaired, decoded_.latin1, hints_, limits_);
    if (second.found && second.feed.items.size() >= attempt.feed.items.size()) {
      attempt = std::move(second);
    }
    attempt.feed.meta.salvaged = true;
    add_warnings(attempt.feed.meta, std::move(warnings));
  }

  std::string_view bytes_;
  const ParseHints& hints_;
  const ParseLimits& limits_;
  DecodedText decoded_;
};

}  // namespace

Result<ParsedFeed> parse_feed(std::string_view bytes, const ParseHints& hints,
                              const ParseLimits& limits) {
  if (bytes.size() > limits.max_document_bytes) return too_large(limits.max_document_bytes);
  if (!looks_gzipped(bytes)) return Parser(bytes, hints, limits).run();
  auto body = decode_body(bytes, "gzip", limits.max_document_bytes);
  if (!body) {
    Error error = std::move(body.error());
    if (error.code == Code::kTooLarge) return too_large(limits.max_document_bytes);
    return refused("binary", error.message);
  }
  auto result = Parser(*body, hints, limits).run();
  if (result) result->meta.warnings.emplace_back("gzip_without_header");
  return result;
}

}  // namespace steppe
