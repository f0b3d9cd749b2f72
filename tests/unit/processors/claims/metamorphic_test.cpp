// What must not change, or must change in step, when a text is said another way: no labels needed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"
#include "tests/unit/processors/figures/spelled_numbers.h"

namespace steppe {
namespace {

using Texts = std::map<std::string, std::string>;  // by language

struct Template {
  std::vector<std::string> figures;
  bool part = false;
  Texts texts;
};

const Enricher& enricher() {
  static const Enricher made(profile_lexicon());
  return made;
}

std::vector<Template> load_templates() {
  std::vector<Template> templates;
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/data/claims/templates.jsonl");
  simdjson::dom::parser parser;
  for (std::string line; std::getline(file, line);) {
    simdjson::dom::object object;
    if (parser.parse(line).get(object)) {
      ADD_FAILURE() << "not a template: " << line;
      continue;
    }
    Template& added = templates.emplace_back();
    for (const auto [key, value] : object) {
      std::string_view text;
      if (key == "figures") {
        for (const simdjson::dom::element figure : value) {
          added.figures.emplace_back(std::string_view(figure));
        }
      } else if (key == "part") {
        added.part = true;
      } else if (!value.get(text)) {
        added.texts.emplace(key, text);
      }
    }
  }
  EXPECT_GE(templates.size(), 4U);
  return templates;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  return text;
}

Item item_of(const std::string& language, std::string body, int days_later = 0) {
  Item item;
  item.body = std::move(body);
  item.lang.code = language;
  const auto when = *parse_rfc3339("2022-01-12T06:00:00Z") + std::chrono::days(days_later);
  item.published = PublishedAt{when, "", "feed"};
  return item;
}

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

/// "killed 164 at_least" for every figure.
std::vector<std::string> figures_of(const std::string& language, const std::string& text) {
  Item item = item_of(language, text);
  enricher().enrich(item, Feed{});
  std::vector<std::string> lines;
  for (const Figure& figure : item.found.figures) {
    lines.push_back(std::string(to_string(figure.kind)) + " " +
                    (figure.value ? number(*figure.value) : "-") + " " +
                    std::string(to_string(figure.qualifier)));
  }
  return lines;
}

std::vector<std::string> wanted(const Template& from, const std::string& n, const std::string& m) {
  std::vector<std::string> lines;
  for (const std::string& figure : from.figures) {
    lines.push_back(replaced(replaced(figure, "N", n), "M", m));
  }
  return lines;
}

TEST(Metamorphic, SaysTheSame_WhenTheTemplateIsInAnotherLanguage) {
  for (const Template& each : load_templates()) {
    for (const auto& [language, text] : each.texts) {
      for (const char* n : {"7", "21", "164", "1300", "8000"}) {
        const std::string said = replaced(replaced(text, "{N}", n), "{M}", "3");
        EXPECT_THAT(figures_of(language, said), testing::ElementsAreArray(wanted(each, n, "3")))
            << said;
      }
    }
  }
}

TEST(Metamorphic, SaysTheSame_WhenDigitsAreWords) {
  for (const char* language : {"en", "ru", "kk", "zh", "uk", "es", "pt", "tr", "pl"}) {
    const SpelledNumbers rules(language);
    for (const Template& each : load_templates()) {
      const auto text = each.texts.find(language);
      if (text == each.texts.end() || each.part) continue;
      for (const std::int64_t n : {3, 12, 40, 164, 238, 2600}) {
        const std::string said = replaced(text->second, "{N}", rules.spell(n, 0));
        EXPECT_THAT(figures_of(language, said),
                    testing::ElementsAreArray(wanted(each, std::to_string(n), "")))
            << said;
      }
    }
  }
}

/// Days from the publication to the as-of date of the first figure.
int lag_of(const std::string& language, const std::string& text, int days_later) {
  Item item = item_of(language, text, days_later);
  enricher().enrich(item, Feed{});
  if (item.found.figures.empty() || !item.found.figures.front().as_of) {
    ADD_FAILURE() << text;
    return 0;
  }
  const auto as_of = parse_rfc3339(item.found.figures.front().as_of->date + "T00:00:00Z");
  const auto published = std::chrono::floor<std::chrono::days>(item.published->value);
  return static_cast<int>((std::chrono::floor<std::chrono::days>(*as_of) - published).count());
}

TEST(Metamorphic, RelativeDaysMoveAlong_WhenPublishedLater) {
  const std::map<std::string, std::pair<std::string, int>> cases = {
      {"en", {"Yesterday 12 people were killed.", -1}},
      {"ru",
       {"\u0412\u0447\u0435\u0440\u0430 \u043f\u043e\u0433\u0438\u0431\u043b\u0438 12 "
        "\u0447\u0435\u043b\u043e\u0432\u0435\u043a.",
        -1}},
      {"kk",
       {"\u041a\u0435\u0448\u0435 12 \u0430\u0434\u0430\u043c \u049b\u0430\u0437\u0430 "
        "\u0442\u0430\u043f\u0442\u044b.",
        -1}},
      {"zh", {"\u6628\u5929\u670912\u4eba\u6b7b\u4ea1\u3002", -1}},
      {"de", {"Gestern wurden 12 Menschen get\u00f6tet.", -1}},
  };
  for (const auto& [language, text] : cases) {
    for (int later = 0; later <= 800; later += 13) {
      EXPECT_EQ(lag_of(language, text.first, later), text.second) << text.first << later;
    }
  }
  // a weekday comes round again after seven days
  for (int weeks = 0; weeks < 60; ++weeks) {
    EXPECT_EQ(lag_of("en", "12 people were killed on Friday.", 7 * weeks), -5);
  }
}

TEST(Metamorphic, SaysTheSame_WhenBoilerplateIsAdded) {
  const std::map<std::string, std::string> boilerplate = {
      {"en", "Subscribe to our newsletter. Photo: archive. All rights reserved 2021-2022."},
      {"ru",
       "\u041f\u043e\u0434\u043f\u0438\u0441\u044b\u0432\u0430\u0439\u0442\u0435\u0441\u044c "
       "\u043d\u0430 \u043d\u0430\u0448 \u043a\u0430\u043d\u0430\u043b. "
       "\u0424\u043e\u0442\u043e: \u0430\u0440\u0445\u0438\u0432, 2021 \u0433\u043e\u0434."},
      {"zh", "\u7248\u6743\u6240\u6709 2021-2022\u3002\u7f16\u8f91\uff1a\u738b\u3002"},
  };
  for (const Template& each : load_templates()) {
    for (const auto& [language, extra] : boilerplate) {
      const std::string said =
          replaced(replaced(each.texts.at(language), "{N}", "164"), "{M}", "3");
      const auto plain = figures_of(language, said);
      EXPECT_THAT(figures_of(language, extra + "\n\n" + said), testing::ElementsAreArray(plain));
      EXPECT_THAT(figures_of(language, said + "\n\n" + extra), testing::ElementsAreArray(plain));
    }
  }
}

TEST(Metamorphic, NeverCrashes_WhenCutAtAnyByte) {
  for (const Template& each : load_templates()) {
    for (const auto& [language, text] : each.texts) {
      const std::string said = replaced(replaced(text, "{N}", "1 300"), "{M}", "3");
      for (std::size_t length = 0; length <= said.size(); ++length) {
        Item item = item_of(language, said.substr(0, length));
        item.title = said.substr(length);
        enricher().enrich(item, Feed{});
      }
    }
  }
}

TEST(Metamorphic, NoPartExceedsItsTotal_WhateverTheNumbers) {
  for (const Template& each : load_templates()) {
    if (!each.part) continue;
    for (const auto& [language, text] : each.texts) {
      for (int part = 2; part < 90; part += 3) {
        const std::string said = replaced(replaced(text, "{N}", "41"), "{M}", std::to_string(part));
        Item item = item_of(language, said);
        enricher().enrich(item, Feed{});
        int linked = 0;
        for (const Figure& figure : item.found.figures) {
          if (figure.subset_of.empty()) continue;
          ++linked;
          EXPECT_EQ(figure.value, part) << said;
          EXPECT_LE(*figure.value, 41) << said;
        }
        EXPECT_EQ(linked, part <= 41 ? 1 : 0) << said;
      }
    }
  }
}

}  // namespace
}  // namespace steppe
