// Who comes on a day: walk-ins by hour profile × weekday × month × a Gamma day factor (arrivals are
// overdispersed: Jongbloed and Koole, "Managing uncertainty in call centres using Poisson
// mixtures", 2001), reservations by slot with no-shows and punctuality, and what each of them
// brings: service, its length, patience, way. A function of (model, seed, day) alone: whatever the
// windows or the call policy do, the same people come. Instants count from the day's midnight.
// Pure; values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "server/queue/model/office.hpp"
#include "server/queue/model/random.hpp"

namespace matanai::queue {

inline constexpr std::size_t kQuarters = 96;  // quarter hours of a day
inline constexpr Minutes kQuarter{15};
using Quarters = std::array<double, kQuarters>;

inline Instant midnight_plus(Millis time) { return Instant(time); }
inline std::size_t quarter_of(Instant at) {
  return static_cast<std::size_t>(at.time_since_epoch() / kQuarter) % kQuarters;
}

struct Transfer {
  std::uint16_t from = 0;  // services
  std::uint16_t to = 0;
  double probability = 0;
};

struct DemandModel {
  double walk_ins = 0;                        // expected on an average day
  Quarters profile{};                         // their weights, any scale
  std::array<double, 7> weekday = ones<7>();  // factor, Monday first
  std::array<double, 12> month = ones<12>();  // factor, January first
  double day_cv = 0;                          // of the Gamma day factor, mean 1
  std::vector<double> mix;                    // weight per service
  Quarters booked{};                          // reservations expected per slot, no-shows included
  bool books_by_weight = false;               // a fixed number a day, each in a slot by weight
  double no_show = 0.1;                       // share
  double punctuality_mean = -6;               // arrival − slot, minutes: normal
  double punctuality_sd = 5;
  Minutes check_in_before{15};  // who is earlier waits outside until then
  Minutes check_in_after{10};   // who is later has lost the slot
  double priority = 0;          // share of walk-ins with a head start
  double patience_mean = 0;     // minutes, exponential; 0: nobody leaves
  double way_cv = 0;            // of OfficeModel::way, lognormal
  std::vector<Transfer> transfers;

  template <std::size_t N>
  static constexpr std::array<double, N> ones() {
    std::array<double, N> values{};
    values.fill(1);
    return values;
  }
};

// The day's place in the calendar, for the factors above.
struct DayKind {
  int weekday = 1;  // 1 Monday … 7 Sunday
  int month = 1;
};

struct Visitor {
  std::uint64_t number = 0;  // names its random numbers; reservations count from kFirstReservation
  Instant arrival;
  Instant slot = kNever;  // of a reservation, also of one that comes too late to use it
  Millis duration{0};
  Millis way{0};
  Millis patience = kNever.time_since_epoch();  // leaves unseen when not called by then
  std::uint16_t service = 0;
  bool has_priority = false;
};
inline constexpr std::uint64_t kFirstReservation = 1'000'000;

// The people of a day. Tables are built once; drawing allocates nothing once the vectors are long
// enough.
class Arrivals {
 public:
  // `office` gives the services and the way; both are copied from.
  Arrivals(const OfficeModel& office, const DemandModel& demand);

  // By arrival, then number. Walk-ins keep their numbers and what they bring when reservations
  // change, and the other way round.
  void draw(std::uint64_t seed, std::uint64_t day, const DayKind& kind,
            std::vector<Visitor>& visitors);
  // Every reservation of the day drawn last, no-shows included, by slot.
  const std::vector<ReservationToCome>& booked() const { return booked_; }

  const DemandModel& demand() const { return demand_; }
  Millis duration(std::uint16_t service, double u) const { return durations_[service].at(u); }
  // Mean of the visitors' services, minutes.
  double mean_service() const;

 private:
  Visitor visitor(std::uint64_t seed, std::uint64_t day, std::uint64_t number) const;
  void draw_reservations(std::uint64_t seed, std::uint64_t day, std::vector<Visitor>& visitors);
  void add_reservation(std::uint64_t seed, std::uint64_t day, std::uint64_t number,
                       std::size_t quarter, std::vector<Visitor>& visitors);

  DemandModel demand_;
  std::vector<DurationTable> durations_;
  DurationTable way_;
  std::vector<double> mix_;       // cumulated, last 1
  std::vector<double> profile_;   // cumulated
  std::vector<double> bookings_;  // cumulated
  double booked_total_ = 0;
  std::vector<ReservationToCome> booked_;
};

}  // namespace matanai::queue
