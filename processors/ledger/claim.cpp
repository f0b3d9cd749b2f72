#include "processors/ledger/claim.h"

#include "core/hash.h"
#include "core/packing.h"

namespace steppe {
namespace {

void pack(Packer& out, const std::optional<double>& value) {
  out.number(value ? 1 : 0);
  if (value) out.real(*value);
}

void pack(Packer& out, const std::vector<std::string>& values) {
  out.number(values.size());
  for (const std::string& value : values) out.text(value);
}

void pack(Packer& out, const std::optional<QuotedEvidence>& evidence) {
  out.number(evidence ? 1 : 0);
  if (!evidence) return;
  out.number(static_cast<std::uint64_t>(evidence->field)).number(evidence->byte_start);
  out.number(evidence->byte_end).text(evidence->text);
}

void pack(Packer& out, Instant at) {
  out.number(static_cast<std::uint64_t>(at.time_since_epoch().count()));
}

std::optional<double> optional_real(Unpacker& in) {
  return in.number() == 1 ? std::optional<double>(in.real()) : std::nullopt;
}

std::vector<std::string> texts(Unpacker& in) {
  std::vector<std::string> values(in.count());
  for (std::string& value : values) value = in.text();
  return values;
}

std::optional<QuotedEvidence> optional_evidence(Unpacker& in) {
  if (in.number() != 1) return {};
  QuotedEvidence evidence;
  evidence.field = static_cast<TextField>(in.number() % 3);
  evidence.byte_start = static_cast<std::uint32_t>(in.number());
  evidence.byte_end = static_cast<std::uint32_t>(in.number());
  evidence.text = in.text();
  return evidence;
}

Instant instant(Unpacker& in) {
  return Instant{Millis{static_cast<std::int64_t>(in.number())}};
}

void pack_event(Packer& out, const ClaimEvent& event) {
  out.number(event.claim_revision).text(event.story_id.str()).text(event.item_id.str());
  out.text(event.figure_id).number(static_cast<std::uint64_t>(event.kind));
  pack(out, event.value);
  pack(out, event.low);
  pack(out, event.high);
  out.number(static_cast<std::uint64_t>(event.qualifier)).text(event.unit).text(event.currency);
  pack(out, event.victim_class);
  out.text(event.scope_place).text(event.as_of_date).text(event.claimant).text(event.root_claimant);
  out.text(event.source_name).number(static_cast<std::uint64_t>(event.source_tier));
  out.number(static_cast<std::uint64_t>(event.status));
  out.text(event.caused_by_item.str()).text(event.caused_by_rule);
  pack(out, event.caused_by_evidence);
  out.text(event.caused_by_url).number(event.independent_sources);
  pack(out, event.observed_at);
}

void unpack_event(Unpacker& in, ClaimEvent& event) {
  event.claim_revision = static_cast<std::uint32_t>(in.number());
  event.story_id = StoryId(in.text());
  event.item_id = ItemId(in.text());
  event.figure_id = in.text();
  event.kind = static_cast<FigureKind>(in.number() % 15);
  event.value = optional_real(in);
  event.low = optional_real(in);
  event.high = optional_real(in);
  event.qualifier = static_cast<Qualifier>(in.number() % 6);
  event.unit = in.text();
  event.currency = in.text();
  event.victim_class = texts(in);
  event.scope_place = in.text();
  event.as_of_date = in.text();
  event.claimant = in.text();
  event.root_claimant = in.text();
  event.source_name = in.text();
  event.source_tier = static_cast<SourceTier>(in.number() % 7);
  event.status = static_cast<ClaimStatus>(in.number() % 5);
  event.caused_by_item = ItemId(in.text());
  event.caused_by_rule = in.text();
  event.caused_by_evidence = optional_evidence(in);
  event.caused_by_url = in.text();
  event.independent_sources = static_cast<std::uint32_t>(in.number());
  event.observed_at = instant(in);
}

}  // namespace

StateRow to_row(const Claim& claim) {
  Packer out;
  pack_event(out, claim.event);
  out.number(claim.authority).number(claim.dated ? 1 : 0).number(claim.part ? 1 : 0);
  pack(out, claim.sources);
  pack(out, claim.carriers);
  return {StateRow::Space::kClaim, std::string(kClaimPrefix) + claim.event.claim_id.str(),
          out.take()};
}

StateRow to_row(const RetractedFigure& retraction) {
  Packer out;
  out.number(static_cast<std::uint64_t>(retraction.kind)).real(retraction.value);
  out.text(retraction.scope_place);
  pack(out, retraction.victim_class);
  pack(out, retraction.roots);
  out.text(retraction.story.str()).text(retraction.first_as_of).text(retraction.day);
  out.text(retraction.item_id.str()).text(retraction.rule);
  pack(out, retraction.evidence);
  out.text(retraction.url);
  pack(out, retraction.at);
  std::string value = out.take();
  const std::string key = std::string(to_string(retraction.kind)) + "/" + to_hex(hash64(value));
  return {StateRow::Space::kClaim, std::string(kRetractionPrefix) + key, std::move(value)};
}

std::optional<Claim> read_claim(const StateRow& row) {
  Unpacker in(row.value);
  Claim claim;
  claim.event.claim_id = ClaimId(row.key.substr(kClaimPrefix.size()));
  unpack_event(in, claim.event);
  claim.authority = static_cast<std::uint32_t>(in.number());
  claim.dated = in.number() == 1;
  claim.part = in.number() == 1;
  claim.sources = texts(in);
  claim.carriers = texts(in);
  if (!in.ok()) return {};
  return claim;
}

std::optional<RetractedFigure> read_retraction(const StateRow& row) {
  Unpacker in(row.value);
  RetractedFigure retraction;
  retraction.kind = static_cast<FigureKind>(in.number() % 15);
  retraction.value = in.real();
  retraction.scope_place = in.text();
  retraction.victim_class = texts(in);
  retraction.roots = texts(in);
  retraction.story = StoryId(in.text());
  retraction.first_as_of = in.text();
  retraction.day = in.text();
  retraction.item_id = ItemId(in.text());
  retraction.rule = in.text();
  retraction.evidence = optional_evidence(in);
  retraction.url = in.text();
  retraction.at = instant(in);
  if (!in.ok()) return {};
  return retraction;
}

}  // namespace steppe
