#pragma once
// Owns one object of a C library; freed in exactly one place.

#include <memory>

namespace steppe {

template <auto FreeFunction>
struct CDeleter {
  template <typename T>
  void operator()(T* object) const {
    FreeFunction(object);
  }
};

template <typename T, auto FreeFunction>
using CHandle = std::unique_ptr<T, CDeleter<FreeFunction>>;

}  // namespace steppe
