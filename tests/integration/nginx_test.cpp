// The connector against a real web server and a real proxy, as Debian ships them: validators, gzip,
// TLS with HTTP/2, kept connections and resumed sessions.

#include <gtest/gtest.h>

#include "connectors/http_feed/http_feed.h"
#include "processors/parse/decode_body.h"
#include "tests/support/child_server.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tls_identity.h"

namespace steppe::test {
namespace {

using std::chrono::milliseconds;

std::string feed_text() {
  std::string items;
  for (int i = 0; i < 200; ++i)
    items += "<item><title>Item " + std::to_string(i) + "</title></item>";
  return "<rss version=\"2.0\"><channel><title>t</title>" + items + "</channel></rss>";
}

/// Serves www/ in plain and over TLS, compressed where the client allows it.
class Nginx {
 public:
  Nginx() : certificate_("127.0.0.1") {
    std::filesystem::create_directory(folder_.path() + "/www");
    folder_.write("www/feed.xml", feed_text());
    folder_.write("own.pem", certificate_.certificate_pem());
    folder_.write("key.pem", certificate_.key_pem());
    server_ = std::make_unique<ChildServer>(
        std::vector<std::string>{"/usr/sbin/nginx", "-e", folder_.path() + "/error.log", "-c",
                                 folder_.write("nginx.conf", configuration())},
        plain_);
  }
  std::string plain(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(plain_) + path;
  }
  std::string secure(const std::string& path) const {
    return "https://127.0.0.1:" + std::to_string(secure_) + path;
  }
  std::string authorities() const { return folder_.path() + "/own.pem"; }
  /// Whether the access log gets the line; the server writes it after the reply has left, so this
  /// waits for it up to ten seconds. Lines: protocol, path, status, bytes, session reused.
  bool logs(const std::string& line) const {
    for (int i = 0; i < 1'000; ++i) {
      if (log().find(line) != std::string::npos) return true;
      std::this_thread::sleep_for(milliseconds{10});
    }
    return false;
  }
  std::string log() const { return read("access.log"); }
  void replace_feed(const std::string& text) { folder_.write("www/feed.xml", text); }

 private:
  std::string read(const std::string& name) const {
    std::ifstream file(folder_.path() + "/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string configuration() const {
    const std::string at = folder_.path();
    std::string text =
        "user root; daemon off; worker_processes 1; pid " + at + "/pid; error_log " + at +
        "/error.log;\nevents {}\nhttp {\n  log_format short '$server_protocol "
        "$request_uri $status $body_bytes_sent $ssl_session_reused';\n  access_log " +
        at + "/access.log short;\n  types { application/rss+xml xml; text/plain txt; }\n";
    for (const std::string kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      text.append("  ").append(kind).append("_temp_path ").append(at);
      text.append("/").append(kind).append(";\n");
    }
    text += "  server {\n    listen 127.0.0.1:" + std::to_string(plain_) +
            ";\n    listen 127.0.0.1:" + std::to_string(secure_) +
            " ssl http2;\n    ssl_certificate " + at + "/own.pem; ssl_certificate_key " + at +
            "/key.pem; ssl_session_cache shared:s:1m;\n    root " + at +
            "/www; etag on; gzip on; gzip_types application/rss+xml;\n"
            "    gzip_proxied any;\n"
            "    location /old.xml { return 301 /feed.xml; }\n"
            "    location /close/ { alias " +
            at +
            "/www/; keepalive_timeout 0; }\n"
            "    location /busy.xml { add_header Retry-After 77 always; return 503; }\n  }\n}\n";
    return text;
  }

  TemporaryDirectory folder_;
  TlsIdentity certificate_;
  std::uint16_t plain_ = free_port();
  std::uint16_t secure_ = free_port();
  std::unique_ptr<ChildServer> server_;
};

class RealServer : public ::testing::Test {
 protected:
  RealServer() {
    options_.ca_file = nginx().authorities();
    http_ = std::move(HttpFeed::create(options_, clock_).value());
  }
  static Nginx& nginx() {
    static Nginx server;
    return server;
  }

  FetchOutcome fetch(const std::string& url, Validators validators = {},
                     const std::string& proxy = "", bool http2 = true) {
    auto feed = std::make_shared<Feed>();
    feed->url = url;
    feed->allow_private_addresses = true;
    feed->proxy = proxy;
    feed->http2 = http2;
    http_->start({.feed = std::move(feed), .validators = std::move(validators)});
    std::vector<FetchOutcome> outcomes;
    while (outcomes.empty() && http_->in_flight() > 0) outcomes = http_->poll(milliseconds{20'000});
    return std::move(outcomes.at(0));
  }
  static const Document& document(const FetchOutcome& outcome) {
    if (const auto* failed = std::get_if<FetchFailure>(&outcome.result)) {
      ADD_FAILURE() << failed->error.message;
    }
    return std::get<Document>(outcome.result);
  }

  SystemClock clock_;
  HttpOptions options_{.contact = "https://example.org/bot"};
  std::unique_ptr<HttpFeed> http_;
};

TEST_F(RealServer, GivesTheFeedCompressedAndThenNotModified) {
  const FetchOutcome first = fetch(nginx().plain("/feed.xml"));
  const Document& found = document(first);
  EXPECT_EQ(found.content_encoding, "gzip");
  EXPECT_LT(found.body.size(), feed_text().size() / 4);
  EXPECT_EQ(decode_body(found.body, "gzip", 1U << 20).value(), feed_text());
  EXPECT_FALSE(found.validators.etag.empty());
  EXPECT_FALSE(found.validators.last_modified.empty());
  const FetchOutcome second = fetch(nginx().plain("/feed.xml"), found.validators);
  EXPECT_EQ(class_of(second), PollClass::kNotModified);
  EXPECT_EQ(http_->stats().connections, 1U);
}

TEST_F(RealServer, GivesAChangedFeedAgain) {
  const FetchOutcome first = fetch(nginx().plain("/feed.xml"));
  nginx().replace_feed("<rss><channel><title>other</title></channel></rss>");
  const FetchOutcome second = fetch(nginx().plain("/feed.xml"), document(first).validators);
  EXPECT_NE(document(second).body_hash, document(first).body_hash);
  EXPECT_FALSE(second.facts.validators_repeated);
  nginx().replace_feed(feed_text());
}

TEST_F(RealServer, SpeaksHttp2OverTlsUnlessTheFeedOptsOut) {
  document(fetch(nginx().secure("/feed.xml?two")));
  http_ = std::move(HttpFeed::create(options_, clock_).value());
  document(fetch(nginx().secure("/feed.xml?one"), {}, "", false));
  EXPECT_TRUE(nginx().logs("HTTP/2.0 /feed.xml?two 200")) << nginx().log();
  EXPECT_TRUE(nginx().logs("HTTP/1.1 /feed.xml?one 200")) << nginx().log();
}

TEST_F(RealServer, ResumesTlsSessionsOnNewConnections) {
  for (int i = 0; i < 4; ++i) document(fetch(nginx().secure("/close/feed.xml"), {}, "", false));
  EXPECT_EQ(http_->stats().connections, 4U);
  EXPECT_EQ(http_->stats().resumed_sessions, 3U);
}

TEST_F(RealServer, ConditionalRequestsOverTlsCostAlmostNothing) {
  const FetchOutcome first = fetch(nginx().secure("/feed.xml"));
  const FetchOutcome second = fetch(nginx().secure("/feed.xml"), document(first).validators);
  EXPECT_EQ(class_of(second), PollClass::kNotModified);
  EXPECT_LT(second.facts.received_bytes, 500U);
}

TEST_F(RealServer, MovedAndBusyFeedsAreWhatTheySay) {
  const FetchOutcome moved = fetch(nginx().plain("/old.xml"));
  EXPECT_EQ(moved.facts.permanent_url, nginx().plain("/feed.xml"));
  const FetchOutcome busy = fetch(nginx().plain("/busy.xml"));
  EXPECT_EQ(class_of(busy), PollClass::kUnavailable);
  EXPECT_EQ(busy.hints.retry_after.count(), 77);
  EXPECT_EQ(class_of(fetch(nginx().plain("/none.xml"))), PollClass::kNotFound);
}

TEST_F(RealServer, CanBeAskedThroughAProxy) {
  const TemporaryDirectory folder;
  const std::uint16_t port = free_port();
  const std::string config = folder.write(
      "proxy.conf",
      "Port " + std::to_string(port) + "\nListen 127.0.0.1\nTimeout 20\nMaxClients 20\n" +
          "Allow 127.0.0.1\nLogFile \"" + folder.path() + "/log\"\nLogLevel Connect\n");
  const ChildServer proxy({"/usr/bin/tinyproxy", "-d", "-c", config}, port);
  const std::string address = "http://127.0.0.1:" + std::to_string(port);
  document(fetch(nginx().plain("/feed.xml"), {}, address));
  const FetchOutcome secure = fetch(nginx().secure("/feed.xml"), {}, address);
  EXPECT_EQ(document(secure).content_encoding, "gzip");
  EXPECT_EQ(secure.facts.address, "");
  std::ifstream log(folder.path() + "/log");
  const std::string text{std::istreambuf_iterator<char>(log), {}};
  EXPECT_NE(text.find("CONNECT 127.0.0.1"), std::string::npos) << text;
}

}  // namespace
}  // namespace steppe::test
