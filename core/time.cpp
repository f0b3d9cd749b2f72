#include "core/time.h"

#include <array>
#include <cstdio>

namespace steppe {
namespace {

namespace chr = std::chrono;

// The number at `at`, which is inside with the character behind it; -1 when it is none.
int two_digits(std::string_view text, std::size_t at) {
  const unsigned high = static_cast<unsigned char>(text[at]) - unsigned{'0'};
  const unsigned low = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
  return high > 9 || low > 9 ? -1 : static_cast<int>(high * 10 + low);
}

// Reads ".123" at `at`; moves `at` past every digit, keeps milliseconds.
int read_fraction_ms(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  int millis = 0;
  int scale = 100;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    millis += (text[at] - '0') * scale;
    scale /= 10;
  }
  return millis;
}

std::optional<chr::minutes> read_offset(std::string_view rest) {
  if (rest == "Z" || rest == "z") return chr::minutes{0};
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return {};
  const int hours = two_digits(rest, 1);
  const int minutes = two_digits(rest, 4);
  if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) return {};
  const chr::minutes offset{hours * 60 + minutes};
  return rest[0] == '-' ? -offset : offset;
}

}  // namespace

std::string to_date(chr::sys_days day) {
  const chr::year_month_day ymd{day};
  const auto year = static_cast<int>(ymd.year());
  const auto month = static_cast<unsigned>(ymd.month());
  const auto of_month = static_cast<unsigned>(ymd.day());
  if (year < 0 || year > 9999) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", year, month, of_month);
    return buffer.data();
  }
  std::string text = "0000-00-00";
  const auto put = [&](std::size_t last, unsigned value) {
    for (; value > 0; value /= 10) text[last--] = static_cast<char>('0' + value % 10);
  };
  put(3, static_cast<unsigned>(year));
  put(6, month);
  put(9, of_month);
  return text;
}

std::string to_rfc3339(Instant at) {
  const auto day = chr::floor<chr::days>(at);
  const chr::hh_mm_ss time{at - day};
  std::string text = to_date(day);
  const auto put = [&text](char before, int digits, std::int64_t value) {
    text.push_back(before);
    for (int unit = digits == 3 ? 100 : 10; unit > 0; unit /= 10) {
      text.push_back(static_cast<char>('0' + value / unit % 10));
    }
  };
  put('T', 2, time.hours().count());
  put(':', 2, time.minutes().count());
  put(':', 2, time.seconds().count());
  if (time.subseconds().count() != 0) put('.', 3, time.subseconds().count());
  text.push_back('Z');
  return text;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  const bool shape = text.size() >= 20 && text[4] == '-' && text[7] == '-' &&
                     (text[10] == 'T' || text[10] == 't' || text[10] == ' ') && text[13] == ':' &&
                     text[16] == ':';
  if (!shape) return {};
  const int century = two_digits(text, 0);
  const int year = two_digits(text, 2);
  const int month = two_digits(text, 5);
  const int day = two_digits(text, 8);
  const int hour = two_digits(text, 11);
  const int minute = two_digits(text, 14);
  const int second = two_digits(text, 17);
  if ((century | year | month | day | hour | minute | second) < 0) return {};
  const chr::year_month_day ymd{chr::year{century * 100 + year},
                                chr::month{static_cast<unsigned>(month)},
                                chr::day{static_cast<unsigned>(day)}};
  if (!ymd.ok() || hour > 23 || minute > 59 || second > 60) return {};
  std::size_t at = 19;
  const int millis = read_fraction_ms(text, at);
  const auto offset = read_offset(text.substr(at));
  if (!offset) return {};
  return chr::sys_days{ymd} + chr::hours{hour} + chr::minutes{minute} + chr::seconds{second} +
         chr::milliseconds{millis} - *offset;
}

}  // namespace steppe
