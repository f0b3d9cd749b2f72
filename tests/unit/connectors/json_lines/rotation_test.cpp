// Rotation and the mark: nothing is lost or repeated wherever the process stops in between.

#include <gmock/gmock.h>

#include "connectors/json_lines/json_lines_sink.h"
#include "tests/unit/connectors/json_lines/fixture.h"

namespace steppe::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RotationTest : public SinkTest {
 protected:
  std::string rotated() const { return directory_.file("out.jsonl.1"); }
  std::string mark() const { return path() + ".mark"; }
  void rotate() { std::filesystem::rename(path(), rotated()); }
};

TEST_F(RotationTest, ContinuesInANewFile) {
  publish(1, 3);
  rotate();
  publish(4, 4);
  ASSERT_TRUE(sink().reopen());
  publish(5, 6);
  EXPECT_THAT(numbers_in(rotated()), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(numbers_in(path()), ElementsAre(5, 6));
  EXPECT_EQ(restart().last_seq, 6u);
}

TEST_F(RotationTest, KeepsItsFile_WhenNothingWasRotated) {
  publish(1, 1);
  ASSERT_TRUE(sink().reopen());
  publish(2, 2);
  EXPECT_THAT(numbers_in(path()), ElementsAre(1, 2));
}

TEST_F(RotationTest, RemembersThroughAnEmptyNewFile) {
  publish(1, 3);
  rotate();
  ASSERT_TRUE(sink().reopen());
  std::filesystem::remove(rotated());
  EXPECT_EQ(restart().last_seq, 3u);
  EXPECT_EQ(restart().last_seq, 3u);
}

TEST_F(RotationTest, RemembersWhenStopped_BetweenRenameAndReopen) {
  publish(1, 2);
  restart();
  publish(3, 3);
  rotate();
  publish(4, 5);
  EXPECT_EQ(restart().last_seq, 5u);
  EXPECT_THAT(numbers_in(path()), IsEmpty());
}

TEST_F(RotationTest, RemembersWhenStopped_AfterTheRotatorMadeTheNewFile) {
  publish(1, 5);
  rotate();
  write_file(path(), "");
  EXPECT_EQ(restart().last_seq, 5u);
}

TEST_F(RotationTest, CutsAPartialLine_OfTheRotatedFile) {
  publish(1, 5);
  rotate();
  sink_.reset();
  std::ofstream(rotated(), std::ios::app) << "{\"topic\":\"it";
  EXPECT_EQ(restart().last_seq, 5u);
  EXPECT_THAT(numbers_in(rotated()), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(RotationTest, RemembersByTheMark_WhenTheRotatedFileWasMovedAway) {
  publish(1, 5);
  std::filesystem::create_directory(directory_.file("old"));
  std::filesystem::rename(path(), directory_.file("old/out.jsonl"));
  publish(6, 7);
  EXPECT_EQ(restart().last_seq, 7u);
}

TEST_F(RotationTest, RemembersByTheMark_WhenTheFileWasEmptiedInPlace) {
  publish(1, 5);
  std::filesystem::resize_file(path(), 0);
  EXPECT_EQ(restart().last_seq, 5u);
  publish(6, 6);
  EXPECT_THAT(numbers_in(path()), ElementsAre(6));
  EXPECT_EQ(restart().last_seq, 6u);
}

TEST_F(RotationTest, TrustsTheLines_WhenTheMarkIsLostOrDamaged) {
  publish(1, 5);
  std::filesystem::remove(mark());
  EXPECT_EQ(restart().last_seq, 5u);
  publish(6, 6);
  std::string text = read_file(mark());
  text[text.find("src-seq") + 29] = '9';
  write_file(mark(), text);
  EXPECT_EQ(restart().last_seq, 6u);
  write_file(mark(), "{}");
  EXPECT_EQ(restart().last_seq, 6u);
}

TEST_F(RotationTest, NeverGoesBack_WhenAnOlderCopyWasPutInPlace) {
  publish(1, 2);
  const std::string older = read_file(path());
  publish(3, 5);
  sink_.reset();
  rotate();
  write_file(path(), older);
  EXPECT_EQ(restart().last_seq, 5u);
}

TEST_F(RotationTest, StaysWithTheOldFile_WhenTheNewOneCannotBeMade) {
  publish(1, 2);
  rotate();
  std::filesystem::create_directory(path());
  EXPECT_EQ(sink().reopen().error().code, Code::kConfig);
  publish(3, 3);
  EXPECT_THAT(numbers_in(rotated()), ElementsAre(1, 2, 3));
  std::filesystem::remove(path());
  ASSERT_TRUE(sink().reopen());
  publish(4, 4);
  EXPECT_THAT(numbers_in(path()), ElementsAre(4));
}

TEST_F(RotationTest, PassesOnAnEarlierWritersMark_UntilItPublishes) {
  publish(1, 5);
  rotate();
  sink_.reset();
  const WriterIdentity other{"another-instance", "another"};
  {
    JsonLinesSink foreign(options(), clock_);
    EXPECT_EQ(foreign.open(other)->writer.instance, "main");
  }
  {
    JsonLinesSink foreign(options(), clock_);
    EXPECT_EQ(foreign.open(other)->last_seq, 5u);
    ASSERT_TRUE(foreign.publish(rows(1, 2)));
    std::filesystem::resize_file(path(), 0);
  }
  JsonLinesSink foreign(options(), clock_);
  EXPECT_EQ(foreign.open(other)->last_seq, 2u);
}

}  // namespace
}  // namespace steppe::test
