#include "connectors/sqlite_store/schema.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/unit/connectors/sqlite_store/fixture.h"

namespace steppe::test {
namespace {

using ::testing::HasSubstr;

class SchemaTest : public StoreTest {
 protected:
  void execute(const std::string& sql) {
    auto connection = sqlite::Connection::open(database(), sqlite::Connection::Mode::kExisting);
    ASSERT_TRUE(connection) << connection.error().message;
    const auto done = connection->execute(sql);
    ASSERT_TRUE(done) << done.error().message;
  }
  Error refusal() {
    const auto opened = SqliteStore::open(options());
    EXPECT_FALSE(opened);
    return opened ? Error{} : opened.error();
  }
  std::string content() const {
    std::ifstream file(database(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& bytes) const {
    std::ofstream(database(), std::ios::binary | std::ios::trunc) << bytes;
  }
  void create() {
    ASSERT_TRUE(store().commit(outbox_batch(1, 3)));
    close();
  }
};

TEST_F(SchemaTest, RefusesNewerSchemaByName_AndLeavesTheFileAsItWas) {
  create();
  execute("PRAGMA user_version=7");
  const std::string before = content();
  const Error error = refusal();
  EXPECT_EQ(error.code, Code::kConfig);
  EXPECT_THAT(error.message, HasSubstr("has schema 7, this steppewatch knows up to 1"));
  EXPECT_EQ(content(), before);
}

TEST_F(SchemaTest, RefusesAnotherInstance_NamingBoth) {
  create();
  StoreOptions other = options();
  other.instance = "second";
  const auto opened = SqliteStore::open(other);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::kConfig);
  EXPECT_THAT(opened.error().message, HasSubstr("belongs to instance \"main\""));
}

TEST_F(SchemaTest, RefusesFilesThatAreNoState_WithAdvice_AndNeverRecreatesThem) {
  create();
  const std::string good = content();
  const std::vector<std::string> cases = {"",
                                          "x",
                                          std::string(100000, '\0'),
                                          "hello, world\n",
                                          good.substr(0, 50),
                                          good.substr(0, 8192),
                                          good.substr(0, good.size() / 2)};
  for (const std::string& bytes : cases) {
    write(bytes);
    const Error error = refusal();
    EXPECT_EQ(error.code, Code::kStorage) << bytes.size();
    EXPECT_EQ(error.retry, Retry::kNever);
    EXPECT_THAT(error.message, HasSubstr("Restore a backup"));
    EXPECT_EQ(content(), bytes);
  }
}

TEST_F(SchemaTest, RefusesAnotherProgramsDatabase) {
  create();
  execute("PRAGMA application_id=1");
  EXPECT_THAT(refusal().message, HasSubstr("not a state file of steppewatch"));
}

TEST_F(SchemaTest, RefusesTheLogAlone_WhenTheFileIsGone) {
  create();
  std::filesystem::remove(database());
  std::ofstream(database() + "-wal") << "something";
  EXPECT_THAT(refusal().message, HasSubstr("only its -wal file is left"));
}

TEST_F(SchemaTest, RefusesOutbox_ThatDoesNotFitItsNumbers) {
  create();
  execute("DELETE FROM outbox WHERE seq=3");
  EXPECT_THAT(refusal().message, HasSubstr("do not fit together"));
}

TEST_F(SchemaTest, NeverGivesOutADamagedOutboxRow) {
  create();
  execute("UPDATE outbox SET value=CAST('{\"n\":2}' AS BLOB) WHERE seq=2");
  const auto rows = store().outbox_after(0, 10, 1000);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().retry, Retry::kNever);
  EXPECT_THAT(rows.error().message, HasSubstr("outbox row 2 is damaged"));
}

TEST_F(SchemaTest, SpotsAMissingOutboxRow) {
  create();
  execute("DELETE FROM outbox WHERE seq=2");
  EXPECT_THAT(store().outbox_after(0, 10, 1000).error().message, HasSubstr("row 2 is missing"));
}

TEST_F(SchemaTest, StartsOver_WhenCreationWasInterrupted) {
  std::filesystem::create_directory(options().state_dir);
  std::ofstream(database() + ".new") << "half a file";
  std::ofstream(database() + ".new-journal") << "half a journal";
  EXPECT_TRUE(store().commit(outbox_batch(1, 1)));
  EXPECT_FALSE(std::filesystem::exists(database() + ".new"));
}

TEST_F(SchemaTest, BringsOlderSchemaForward_KeepingACopy) {
  create();
  const std::vector<sqlite::Migration> steps = {sqlite::migrations()[0],
                                                {2, "CREATE TABLE extra(x INTEGER) STRICT;"},
                                                {3, "INSERT INTO extra VALUES(5);"}};
  {
    auto opened = sqlite::open_database(database(), options(), steps);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->integer("PRAGMA user_version").value(), 3);
    EXPECT_EQ(opened->integer("SELECT x FROM extra").value(), 5);
    EXPECT_EQ(opened->integer("SELECT count(*) FROM outbox").value(), 3);
  }
  EXPECT_THAT(refusal().message, HasSubstr("has schema 3"));
  std::filesystem::rename(database() + ".schema-1", database());
  EXPECT_EQ(store().last_seq(), 3u);
}

TEST_F(SchemaTest, StaysAtTheOldSchema_WhenAStepFails) {
  create();
  const std::vector<sqlite::Migration> steps = {
      sqlite::migrations()[0], {2, "CREATE TABLE extra(x); INSERT INTO missing VALUES(1);"}};
  const auto opened = sqlite::open_database(database(), options(), steps);
  EXPECT_FALSE(opened);
  EXPECT_EQ(store().last_seq(), 3u);
}

}  // namespace
}  // namespace steppe::test
