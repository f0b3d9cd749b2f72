// The keeper's side of full text: whose page is wanted, and what becomes of what it gave.

#include <algorithm>

#include "daemon/full_text/page_ticket.h"
#include "daemon/keeper.h"
#include "daemon/polling/feed_memory_row.h"

namespace steppe {
namespace {

constexpr std::chrono::minutes kForgetEvery{1};

bool is_web_url(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

}  // namespace

// An item that waited comes with a copy of its feed that does not know.
bool Keeper::wants_page(const Item& item, const Feed& feed) const {
  if (!options_.full_text || !is_web_url(item.url)) return false;
  if (item.match.decision == Decision::kDrop) return false;
  const FeedPtr configured = feeds_.feed_of(feed.id);
  if (configured) return configured->full_text;
  return feed.full_text;
}

void Keeper::want_page(const Item& item, const ItemVerdict& verdict, const ItemSource& source,
                       StateBatch& batch) {
  if (!wants_page(item, *source.feed)) return;
  PageBook::Page page{.feed = source.feed->id,
                      .url = item.url,
                      .wanted_at = source.fetched_at,
                      .due = source.fetched_at,
                      .item = pack_ticket(item, verdict.seen.id, verdict.seen.revision, source)};
  if (!pages_.want(verdict.seen.id, std::move(page), batch.rows))
    count("article_pages_total", "queue_full");
  report_pages();
}

void Keeper::note_page_asked(const ItemId& id, Instant not_before, StateBatch& batch) {
  pages_.note_asked(id, not_before, batch.rows);
}

void Keeper::forget_pages(Instant now, StateBatch& batch) {
  if (now < pages_looked_at_ + kForgetEvery && now >= pages_looked_at_) return;
  pages_looked_at_ = now;
  const std::size_t given_up = pages_.forget_old(now, batch.rows);
  if (given_up > 0) count("article_pages_total", "expired", static_cast<double>(given_up));
  report_pages();
}

void Keeper::report_pages() {
  if (metrics_ != nullptr)
    metrics_->set("queue_length", "article_pages", static_cast<double>(pages_.waiting()));
}

Result<void> Keeper::apply_page(Digest& digest, StateBatch& batch) {
  const FetchOutcome& outcome = digest.outcome;
  const PackedItem& packed = outcome.request.item;
  if (outcome.host_block) batch.rows.push_back(host_block_row(*outcome.host_block));
  if (!digest.page) digest.page = PageFinding{.outcome = "unknown"};  // memory ran out for it
  const auto ticket = packed ? read_ticket(*packed) : std::nullopt;
  const PageBook::Page* wanted = ticket ? pages_.find(ticket->item_id) : nullptr;
  // The item changed, or was given up, while its page was asked for.
  if (wanted == nullptr || wanted->item != packed) {
    count("article_pages_total", "superseded");
    return ok();
  }
  const Instant ended = std::max(outcome.fetched_at, outcome.received_at);
  if (digest.page->try_later && pages_.put_off(ticket->item_id, ended, batch.rows)) {
    count("article_pages_total", "put_off");
    return ok();
  }
  count("article_pages_total", digest.page->outcome);
  pages_.done(ticket->item_id, page_end_of(digest.page->outcome), ended, batch.rows);
  report_pages();
  return digest.page->item ? revise(*ticket, digest, batch) : ok();
}

Result<void> Keeper::revise(const PageTicket& ticket, Digest& digest, StateBatch& batch) {
  Item& item = *digest.page->item;
  auto seen = find(item);
  if (!seen) return std::move(seen).error();
  const bool same = *seen && (*seen)->id == ticket.item_id && (*seen)->revision == ticket.revision;
  if (!same) return ok();
  const auto* document = std::get_if<Document>(&digest.outcome.result);
  const ItemSource source{
      .feed = digest.outcome.request.feed.get(),
      .trace = &digest.trace,
      .validators = document != nullptr ? document->validators : Validators{},
      .fetched_at = digest.outcome.fetched_at,
      .backfill = ticket.waiting.source.backfill,
      .known_here = true,
      .rights = {.tdm_reserved = digest.page->tdm_reserved, .not_free = digest.page->not_free},
      .tag = {}};
  count("items_total", "revised");
  const ItemVerdict verdict = admit(item, source, *seen, batch);
  return note_kept(item, verdict, source, batch);
}

}  // namespace steppe
