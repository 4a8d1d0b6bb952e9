// One possible rest of the day: who is called when, from the floor as it is now. The machinery of
// futures.hpp, which is what others use. Pure; one object per thread.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "server/queue/estimate/ranks.hpp"
#include "server/queue/model/office.hpp"
#include "server/queue/model/random.hpp"
#include "server/queue/policy/flat_line.hpp"
#include "server/queue/policy/ruled_line.hpp"

namespace matanai::queue {

// When people with a reservation come, against the slot: research queueing.md §4, to be replaced by
// the office's own figures.
struct Punctuality {
  double mean_minutes = -6;
  double deviation_minutes = 5;
  Minutes opens{15};  // check-in before the slot
  Minutes late{10};   // after it they have lost the slot and join as they come
};

class FutureFloor {
 public:
  static constexpr std::int32_t kNotCalled = Ranks::kNone;

  FutureFloor(OfficeModel model, std::uint64_t seed, const Punctuality& punctuality);
  FutureFloor(FutureFloor&&) = default;  // what is prepared points into itself: no copies

  const OfficeModel& model() const { return model_; }
  // Takes the floor that play() starts from; it stays alive and unchanged while that is called.
  void prepare(const FloorNow& floor);
  // Subjects: those who wait now by line, then those of whom only their wait is asked: one newcomer
  // without a reservation per service, and the floor's visitors.
  std::size_t subjects() const { return subjects_; }
  std::size_t waiting() const { return waiting_; }
  // Milliseconds until each subject's call in future number `future`.
  void play(int future, std::span<std::int32_t> calls);
  // How many of its line would be called before each subject if all were called now.
  void count_ahead(std::span<int> ahead) const;

 private:
  // Of a service time.
  struct Luck {
    Stream stream{0};
    const DurationTable* table = nullptr;
  };
  struct ToCome {
    ReservationToCome reservation;
    double share = 0;    // of the futures in which they come
    double already = 0;  // share of arrivals that would have been before now
    Instant earliest;
    std::size_t subject = 0;
    Stream show{0};
    Stream punctuality{0};
  };
  struct Window {
    Instant due;           // done with whom it has, opens, or looks again
    bool is_busy = false;  // until it is due
    bool is_idle = false;  // open, and had nobody to call
    int pool = 0;
    std::span<const Interval> open;  // from the one it is in, or the next, on
    std::span<const std::uint16_t> groups;
  };
  // The service that a window is busy with.
  struct Service {
    Luck luck;
    Millis elapsed{0};        // as if at the usual pace
    double share_before = 0;  // of services that would have ended before
    Millis way{0};            // before it begins
  };
  struct Arrival {
    Instant at;
    const ToCome* coming = nullptr;
  };
  void prepare_to_come();
  void prepare_windows();
  void draw_windows();
  void draw_durations();
  void draw_reservations();
  void draw_walk_in();
  Person person_of(const Arrival& arrival) const;
  static Instant opening(Window& window, Instant from);
  void close_in_place_of(Window& own, Instant now);
  Millis duration_of(std::size_t subject, std::uint16_t service);
  template <class AnyLine>
  void play_on(std::span<AnyLine> lines, std::span<std::int32_t> calls);
  template <class AnyLine>
  void admit(std::span<AnyLine> lines, Instant now);
  template <class AnyLine>
  void call_for(Window& own, std::span<AnyLine> lines, Instant now, std::span<std::int32_t> calls);
  template <class AnyLine>
  bool call_next(Window& own, std::span<AnyLine> lines, Instant now, std::span<std::int32_t> calls);

  OfficeModel model_;
  std::vector<DurationTable> tables_;
  std::vector<Millis> off_slot_;  // quantiles of arrival − slot
  std::uint64_t seed_;
  Punctuality punctuality_;
  bool is_flat_ = false;  // every rule goes by ready time

  const FloorNow* floor_ = nullptr;
  std::size_t waiting_ = 0;
  std::size_t subjects_ = 0;
  std::vector<Luck> lucks_;           // of the subjects, then of those to come
  std::vector<FlatLine> flat_start_;  // ids are places in lucks_
  std::vector<RuledLine> start_;      // instead, when not flat
  std::vector<ToCome> to_come_;       // reservations
  double walk_ins_per_ms_ = 0;
  std::vector<Window> windows_start_;
  std::vector<Service> in_service_;  // by window

  std::uint64_t future_ = 0;
  std::size_t open_subjects_ = 0;  // not called yet in this future
  int reserved_in_row_ = 0;
  std::vector<Millis> durations_;  // by place in lucks_
  std::vector<FlatLine> flat_lines_;
  std::vector<RuledLine> lines_;
  std::vector<Window> windows_;
  std::size_t idle_ = 0;           // windows
  std::vector<Arrival> arrivals_;  // reservations by time, then one that never comes
  const Arrival* next_ = nullptr;  // of them
  Stream walk_in_luck_{0};
  Person walk_in_;              // the next
  std::uint16_t walk_ins_ = 0;  // so far in this future
};

}  // namespace matanai::queue
