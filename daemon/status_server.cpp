#include "daemon/status_server.h"

#include <httplib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstdlib>
#include <thread>

#include "connectors/json_lines/line.h"

namespace steppe {
namespace {

constexpr const char* kText = "text/plain; charset=utf-8";

void answer(httplib::Response& response, bool good, const char* yes, const char* no) {
  response.status = good ? 200 : 503;
  response.set_content(good ? yes : no, kText);
}

}  // namespace

struct StatusServer::Impl {
  httplib::Server server;
  StatusViews views;
  std::atomic<bool> stopping{false};
  std::atomic<bool> ended{false};  // the server thread is done
  std::string socket_path;
  std::jthread thread;

  void serve() {
    server.listen_after_bind();
    ended.store(true);
  }
  void add_status_routes();
  void add_control_routes();
  bool tail(std::uint64_t& seq, httplib::DataSink& sink);
};

StatusServer::StatusServer() : impl_(std::make_unique<Impl>()) {}

void StatusServer::Impl::add_status_routes() {
  server.new_task_queue = [] { return new httplib::ThreadPool(4); };
  server.set_read_timeout(2, 0);
  server.set_write_timeout(2, 0);
  server.set_keep_alive_max_count(16);
  server.set_payload_max_length(4096);
  server.Get("/healthz", [this](const httplib::Request&, httplib::Response& response) {
    answer(response, views.alive(), "ok\n", "a thread shows no sign of life\n");
  });
  server.Get("/readyz", [this](const httplib::Request&, httplib::Response& response) {
    answer(response, views.ready(), "ready\n", "records wait: the sink is not reachable\n");
  });
  server.Get("/metrics", [this](const httplib::Request&, httplib::Response& response) {
    response.set_content(views.metrics(), "text/plain; version=0.0.4; charset=utf-8");
  });
  server.Get("/", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("steppewatch: /healthz /readyz /metrics\n", kText);
  });
}

// Sends what is published after `seq` until the client goes or the daemon stops.
bool StatusServer::Impl::tail(std::uint64_t& seq, httplib::DataSink& sink) {
  if (stopping.load()) {
    sink.done();
    return true;
  }
  const auto rows = views.live_view->after(seq, std::chrono::milliseconds{500});
  std::string lines;
  for (const OutboxRow& row : rows) {
    json_lines::append_line(lines, row, views.writer);
    seq = row.seq;
  }
  return lines.empty() ? sink.is_writable() : sink.write(lines.data(), lines.size());
}

void StatusServer::Impl::add_control_routes() {
  server.Get("/feeds", [this](const httplib::Request&, httplib::Response& response) {
    response.set_content(views.feeds(), "application/jsonl");
  });
  server.Get("/tail", [this](const httplib::Request&, httplib::Response& response) {
    auto seq = std::make_shared<std::uint64_t>(0);
    response.set_chunked_content_provider(
        "application/jsonl",
        [this, seq](std::size_t, httplib::DataSink& sink) { return tail(*seq, sink); });
  });
}

Result<std::unique_ptr<StatusServer>> StatusServer::listen_tcp(const std::string& listen,
                                                               StatusViews views) {
  const std::size_t colon = listen.rfind(':');
  int port = -1;
  if (colon != std::string::npos) {
    std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), port);
  }
  std::string host = listen.substr(0, colon == std::string::npos ? 0 : colon);
  if (host.size() > 1 && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (host.empty() || port < 0 || port > 65535) {
    return Error{Code::kConfig, Retry::kNever,
                 "status.listen: '" + listen + "' is not address:port, e.g. 127.0.0.1:9464"};
  }
  std::unique_ptr<StatusServer> status(new StatusServer);
  status->impl_->views = std::move(views);
  status->impl_->add_status_routes();
  if (port == 0) {
    port = status->impl_->server.bind_to_any_port(host);
  } else if (!status->impl_->server.bind_to_port(host, port)) {
    port = -1;
  }
  if (port <= 0) {
    return Error{Code::kConfig, Retry::kNever,
                 "status.listen: cannot listen on " + listen +
                     " (taken, or not an address of this machine)"};
  }
  status->address_ = host + ":" + std::to_string(port);
  status->impl_->thread = std::jthread([impl = status->impl_.get()] { impl->serve(); });
  return status;
}

Result<std::unique_ptr<StatusServer>> StatusServer::listen_unix(const std::string& path,
                                                                StatusViews views) {
  std::unique_ptr<StatusServer> status(new StatusServer);
  Impl& impl = *status->impl_;
  impl.views = std::move(views);
  impl.add_status_routes();
  impl.add_control_routes();
  impl.server.set_address_family(AF_UNIX);
  impl.socket_path = path;
  ::unlink(path.c_str());  // a leftover: the state lock says that nobody else lives here
  const mode_t old_mask = ::umask(0077);
  const bool bound = impl.server.bind_to_port(path, 80);
  ::umask(old_mask);
  if (!bound) {
    return Error{Code::kPermission, Retry::kNever, "making the control socket " + path};
  }
  status->address_ = path;
  impl.thread = std::jthread([&impl] { impl.serve(); });
  return status;
}

StatusServer::~StatusServer() {
  impl_->stopping.store(true);
  if (impl_->thread.joinable()) {
    while (!impl_->server.is_running() && !impl_->ended.load())
      std::this_thread::yield();  // stop() before that is lost
    impl_->server.stop();
    impl_->thread.join();
  }
  if (!impl_->socket_path.empty()) ::unlink(impl_->socket_path.c_str());
}

std::string control_socket_path(const std::string& state_dir) {
  const char* runtime = std::getenv("RUNTIME_DIRECTORY");  // NOLINT(concurrency-mt-unsafe)
  return std::string(runtime != nullptr && *runtime != '\0' ? runtime : state_dir) +
         "/control.sock";
}

}  // namespace steppe
