#include "processors/parse/json_salvage.h"

#include <cstddef>

#include "processors/clean/html_tokenizer.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxOpen = 512;

/// One document being rewritten.
class JsonRepair {
 public:
  explicit JsonRepair(std::string_view text) : text_(text) {}

  std::string run() {
    out_.reserve(text_.size() + text_.size() / 16 + 64);
    while (at_ < text_.size() && !done_) {
      const char c = text_[at_];
      if (is_html_space(c)) {
        ++at_;
      } else if (c == '"') {
        string();
      } else if (c == '{' || c == '[') {
        if (open_.size() >= kMaxOpen) return {};
        begin_value();
        value_written();
        open_.push_back(c == '{' ? '}' : ']');
        out_.push_back(c);
        ++at_;
      } else if (c == '}' || c == ']') {
        close(c);
      } else if (c == ',') {
        ++at_;
      } else if (c == ':') {
        colon();
      } else {
        literal();
      }
    }
    finish();
    return std::move(out_);
  }

 private:
  // A value or a key is about to be written: the comma before it, if it needs one.
  void begin_value() {
    const char last = out_.empty() ? '{' : out_.back();
    const bool first = last == '{' || last == '[' || last == ':';
    if (!first) out_.push_back(',');
  }

  bool in_object() const { return !open_.empty() && open_.back() == '}'; }

  void close(char c) {
    ++at_;
    if (open_.find(c) == std::string::npos) return;
    while (!open_.empty()) {
      const char closing = open_.back();
      end_member();
      out_.push_back(closing);
      open_.pop_back();
      if (closing == c) break;
    }
    done_ = open_.empty();
  }

  // A key or a colon without a value gets null.
  void end_member() {
    if (in_object() && key_at_ != std::string::npos) {
      if (out_.back() != ':') out_.push_back(':');
      out_ += "null";
    }
    key_at_ = std::string::npos;
  }

  void colon() {
    ++at_;
    if (key_at_ == std::string::npos || out_.back() == ':') return;
    out_.push_back(':');
  }

  void value_written() { key_at_ = std::string::npos; }

  // Numbers, true, false, null as they are; a half one is null.
  void literal() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_.find_first_of(",:]}\"{[ \t\r\n", at_) != at_) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    begin_value();
    const bool cut = at_ == text_.size() && word != "true" && word != "false" &&
                     word.find_first_of("0123456789") == std::string_view::npos;
    out_ += cut ? std::string_view("null") : word;
    value_written();
  }

  // True when the quote at `at` closes the string it stands in.
  bool closes(std::size_t at) const {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", at + 1);
    if (next == std::string_view::npos) return true;
    const char c = text_[next];
    if (c == '}' || c == ']' || c == ':') return true;
    if (c != ',') return false;
    const std::size_t after = text_.find_first_not_of(" \t\r\n", next + 1);
    const std::string_view begin = in_object() ? "\"}" : "\"{[]-0123456789tfn";
    return after == std::string_view::npos || begin.find(text_[after]) != std::string_view::npos;
  }

  void string() {
    const bool key = in_object() && key_at_ == std::string::npos;
    begin_value();
    if (key) key_at_ = out_.size();
    out_.push_back('"');
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' && closes(at_)) break;
      if (c == '\\') {
        escape();
      } else {
        character(c);
        ++at_;
      }
    }
    ++at_;
    out_.push_back('"');
    if (!key) value_written();
  }

  void character(char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"') {
      out_ += "\\\"";
    } else if (byte >= 0x20) {
      out_.push_back(c);
    } else {
      out_ += "\\u00";
      out_.push_back(kHex[byte >> 4U]);
      out_.push_back(kHex[byte & 15U]);
    }
  }

  static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  void escape() {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    const bool simple = c != '\0' && std::string_view("\"\\/bfnrt").find(c) != std::string::npos;
    std::size_t digits = 0;
    while (c == 'u' && digits < 4 && at_ + 2 + digits < text_.size() &&
           is_hex(text_[at_ + 2 + digits])) {
      ++digits;
    }
    if (simple || digits == 4) {
      out_.append(text_, at_, digits + 2);
      at_ += digits + 2;
    } else {
      ++at_;  // an unknown escape: what follows stands for itself
    }
  }

  void finish() {
    while (!open_.empty()) {
      end_member();
      out_.push_back(open_.back());
      open_.pop_back();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  std::string open_;                        // closing brackets still wanted
  std::size_t key_at_ = std::string::npos;  // where the key without value begins
  bool done_ = false;
};

}  // namespace

std::string repair_json(std::string_view text) {
  return JsonRepair(text).run();
}

}  // namespace steppe
