#include "connectors/file_feed/document_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include "connectors/file_feed/packed_body.h"
#include "core/header_block.h"
#include "core/printable.h"

namespace steppe {
namespace {

constexpr std::uint64_t kMaxSidecarBytes = 64U << 10;

class Descriptor {
 public:
  // Waits for nobody: a FIFO must not hold the reader.
  explicit Descriptor(const std::string& path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

std::string named(const std::string& path) {
  return "reading '" + printable(path) + "': ";
}

Error system_error(const std::string& path, int number) {
  const bool denied = number == EACCES || number == EPERM;
  const bool odd = number == ELOOP || number == ENXIO;  // a link, or a device without driver
  const Code code = denied ? Code::kPermission : odd ? Code::kInvalidInput : Code::kStorage;
  return {code, Retry::kLater, named(path) + std::generic_category().message(number)};
}

Result<std::string> read_to_end(int descriptor, const std::string& path, std::uint64_t max_bytes) {
  std::string bytes;
  std::array<char, 65536> chunk{};
  for (;;) {
    const auto got = ::read(descriptor, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path, errno);
    if (got == 0) return bytes;
    bytes.append(chunk.data(), static_cast<std::size_t>(got));
    if (bytes.size() > max_bytes) {
      return Error{Code::kTooLarge, Retry::kLater,
                   named(path) + "more than " + std::to_string(max_bytes) + " bytes"};
    }
  }
}

Result<std::string> read_regular_file(const std::string& path, std::uint64_t max_bytes) {
  const Descriptor descriptor(path);
  if (descriptor.number() < 0) return system_error(path, errno);
  struct stat status{};
  if (::fstat(descriptor.number(), &status) != 0) return system_error(path, errno);
  if (!S_ISREG(status.st_mode)) {
    return Error{Code::kInvalidInput, Retry::kLater, named(path) + "not a regular file"};
  }
  return read_to_end(descriptor.number(), path, max_bytes);
}

Result<HeaderBlock> read_sidecar(const std::string& path) {
  HeaderBlock headers(kMaxSidecarBytes);
  const std::string sidecar = path + std::string(kSidecarSuffix);
  if (::access(sidecar.c_str(), F_OK) != 0) return headers;
  auto text = read_regular_file(sidecar, kMaxSidecarBytes);
  if (!text) return std::move(text).error();
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    headers.add_line(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return headers;
}

std::string first(const HeaderBlock& headers, std::string_view name) {
  return std::string(headers.first(name).value_or(""));
}

Result<std::string> encoding_of(const std::string& path, const HeaderBlock& headers) {
  if (!headers.first("content-encoding")) return path.ends_with(".gz") ? "gzip" : "";
  if (auto encoding = headers.content_encoding()) return *encoding;
  return Error{
      Code::kInvalidInput, Retry::kLater,
      named(path) + "unknown encoding '" + printable(headers.joined("content-encoding"), 80) + "'"};
}

bool is_plain_in_url(unsigned char c) {
  const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return word || std::string_view("/-._~!$&'()*+,;=:@").find(static_cast<char>(c)) !=
                     std::string_view::npos;
}

}  // namespace

Result<DocumentFile> read_document_file(const std::string& path, std::uint64_t max_bytes) {
  auto headers = read_sidecar(path);
  if (!headers) return std::move(headers).error();
  auto encoding = encoding_of(path, *headers);
  if (!encoding) return std::move(encoding).error();
  auto body = read_regular_file(path, max_bytes);
  if (!body) return std::move(body).error();
  if (body->empty()) {
    return Error{Code::kInvalidInput, Retry::kLater, named(path) + "it is empty"};
  }
  if (first(*headers, "x-steppewatch-packed") == "gzip") {
    auto unpacked = unpack_body(*body, max_bytes);
    if (!unpacked) {
      return Error{Code::kInvalidInput, Retry::kLater,
                   named(path) + "it is damaged, or larger than it may be"};
    }
    *body = std::move(*unpacked);
  }
  const std::string url = first(*headers, "x-steppewatch-url");
  DocumentFile file;
  file.feed = first(*headers, "x-steppewatch-feed");
  file.article = first(*headers, "x-steppewatch-article");
  file.fetched_at = parse_rfc3339(first(*headers, "x-steppewatch-fetched-at")).value_or(Instant{});
  file.document.content_encoding = *encoding;
  file.document.content_type = first(*headers, "content-type");
  file.document.url_chain = {url.empty() ? file_url(path) : url};
  file.document.headers = headers->take();
  file.document.body_hash = hash64(*body);
  file.document.body = *std::move(body);
  return file;
}

std::string file_url(const std::string& path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string url = "file://";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain_in_url(byte)) {
      url += c;
    } else {
      url += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
  }
  return url;
}

Result<std::string> path_of_file_url(const std::string& url) {
  const auto bad = [&](std::string_view why) {
    return Error{Code::kInvalidInput, Retry::kNever,
                 "reading URL '" + printable(url) + "': " + std::string(why)};
  };
  std::string_view rest = url;
  if (!rest.starts_with("file:")) return bad("not a file URL");
  rest.remove_prefix(5);
  if (rest.starts_with("//localhost/")) rest.remove_prefix(11);
  if (rest.starts_with("///")) rest.remove_prefix(2);
  if (!rest.starts_with("/") || rest.starts_with("//")) return bad("not a path of this machine");
  std::string path;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    if (rest[at] != '%') {
      path += rest[at];
      continue;
    }
    unsigned value = 0;
    const std::string_view digits = rest.substr(at + 1, 2);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || parsed.ptr != digits.data() + 2 || value == 0) {
      return bad("bad percent-encoding");
    }
    path += static_cast<char>(value);
    at += 2;
  }
  return path;
}

}  // namespace steppe
