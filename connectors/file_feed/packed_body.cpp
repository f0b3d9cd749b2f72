#include "connectors/file_feed/packed_body.h"

#include <libdeflate.h>

#include "core/c_handle.h"
#include "core/check.h"

namespace steppe {
namespace {

using Compressor = CHandle<libdeflate_compressor, &libdeflate_free_compressor>;
using Decompressor = CHandle<libdeflate_decompressor, &libdeflate_free_decompressor>;

constexpr int kLevel = 6;
constexpr std::size_t kSmallestMember = 18;

// RFC 1952 2.3.1: the last four bytes are the length of the original.
std::uint64_t original_bytes(std::string_view packed) {
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto byte = static_cast<unsigned char>(packed[packed.size() - 4 + i]);
    size |= std::uint64_t{byte} << (8 * i);
  }
  return size;
}

}  // namespace

std::string pack_body(std::string_view body) {
  const Compressor compressor(libdeflate_alloc_compressor(kLevel));
  STEPPE_CHECK(compressor != nullptr);
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), body.size()), '\0');
  const std::size_t size =
      libdeflate_gzip_compress(compressor.get(), body.data(), body.size(), out.data(), out.size());
  STEPPE_CHECK(size > 0);
  out.resize(size);
  return out;
}

std::optional<std::string> unpack_body(std::string_view packed, std::uint64_t max_bytes) {
  if (packed.size() < kSmallestMember || original_bytes(packed) > max_bytes) return {};
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  STEPPE_CHECK(decompressor != nullptr);
  std::string out(original_bytes(packed), '\0');
  const auto result = libdeflate_gzip_decompress(decompressor.get(), packed.data(), packed.size(),
                                                 out.data(), out.size(), nullptr);
  if (result != LIBDEFLATE_SUCCESS) return {};
  return out;
}

}  // namespace steppe
