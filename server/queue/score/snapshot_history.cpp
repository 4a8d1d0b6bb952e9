#include "server/queue/score/snapshot_history.hpp"

#include <algorithm>

namespace matanai::queue {
namespace {

// The past counts as much as so many minutes of today's calls (research queueing.md §2, lesson c).
constexpr double kPastMinutes = 100;
constexpr int kLiveMinutes = 60;
// Weights with which all queues stand in for one of which little is known.
constexpr double kUsualPlaces = 20, kUsualMinutes = 20, kUsualWaits = 5;
constexpr double kFirstPlace = 8, kFirstWait = 30;  // before anything is learned

}  // namespace

// Rates are counted only while somebody waits (lesson d).
void SnapshotHistory::count_calls(const Snapshot& from, const Snapshot& to, Mean& rate) {
  if (from.waiting < 1 || !from.last_called || !to.last_called) return;
  rate.add(*to.last_called - *from.last_called, to.minute - from.minute);
}

std::vector<SnapshotCase> SnapshotHistory::cases_of(
    const QueueDay& day, std::span<const VirtualCustomer> customers) const {
  static const Past kUnknown;
  const auto found = queues_.find(day.queue);
  const Past& past = found == queues_.end() ? kUnknown : found->second;
  const double place = past.place.value(all_.place.value(kFirstPlace, kUsualPlaces), kUsualPlaces);
  const double rate =
      past.rate.value(all_.rate.value(1 / kFirstPlace, kUsualMinutes), kUsualMinutes);

  const auto& all = day.snapshots;
  std::vector<Mean> calls(all.size());  // of the day up to each snapshot
  for (std::size_t i = 1; i < all.size(); ++i) {
    calls[i] = calls[i - 1];
    count_calls(all[i - 1], all[i], calls[i]);
  }
  std::vector<std::pair<double, double>> ends;  // time and −length of each wait: latest comer last
  for (const auto& one : customers) ends.emplace_back(one.minute + one.wait, -one.wait);
  std::ranges::sort(ends);

  std::vector<SnapshotCase> cases;
  std::size_t ended = 0, hour_ago = 0;
  for (const auto& one : customers) {
    const auto& snapshot = all[one.snapshot];
    while (ended < ends.size() && ends[ended].first <= one.minute) ++ended;
    while (all[hour_ago].minute < one.minute - kLiveMinutes) ++hour_ago;
    const Mean& today = calls[one.snapshot];
    const Mean live{today.sum - calls[hour_ago].sum, today.weight - calls[hour_ago].weight};
    const int hour = one.minute / 60;
    const auto hour_of = [&](const Past& of) {
      const auto it = of.hours.find(hour);
      return it == of.hours.end() ? Mean() : it->second;
    };
    const double usual = hour_of(all_).value(kFirstWait, kUsualWaits);
    const double people = one.ahead + 1;

    SnapshotCase now;
    now.customer = one;
    now.hour_mean = hour_of(past).value(past.wait.value(usual, kUsualWaits), kUsualWaits);
    now.last = ended > 0 ? -ends[ended - 1].second : now.hour_mean;
    now.live_rate = people / (live.sum > 0 ? live.sum / live.weight : rate);
    now.past_rate = people * place;
    now.steady_rate = people / live.value(rate, kPastMinutes);
    now.day_rate = people / today.value(rate, kPastMinutes);
    now.published = snapshot.service_minutes;
    now.no_windows = people * snapshot.service_minutes;
    now.product = now.no_windows / std::max(1, snapshot.open_windows);
    now.windows = snapshot.open_windows;
    cases.push_back(now);
  }
  return cases;
}

void SnapshotHistory::learn(const QueueDay& day, std::span<const VirtualCustomer> customers) {
  for (Past* past : {&queues_[day.queue], &all_}) {
    for (const auto& one : customers) {
      past->wait.add(one.wait, 1);
      past->place.add(one.wait, one.ahead + 1);
      past->hours[one.minute / 60].add(one.wait, 1);
    }
    for (std::size_t i = 1; i < day.snapshots.size(); ++i)
      count_calls(day.snapshots[i - 1], day.snapshots[i], past->rate);
  }
}

}  // namespace matanai::queue
