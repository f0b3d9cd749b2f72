#include "config/gazetteer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/option_table.h"
#include "core/time.h"

namespace steppe {
namespace {

constexpr std::array<std::string_view, 5> kPlaceKinds = {"country", "region", "city", "district",
                                                         "site"};
constexpr std::array<std::string_view, 7> kActorTypes = {
    "person", "office", "ministry", "force", "organisation", "outlet", "group"};

template <std::size_t N>
std::string check_name(const std::array<std::string_view, N>& known, const std::string& name) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return {};
  std::string message = "must be one of";
  for (const std::string_view each : known) message += " " + std::string(each);
  return message;
}

std::string check_country(const std::string& code) {
  const bool fine = code.size() == 2 && std::all_of(code.begin(), code.end(),
                                                    [](char c) { return c >= 'A' && c <= 'Z'; });
  return fine || code.empty() ? "" : "must be an ISO 3166-1 code of two capital letters";
}

std::string check_day(const std::string& day) {
  constexpr std::size_t kYearLength = 4;
  const std::string whole = day.size() == kYearLength ? day + "-01-01" : day;
  const bool fine = day.empty() || (whole.size() == std::string_view("2022-06-08").size() &&
                                    parse_rfc3339(whole + "T00:00:00Z"));
  return fine ? "" : "must be a day or a year as in \"2022-06-08\", \"1993\"";
}

std::string check_dated_names(const std::vector<std::string>& texts) {
  std::string why;
  for (const std::string& text : texts) {
    if (!read_dated_name(text, why)) return "has \"" + text + "\": " + why;
  }
  return {};
}

std::string check_days(const std::string& from, const std::string& to) {
  return to.empty() || from < to ? "" : "must be a day after \"from\"";
}

std::vector<DatedName> dated_names(const std::vector<std::string>& texts) {
  std::vector<DatedName> names;
  std::string why;
  for (const std::string& text : texts) {
    if (auto name = read_dated_name(text, why)) names.push_back(std::move(*name));
  }
  return names;
}

/// Names are looked for in one list.
void finish(PlaceEntry& place) {
  place.iso_3166_2 = dated_names(place.iso_texts);
  place.former_parents = dated_names(place.former_parent_texts);
  place.iso_texts = {};
  place.former_parent_texts = {};
  for (const FormerName& name : place.former) {
    for (const std::string& form : name.forms) {
      if (std::find(place.forms.begin(), place.forms.end(), form) != place.forms.end()) continue;
      place.forms.push_back(form);
    }
  }
}

OptionTable<FormerName> former_table() {
  using F = FormerName;
  OptionTable<F> row("What the place was called before.");
  row.option("en", &F::en, {.help = "English name.", .required = true});
  row.option("ru", &F::ru, {.help = "Russian name."});
  row.option("kk", &F::kk, {.help = "Kazakh name."});
  row.option("zh", &F::zh, {.help = "Chinese name."});
  row.option("from", &F::from, {.help = "First day of the name.", .check = check_day});
  row.option("to", &F::to, {.help = "First day of the next name.", .check = check_day});
  row.option("forms", &F::forms, {.help = "How texts write it.", .required = true});
  row.check("to", [](const F& name) { return check_days(name.from, name.to); });
  return row;
}

OptionTable<PlaceFile> place_table() {
  using P = PlaceEntry;
  OptionTable<P> row("A place of the gazetteer.");
  row.option("key", &P::key, {.help = "Stable name.", .required = true, .unique = true});
  row.option("kind", &P::kind,
             {.help = "What it is.", .required = true, .check = [](const auto& s) {
                return check_name(kPlaceKinds, s);
              }});
  row.option("country", &P::country, {.help = "ISO 3166-1 alpha-2.", .check = check_country});
  row.option("parent", &P::parent, {.help = "Key of its region."});
  row.option("former_parents", &P::former_parent_texts,
             {.help = "Its regions of other times.",
              .example = "[\"east_kazakhstan to 2022-06-08\"]",
              .check = check_dated_names});
  row.option("from", &P::from, {.help = "First day of its existence.", .check = check_day});
  row.option("to", &P::to, {.help = "The day after its last.", .check = check_day});
  row.check("to", [](const P& place) { return check_days(place.from, place.to); });
  row.rows("former", &P::former, former_table());
  row.option("en", &P::en, {.help = "English name.", .required = true});
  row.option("ru", &P::ru, {.help = "Russian name."});
  row.option("kk", &P::kk, {.help = "Kazakh name."});
  row.option("zh", &P::zh, {.help = "Chinese name."});
  row.option("geonames_id", &P::geonames_id, {.help = "GeoNames id.", .min = 1});
  row.option(
      "iso_3166_2", &P::iso_texts,
      {.help = "Codes with their days: \"KZ-ALA to 2022-11-29\".", .check = check_dated_names});
  row.option("lat", &P::lat, {.help = "Latitude, degrees.", .min = -90, .max = 90});
  row.option("lon", &P::lon, {.help = "Longitude, degrees.", .min = -180, .max = 180});
  row.option("forms", &P::forms, {.help = "How texts write it; `*` ends a stem."});
  row.option("adjectives", &P::adjectives, {.help = "Words that mean \"of this place\"."});
  row.option("also_person", &P::also_person, {.help = "People are named so as well."});
  row.option("usual", &P::usual, {.help = "Meant where nothing tells which of several it is."});
  OptionTable<PlaceFile> file("A gazetteer.");
  file.option("shared", &PlaceFile::shared, {.help = "Forms that several places have."});
  file.rows("place", &PlaceFile::places, row);
  return file;
}

OptionTable<ActorFile> actor_table() {
  using A = ActorEntry;
  OptionTable<A> row("A person, office or organisation.");
  row.option("key", &A::key, {.help = "Stable name.", .required = true, .unique = true});
  row.option("name", &A::name, {.help = "English name.", .required = true});
  row.option("type", &A::type,
             {.help = "What it is.", .required = true, .check = [](const auto& s) {
                return check_name(kActorTypes, s);
              }});
  row.option("role", &A::role, {.help = "Office held."});
  row.option("sector", &A::sector, {.help = "PLOVER sector."});
  row.option("country", &A::country, {.help = "ISO 3166-1 alpha-2.", .check = check_country});
  row.option("authority", &A::authority,
             {.help = "Weight of its word on a toll; 0 = by type.", .min = 0, .max = 5});
  row.option("forms", &A::forms, {.help = "How texts name it; `*` ends a stem."});
  row.option("titles", &A::titles, {.help = "Short forms that need an antecedent."});
  OptionTable<ActorFile> file("Actors.");
  file.option("shared", &ActorFile::shared, {.help = "Full names that several actors have."});
  file.rows("actor", &ActorFile::actors, row);
  return file;
}

}  // namespace

PlaceFile load_places(const std::filesystem::path& path, Problems& problems) {
  PlaceFile file;
  OptionReader(problems).read_file(path, place_table(), file);
  for (PlaceEntry& place : file.places) finish(place);
  return file;
}

ActorFile load_actors(const std::filesystem::path& path, Problems& problems) {
  ActorFile file;
  OptionReader(problems).read_file(path, actor_table(), file);
  return file;
}

std::optional<DatedName> read_dated_name(std::string_view text, std::string& why) {
  DatedName dated;
  std::string* next = &dated.name;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (next == nullptr && (word == "from" || word == "to")) {
      next = word == "from" ? &dated.from : &dated.to;
    } else if (next != nullptr && next->empty()) {
      *next = word;
      next = nullptr;
    } else {
      next = nullptr;
      dated.name.clear();
      break;
    }
  }
  if (dated.name.empty() || next != nullptr) {
    why = "must be a name, then perhaps \"from\" or \"to\" and a day";
    return {};
  }
  why = check_day(dated.from) + check_day(dated.to);
  if (why.empty()) why = check_days(dated.from, dated.to);
  if (!why.empty()) return {};
  return dated;
}

std::string plain_form(std::string_view form) {
  if (form.starts_with('^')) form.remove_prefix(1);
  const std::size_t star = form.rfind('*');
  if (star != std::string_view::npos && star + 2 >= form.size()) form = form.substr(0, star);
  return std::string(form);
}

}  // namespace steppe
