#include "daemon/full_text/page_queue.h"

#include <algorithm>
#include <utility>

namespace steppe {

void PageQueue::add(PageJob job, Instant due) {
  newest_.insert_or_assign(job.item_id, job.item);
  due_.push({due, ++number_, std::move(job)});
}

void PageQueue::offer(const std::string& name, HostBook& hosts, Instant now) {
  const Instant free = hosts.free_at(hosts.host(name), now);
  if (free != Instant::max()) ready_.push({free, ++number_, name});  // else when it is given back
}

void PageQueue::host_is_free(const std::string& name, HostBook& hosts, Instant now) {
  if (sites_.contains(name)) offer(name, hosts, now);
}

void PageQueue::queue_due(HostBook& hosts, Instant now) {
  while (!due_.empty() && due_.top().at <= now) {
    PageJob job = due_.top().job;
    due_.pop();
    const std::string host = host_of(job.url);
    std::deque<PageJob>& site = sites_[host];
    site.push_back(std::move(job));
    if (site.size() == 1) offer(host, hosts, now);
  }
}

std::optional<PageJob> PageQueue::first_of(const std::string& host) {
  const auto site = sites_.find(host);
  while (site != sites_.end() && !site->second.empty()) {
    PageJob job = std::move(site->second.front());
    site->second.pop_front();
    const auto newest = newest_.find(job.item_id);
    if (newest == newest_.end() || newest->second != job.item) continue;
    newest_.erase(newest);
    if (site->second.empty()) sites_.erase(site);
    return job;
  }
  if (site != sites_.end()) sites_.erase(site);
  return std::nullopt;
}

std::optional<PageJob> PageQueue::next(HostBook& hosts, Instant now) {
  queue_due(hosts, now);
  while (!ready_.empty() && ready_.top().at <= now) {
    const std::string host = ready_.top().host;
    ready_.pop();
    if (!sites_.contains(host)) continue;
    if (hosts.free_at(hosts.host(host), now) > now) {
      offer(host, hosts, now);  // blocked or asked since it was offered
      continue;
    }
    if (auto job = first_of(host)) return job;
  }
  return std::nullopt;
}

Millis PageQueue::wait(Instant now, Millis limit) const {
  if (!due_.empty()) limit = std::min<Millis>(limit, due_.top().at - now);
  if (!ready_.empty()) limit = std::min<Millis>(limit, ready_.top().at - now);
  return std::max(limit, Millis{0});
}

}  // namespace steppe
