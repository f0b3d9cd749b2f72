#pragma once
// One feed document on disk, with an optional sidecar that holds its HTTP header.

#include <cstdint>
#include <string>

#include "core/document.h"
#include "core/result.h"

namespace steppe {

/// A name that ends so is the sidecar of the document before it: `a.xml.headers` of `a.xml`.
inline constexpr std::string_view kSidecarSuffix = ".headers";

/// A document and what its sidecar tells about its origin; empty when it does not.
struct DocumentFile {
  Document document;
  std::string feed;      // x-steppewatch-feed
  std::string article;   // x-steppewatch-article: where the page of an item was asked for
  Instant fetched_at{};  // x-steppewatch-fetched-at, RFC 3339
};

/// Reads `path` and its sidecar: "Name: value" lines, as `curl -D` writes them; content-type,
/// content-encoding and etag count as in an answer, x-steppewatch-url is the URL that answered.
/// Without a content-encoding a name that ends in .gz means gzip. The body stays as it is, unless
/// x-steppewatch-packed says that Capture compressed it: then it is what was received.
/// Errors name the file: kTooLarge (> max_bytes), kPermission, kInvalidInput (no regular file,
/// empty, unknown encoding), kStorage. Symbolic links are not followed. Blocks on the disk.
Result<DocumentFile> read_document_file(const std::string& path, std::uint64_t max_bytes);

/// "file://" + the path, with what is special in URLs encoded.
std::string file_url(const std::string& path);

/// The path of a file: URL on this machine. Errors: kInvalidInput. Source: RFC 8089.
Result<std::string> path_of_file_url(const std::string& url);

}  // namespace steppe
