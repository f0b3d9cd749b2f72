#include "processors/encode/findings_json.h"

#include <algorithm>
#include <set>

namespace steppe {
namespace {

class FindingsWriter {
 public:
  FindingsWriter(JsonOut& json, const Enrichment& found, const TextPlan& plan)
      : json_(json), found_(found), plan_(plan) {
    collect(found.figures);
    collect(found.places);
    collect(found.actors);
  }

  void write() {
    list("figures", found_.figures, [this](const Figure& figure) { members(figure); });
    list("quotes", found_.quotes, [this](const Quote& quote) { members(quote); });
    list("events", found_.events, [this](const Event& event) { members(event); });
    list("places", found_.places, [this](const Place& place) { members(place); });
    list("actors", found_.actors, [this](const Actor& actor) { members(actor); });
  }

 private:
  template <typename Found>
  bool is_readable(const Found& one) const {
    return !one.id.empty() &&
           std::any_of(one.evidence.begin(), one.evidence.end(), [this](const Evidence& evidence) {
             return plan_.map(evidence).has_value();
           });
  }

  template <typename List>
  void collect(const List& list) {
    for (const auto& one : list) {
      if (is_readable(one)) ids_.insert(one.id);
    }
  }

  template <typename List, typename Members>
  void list(std::string_view name, const List& found, const Members& write_members) {
    json_.begin_array(name);
    for (const auto& one : found) {
      if (!is_readable(one)) continue;
      json_.begin_object();
      write_members(one);
      evidence(one.evidence);
      json_.confidence("confidence", one.confidence);
      json_.text("rule", one.rule);
      json_.end_object();
    }
    json_.end_array();
  }

  void evidence(const EvidenceList& all) {
    json_.begin_array("evidence");
    for (const Evidence& one : all) {
      const auto published = plan_.map(one);
      if (!published) continue;
      json_.begin_object();
      write_evidence_members(json_, *published);
      json_.end_object();
    }
    json_.end_array();
  }

  void reference(std::string_view name, std::string_view id) {
    if (ids_.contains(id)) json_.text(name, id);
  }

  void members(const Figure& figure);
  void claimant(const Figure& figure);
  void members(const Quote& quote);
  void members(const Event& event);
  void members(const Place& place);
  void members(const Actor& actor);

  JsonOut& json_;
  const Enrichment& found_;
  const TextPlan& plan_;
  std::set<std::string_view> ids_;
};

void FindingsWriter::members(const Figure& figure) {
  json_.text("figure_id", figure.id);
  json_.text("claim_id", figure.claim_id.str());
  json_.text("kind", to_string(figure.kind));
  json_.number("value", figure.value);
  json_.number("low", figure.low);
  json_.number("high", figure.high);
  json_.text("qualifier", to_string(figure.qualifier));
  json_.number("vague_value", figure.vague_value);
  json_.text("unit", figure.unit);
  json_.text("currency", figure.currency);
  json_.texts("victim_class", figure.victim_class);
  reference("subset_of", figure.subset_of);
  json_.text("scope_place", figure.scope_place);
  if (figure.as_of && !figure.as_of->date.empty()) {
    json_.begin_object("as_of");
    json_.text("date", figure.as_of->date);
    json_.text("grain", figure.as_of->grain);
    json_.text("basis", figure.as_of->basis);
    json_.text("zone", figure.as_of->zone);
    json_.end_object();
  }
  claimant(figure);
  if (figure.retracts) json_.boolean("retracts", true);
  json_.text("status_at_publish", figure.status);
}

void FindingsWriter::claimant(const Figure& figure) {
  if (!figure.claimant.empty()) {
    json_.begin_object("claimant");
    json_.text("name", figure.claimant);
    reference("actor_id", figure.claimant_actor_id);
    json_.text("key", figure.claimant_key);
    if (figure.claimant_is_outlet) json_.boolean("is_outlet", true);
    json_.end_object();
  }
  if (figure.chain.empty()) return;
  json_.begin_array("chain");
  for (const ChainLink& link : figure.chain) {
    if (link.name.empty()) continue;
    json_.begin_object();
    json_.text("role", link.role);
    json_.text("name", link.name);
    json_.end_object();
  }
  json_.end_array();
}

void FindingsWriter::members(const Quote& quote) {
  json_.text("quote_id", quote.id);
  json_.text("speaker", quote.speaker);
  json_.text("role", quote.role);
  json_.text("cue", quote.cue);
  json_.text("kind", quote.kind);
  json_.text("stance", quote.stance);
  json_.texts("about", quote.about);
}

void FindingsWriter::members(const Event& event) {
  json_.text("event_id", event.id);
  json_.text("type", event.type);
  json_.text("modality", event.modality);
  json_.begin_object("codes");
  json_.text("plover", event.plover);
  json_.text("cameo", event.cameo);
  json_.text("acled", event.acled);
  json_.text("iptc", event.iptc);
  json_.end_object();
  if (!event.start.empty() || !event.end.empty()) {
    json_.begin_object("time");
    json_.text("start", event.start);
    json_.text("end", event.end);
    json_.text("grain", event.grain);
    json_.text("anchor", event.anchor);
    json_.end_object();
  }
  reference("place_id", event.place_id);
  reference("actor_id", event.actor_id);
  reference("target_id", event.target_id);
  json_.text("cause", event.cause);
}

void FindingsWriter::members(const Place& place) {
  json_.text("place_id", place.id);
  json_.text("key", place.key);
  json_.text("name", place.name);
  json_.begin_object("canonical");
  json_.text("en", place.name_en);
  json_.text("ru", place.name_ru);
  json_.text("kk", place.name_kk);
  json_.text("zh", place.name_zh);
  json_.end_object();
  if (place.geonames_id) json_.integer("geonames_id", *place.geonames_id);
  json_.texts("iso_3166_2", place.iso_3166_2);
  json_.text("country", place.country);
  if (!place.region_key.empty()) {
    json_.begin_object("region");
    json_.text("key", place.region_key);
    json_.text("en", place.region_en);
    json_.end_object();
  }
  if (!place.former_en.empty()) {
    json_.begin_object("former_name");
    json_.text("en", place.former_en);
    json_.text("from", place.former_from);
    json_.text("to", place.former_to);
    json_.end_object();
  }
  if (place.point) {
    json_.number("lat", place.point->lat);
    json_.number("lon", place.point->lon);
  }
  json_.text("precision", place.precision);
  json_.text("role", place.role);
}

void FindingsWriter::members(const Actor& actor) {
  json_.text("actor_id", actor.id);
  json_.text("key", actor.key);
  json_.text("name", actor.name);
  json_.text("type", actor.type);
  json_.text("role", actor.role);
  json_.text("sector", actor.sector);
  json_.text("country", actor.country);
  json_.texts("aliases_seen", actor.aliases_seen);
}

}  // namespace

void write_evidence_members(JsonOut& json, const PublishedEvidence& evidence) {
  json.text("field", evidence.field);
  json.integer("byte_start", static_cast<std::int64_t>(evidence.byte_start));
  json.integer("byte_end", static_cast<std::int64_t>(evidence.byte_end));
  json.text("text", evidence.text);
}

void write_findings(JsonOut& json, const Enrichment& found, const TextPlan& plan) {
  FindingsWriter(json, found, plan).write();
}

}  // namespace steppe
