#include "server/queue/day/arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace matanai::queue {
namespace {

// Partial sums over the whole, or empty when there is no weight.
template <class Weights>
std::vector<double> cumulated(const Weights& weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(total > 0)) return {};
  std::vector<double> sums(weights.size());
  double sum = 0;
  std::transform(weights.begin(), weights.end(), sums.begin(),
                 [&](double weight) { return (sum += weight) / total; });
  sums.back() = 1;
  return sums;
}

// The cell in which `u` falls, and how far into it.
struct Cell {
  std::size_t index = 0;
  double part = 0;
};
Cell cell_of(const std::vector<double>& sums, double u) {
  const auto above = std::ranges::upper_bound(sums, u);
  const auto index = std::min(static_cast<std::size_t>(above - sums.begin()), sums.size() - 1);
  const double below = index == 0 ? 0 : sums[index - 1];
  return {index, std::clamp((u - below) / (sums[index] - below), 0.0, 1.0)};
}

Millis millis(double minutes) { return Millis(std::llround(minutes * 60000)); }

}  // namespace

Arrivals::Arrivals(const OfficeModel& office, const DemandModel& demand)
    : demand_(demand),
      way_(ServiceTime{std::max(1e-9, static_cast<double>(office.way.count()) / 60000),
                       demand.way_cv}),
      mix_(cumulated(demand.mix)),
      profile_(cumulated(demand.profile)),
      bookings_(cumulated(demand.booked)),
      booked_total_(std::accumulate(demand.booked.begin(), demand.booked.end(), 0.0)) {
  for (const auto& service : office.services) durations_.emplace_back(service.time);
}

double Arrivals::mean_service() const {
  double mean = 0;
  for (std::size_t s = 0; s < mix_.size(); ++s)
    mean +=
        (mix_[s] - (s == 0 ? 0 : mix_[s - 1])) * static_cast<double>(durations_[s].mean().count());
  return mean / 60000;
}

// Each property from a stream of its own, so that a change of one leaves the others.
Visitor Arrivals::visitor(std::uint64_t seed, std::uint64_t day, std::uint64_t number) const {
  const auto uniform = [&](Purpose purpose) {
    return stream(seed, day, number, purpose).uniform();
  };
  Visitor visitor;
  visitor.number = number;
  visitor.service = static_cast<std::uint16_t>(cell_of(mix_, uniform(Purpose::service_type)).index);
  visitor.duration = durations_[visitor.service].at(uniform(Purpose::service_time));
  visitor.way = demand_.way_cv > 0 ? way_.at(uniform(Purpose::way)) : way_.mean();
  if (demand_.patience_mean > 0)
    visitor.patience = millis(-std::log(uniform(Purpose::patience)) * demand_.patience_mean);
  return visitor;
}

void Arrivals::draw(std::uint64_t seed, std::uint64_t day, const DayKind& kind,
                    std::vector<Visitor>& visitors) {
  visitors.clear();
  booked_.clear();
  double level = demand_.weekday[static_cast<std::size_t>(kind.weekday - 1)] *
                 demand_.month[static_cast<std::size_t>(kind.month - 1)];
  auto of_day = stream(seed, day, 0, Purpose::day_factor);
  if (demand_.day_cv > 0) {
    const double shape = 1 / (demand_.day_cv * demand_.day_cv);
    level *= of_day.gamma(shape) / shape;
  }
  const int walk_ins =
      profile_.empty() || mix_.empty() ? 0 : of_day.poisson(demand_.walk_ins * level);
  for (std::uint64_t number = 0; number < static_cast<std::uint64_t>(walk_ins); ++number) {
    Visitor walk_in = visitor(seed, day, number);
    const Cell at = cell_of(profile_, stream(seed, day, number, Purpose::arrival).uniform());
    walk_in.arrival =
        midnight_plus(millis((static_cast<double>(at.index) + at.part) * double{kQuarter.count()}));
    walk_in.has_priority =
        demand_.priority > 0 &&
        stream(seed, day, number, Purpose::priority).uniform() < demand_.priority;
    visitors.push_back(walk_in);
  }
  if (!bookings_.empty() && !mix_.empty()) draw_reservations(seed, day, visitors);
  std::ranges::sort(visitors, {}, [](const Visitor& v) { return std::pair(v.arrival, v.number); });
}

// By weight: as many as expected, each in a slot of its own choice. Otherwise each slot has its
// expected number, rounded up or down at random. A reservation's number is its slot's and its place
// in it, so that a slot more or fewer leaves the others.
void Arrivals::draw_reservations(std::uint64_t seed, std::uint64_t day,
                                 std::vector<Visitor>& visitors) {
  std::array<std::uint64_t, kQuarters> counts{};
  if (demand_.books_by_weight) {
    const auto total = static_cast<std::uint64_t>(
        booked_total_ + stream(seed, day, kFirstReservation, Purpose::slot).uniform());
    for (std::uint64_t i = 0; i < total; ++i) {
      auto random = stream(seed, day, kFirstReservation + 1 + i, Purpose::slot);
      ++counts[cell_of(bookings_, random.uniform()).index];
    }
  } else {
    for (std::size_t q = 0; q < kQuarters; ++q)
      if (demand_.booked[q] > 0)
        counts[q] = static_cast<std::uint64_t>(
            demand_.booked[q] + stream(seed, day, kFirstReservation + q, Purpose::slot).uniform());
  }
  for (std::size_t q = 0; q < kQuarters; ++q)
    for (std::uint64_t i = 0; i < counts[q]; ++i)
      add_reservation(seed, day, kFirstReservation + q * 10000 + i, q, visitors);
}

void Arrivals::add_reservation(std::uint64_t seed, std::uint64_t day, std::uint64_t number,
                               std::size_t quarter, std::vector<Visitor>& visitors) {
  Visitor reserved = visitor(seed, day, number);
  reserved.slot = midnight_plus(kQuarter * static_cast<int>(quarter));
  ReservationToCome coming;
  coming.id = static_cast<std::int64_t>(number);
  coming.slot = reserved.slot;
  coming.service = reserved.service;
  coming.show_probability = 1 - demand_.no_show;
  booked_.push_back(coming);
  if (stream(seed, day, number, Purpose::no_show).uniform() < demand_.no_show) return;
  const double off =
      demand_.punctuality_mean +
      demand_.punctuality_sd * stream(seed, day, number, Purpose::punctuality).normal();
  reserved.arrival =
      std::max<Instant>(reserved.slot + millis(off), reserved.slot - demand_.check_in_before);
  visitors.push_back(reserved);
}

}  // namespace matanai::queue
