// A power cut at any system call: what commit() acknowledged is there, and no batch by half.

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "tests/fault/faulty_disk.h"
#include "tests/fault/store_model.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {
namespace {

struct Image {
  std::string directory;
  std::uint64_t acknowledged = 0;  // batches
  std::uint64_t published = 0;     // sequence
};

TEST(StorePower, ACutAnywhere_LeavesAllThatWasAcknowledged) {
  TemporaryDirectory folder;
  const std::string directory = folder.file("state");
  open_store(directory);
  std::vector<Image> images;
  {
    FaultyDisk disk(directory);
    disk.record();
    Image now;
    std::uint64_t calls = 0;
    disk.on_call([&] {
      ++calls;
      if (calls % 7 != 0) return;  // a prime stride meets every kind of call
      images.push_back(now);
      images.back().directory = folder.file("image-" + std::to_string(calls));
      disk.write_image(images.back().directory, calls);
    });
    const auto store = open_store(directory);
    for (std::uint64_t n = 1; n <= 60; ++n) {
      ASSERT_TRUE(store->commit(make_batch(n)));
      now.acknowledged = n;
      if (n % 10 != 0) continue;
      ASSERT_TRUE(store->forget_published(store->last_seq() - 3));
      now.published = store->published_seq();
    }
  }
  EXPECT_GT(images.size(), 150u);
  for (const Image& image : images) {
    const std::uint64_t found = check_directory(image.directory);
    EXPECT_GE(found, image.acknowledged) << image.directory;
    EXPECT_LE(found, image.acknowledged + 1) << image.directory;
    EXPECT_GE(open_store(image.directory)->published_seq(), image.published);
    if (HasFailure()) return;
    std::filesystem::remove_all(image.directory);
  }
}

}  // namespace
}  // namespace steppe::test
