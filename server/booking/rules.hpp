// Which times an office offers, and how many places are free: pure rules over the reference data
// and the places in use. A place is one party at one window: a unit of 15 minutes holds as many
// parties as the slot rule's limit of the channel, counted over all channels together. Not for
// taking a place (store.hpp). No I/O, no clock; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "schema/types/messages_booking.hpp"
#include "schema/types/refusal.hpp"
#include "server/booking/types.hpp"
#include "server/directory/directory.hpp"
#include "server/directory/rules.hpp"

namespace matanai::booking {

using messages::DayState;

// Places in use by the start of their unit.
class Usage {
 public:
  void add(Instant unit, int places) { taken_[to_millis(unit)] += places; }
  // Gives back the places of a reservation whose time is up but which has not been swept yet.
  void subtract(Instant start, Instant end);
  int taken(Instant unit) const;

 private:
  std::unordered_map<std::int64_t, int> taken_;
};

// A service at an office that takes reservations for it.
struct Offer {
  const directory::Office* office = nullptr;
  const directory::Service* service = nullptr;
};
// Refusals: unknown_office, unknown_service (also when no window of the office serves it),
// service_not_reservable.
Result<Offer> find_offer(const directory::Directory& directory, const OfficeId& office,
                         const ServiceId& service);

// What may be booked now: dates today…last_day, starts from earliest_start on (now + cut-off: a
// start exactly at the cut-off may still be booked).
struct BookingWindow {
  LocalDay today{};
  LocalDay last_day{};
  Instant earliest_start{};
};
BookingWindow booking_window(const directory::Directory& directory, const Offer& offer,
                             Channel channel, Instant now);

// Every time of the day with a limit of at least one place in each of its units, ascending,
// whatever is taken or past.
std::vector<Slot> slots_of(const directory::Directory& directory, const Offer& offer, LocalDay day,
                           Channel channel);

// The slot at that time, when it may be booked now; whether a place is free is decided by the
// store. Refusals: beyond_horizon, too_late_to_book, office_closed, no_such_slot.
Result<Slot> find_slot(const directory::Directory& directory, const Offer& offer, LocalDay day,
                       TimeOfDay time, Channel channel, Instant now);

// The least of its units; 0 when full or over a capacity that was lowered.
int free_places(const Slot& slot, const Usage& usage);

struct FreeTime {
  Slot slot;
  int free = 0;  // places
};
// The times of the day that may be booked now, full ones with 0.
std::vector<FreeTime> times_of(const directory::Directory& directory, const Offer& offer,
                               LocalDay day, Channel channel, Instant now, const Usage& usage);

struct DaySummary {
  LocalDay day{};
  DayState state = DayState::closed;
  int free_times = 0;
  directory::DayPlan plan;
};
// closed: no reservations that day · past: no time left · not_yet: beyond the horizon · full: no
// free time · few: at most 3 free times or under 25 % of the day's · many.
DaySummary summarise_day(const directory::Directory& directory, const Offer& offer, LocalDay day,
                         Channel channel, Instant now, const Usage& usage);

// The first `count` free times from now to the horizon.
std::vector<FreeTime> soonest(const directory::Directory& directory, const Offer& offer,
                              Channel channel, Instant now, const Usage& usage,
                              std::size_t count = 3);
// The `count` free times nearest to `wanted` within 7 days of it, the earlier first when two are as
// near.
std::vector<FreeTime> nearest(const directory::Directory& directory, const Offer& offer,
                              Instant wanted, Channel channel, Instant now, const Usage& usage,
                              std::size_t count = 3);
inline constexpr std::chrono::days kNearestReach{7};

// The first `count` free times of that day that start before `wanted`.
std::vector<FreeTime> earlier(const directory::Directory& directory, const Offer& offer,
                              Instant wanted, Channel channel, Instant now, const Usage& usage,
                              std::size_t count = 3);

// A hold ends this long after `from`, never later than 60 minutes after `held_at` nor than the
// slot's start.
Instant hold_end(const directory::Directory& directory, const OfficeId& office,
                 const GroupId& group, Instant held_at, Instant from, Instant slot_start);
inline constexpr Minutes kLongestHold{60};
// What one network may have of an office's group and day: four places in any case, else `share` per
// cent of the day's. Counted are its holds and what it booked without contact in the last 24 hours,
// cancelled ones too until their place is offered again: both cost nothing, and a program that
// makes hundreds of them would empty a small office's day (33 places) in a second. Bookings with a
// contact are not counted, though nobody checks that a contact is real: people behind one address,
// of a mobile carrier or an office's wireless network, must not lock each other out. Without
// contact they share one limit; clerks and kiosks have none.
struct HeldPlaces {
  int holds = 0;  // and bookings
  int units = 0;  // places of 15 minutes
};
bool may_hold_more(const directory::Directory& directory, const Offer& offer, const Slot& slot,
                   Channel channel, const HeldPlaces& held, int share);
inline constexpr int kHoldsInAnyCase = 4;
// `release_at <= now` is over, to the millisecond.
inline bool is_over(Instant release_at, Instant now) { return release_at <= now; }

}  // namespace matanai::booking
