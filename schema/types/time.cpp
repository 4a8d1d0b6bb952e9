#include "schema/types/time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>

namespace matanai {
namespace {

using std::chrono::days;
using std::chrono::floor;

const date::time_zone* office_zone() {
  static const date::time_zone* zone = date::locate_zone(kOfficeZone);
  return zone;
}

Millis local_millis(Instant instant) {
  const date::sys_time<Millis> utc{instant.time_since_epoch()};
  return office_zone()->to_local(utc).time_since_epoch();
}

// All of `text` as a number of exactly its length in digits.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.front() == '-')
    return std::nullopt;
  return value;
}

}  // namespace

LocalDay local_day(Instant instant) { return LocalDay(floor<days>(local_millis(instant))); }

TimeOfDay local_time_of_day(Instant instant) {
  const auto local = local_millis(instant);
  return floor<Minutes>(local - floor<days>(local));
}

Instant instant_at(LocalDay day, TimeOfDay time) {
  const date::local_time<Minutes> local{day.time_since_epoch() + time};
  return Instant(office_zone()->to_sys(local, date::choose::earliest).time_since_epoch());
}

int iso_weekday(LocalDay day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }

std::string to_wire(Instant instant) {
  const auto day = floor<days>(instant);
  const std::chrono::year_month_day date(day);
  const auto rest = instant - day;
  const auto seconds = floor<std::chrono::seconds>(rest);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     seconds.count() / 3600, seconds.count() / 60 % 60, seconds.count() % 60,
                     (rest - seconds).count());
}

std::string to_wire(LocalDay day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_wire(TimeOfDay time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string spoken_time(TimeOfDay time) {
  return fmt::format("{}:{:02}", time.count() / 60, time.count() % 60);
}

std::optional<LocalDay> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return LocalDay(date);
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute > 0))
    return std::nullopt;
  return TimeOfDay(*hour * 60 + *minute);
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() != 20 && text.size() != 24) return std::nullopt;
  if (text[10] != 'T' || text.back() != 'Z' || text[16] != ':') return std::nullopt;
  const auto day = parse_day(text.substr(0, 10));
  const auto time = parse_time_of_day(text.substr(11, 5));
  const auto second = digits(text.substr(17, 2));
  std::optional<int> millis = 0;
  if (text.size() == 24) millis = text[19] == '.' ? digits(text.substr(20, 3)) : std::nullopt;
  if (!day || !time || !second || *second > 59 || !millis) return std::nullopt;
  return Instant(day->time_since_epoch() + *time + std::chrono::seconds(*second) + Millis(*millis));
}

Instant OffsetClock::now() const {
  const auto wall =
      floor<Millis>(std::chrono::system_clock::now()).time_since_epoch().count() + offset_.load();
  auto latest = latest_.load();
  while (wall > latest && !latest_.compare_exchange_weak(latest, wall)) {
  }
  return from_millis(std::max(wall, latest));
}

bool OffsetClock::set_offset(Millis offset) {
  if (offset.count() < offset_.load()) return false;
  offset_ = offset.count();
  return true;
}

}  // namespace matanai
