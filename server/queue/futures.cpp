#include "server/queue/futures.hpp"

#include <algorithm>
#include <utility>

namespace matanai::queue {
namespace {

std::optional<Millis> time_or_none(std::int32_t millis) {
  if (millis == FutureFloor::kNotCalled) return std::nullopt;
  return Millis(millis);
}

}  // namespace

Futures::Futures(OfficeModel model, std::uint64_t seed, int count, const Punctuality& punctuality)
    : floor_(std::move(model), seed, punctuality), count_(static_cast<std::size_t>(count)) {}

FloorForecast Futures::look(const FloorNow& floor) {
  floor_.prepare(floor);
  const std::size_t subjects = floor_.subjects();
  calls_.resize(subjects * count_);
  row_.resize(subjects);
  for (std::size_t future = 0; future < count_; ++future) {
    floor_.play(static_cast<int>(future), row_);
    for (std::size_t i = 0; i < subjects; ++i) calls_[i * count_ + future] = row_[i];
  }
  std::vector<int> ahead(subjects);
  floor_.count_ahead(ahead);

  FloorForecast forecast;
  forecast.waiting.reserve(floor_.waiting());
  std::size_t subject = 0;
  for (std::size_t group = 0; group < floor.lines.size(); ++group)
    for (const auto& person : floor.lines[group].people()) {
      forecast.waiting.push_back({person.id, static_cast<std::uint16_t>(group), person.service,
                                  ahead[subject], summary(subject)});
      ++subject;
    }
  for (std::size_t service = 0; subject < subjects; ++service, ++subject)
    forecast.newcomers.push_back(
        {static_cast<std::uint16_t>(service), ahead[subject], summary(subject)});
  return forecast;
}

std::span<const std::int32_t> Futures::calls_of(std::size_t index) const {
  return std::span(calls_).subspan(index * count_, count_);
}

// The quantiles are the values at rank ⌈p n⌉.
WaitForecast Futures::summary(std::size_t subject) {
  const auto begin = calls_.begin() + static_cast<std::ptrdiff_t>(subject * count_);
  const auto end = begin + static_cast<std::ptrdiff_t>(count_);
  const auto rank = [&](std::size_t tenths) {
    return begin + static_cast<std::ptrdiff_t>((count_ * tenths + 9) / 10 - 1);
  };
  WaitForecast wait;
  double sum = 0;
  std::size_t called = 0, soon = 0;
  for (auto it = begin; it != end; ++it) {
    if (*it == FutureFloor::kNotCalled) continue;
    ++called;
    sum += *it;
    if (Millis(*it) < kSoon) ++soon;
  }
  if (called > 0) wait.mean = Millis(static_cast<std::int64_t>(sum / static_cast<double>(called)));
  wait.share_soon = static_cast<double>(soon) / static_cast<double>(count_);
  std::nth_element(begin, rank(5), end);
  std::nth_element(begin, rank(1), rank(5));
  if (rank(9) > rank(5)) std::nth_element(rank(5) + 1, rank(9), end);
  wait.q10 = time_or_none(*rank(1));
  wait.q50 = time_or_none(*rank(5));
  wait.q90 = time_or_none(*rank(9));
  return wait;
}

}  // namespace matanai::queue
