// Instants (UTC milliseconds), the office's wall clock (Asia/Tokyo through the date library) and
// their wire forms. Pure but for Clock, which is the one seam through which a program learns what
// time it is. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace matanai {

using Millis = std::chrono::milliseconds;
using Minutes = std::chrono::minutes;
using Instant = std::chrono::sys_time<Millis>;
using LocalDay = std::chrono::local_days;  // a date in the office's zone
using TimeOfDay = std::chrono::minutes;    // minutes since local midnight, 0…1440

inline constexpr std::string_view kOfficeZone = "Asia/Tokyo";

// Wall clock of the office.
LocalDay local_day(Instant instant);
TimeOfDay local_time_of_day(Instant instant);  // truncated to the minute
Instant instant_at(LocalDay day, TimeOfDay time);
int iso_weekday(LocalDay day);  // 1 Monday … 7 Sunday

// Wire forms: "2026-11-24T01:30:00.000Z", "2026-11-24", "10:30". Parsers return nullopt for
// anything else.
std::string to_wire(Instant instant);
std::string to_wire(LocalDay day);
std::string to_wire(TimeOfDay time);
// As people write it: "9:05". For sentences and pages; never for the wire.
std::string spoken_time(TimeOfDay time);
std::optional<Instant> parse_instant(std::string_view text);
std::optional<LocalDay> parse_day(std::string_view text);
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

// Milliseconds since 1970, as stored in tables.
inline std::int64_t to_millis(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant from_millis(std::int64_t millis) { return Instant(Millis(millis)); }

// What time it is. now() may be called from any thread and never goes back within one process.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// The machine's clock plus an offset: 0 in production, set in demo mode so that the office is open
// (never negative movement: set_offset ignores a smaller one and returns false).
class OffsetClock final : public Clock {
 public:
  explicit OffsetClock(Millis offset = Millis(0)) : offset_(offset.count()) {}
  Instant now() const override;
  Millis offset() const { return Millis(offset_.load()); }
  bool set_offset(Millis offset);

 private:
  std::atomic<std::int64_t> offset_;
  mutable std::atomic<std::int64_t> latest_{0};
};

// A clock that a test moves by hand.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start.time_since_epoch().count()) {}
  Instant now() const override { return from_millis(now_.load()); }
  void advance(Millis by) { now_ += by.count(); }
  void set(Instant instant) { now_ = to_millis(instant); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace matanai
