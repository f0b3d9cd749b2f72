#include "daemon/log.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "core/time.h"

namespace steppe {
namespace {

/// One JSON object a line: {"at","level","message"}.
class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& dest) override {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    const std::string at = to_rfc3339(std::chrono::floor<Millis>(message.time));
    const auto level = spdlog::level::to_string_view(message.level);
    const auto put = [&writer](const char* key, std::string_view value) {
      writer.Key(key);
      writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    };
    writer.StartObject();
    put("at", at);
    put("level", {level.data(), level.size()});
    put("message", {message.payload.data(), message.payload.size()});
    writer.EndObject();
    dest.append(buffer.GetString(), buffer.GetString() + buffer.GetSize());
    dest.push_back('\n');
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>();
  }
};

}  // namespace

void set_up_log(const LogOptions& options) {
  auto logger = std::make_shared<spdlog::logger>("steppewatch",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  if (options.format == "json") {
    logger->set_formatter(std::make_unique<JsonFormatter>());
  } else {
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  }
  logger->set_level(spdlog::level::from_str(options.level));
  logger->flush_on(spdlog::level::trace);
  spdlog::set_default_logger(std::move(logger));
}

bool LogLimiter::allow(const std::string& key, std::uint64_t& suppressed) {
  MutexLock lock(mutex_);
  if (entries_.size() >= kMaxKeys && !entries_.contains(key)) entries_.clear();
  const auto now = clock_.steady();
  const auto [it, fresh] = entries_.try_emplace(key);
  if (!fresh && now - it->second.last < period_) {
    ++it->second.suppressed;
    return false;
  }
  suppressed = std::exchange(it->second.suppressed, 0);
  it->second.last = now;
  return true;
}

}  // namespace steppe
