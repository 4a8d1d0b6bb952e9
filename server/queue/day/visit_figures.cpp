#include "server/queue/day/visit_figures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace matanai::queue {

void Waits::add(Millis wait) {
  if (seconds_.empty()) seconds_.resize(kSeconds + 1);
  const auto second = static_cast<std::size_t>(wait.count() + 999) / 1000;
  ++seconds_[std::min(second, kSeconds)];
  ++count_;
  sum_ += wait.count();
}

void Waits::add(const Waits& other) {
  if (other.count_ == 0) return;
  if (seconds_.empty()) seconds_.resize(kSeconds + 1);
  std::ranges::transform(seconds_, other.seconds_, seconds_.begin(), std::plus<>());
  count_ += other.count_;
  sum_ += other.sum_;
}

double Waits::mean_minutes() const {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_) / 60000;
}

double Waits::share_within(Minutes most) const {
  if (count_ == 0) return 1;
  const auto last = std::min(static_cast<std::ptrdiff_t>(most.count()) * 60,
                             static_cast<std::ptrdiff_t>(kSeconds));
  const auto within =
      std::accumulate(seconds_.begin(), seconds_.begin() + last + 1, std::int64_t{0});
  return static_cast<double>(within) / static_cast<double>(count_);
}

double Waits::quantile_minutes(double p) const {
  const auto rank = static_cast<std::int64_t>(std::ceil(p * static_cast<double>(count_)));
  std::int64_t seen = 0;
  for (std::size_t second = 0; second < seconds_.size(); ++second)
    if ((seen += seconds_[second]) >= std::max<std::int64_t>(rank, 1))
      return static_cast<double>(second) / 60;
  return 0;
}

std::size_t hour_of(const Visit& visit) {
  return quarter_of(visit.slot != kNever ? visit.slot : visit.arrival) / 4;
}

void VisitFigures::add(const DayRecord& day, Instant closing) {
  ++days;
  for (const Visit& visit : day.visits) {
    if (visit.stop == 0) ++visitors;
    if (visit.called == kNever) {
      ++uncalled;
      continue;
    }
    ++calls;
    if (visit.started == kNever) ++left;
    if (visit.breaks_promise) ++promise_breaking;
    if (visit.called > visit.latest) ++late_calls;
    if (visit.passed > 0) ++passed_by_one;
    most_passed = std::max<int>(most_passed, visit.passed);
    if (visit.finished != kNever) busy_ms += (visit.finished - visit.called).count();
    if (visit.stop > 0) continue;
    const bool is_reserved = visit.slot != kNever;
    all.add(visit.wait());
    (is_reserved ? reserved : walk_ins).add(visit.wait());
    by_hour[hour_of(visit)].add(visit.wait());
  }
  overtime_ms += std::max<std::int64_t>(0, (day.last_finished - closing).count());
}

void VisitFigures::add(const VisitFigures& other) {
  all.add(other.all);
  walk_ins.add(other.walk_ins);
  reserved.add(other.reserved);
  for (std::size_t hour = 0; hour < by_hour.size(); ++hour) by_hour[hour].add(other.by_hour[hour]);
  days += other.days;
  visitors += other.visitors;
  left += other.left;
  uncalled += other.uncalled;
  calls += other.calls;
  promise_breaking += other.promise_breaking;
  late_calls += other.late_calls;
  passed_by_one += other.passed_by_one;
  most_passed = std::max(most_passed, other.most_passed);
  busy_ms += other.busy_ms;
  overtime_ms += other.overtime_ms;
}

namespace {
double share_of(std::int64_t part, std::int64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}
}  // namespace

double VisitFigures::share_promise_breaking() const { return share_of(promise_breaking, calls); }
double VisitFigures::share_late() const { return share_of(late_calls, calls); }

}  // namespace matanai::queue
