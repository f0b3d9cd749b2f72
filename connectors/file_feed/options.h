#pragma once
// [file_feed]: bounds of what is read from directories of feed documents.

#include <cstdint>

namespace steppe {

template <typename T>
class OptionTable;

struct FileFeedOptions {
  std::uint64_t max_body_bytes = 8ULL << 20;     // of one document
  std::uint64_t max_total_bytes = 256ULL << 20;  // of one poll
  std::uint32_t max_files = 10'000;              // of one directory
};

OptionTable<FileFeedOptions> file_feed_option_table();

}  // namespace steppe
