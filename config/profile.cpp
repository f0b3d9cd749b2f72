#include "config/profile.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "config/option_table.h"
#include "core/hash.h"

namespace steppe {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, TermKind>, 13> kKinds = {{
    {"country", TermKind::kCountry},
    {"place", TermKind::kPlace},
    {"leader", TermKind::kLeader},
    {"institution", TermKind::kInstitution},
    {"event", TermKind::kEvent},
    {"strong", TermKind::kStrong},
    {"framing", TermKind::kFraming},
    {"weak", TermKind::kWeak},
    {"mass", TermKind::kMass},
    {"veto", TermKind::kVeto},
    {"elsewhere", TermKind::kElsewhere},
    {"digest", TermKind::kDigest},
    {"stop", TermKind::kStop},
}};

// ---- the files as written ----

struct ProfileHead {
  std::string name;
  std::string title;
  std::string version;
  std::vector<std::string> countries;
  std::vector<std::string> languages;
  std::vector<std::string> packs;
  MatchRules rules;
  std::vector<ProfileSource> sources;
};

struct TermGroup {
  TermKind kind = TermKind::kWeak;
  double weight = 1;
  std::vector<std::string> not_in;
  std::vector<std::string> terms;
};

struct TermFile {
  std::string lang;
  bool reviewed = false;
  std::vector<std::string> only_in;
  std::vector<std::string> not_in;
  std::vector<TermGroup> groups;
};

OptionTable<MatchRules> rules_table() {
  using O = MatchRules;
  OptionTable<O> table("How evidence becomes a score and a decision.");
  const auto fraction = [&table](std::string key, double O::* member, std::string help) {
    table.option(std::move(key), member, {.help = std::move(help), .min = 0, .max = 1});
  };
  fraction("keep", &O::keep, "Score from which an item is kept.");
  fraction("keep_with_text", &O::keep_with_text,
           "The same for an item with a text behind its title, where more words are by chance.");
  fraction("plain_enough", &O::plain_enough,
           "Evidence of plain topic words from which such an item is kept at `keep`.");
  fraction("review", &O::review, "Score from which an item waits for its story.");
  fraction("title_weight", &O::title_weight, "Weight of evidence in the title.");
  fraction("lead_weight", &O::lead_weight, "Weight of evidence in the lead.");
  fraction("body_weight", &O::body_weight, "Weight of evidence after the lead.");
  table.option("text_bytes", &O::text_bytes,
               {.help = "Length from which a text behind the title counts as one.",
                .min = 0,
                .max = 100000});
  table.option("lead_bytes", &O::lead_bytes,
               {.help = "Length of the lead.", .min = 0, .max = 100000});
  table.option("body_bytes", &O::body_bytes,
               {.help = "Text beyond this length is not searched.", .min = 1000, .max = 1 << 24});
  fraction("source_weight", &O::source_weight, "Country evidence of a feed of the country itself.");
  fraction("weak_limit", &O::weak_limit, "Topic evidence that weak terms alone can reach.");
  fraction("weak_clear_limit", &O::weak_clear_limit,
           "The same with one of them in the title, and neither a veto nor another country.");
  fraction("digest_weight", &O::digest_weight, "Share of its score that a digest keeps.");
  fraction("other_title_weight", &O::other_title_weight,
           "Share of its score that an item keeps whose title names only other places.");
  table.option("mass_count", &O::mass_count,
               {.help = "Number of people from which a term of kind `mass` counts as strong.",
                .min = 2,
                .max = 1000000});
  return table;
}

OptionTable<ProfileSource> source_table() {
  using O = ProfileSource;
  OptionTable<O> table("An outlet or a whole domain and the country it reports on.");
  table.option("host", &O::host,
               {.help = "Host with its subdomains; `.kz` is a whole domain.",
                .min = 2,
                .required = true,
                .unique = true});
  table.option("country", &O::country,
               {.help = "ISO 3166-1 alpha-2.", .min = 2, .max = 2, .required = true});
  return table;
}

OptionTable<ProfileHead> head_table() {
  using O = ProfileHead;
  OptionTable<O> table("A profile.");
  table.option("name", &O::name, {.help = "Name, as in records.", .example = "\"unrest\""});
  table.option("title", &O::title, {.help = "One line for people."});
  table.option("version", &O::version, {.help = "Version of the rules."});
  table.option("countries", &O::countries, {.help = "ISO 3166-1 alpha-2, main one first."});
  table.option("languages", &O::languages,
               {.help = "Languages that hardly any other country writes: their items count as from "
                        "an outlet of the country where nothing is known of the outlet."});
  table.option("packs", &O::packs, {.help = "Term files in use: `ru` is terms-ru.toml."});
  table.section("match", &O::rules, rules_table());
  table.rows("source", &O::sources, source_table());
  return table;
}

OptionTable<TermGroup> group_table() {
  using O = TermGroup;
  OptionTable<O> table("Terms that say the same about an item.");
  std::vector<std::pair<std::string, TermKind>> names;
  for (const auto& [name, kind] : kKinds) names.emplace_back(name, kind);
  table.option("kind", &O::kind,
               {.help = "What the terms say.", .required = true, .names = std::move(names)});
  table.option("weight", &O::weight, {.help = "How much one of them says.", .min = 0, .max = 1});
  table.option("not_in", &O::not_in, {.help = "Languages of text where they do not count."});
  table.option("terms", &O::terms,
               {.help = "Terms: `riot`, `riot*`, `riot*3`, `*riot*`.", .required = true});
  return table;
}

OptionTable<TermFile> file_table() {
  using O = TermFile;
  OptionTable<O> table("Terms of one language.");
  table.option("lang", &O::lang, {.help = "Language of the terms, BCP-47.", .required = true});
  table.option("reviewed", &O::reviewed, {.help = "Checked by someone who speaks it."});
  table.option("only_in", &O::only_in,
               {.help = "Languages of text where the terms count; absent: all."});
  table.option("not_in", &O::not_in, {.help = "Languages of text where no term counts."});
  table.rows("group", &O::groups, group_table());
  return table;
}

// ---- from files to the profile ----

class Loader {
 public:
  explicit Loader(Problems& problems) : problems_(problems), reader_(problems) {}

  std::optional<Profile> load(const std::vector<fs::path>& folders) {
    const std::size_t before = problems_.all().size();
    for (const fs::path& folder : folders) read_head(folder, folder == folders.front());
    if (problems_.all().size() == before) check_head(folders.front());
    for (const std::string& pack : head_.packs) read_pack(folders, pack);
    if (problems_.all().size() == before) check_terms(folders.front());
    profile_.hash = hash_files(folders);
    if (problems_.all().size() != before) return {};
    profile_.name = head_.name;
    profile_.title = head_.title;
    profile_.version = head_.version;
    profile_.countries = head_.countries;
    profile_.languages = head_.languages;
    profile_.rules = head_.rules;
    profile_.sources = head_.sources;
    return std::move(profile_);
  }

 private:
  void read_head(const fs::path& folder, bool required) {
    const fs::path path = folder / "profile.toml";
    std::error_code error;
    if (!required && !fs::exists(path, error)) return;
    reader_.read_file(path, head_table(), head_);
  }

  void check_head(const fs::path& folder) {
    const std::string file = (folder / "profile.toml").string();
    if (head_.name.empty()) problems_.add(file, 0, 0, "`name` is missing");
    if (head_.countries.empty()) problems_.add(file, 0, 0, "`countries` names no country");
    if (head_.packs.empty()) problems_.add(file, 0, 0, "`packs` names no term file");
    if (head_.rules.review > head_.rules.keep) {
      problems_.add(file, 0, 0, "`match.review` must not be above `match.keep`");
    }
    check_lists(file);
  }

  // What an author forgets: countries by name, addresses for hosts, packs named twice.
  void check_lists(const std::string& file) {
    for (const std::string& country : head_.countries) check_country(file, "countries", country);
    std::set<std::string> packs;
    for (const std::string& pack : head_.packs) {
      if (!packs.insert(pack).second) {
        problems_.add(file, 0, 0, "`packs` names `" + pack + "` twice");
      }
    }
    for (const ProfileSource& source : head_.sources) {
      check_country(file, "source.country", source.country);
      if (source.host.find_first_of("/: ") != std::string::npos) {
        problems_.add(file, 0, 0,
                      "`source.host` \"" + source.host + "\" is an address; write the host alone");
      }
    }
  }

  void check_country(const std::string& file, const std::string& key, const std::string& code) {
    const bool known = code.size() == 2 && std::all_of(code.begin(), code.end(), [](char byte) {
                         return byte >= 'A' && byte <= 'Z';
                       });
    if (known) return;
    problems_.add(file, 0, 0,
                  "`" + key + "`: \"" + code + "\" is no ISO 3166-1 alpha-2 code, such as \"KZ\"");
  }

  void check_terms(const fs::path& folder) {
    const bool topic =
        std::any_of(profile_.terms.begin(), profile_.terms.end(), [](const ProfileTerm& term) {
          return term.kind == TermKind::kEvent || term.kind == TermKind::kStrong ||
                 term.kind == TermKind::kFraming || term.kind == TermKind::kMass;
        });
    if (topic) return;
    problems_.add((folder / "profile.toml").string(), 0, 0,
                  "no term of kind event, strong, framing or mass: no item could be kept");
  }

  void read_pack(const std::vector<fs::path>& folders, const std::string& pack) {
    bool found = false;
    for (const fs::path& folder : folders) {
      const fs::path path = folder / ("terms-" + pack + ".toml");
      std::error_code error;
      if (!fs::exists(path, error)) continue;
      found = true;
      read_terms(path);
    }
    if (found) return;
    problems_.add((folders.front() / "profile.toml").string(), 0, 0,
                  "pack `" + pack + "` has no file terms-" + pack + ".toml");
  }

  void read_terms(const fs::path& path) {
    const std::optional<TomlNode> root = load_toml(path, problems_);
    TermFile file;
    if (!root || !reader_.read(*root, file_table(), file)) return;
    check_languages(*root, file);
    const TomlEntry* groups = root->find("group");
    for (std::size_t i = 0; i < file.groups.size(); ++i) {
      const TomlNode& row = groups->value.array()->at(i);
      add_group(file, file.groups[i], *row.find("terms")->value.array());
    }
  }

  void check_languages(const TomlNode& root, const TermFile& file) {
    std::vector<std::string> codes = {file.lang};
    codes.insert(codes.end(), file.only_in.begin(), file.only_in.end());
    codes.insert(codes.end(), file.not_in.begin(), file.not_in.end());
    for (const TermGroup& group : file.groups) {
      codes.insert(codes.end(), group.not_in.begin(), group.not_in.end());
    }
    const TomlPlace& place = root.find("lang")->key_place;
    for (const std::string& code : codes) {
      const bool plain = code.size() >= 2 && code.size() <= 3 &&
                         std::all_of(code.begin(), code.end(),
                                     [](char byte) { return byte >= 'a' && byte <= 'z'; });
      if (plain) continue;
      problems_.add(place.file(), place.line, place.column,
                    "\"" + code +
                        "\" is no language code, such as \"kk\" (`lang`, `only_in`, "
                        "`not_in`)");
    }
  }

  // `nodes` are the same terms in the file, for their places.
  void add_group(const TermFile& file, const TermGroup& group, const TomlArray& nodes) {
    ProfileTerm common;
    common.kind = group.kind;
    common.weight = group.weight;
    common.lang = file.lang;
    common.reviewed = file.reviewed;
    common.only_in = file.only_in;
    common.not_in = file.not_in;
    common.not_in.insert(common.not_in.end(), group.not_in.begin(), group.not_in.end());
    for (std::size_t i = 0; i < group.terms.size(); ++i) {
      ProfileTerm term = common;
      term.notation = group.terms[i];
      add_term(std::move(term), nodes[i].place);
    }
  }

  void add_term(ProfileTerm term, const TomlPlace& place) {
    const auto fault = [&](const std::string& text) {
      problems_.add(place.file(), place.line, place.column,
                    "term \"" + term.notation + "\" " + text);
    };
    std::string why;
    std::optional<TermPattern> pattern = parse_term(term.notation, why);
    if (!pattern) return fault(why);
    const auto [first, fresh] =
        places_.try_emplace(std::tuple(term.notation, term.lang, term.kind), place);
    if (!fresh) return fault("is already at " + first->second.to_string());
    term.pattern = std::move(*pattern);
    term.pattern.id = static_cast<std::uint32_t>(profile_.terms.size());
    profile_.terms.push_back(std::move(term));
  }

  static std::string hash_files(const std::vector<fs::path>& folders) {
    std::string all;
    for (const fs::path& folder : folders) {
      std::set<fs::path> files;
      std::error_code error;
      for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const fs::path extension = entry.path().extension();
        if (extension == ".toml" || extension == ".jsonl") files.insert(entry.path());
      }
      for (const fs::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        all += file.filename().string() + '\0';
        all.append(std::istreambuf_iterator<char>(in), {});
      }
    }
    return to_hex(hash128(all));
  }

  Problems& problems_;
  OptionReader reader_;
  ProfileHead head_;
  Profile profile_;
  std::map<std::tuple<std::string, std::string, TermKind>, TomlPlace> places_;
};

}  // namespace

std::string_view to_string(TermKind kind) {
  for (const auto& [name, value] : kKinds) {
    if (value == kind) return name;
  }
  return "weak";
}

std::optional<Profile> load_profile(const std::vector<fs::path>& folders, Problems& problems) {
  if (folders.empty()) return {};
  return Loader(problems).load(folders);
}

}  // namespace steppe
