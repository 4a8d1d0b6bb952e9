// One possible rest of the day: who is called when, from the floor as it is now. The machinery of
// futures.hpp, which is what others use. Pure; one object per thread.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "server/queue/flat_line.hpp"
#include "server/queue/office.hpp"
#include "server/queue/random.hpp"

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
  static constexpr std::int32_t kNotCalled = std::numeric_limits<std::int32_t>::max();

  FutureFloor(OfficeModel model, std::uint64_t seed, const Punctuality& punctuality);

  const OfficeModel& model() const { return model_; }
  // Takes the floor that play() starts from; it stays alive and unchanged while that is called.
  void prepare(const FloorNow& floor);
  // Subjects: those who wait now by line, then one newcomer without a reservation per service.
  std::size_t subjects() const { return waiting_ + model_.services.size(); }
  std::size_t waiting() const { return waiting_; }
  // Milliseconds until each subject's call in future number `future`.
  void play(int future, std::span<std::int32_t> calls);
  // How many of its line would be called before each subject if all were called now.
  void count_ahead(std::span<int> ahead) const;

 private:
  struct ToCome {
    ReservationToCome reservation;
    double share = 0;    // of the futures in which they come
    double already = 0;  // share of arrivals that would have been before now
    std::size_t subject = 0;
    Stream show{0};
    Stream punctuality{0};
  };
  struct Window {
    bool is_busy = false;  // until it is due
    bool is_idle = false;  // open, and had nobody to call
    const std::vector<Interval>* open = nullptr;
    std::size_t interval = 0;  // of `open`: the one it is in, or the next
    std::span<const std::uint16_t> groups;
    int pool = 0;
  };
  struct Arrival {
    Instant at;
    Person person;
  };

  void prepare_to_come();
  void prepare_flat();
  Instant opening(std::size_t window, Instant from);
  void close_in_place_of(std::size_t window, Instant now);
  void start_windows();
  void draw_reservations();
  void draw_walk_in();
  void draw_durations();
  template <class AnyLine>
  void play_on(std::vector<AnyLine>& lines, std::span<std::int32_t> calls);
  template <class AnyLine>
  void admit(std::vector<AnyLine>& lines, Instant now);
  Millis duration_of(std::size_t subject, std::uint16_t service);
  template <class AnyLine>
  void call_for(std::size_t window, std::vector<AnyLine>& lines, Instant now,
                std::span<std::int32_t> calls);
  template <class AnyLine>
  bool call_next(std::size_t window, std::vector<AnyLine>& lines, Instant now,
                 std::span<std::int32_t> calls);
  template <class AnyLine>
  void count_ahead_in(std::vector<AnyLine> lines, std::span<int> ahead) const;

  OfficeModel model_;
  std::vector<DurationTable> tables_;
  std::vector<double> normal_;  // quantiles
  std::uint64_t seed_;
  Punctuality punctuality_;

  const FloorNow* floor_ = nullptr;
  std::size_t waiting_ = 0;
  std::vector<Stream> lucks_;            // of the subjects' service times, then of those to come
  std::vector<std::uint16_t> services_;  // of the same
  std::vector<Line> start_;              // ids are places in lucks_
  std::vector<FlatLine> flat_start_;     // the same, when every rule goes by ready time
  bool is_flat_ = false;
  std::vector<ToCome> to_come_;  // reservations
  double walk_ins_per_ms_ = 0;

  std::uint64_t future_ = 0;
  std::size_t open_subjects_ = 0;  // not called yet in this future
  int reserved_in_row_ = 0;
  std::vector<Millis> durations_;  // by place in lucks_
  std::vector<Line> lines_;
  std::vector<FlatLine> flat_lines_;
  std::vector<Window> windows_;
  std::vector<Instant> due_;       // per window: done with whom it has, opens, looks again
  std::size_t idle_ = 0;           // windows
  std::vector<Arrival> arrivals_;  // reservations by time
  std::size_t next_arrival_ = 0;
  Stream walk_in_luck_{0};
  Arrival walk_in_;
  std::uint16_t walk_ins_ = 0;  // so far in this future
};

}  // namespace matanai::queue
