#include "connectors/kafka/client.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <utility>

#include "connectors/kafka/errors.h"
#include "core/c_handle.h"

namespace steppe {
namespace {

using ConfHandle = CHandle<rd_kafka_conf_t, &rd_kafka_conf_destroy>;

KafkaEvents& events_of(void* opaque) {
  return *static_cast<KafkaEvents*>(opaque);
}

void on_error(rd_kafka_t* /*handle*/, int code, const char* reason, void* opaque) {
  KafkaEvents& events = events_of(opaque);
  events.trouble = true;
  events.last_code = code;
  events.last_text = reason;
  if (events.hooks.board) events.hooks.board->on_error(reason);
}

void on_delivery(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message, void* opaque) {
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const auto seq = reinterpret_cast<std::uintptr_t>(message->_private);
  events_of(opaque).failures.push_back({seq, message->err});
}

int on_statistics(rd_kafka_t* /*handle*/, char* json, std::size_t size, void* opaque) {
  const KafkaEvents& events = events_of(opaque);
  if (events.hooks.board) events.hooks.board->on_statistics({json, size});
  return 0;  // librdkafka frees the text
}

void on_log(const rd_kafka_t* handle, int level, const char* facility, const char* message) {
  const KafkaEvents& events = events_of(rd_kafka_opaque(handle));
  if (events.hooks.log) events.hooks.log(level, facility, message);
}

Result<ConfHandle> make_conf(const KafkaProperties& properties) {
  ConfHandle conf(rd_kafka_conf_new());
  std::array<char, 512> why{};
  for (const auto& [name, value] : properties) {
    const auto result =
        rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), why.data(), why.size());
    if (result != RD_KAFKA_CONF_OK) {
      return Error{Code::kConfig, Retry::kNever, "kafka setting " + name + ": " + why.data()};
    }
  }
  return conf;
}

bool explains_more(int code) {
  return code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR__SSL ||
         code == RD_KAFKA_RESP_ERR__RESOLVE;
}

}  // namespace

std::optional<std::string> refuse_setting(const std::string& name, const std::string& value) {
  const auto conf = make_conf({{name, value}});
  if (conf) return {};
  return conf.error().message;
}

void KafkaClient::Destroy::operator()(rd_kafka_s* handle) const {
  // What is still queued is in the outbox too; waiting for it could take minutes.
  rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

Result<KafkaClient> KafkaClient::create(KafkaClientKind kind, const KafkaProperties& properties,
                                        KafkaHooks hooks) {
  auto conf = make_conf(properties);
  if (!conf) return conf.error();
  KafkaClient client;
  client.events_ = std::make_unique<KafkaEvents>();
  client.events_->hooks = std::move(hooks);
  rd_kafka_conf_set_opaque(conf->get(), client.events_.get());
  rd_kafka_conf_set_error_cb(conf->get(), &on_error);
  rd_kafka_conf_set_log_cb(conf->get(), &on_log);
  const bool producer = kind == KafkaClientKind::kProducer;
  if (producer) {
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &on_delivery);
    rd_kafka_conf_set_stats_cb(conf->get(), &on_statistics);
  }
  std::array<char, 512> why{};
  rd_kafka_t* handle = rd_kafka_new(producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf->get(),
                                    why.data(), why.size());
  if (handle == nullptr) {
    return Error{Code::kConfig, Retry::kNever, std::string("kafka settings: ") + why.data()};
  }
  static_cast<void>(conf->release());  // owned by the handle now
  client.handle_.reset(handle);
  rd_kafka_set_log_queue(handle, nullptr);  // log lines come with the other events
  return client;
}

void KafkaClient::serve(int wait_ms) const {
  rd_kafka_poll(handle_.get(), wait_ms);
}

Error KafkaClient::explain(int code, std::string_view doing) const {
  serve(0);
  if (explains_more(events_->last_code)) code = events_->last_code;
  std::string text = std::string(doing) + ": " + kafka_error_text(code);
  if (!events_->last_text.empty()) text += " (" + events_->last_text + ")";
  return kafka_error(code, std::move(text));
}

}  // namespace steppe
