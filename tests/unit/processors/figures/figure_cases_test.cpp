// Every line of tests/data/figures/<language>.jsonl: a text and the figures it must give.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/figures/figure_finder.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

/// "killed 164 at_least part"; a vague figure has "-" for its value.
std::string summary(const FoundFigure& figure) {
  std::string line(to_string(figure.kind));
  line += " " + (figure.quantity.value ? number(*figure.quantity.value) : std::string("-"));
  line += " " + std::string(to_string(figure.quantity.qualifier));
  if (figure.part_of) line += " part";
  return line;
}

std::vector<std::string> figures_in(std::string_view text, const std::string& language) {
  AnnotatedText annotated;
  annotated.annotate(text, profile_language(language));
  FoundDates dates;
  find_dates(annotated, std::chrono::sys_days(std::chrono::year(2022) / 1 / 12), dates);
  std::vector<Quantity> quantities;
  find_quantities(annotated, dates.all, quantities);
  std::vector<FoundFigure> figures;
  find_figures(annotated, quantities, figures);
  std::vector<std::string> lines;
  for (const FoundFigure& figure : figures) lines.push_back(summary(figure));
  return lines;
}

struct Case {
  std::string text;
  std::vector<std::string> figures;
};

std::vector<Case> load_cases(const std::string& path) {
  std::vector<Case> cases;
  std::ifstream file(path);
  simdjson::dom::parser parser;
  for (std::string line; std::getline(file, line);) {
    simdjson::dom::element element;
    std::string_view text;
    simdjson::dom::array figures;
    if (parser.parse(line).get(element) || element["text"].get(text) ||
        element["figures"].get(figures)) {
      ADD_FAILURE() << "not a case: " << line;
      continue;
    }
    Case& added = cases.emplace_back(Case{std::string(text), {}});
    for (const simdjson::dom::element figure : figures) {
      std::string_view wanted;
      if (!figure.get(wanted)) added.figures.emplace_back(wanted);
    }
  }
  return cases;
}

class FigureCases : public testing::TestWithParam<const char*> {};

TEST_P(FigureCases, GivesTheListedFigures_WhenTextIsRead) {
  const std::string path =
      std::string(STEPPE_SOURCE_DIR) + "/tests/data/figures/" + GetParam() + ".jsonl";
  const std::vector<Case> cases = load_cases(path);
  EXPECT_GE(cases.size(), 8U) << path;
  for (const Case& each : cases) {
    EXPECT_THAT(figures_in(each.text, GetParam()), testing::ElementsAreArray(each.figures))
        << each.text;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, FigureCases, testing::Values("en", "ru", "kk", "zh"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace steppe
