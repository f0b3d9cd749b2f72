#include "processors/parse/decode_body.h"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/c_handle.h"
#include "processors/clean/html_tokenizer.h"

namespace steppe {
namespace {

using Decompressor = CHandle<libdeflate_decompressor, &libdeflate_free_decompressor>;

constexpr std::size_t kMaxRatio = 200;
constexpr std::size_t kRatioFloor = 1024 * 1024;
constexpr std::size_t kMaxStackedEncodings = 3;

enum class Wrapping { kGzip, kZlib, kRaw };

std::size_t output_bound(std::size_t received, std::size_t max_bytes) {
  return std::min(max_bytes, std::max(kRatioFloor, received * kMaxRatio));
}

Error too_large(std::size_t bound) {
  return {Code::kTooLarge, Retry::kNever,
          "decompressed body is over the bound of " + std::to_string(bound) + " bytes"};
}

// The size a gzip member says it has (mod 2^32), as a first guess for the buffer.
std::size_t promised_size(std::string_view received) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    size |= static_cast<std::size_t>(static_cast<unsigned char>(received[received.size() - 4 + i]))
            << (8 * i);
  }
  return size;
}

// The whole body in one call; nothing when it is damaged, truncated or has several members.
libdeflate_result inflate_whole(std::string_view received, Wrapping wrapping, std::string& out,
                                std::size_t bound) {
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  std::size_t guess = received.size() * 6 + 1024;
  if (wrapping == Wrapping::kGzip && received.size() > 18) guess = promised_size(received);
  guess = std::clamp<std::size_t>(guess, 64, bound);
  for (;;) {
    out.resize(guess);
    std::size_t used = 0;
    std::size_t made = 0;
    libdeflate_result result = LIBDEFLATE_BAD_DATA;
    const auto size = received.size();
    switch (wrapping) {
      case Wrapping::kGzip:
        result = libdeflate_gzip_decompress_ex(decompressor.get(), received.data(), size,
                                               out.data(), out.size(), &used, &made);
        break;
      case Wrapping::kZlib:
        result = libdeflate_zlib_decompress_ex(decompressor.get(), received.data(), size,
                                               out.data(), out.size(), &used, &made);
        break;
      case Wrapping::kRaw:
        result = libdeflate_deflate_decompress_ex(decompressor.get(), received.data(), size,
                                                  out.data(), out.size(), &used, &made);
        break;
    }
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE && guess < bound) {
      guess = std::min(bound, guess * 4);
      continue;
    }
    if (result == LIBDEFLATE_SUCCESS) out.resize(made);
    const bool more =
        used < size && wrapping == Wrapping::kGzip && looks_gzipped(received.substr(used));
    return result == LIBDEFLATE_SUCCESS && more ? LIBDEFLATE_BAD_DATA : result;
  }
}

struct InflateStream {
  z_stream stream{};
  bool open = false;
  InflateStream(const InflateStream&) = delete;
  InflateStream& operator=(const InflateStream&) = delete;
  explicit InflateStream(Wrapping wrapping) {
    const int bits = wrapping == Wrapping::kGzip ? 15 + 16 : wrapping == Wrapping::kZlib ? 15 : -15;
    open = inflateInit2(&stream, bits) == Z_OK;
  }
  ~InflateStream() {
    if (open) inflateEnd(&stream);
  }
};

// Piece by piece: keeps what came before damage or the cut, reads several gzip members.
Result<std::string> inflate_pieces(std::string_view received, Wrapping wrapping,
                                   std::size_t bound) {
  InflateStream inflater(wrapping);
  if (!inflater.open) return Error{Code::kInternal, Retry::kLater, "inflateInit2 failed"};
  std::vector<Bytef> input(received.begin(), received.end());
  inflater.stream.next_in = input.data();
  inflater.stream.avail_in = static_cast<uInt>(input.size());
  std::string out;
  std::array<char, 65536> chunk{};
  for (;;) {
    inflater.stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    inflater.stream.avail_out = static_cast<uInt>(chunk.size());
    const int status = inflate(&inflater.stream, Z_NO_FLUSH);
    const std::size_t made = chunk.size() - inflater.stream.avail_out;
    if (out.size() + made > bound) return too_large(bound);
    out.append(chunk.data(), made);
    if (status == Z_STREAM_END && inflater.stream.avail_in > 0 && wrapping == Wrapping::kGzip) {
      if (inflateReset(&inflater.stream) == Z_OK) continue;
    }
    if (status != Z_OK || (made == 0 && inflater.stream.avail_in == 0)) break;
  }
  if (out.empty()) {
    return Error{Code::kInvalidInput, Retry::kLater, "body is not what its Content-Encoding says"};
  }
  return out;
}

Result<std::string> decompress(std::string_view received, Wrapping wrapping,
                               std::size_t max_bytes) {
  const std::size_t bound = output_bound(received.size(), max_bytes);
  std::string out;
  const libdeflate_result result = inflate_whole(received, wrapping, out, bound);
  if (result == LIBDEFLATE_SUCCESS) return out;
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return too_large(bound);
  out = {};
  return inflate_pieces(received, wrapping, bound);
}

// "deflate" means zlib, but some servers send the raw stream. Source: RFC 9110 §8.4.1.2, note.
Wrapping deflate_wrapping(std::string_view received) {
  if (received.size() < 2) return Wrapping::kRaw;
  const auto first = static_cast<unsigned char>(received[0]);
  const auto second = static_cast<unsigned char>(received[1]);
  const bool zlib = (first & 15) == 8 && (first * 256 + second) % 31 == 0;
  return zlib ? Wrapping::kZlib : Wrapping::kRaw;
}

Result<std::string> decode_one(std::string_view received, std::string_view encoding,
                               std::size_t max_bytes) {
  const bool gzip =
      equals_ignoring_case(encoding, "gzip") || equals_ignoring_case(encoding, "x-gzip");
  if (gzip && !looks_gzipped(received)) {
    // Said to be compressed but is not: servers behind proxies do that.
    if (received.size() > max_bytes) return too_large(max_bytes);
    return std::string(received);
  }
  if (gzip) return decompress(received, Wrapping::kGzip, max_bytes);
  if (equals_ignoring_case(encoding, "deflate")) {
    return decompress(received, deflate_wrapping(received), max_bytes);
  }
  if (encoding.empty() || equals_ignoring_case(encoding, "identity")) {
    if (received.size() > max_bytes) return too_large(max_bytes);
    return std::string(received);
  }
  return Error{Code::kInvalidInput, Retry::kNever,
               "unknown Content-Encoding \"" + std::string(encoding.substr(0, 40)) + "\""};
}

}  // namespace

bool looks_gzipped(std::string_view bytes) {
  return bytes.size() >= 3 && bytes[0] == '\x1F' && bytes[1] == '\x8B' && bytes[2] == '\x08';
}

Result<std::string> decode_body(std::string_view received, std::string_view content_encoding,
                                std::size_t max_bytes) {
  if (received.empty()) return std::string();
  std::vector<std::string_view> encodings;
  for (std::string_view rest = content_encoding;;) {
    const std::size_t comma = rest.find(',');
    std::string_view name = rest.substr(0, comma);
    while (!name.empty() && is_html_space(name.front())) name.remove_prefix(1);
    while (!name.empty() && is_html_space(name.back())) name.remove_suffix(1);
    encodings.push_back(name);
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  if (encodings.size() > kMaxStackedEncodings) {
    return Error{Code::kInvalidInput, Retry::kNever, "too many stacked Content-Encodings"};
  }
  std::string body(received);
  for (auto encoding = encodings.rbegin(); encoding != encodings.rend(); ++encoding) {
    auto decoded = decode_one(body, *encoding, max_bytes);
    if (!decoded) return std::move(decoded.error()).with_context("decoding body");
    body = std::move(*decoded);
  }
  return body;
}

}  // namespace steppe
