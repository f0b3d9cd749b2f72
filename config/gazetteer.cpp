#include "config/gazetteer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/option_table.h"

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
  row.option("en", &P::en, {.help = "English name.", .required = true});
  row.option("ru", &P::ru, {.help = "Russian name."});
  row.option("kk", &P::kk, {.help = "Kazakh name."});
  row.option("zh", &P::zh, {.help = "Chinese name."});
  row.option("geonames_id", &P::geonames_id, {.help = "GeoNames id.", .min = 1});
  row.option("iso_3166_2", &P::iso_3166_2, {.help = "Codes, the current one first."});
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
  return file;
}

ActorFile load_actors(const std::filesystem::path& path, Problems& problems) {
  ActorFile file;
  OptionReader(problems).read_file(path, actor_table(), file);
  return file;
}

std::string plain_form(std::string_view form) {
  if (form.starts_with('^')) form.remove_prefix(1);
  if (form.ends_with('*')) form.remove_suffix(1);
  return std::string(form);
}

}  // namespace steppe
