#pragma once
// Result<T>: a value or an Error, never ignored. Swapping tl::expected for std::expected is an edit
// of this header alone.

#include <tl/expected.hpp>
#include <utility>

#include "core/error.h"

namespace steppe {

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using Base = tl::expected<T, Error>;
  using Base::Base;
  // NOLINTNEXTLINE(google-explicit-constructor): implicit on purpose
  Result(Error error) : Base(tl::unexpected<Error>(std::move(error))) {}
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
 public:
  using Base = tl::expected<void, Error>;
  using Base::Base;
  // NOLINTNEXTLINE(google-explicit-constructor): implicit on purpose
  Result(Error error) : Base(tl::unexpected<Error>(std::move(error))) {}
};

/// Success without a value.
inline Result<void> ok() {
  return {};
}

}  // namespace steppe
