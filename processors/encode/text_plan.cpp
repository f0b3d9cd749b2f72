#include "processors/encode/text_plan.h"

#include "core/utf8.h"

namespace steppe {
namespace {

constexpr TextField kFields[] = {TextField::kTitle, TextField::kSummary, TextField::kBody};

bool starts_code_point(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// The first `limit` code points.
std::string_view first_chars(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t at = 0;
  for (std::size_t count = 0; count < limit && at < text.size(); ++count) {
    at += decode_utf8(text, at).length;
  }
  return text.substr(0, at);
}

}  // namespace

TextPlan::TextPlan(const Item& item, PublishText policy, const Rights& rights,
                   const EncodeLimits& limits, bool with_body)
    : evidence_max_chars_(limits.evidence_max_chars) {
  for (const TextField field : kFields) {
    std::size_t replaced = 0;
    Part& one = part(field);
    one.full = repair_utf8(text_of(item, field), replaced);
    if (replaced > 0) one.broken = text_of(item, field);
  }
  publish(TextField::kTitle, limits.title_max_bytes);
  if (policy != PublishText::kNone) publish(TextField::kSummary, limits.body_max_bytes);
  if (policy == PublishText::kFull && !rights.tdm_reserved) {
    publish(TextField::kBody, with_body ? limits.body_max_bytes : 0);
  }
  for (const TextField field : kFields) {
    Part& one = part(field);
    if (one.published == one.full.size()) continue;
    if (!source_text_.empty()) source_text_.push_back('\n');
    one.source_at = source_text_.size();
    source_text_ += one.full;
  }
}

void TextPlan::publish(TextField field, std::size_t limit) {
  Part& one = part(field);
  one.published = truncate_utf8(one.full, limit).size();
  one.cut = one.published < one.full.size();
}

std::string_view TextPlan::published(TextField field) const {
  return std::string_view(part(field).full).substr(0, part(field).published);
}

bool TextPlan::truncated(TextField field) const {
  return part(field).cut;
}

/// The words of `evidence`; empty when the text has no such slice, or another one since its repair.
std::string_view TextPlan::slice(const Evidence& evidence) const {
  if (static_cast<std::size_t>(evidence.field) >= parts_.size()) return {};
  const Part& from = part(evidence.field);
  const std::string_view full = from.full;
  const std::size_t start = evidence.byte_start;
  if (evidence.empty() || evidence.byte_end > full.size()) return {};
  if (!starts_code_point(full, start) || !starts_code_point(full, evidence.byte_end)) return {};
  const std::string_view text = full.substr(start, evidence.byte_end - start);
  if (from.broken.empty()) return text;
  const bool same = start < from.broken.size() && text == from.broken.substr(start, text.size());
  return same ? text : std::string_view();
}

std::optional<PublishedEvidence> TextPlan::map_slice(const Evidence& evidence,
                                                     std::string_view slice) const {
  const std::string_view text = first_chars(slice, evidence_max_chars_);
  if (text.empty()) return std::nullopt;
  const Part& from = part(evidence.field);
  const std::size_t start = evidence.byte_start;
  const std::size_t end = start + text.size();
  if (end <= from.published) return PublishedEvidence{to_string(evidence.field), start, end, text};
  return PublishedEvidence{"source_text", from.source_at + start, from.source_at + end, text};
}

std::optional<PublishedEvidence> TextPlan::map(const Evidence& evidence) const {
  return map_slice(evidence, slice(evidence));
}

std::optional<PublishedEvidence> TextPlan::map(const QuotedEvidence& evidence) const {
  const std::string_view text = slice(evidence);
  return text == evidence.text ? map_slice(evidence, text) : std::nullopt;
}

}  // namespace steppe
