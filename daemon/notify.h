#pragma once
// Words to systemd: READY, RELOADING, STOPPING, WATCHDOG, STATUS. No-ops without $NOTIFY_SOCKET.
// Source: sd_notify(3).

#include <chrono>
#include <optional>
#include <string>

namespace steppe {

void notify_ready(const std::string& status);
void notify_reloading();
void notify_stopping();
void notify_watchdog();

/// Half the configured watchdog time; nothing when systemd asks for none.
std::optional<std::chrono::milliseconds> watchdog_period();

}  // namespace steppe
