#pragma once
// Texts of a record that are written once: views, and what keeps the bytes behind them.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace steppe {

/// A view of text that outlives it: of the program, or kept by a KeptTexts. It is not made of a
/// string that is about to go.
class KeptText : public std::string_view {
 public:
  constexpr KeptText() = default;
  constexpr KeptText(std::string_view text) : std::string_view(text) {}  // NOLINT: a view
  constexpr KeptText(const char* text) : std::string_view(text) {}       // NOLINT: a view
  KeptText(const std::string& text) : std::string_view(text) {}          // NOLINT: a view
  KeptText(std::string&& text) = delete;

  std::string str() const { return std::string(*this); }
  void clear() { *this = {}; }

  friend std::string operator+(std::string a, KeptText b) {
    a += std::string_view(b);
    return a;
  }
  friend std::string operator+(KeptText a, std::string_view b) {
    std::string both(a);
    both += b;
    return both;
  }
};

/// Keeps texts as long as it, or a copy of it, lives: one block of memory for many. One thread at a
/// time, together with its copies.
class KeptTexts {
 public:
  /// Copies `text`.
  KeptText keep(std::string_view text);
  /// Keeps what the views of other texts need.
  void keep_alive(std::shared_ptr<const void> owner);

 private:
  struct Store;
  Store& store();

  std::shared_ptr<Store> store_;
};

}  // namespace steppe
