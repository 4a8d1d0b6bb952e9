#include "server/queue/estimate/ranks.hpp"

#include <algorithm>
#include <bit>

namespace matanai::queue {

void Ranks::sort(std::span<const std::int32_t> values) {
  std::int32_t least = kNone, most = 0;
  for (const std::int32_t value : values) {
    least = std::min(least, value);
    most = std::max(most, value == kNone ? 0 : value);
  }
  constexpr std::uint32_t kLast = kBuckets - 1;
  const auto width = static_cast<std::uint32_t>(std::max(0, most - least));
  const auto shift = std::bit_width(width / kBuckets);
  const auto bucket = [&](std::int32_t value) {
    return std::min(kLast, static_cast<std::uint32_t>(value - least) >> shift);
  };
  std::array<std::uint32_t, kBuckets> next{};
  for (const std::int32_t value : values) ++next[bucket(value)];
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    begins_[i] = begin;
    begin += next[i];
    next[i] = begins_[i];
  }
  begins_[kBuckets] = begin;
  by_bucket_.resize(values.size());
  for (const std::int32_t value : values) by_bucket_.data()[next[bucket(value)]++] = value;
}

std::int32_t Ranks::at(std::size_t rank) {
  const auto end = std::ranges::upper_bound(begins_, rank);
  const auto values = by_bucket_.begin();
  std::nth_element(values + end[-1], values + static_cast<std::ptrdiff_t>(rank), values + *end);
  return by_bucket_[rank];
}

}  // namespace matanai::queue
