#include "daemon/demo_site.h"

#include <httplib.h>

#include <thread>

namespace steppe {

struct DemoSite::Server {
  httplib::Server http;
  int port = 0;
  std::jthread thread;
};

DemoSite::DemoSite() : server_(std::make_unique<Server>()) {}

Result<std::unique_ptr<DemoSite>> DemoSite::start() {
  std::unique_ptr<DemoSite> site(new DemoSite);
  Server& server = *site->server_;
  server.http.new_task_queue = [] { return new httplib::ThreadPool(8); };
  server.http.Get(R"(/([a-z0-9-]+))", [site = site.get()](const httplib::Request& request,
                                                          httplib::Response& response) {
    MutexLock lock(site->mutex_);
    const auto page = site->pages_.find(request.matches[1]);
    response.status = 404;
    if (page == site->pages_.end()) return;
    response.set_header("ETag", page->second.etag);
    response.status = request.get_header_value("If-None-Match") == page->second.etag ? 304 : 200;
    if (response.status == 200)
      response.set_content(page->second.body, page->second.content_type.c_str());
  });
  server.port = server.http.bind_to_any_port("127.0.0.1");
  if (server.port <= 0) {
    return Error{Code::kUnavailable, Retry::kLater, "no free port on 127.0.0.1"};
  }
  server.thread = std::jthread([&server] { server.http.listen_after_bind(); });
  while (!server.http.is_running()) std::this_thread::yield();  // stop() before that is lost
  return site;
}

DemoSite::~DemoSite() {
  server_->http.stop();
}

std::string DemoSite::url_of(const FeedId& feed) const {
  return "http://127.0.0.1:" + std::to_string(server_->port) + "/" + feed.str();
}

std::string DemoSite::publish(const FeedId& feed, std::string content_type, std::string body) {
  MutexLock lock(mutex_);
  Page& page = pages_[feed.str()];
  page = {std::move(content_type), std::move(body), "\"" + std::to_string(++versions_) + "\""};
  return page.etag;
}

}  // namespace steppe
