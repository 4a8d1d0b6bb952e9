// A GI/G/s station, event by event: windows that are all alike, sources of customers with any
// renewal process or schedule, patience, first come first served or any rule of the production
// CallPolicy. It proves the engine against exact theory; an office with its day is office_day.hpp.
// Pure; each Station one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

#include "server/queue/model/sampler.hpp"
#include "server/queue/policy/call_policy.hpp"
#include "server/queue/station/calendar.hpp"

namespace matanai::queue {

// Times of the model are in its own unit; the clock counts in these.
inline constexpr double kTicksPerUnit = 0x1.0p30;

struct Source {
  Distribution between;  // arrivals
  Distribution service;
  std::optional<Distribution> patience;  // leaves when it has waited so long
  bool is_reserved = false;              // for a policy: a reservation whose slot is its arrival
  std::vector<double> schedule;          // arrivals, in order, instead of `between`
};

struct StationModel {
  int windows = 1;
  std::vector<Source> sources;
  std::uint64_t customers = 0;       // arrivals of all sources; then the station runs empty
  std::uint64_t warm_up = 0;         // the first arrivals, which no total counts
  std::optional<CallPolicy> policy;  // none: first come first served; may not hold people back
};

// Of one source, after the warm-up.
struct SourceTotals {
  std::uint64_t arrived = 0;
  std::uint64_t delayed = 0;  // found no window free
  std::uint64_t abandoned = 0;
  double wait = 0;           // sum over all arrivals, until start or leaving
  double served_wait = 0;    // sum over those served
  double served_delays = 0;  // how many of those served had been delayed

  double mean_wait() const { return wait / static_cast<double>(arrived); }
  double delay_probability() const {
    return static_cast<double>(delayed) / static_cast<double>(arrived);
  }
};

struct StationTotals {
  std::vector<SourceTotals> sources;
  double end = 0;            // when the last one left
  double waiting_area = 0;   // ∫ number waiting dt, the warm-up included
  double all_waits = 0;      // sum of the waits, the warm-up included: Little's law wants the same
  std::uint64_t events = 0;  // arrivals, departures and leavings
};

struct Customer {
  static constexpr std::int64_t kPatient = -1;

  std::int64_t arrived = 0;  // ticks, as all here
  std::int64_t service = 0;
  std::int64_t leaves_at = kPatient;  // while it waits
  std::uint32_t next = 0;             // in line
  std::uint32_t previous = 0;
  std::uint32_t source = 0;
  bool is_counted = false;  // after the warm-up
  bool is_delayed = false;
};

// What a watcher is told; derive and hide what is wanted. `place` names a customer while it is
// here.
struct NoWatcher {
  // The customer will wait, behind `ahead` others; `head_arrived` is of the first of them.
  void on_wait(std::uint32_t /*place*/, const Customer&, std::uint32_t /*ahead*/,
               std::int64_t /*head_arrived*/) {}
  void on_start(std::uint32_t /*place*/, const Customer&, std::int64_t /*wait*/) {}
  void on_finish(std::uint32_t /*place*/, const Customer&, std::int64_t /*now*/) {}
  void on_leave(std::uint32_t /*place*/, const Customer&) {}
  // After each event.
  void on_event(std::uint32_t /*waiting*/, std::uint32_t /*free_windows*/) {}
};

template <class Watcher = NoWatcher>
class Station {
 public:
  // Both outlive the station.
  Station(const StationModel& model, Watcher& watcher) : model_(model), watcher_(watcher) {
    for (const auto& source : model.sources) {
      feeds_.push_back({Sampler(source.between, kTicksPerUnit),
                        Sampler(source.service, kTicksPerUnit),
                        Sampler(source.patience.value_or(Distribution{}), kTicksPerUnit)});
    }
  }

  // From empty to empty; the same numbers give the same totals, bit for bit.
  StationTotals run(std::uint64_t seed, std::uint64_t replication) {
    reset(seed, replication);
    while (!calendar_.empty()) {
      now_ = calendar_.time();
      totals_.waiting_area += static_cast<double>(now_ - last_) * waiting_;
      last_ = now_;
      const std::uint32_t subject = calendar_.subject();
      switch (subject & 3U) {
        case kArrival:
          arrive(subject >> 2);
          break;
        case kDeparture:
          depart(subject >> 2);
          break;
        case kLeaving:
          leave(subject >> 2);
          break;
      }
      watcher_.on_event(waiting_, free_windows_);
    }
    return finished();
  }

 private:
  enum Kind : std::uint32_t { kArrival, kDeparture, kLeaving };
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  static constexpr std::size_t kPlaces = Calendar::kSubjects >> 2;

  struct Feed {
    Sampler between, service, patience;
    Stream arrivals{0}, services{0}, patiences{0};
    std::size_t scheduled = 0;
  };

  static std::uint32_t subject(Kind kind, std::uint32_t index) { return index << 2 | kind; }

  void reset(std::uint64_t seed, std::uint64_t replication) {
    calendar_.clear();
    customers_.clear();
    places_.clear();
    line_.clear();
    first_ = last_in_line_ = kNobody;
    waiting_ = 0;
    free_windows_ = static_cast<std::uint32_t>(model_.windows);
    now_ = last_ = 0;
    arrived_ = 0;
    totals_ = {};
    totals_.sources.resize(feeds_.size());
    for (std::uint32_t i = 0; i < feeds_.size(); ++i) {
      feeds_[i].arrivals = stream(seed, replication, i, Purpose::arrival);
      feeds_[i].services = stream(seed, replication, i, Purpose::service_time);
      feeds_[i].patiences = stream(seed, replication, i, Purpose::patience);
      feeds_[i].scheduled = 0;
      if (const auto time = next_arrival(i)) calendar_.push(*time, subject(kArrival, i));
    }
  }

  StationTotals finished() {
    for (auto& source : totals_.sources) {
      source.wait /= kTicksPerUnit;
      source.served_wait /= kTicksPerUnit;
    }
    totals_.waiting_area /= kTicksPerUnit;
    totals_.all_waits /= kTicksPerUnit;
    return std::move(totals_);
  }

  std::optional<std::int64_t> next_arrival(std::uint32_t source) {
    Feed& feed = feeds_[source];
    const auto& schedule = model_.sources[source].schedule;
    if (schedule.empty()) return now_ + feed.between.draw(feed.arrivals);
    if (feed.scheduled == schedule.size()) return std::nullopt;
    return static_cast<std::int64_t>(schedule[feed.scheduled++] * kTicksPerUnit);
  }

  void arrive(std::uint32_t source) {
    if (arrived_ == model_.customers) return calendar_.pop();
    const auto next = next_arrival(source);
    if (next) {
      calendar_.replace(*next, subject(kArrival, source));
    } else {
      calendar_.pop();
    }
    ++totals_.events;
    const std::uint32_t place = take_place();
    Customer& customer = customers_[place];
    customer = {};
    customer.arrived = now_;
    customer.source = source;
    customer.service = feeds_[source].service.draw(feeds_[source].services);
    customer.is_counted = arrived_++ >= model_.warm_up;
    customer.is_delayed = free_windows_ == 0;
    SourceTotals& totals = totals_.sources[source];
    totals.arrived += customer.is_counted ? 1 : 0;
    totals.delayed += customer.is_counted && customer.is_delayed ? 1 : 0;
    if (free_windows_ > 0) {
      --free_windows_;
      return calendar_.push(start(place), subject(kDeparture, place));
    }
    watcher_.on_wait(place, customer, waiting_, first_ == kNobody ? 0 : customers_[first_].arrived);
    if (model_.sources[source].patience) {
      customer.leaves_at = now_ + feeds_[source].patience.draw(feeds_[source].patiences);
      calendar_.push(customer.leaves_at, subject(kLeaving, place));
    }
    join(place);
  }

  // The departure's time; the window is its own from now on.
  std::int64_t start(std::uint32_t place) {
    Customer& customer = customers_[place];
    const std::int64_t wait = now_ - customer.arrived;
    customer.leaves_at = Customer::kPatient;
    count_wait(customer, wait);
    if (customer.is_counted) {
      SourceTotals& totals = totals_.sources[customer.source];
      totals.served_wait += static_cast<double>(wait);
      totals.served_delays += customer.is_delayed ? 1 : 0;
    }
    watcher_.on_start(place, customer, wait);
    return now_ + customer.service;
  }

  void count_wait(const Customer& customer, std::int64_t wait) {
    totals_.all_waits += static_cast<double>(wait);
    if (customer.is_counted) totals_.sources[customer.source].wait += static_cast<double>(wait);
  }

  void depart(std::uint32_t place) {
    ++totals_.events;
    watcher_.on_finish(place, customers_[place], now_);
    places_.push_back(place);
    totals_.end = static_cast<double>(now_) / kTicksPerUnit;
    if (waiting_ == 0) {
      ++free_windows_;
      return calendar_.pop();
    }
    const std::uint32_t next = call();
    calendar_.replace(start(next), subject(kDeparture, next));
  }

  // A leaving of somebody who was called before is out of date: then the place has another time.
  void leave(std::uint32_t place) {
    calendar_.pop();
    Customer& customer = customers_[place];
    if (customer.leaves_at != now_) return;
    ++totals_.events;
    count_wait(customer, now_ - customer.arrived);
    if (customer.is_counted) ++totals_.sources[customer.source].abandoned;
    watcher_.on_leave(place, customer);
    quit(place);
    places_.push_back(place);
  }

  std::uint32_t take_place() {
    if (places_.empty()) {
      if (customers_.size() == kPlaces) throw std::length_error("a station without end");
      customers_.emplace_back();
      return static_cast<std::uint32_t>(customers_.size() - 1);
    }
    const std::uint32_t place = places_.back();
    places_.pop_back();
    return place;
  }

  // ---- The line: linked through the customers in the order of arrival; for a policy also as the
  // production's Line.

  void join(std::uint32_t place) {
    Customer& customer = customers_[place];
    customer.next = kNobody;
    customer.previous = last_in_line_;
    (last_in_line_ == kNobody ? first_ : customers_[last_in_line_].next) = place;
    last_in_line_ = place;
    ++waiting_;
    if (!model_.policy) return;
    Person person;
    person.id = static_cast<std::int64_t>(arrived_ << 24 | place);
    person.arrival = person.ready_at = from_millis(now_);
    if (model_.sources[customer.source].is_reserved) person.slot = person.arrival;
    person.mean_service = Millis(
        static_cast<std::int64_t>(model_.sources[customer.source].service.mean * kTicksPerUnit));
    line_.insert(person);
  }

  void unlink(std::uint32_t place) {
    const Customer& customer = customers_[place];
    (customer.previous == kNobody ? first_ : customers_[customer.previous].next) = customer.next;
    (customer.next == kNobody ? last_in_line_ : customers_[customer.next].previous) =
        customer.previous;
    --waiting_;
  }

  static std::uint32_t place_of(const Person& person) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(person.id) % Calendar::kSubjects);
  }

  std::uint32_t call() {
    std::uint32_t place = first_;
    if (model_.policy) {
      const auto choice = model_.policy->choose(line_, from_millis(now_));
      place = place_of(line_.call(choice.value().index));
    }
    unlink(place);
    return place;
  }

  void quit(std::uint32_t place) {
    unlink(place);
    if (!model_.policy) return;
    const auto people = line_.people();
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (place_of(people[i]) != place) continue;
      line_.remove(i);
      return;
    }
  }

  const StationModel& model_;
  Watcher& watcher_;
  std::vector<Feed> feeds_;
  Calendar calendar_;
  std::vector<Customer> customers_;
  std::vector<std::uint32_t> places_;  // free ones of customers_
  Line line_;
  std::uint32_t first_ = kNobody;
  std::uint32_t last_in_line_ = kNobody;
  std::uint32_t waiting_ = 0;
  std::uint32_t free_windows_ = 0;
  std::int64_t now_ = 0;
  std::int64_t last_ = 0;
  std::uint64_t arrived_ = 0;
  StationTotals totals_;
};

// One run without a watcher.
StationTotals run_station(const StationModel& model, std::uint64_t seed, std::uint64_t replication);

}  // namespace matanai::queue
