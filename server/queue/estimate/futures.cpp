#include "server/queue/estimate/futures.hpp"

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
  for (std::uint16_t service = 0; service < floor_.model().services.size(); ++service, ++subject)
    forecast.newcomers.push_back({service, ahead[subject], summary(subject)});
  for (; subject < subjects; ++subject) forecast.visitors.push_back(summary(subject));
  return forecast;
}

std::span<const std::int32_t> Futures::calls_of(std::size_t index) const {
  return std::span(calls_).subspan(index * count_, count_);
}

WaitForecast Futures::summary(std::size_t subject) {
  const auto calls = calls_of(subject);
  std::int64_t sum = 0, called = 0, soon = 0;
  for (const std::int32_t call : calls) {
    const bool is_called = call != FutureFloor::kNotCalled;
    called += is_called ? 1 : 0;
    sum += is_called ? call : 0;
    soon += call < Millis(kSoon).count() ? 1 : 0;
  }
  WaitForecast wait;
  if (called > 0) wait.mean = Millis(sum / called);
  wait.share_soon = static_cast<double>(soon) / static_cast<double>(count_);
  ranks_.sort(calls);
  // The quantiles are the values at rank ⌈p n⌉.
  const auto quantile = [&](std::size_t tenths) {
    return time_or_none(ranks_.at((count_ * tenths + 9) / 10 - 1));
  };
  wait.q10 = quantile(1);
  wait.q50 = quantile(5);
  wait.q90 = quantile(9);
  return wait;
}

}  // namespace matanai::queue
