#include "daemon/full_text/page_ticket.h"

#include <algorithm>

#include "core/packing.h"

namespace steppe {
namespace {

constexpr std::uint64_t kFormat = 1;
constexpr std::string_view kAdoption = "adoption";

}  // namespace

PackedItem pack_ticket(const Item& item, const ItemId& id, std::uint32_t revision,
                       const ItemSource& source) {
  const auto adopted = std::find_if(item.match.reasons.begin(), item.match.reasons.end(),
                                    [](const Reason& reason) { return reason.group == kAdoption; });
  const bool has = adopted != item.match.reasons.end();
  Packer out;
  out.number(kFormat).text(id.str()).number(revision);
  out.number(static_cast<std::uint64_t>(item.match.decision)).real(item.match.score);
  out.text(item.match.stage).text(has ? adopted->term : "").real(has ? adopted->weight : 0);
  out.text(pack_waiting(item, source));
  return std::make_shared<const std::string>(out.take());
}

std::optional<PageTicket> read_ticket(std::string_view bytes) {
  Unpacker in(bytes);
  if (in.number() != kFormat) return {};
  PageTicket ticket;
  ticket.item_id = ItemId(in.text());
  ticket.revision = static_cast<std::uint32_t>(in.number());
  ticket.match.decision = static_cast<Decision>(in.number() % 3);
  ticket.match.score = in.real();
  ticket.match.stage = in.text();
  Reason adopted{.term = in.text(), .group = std::string(kAdoption)};
  adopted.weight = in.real();
  if (!adopted.term.empty()) ticket.match.reasons.push_back(std::move(adopted));
  auto waiting = read_waiting(in.text());
  if (!in.ok() || !waiting) return {};
  ticket.waiting = std::move(*waiting);
  return ticket;
}

}  // namespace steppe
