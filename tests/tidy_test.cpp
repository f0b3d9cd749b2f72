// The rules a machine can check, over trees with planted faults.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/tidy/rules.h"

namespace steppe::tidy {
namespace {

namespace fs = std::filesystem;

TEST(Tidy, ThisTreeIsSeen) {
  const std::vector<SourceFile> sources = load_sources(STEPPE_SOURCE_DIR);
  EXPECT_GT(sources.size(), 50U) << "rules over nothing prove nothing";
}

// A small tree that keeps the rules, to plant one fault in.
class PlantedTree : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("steppe-tidy-" + std::to_string(getpid()));
    fs::remove_all(root_);
    write("core/a.h", "#pragma once\n");
    write("core/a.cpp", "#include \"core/a.h\"\n");
    write("core/CMakeLists.txt", "steppe_library(steppe_core SOURCES a.cpp)\n");
    write("config/b.cpp", "#include \"core/a.h\"\n");
    write("config/CMakeLists.txt",
          "steppe_library(steppe_config SOURCES b.cpp LINKS steppe_core)\n");
    for (const char* name : {"processors/match", "processors/story", "connectors/kafka"}) {
      const std::string folder = name;
      const std::string library = "steppe_" + folder.substr(folder.find('/') + 1);
      write(folder + "/c.h", "#pragma once\n#include \"core/a.h\"\n");
      write(folder + "/c.cpp", "#include \"" + folder + "/c.h\"\n");
      write(folder + "/CMakeLists.txt", "steppe_library(" + library + " SOURCES c.cpp)\n");
    }
    write("processors/README.md", "| `match` | |\n| `story` | `match` |\n");
    write("daemon/main.cpp",
          "#include \"connectors/kafka/c.h\"\n#include \"processors/match/c.h\"\n");
    write("daemon/CMakeLists.txt", "add_executable(steppewatch main.cpp)\n");
    write("tests/d.h", "#pragma once\n");
    write("tests/d.cpp", "#include \"tests/d.h\"\n#include \"daemon/e.h\"\n");
    write("daemon/e.h", "#pragma once\nclass Engine {\n};\nstruct Hash;\n");
    write("tests/CMakeLists.txt", "steppe_test(d SOURCES d.cpp LINKS steppe_kafka steppe_match)\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }

  void add(const std::string& path, const std::string& text) const {
    std::ofstream(root_ / path, std::ios::binary | std::ios::app) << text;
  }

  std::vector<std::string> faults() const {
    std::vector<std::string> out;
    for (const Fault& fault : all_faults(root_)) out.push_back(fault.to_string());
    return out;
  }

  void expect_fault(const std::string& expected) const {
    EXPECT_THAT(faults(), testing::ElementsAre(testing::HasSubstr(expected)));
  }

  fs::path root_;
};

TEST_F(PlantedTree, IsCleanAsItIs) {
  EXPECT_THAT(faults(), testing::IsEmpty());
}

TEST_F(PlantedTree, AllowsASiblingInTheTable) {
  add("processors/story/c.cpp", "#include \"processors/match/c.h\"\n");
  add("processors/story/CMakeLists.txt", "target_link_libraries(steppe_story steppe_match)\n");
  EXPECT_THAT(faults(), testing::IsEmpty());
}

struct Plant {
  const char* name;
  const char* path;
  std::string text;
  const char* expected;
};

class Planted : public PlantedTree, public testing::WithParamInterface<Plant> {};

TEST_P(Planted, IsFound) {
  add(GetParam().path, GetParam().text);
  expect_fault(GetParam().expected);
}

std::string repeated(const std::string& line, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += line;
  return out;
}

const Plant kPlants[] = {
    {"CoreUsesConfig", "core/a.h", "#include \"config/b.cpp\"\n", "core uses nothing but core"},
    {"ConfigUsesProcessor", "config/b.cpp", "#include \"processors/match/c.h\"\n",
     "config may not use processors/match"},
    {"SiblingNotInTable", "processors/match/c.cpp", "#include \"processors/story/c.h\"\n",
     "processors/match may not use processors/story (processors/README.md)"},
    {"ConnectorUsesProcessor", "connectors/kafka/c.cpp", "#include \"processors/match/c.h\"\n",
     "connectors/kafka may not use processors/match"},
    {"ProcessorUsesConnector", "processors/match/c.cpp", "#include \"connectors/kafka/c.h\"\n",
     "processors/match may not use connectors/kafka"},
    {"ProcessorUsesDaemon", "processors/match/c.cpp", "#include \"daemon/e.h\"\n",
     "processors/match may not use daemon"},
    {"ProductUsesTests", "daemon/main.cpp", "#include \"tests/d.h\"\n", "only tests use tests"},
    {"IncludeNotFromRoot", "core/a.cpp", "#include \"a.h\"\n", "is not a path from the root"},
    {"LinkAgainstTheTable", "processors/match/CMakeLists.txt",
     "target_link_libraries(steppe_match PUBLIC steppe_kafka)\n",
     "processors/match/CMakeLists.txt:2: links steppe_kafka"},
    {"FileNotBuilt", "core/forgotten.cpp", "int forgotten;\n",
     "no CMakeLists.txt builds this file"},
    {"HeaderNotIncluded", "core/forgotten.h", "#pragma once\n", "no file includes this header"},
    {"LongFile", "core/a.cpp", repeated("\n", 500), "file of 501 lines"},
    {"LongLine", "core/a.cpp", "// " + repeated("x", 98) + "\n", "line over 100 characters"},
    {"LongFunction", "core/a.cpp", "void f(int x)\n{\n" + repeated("  ++x;\n", 68) + "}\n",
     "core/a.cpp:2: function of 71 lines"},
    {"LongMethod", "core/a.h",
     "class A {\n int b_;\n public:\n A() : b_{1} {\n" + repeated("  f();\n", 70) + " }\n};\n",
     "function of 72 lines"},
    {"LetterOutsideAscii", "core/a.cpp", "const char* kWord = \"\u0436\";\n", "outside ASCII"},
    {"LetterOutsideAsciiInComment", "core/a.cpp", "// \u0436\n", "outside ASCII"},
    {"Thread", "processors/match/c.cpp", "std::jthread worker;\n", "threads live in daemon"},
    {"Regex", "processors/match/c.cpp", "std::regex word;\n", "std::regex"},
    {"Strcpy", "core/a.cpp", "void f() { strcpy(a, b); }\n", "unbounded C string function"},
    {"Exception", "daemon/main.cpp", "void f() { throw 1; }\n", "we never throw"},
    {"RemoveChild", "processors/match/c.cpp", "void f() { n.remove_child(c); }\n", "recursive"},
    {"Unfinished", "core/a.cpp", std::string("// TO") + "DO: later\n", "unfinished work"},
    {"SkippedTest", "tests/d.cpp", "TEST(A, B) { GTEST_SKIP(); }\n", "does not run"},
    {"TypeDefinedTwice", "core/a.h", "enum class Engine : int {\n};\n",
     "daemon/e.h:2: type Engine is defined in core/a.h"},
    {"MachinePath", "config/b.cpp",
     "// see /"
     "home/someone/notes\n",
     "folder of one machine"},
};

INSTANTIATE_TEST_SUITE_P(Faults, Planted, testing::ValuesIn(kPlants),
                         [](const auto& plant) { return plant.param.name; });

TEST_F(PlantedTree, IgnoresWhatOnlyLooksLikeAFault) {
  add("core/a.cpp",
      "// we throw nothing, std::regex neither; RFC 9110 \u00A7"
      "8.8\n"
      "const char* kText = \"std::thread { throw\";\n"
      "const char* kRaw = R\"x({ throw )x\";\n"
      "const char kQuote = '\"';  // { \n"
      "const char32_t kDot = U'.', kBrace = u'{';\n"
      "constexpr int kBig = 1'000'000;\n"
      "int kList[] = {\n" +
          repeated("  1,\n", 100) +
          "};\n"
          "namespace x {\n" +
          repeated("int f(int a) { return a; }\n", 80) + "}\n");
  EXPECT_THAT(faults(), testing::IsEmpty());
}

}  // namespace
}  // namespace steppe::tidy
