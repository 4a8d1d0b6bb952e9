// How long somebody is likely to wait, as schema/openapi.yaml has it. Plain values; JSON by
// description (json.hpp).
#pragma once

#include <boost/describe.hpp>
#include <optional>

#include "schema/types/time.hpp"

namespace matanai {

// A range that is right in about four cases of five, rounded outward to five minutes (product.md
// §3), and the moment by which the call has come in nine cases of ten.
struct WaitRange {
  int low_minutes = 0;
  int high_minutes = 0;
  Instant at_latest;
  bool is_soon = false;  // the wait is likely below three minutes: say "soon", not a range
  bool operator==(const WaitRange&) const = default;
};
BOOST_DESCRIBE_STRUCT(WaitRange, (), (low_minutes, high_minutes, at_latest, is_soon))

// Why a wait is longer than the ticket says, or than was shown before.
enum class DelayCause { fewer_windows, others_first, longer_services };
BOOST_DESCRIBE_ENUM(DelayCause, fewer_windows, others_first, longer_services)

// How often an office's told waits came true, over some days.
struct PromiseRecord {
  LocalDay from{};
  LocalDay until{};                 // included
  int told = 0;                     // tickets that were told a wait and called
  std::optional<double> in_range;   // share called within the told range; absent: too few
  std::optional<double> by_latest;  // share called by the told latest time
};
BOOST_DESCRIBE_STRUCT(PromiseRecord, (), (from, until, told, in_range, by_latest))

}  // namespace matanai
