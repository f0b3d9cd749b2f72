#pragma once
// Text that is kept long, by many, and never changed: eight bytes and one block for all its copies.

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace steppe {

/// Immutable but for assignment; copies share one block, up to seven bytes need none. Any thread;
/// one object by one thread at a time. A view of it lives as long as the object itself.
class SharedText {
 public:
  SharedText() = default;
  template <typename Text>
    requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, SharedText>)
  SharedText(const Text& text)  // NOLINT: implicit, as std::string is
      : SharedText(std::string_view(text), 0) {}
  SharedText(const SharedText& other) : word_(other.word_) { share(); }
  SharedText(SharedText&& other) noexcept : word_(std::exchange(other.word_, kEmpty)) {}
  SharedText& operator=(const SharedText& other) {
    SharedText copy(other);
    swap(copy);
    return *this;
  }
  SharedText& operator=(SharedText&& other) noexcept {
    SharedText taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~SharedText() {
    if (!is_inline()) release();
  }

  std::string_view view() const {
    if (!is_inline()) return {block() + kHead, size_of_block()};
    return {reinterpret_cast<const char*>(&word_) + 1, (word_ >> 1U) & 7U};
  }
  operator std::string_view() const { return view(); }          // NOLINT: as std::string
  operator std::string() const { return std::string(view()); }  // NOLINT: for members kept so
  std::string str() const { return std::string(view()); }

  bool empty() const { return word_ == kEmpty; }
  std::size_t size() const { return view().size(); }
  bool starts_with(std::string_view prefix) const { return view().starts_with(prefix); }
  void clear() { *this = {}; }

  friend bool operator==(const SharedText& a, const SharedText& b) {
    return a.word_ == b.word_ || a.view() == b.view();
  }
  template <typename Text>
    requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, SharedText>)
  friend bool operator==(const SharedText& a, const Text& b) {
    return a.view() == std::string_view(b);
  }
  friend auto operator<=>(const SharedText& a, const SharedText& b) {
    return a.view() <=> b.view();
  }

  friend std::string operator+(std::string a, const SharedText& b) {
    a += b.view();
    return a;
  }
  friend std::string operator+(const SharedText& a, std::string_view b) {
    std::string both(a.view());
    both += b;
    return both;
  }

 private:
  // A block: users, size, bytes. Inline: bit 0, the size above it, then the bytes.
  static constexpr std::uint64_t kEmpty = 1;
  static constexpr std::size_t kInline = 7;
  static constexpr std::size_t kHead = 8;
  static_assert(std::endian::native == std::endian::little);

  SharedText(std::string_view text, int);
  bool is_inline() const { return (word_ & 1U) != 0; }
  char* block() const { return std::bit_cast<char*>(word_); }
  std::uint32_t size_of_block() const {
    std::uint32_t size = 0;
    std::memcpy(&size, block() + 4, sizeof size);
    return size;
  }
  void swap(SharedText& other) noexcept { std::swap(word_, other.word_); }
  void share() const;
  void release();

  std::uint64_t word_ = kEmpty;
};

}  // namespace steppe

template <>
struct std::hash<steppe::SharedText> {
  std::size_t operator()(const steppe::SharedText& text) const noexcept {
    return std::hash<std::string_view>{}(text.view());
  }
};
