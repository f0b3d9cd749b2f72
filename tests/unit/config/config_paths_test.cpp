#include "config/config_paths.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ConfigRoots roots_in(const TemporaryFolder& folder) {
  return {folder.path() / "etc", folder.path() / "share", folder.path() / "here"};
}

TEST(ConfigPaths, FindsTheFirstThatExists) {
  const TemporaryFolder folder;
  const ConfigRoots roots = roots_in(folder);
  const auto shared = folder.write("share/steppewatch.toml", "");
  EXPECT_EQ(*find_config({}, roots), shared);
  const auto local = folder.write("here/config/steppewatch.toml", "");
  EXPECT_EQ(*find_config({}, roots), local);
  const auto system = folder.write("etc/steppewatch.toml", "");
  EXPECT_EQ(*find_config({}, roots), system);
  EXPECT_EQ(*find_config({{"STEPPEWATCH_CONFIG", "/named.toml"}}, roots), "/named.toml");
}

TEST(ConfigPaths, SaysWhereItLooked) {
  const TemporaryFolder folder;
  const auto found = find_config({}, roots_in(folder));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Code::kConfig);
  EXPECT_THAT(found.error().message, HasSubstr("here/config/steppewatch.toml"));
}

TEST(ConfigPaths, FindsProfileBesideTheConfiguration_ThenShared_ThenAdditions) {
  const TemporaryFolder folder;
  const ConfigRoots roots = roots_in(folder);
  const auto config = folder.path() / "here/steppewatch.toml";
  folder.write("share/profiles/p/profile.toml", "");
  EXPECT_THAT(*profile_folders("p", config, roots), ElementsAre(roots.share / "profiles/p"));
  folder.write("here/profiles/p/profile.toml", "");
  folder.write("etc/profiles.d/p/terms.toml", "");
  EXPECT_THAT(*profile_folders("p", config, roots),
              ElementsAre(folder.path() / "here/profiles/p", roots.etc / "profiles.d/p"));
}

TEST(ConfigPaths, NamesTheProfilesThatAreThere) {
  const TemporaryFolder folder;
  folder.write("share/profiles/steppe-unrest/profile.toml", "");
  const auto config = folder.path() / "here/steppewatch.toml";
  EXPECT_THAT(profile_folders("steppe-unrset", config, roots_in(folder)).error().message,
              HasSubstr("did you mean \"steppe-unrest\"?"));
  EXPECT_THAT(profile_folders("zzz", config, roots_in(folder)).error().message,
              HasSubstr("there are: steppe-unrest"));
}

}  // namespace
}  // namespace steppe
