#include "server/twin/published.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matanai::twin::published {

std::string ErlangCRow::name() const { return fmt::format("M/M/{} rho {}", windows, utilisation); }

namespace {
std::string patient_name(int windows, double arrivals, double patience_rate) {
  return fmt::format("M/M/{}+M lambda {} g {}", windows, arrivals, patience_rate);
}
}  // namespace
std::string ErlangARow::name() const { return patient_name(windows, arrivals, patience_rate); }
std::string PatienceRow::name() const { return patient_name(windows, arrivals, patience_rate); }

std::string PriorityRow::name() const {
  return fmt::format("priority M/M/{} rho1 {} rho {}", windows, first, all);
}

std::string AccumulatingRow::name() const {
  return fmt::format("accumulating M/M/{} rhoL {} rhoH {} b {}", windows, low, high, low_to_high);
}

std::string SessionRow::name() const {
  constexpr std::array kNames{"one per slot", "Bailey-Welch", "pairs", "all at 0"};
  return fmt::format("session of {}, {}", visitors, kNames.at(static_cast<std::size_t>(rule)));
}

std::vector<int> SessionRow::booked() const {
  switch (rule) {
    case SessionRule::one_per_slot:
      break;
    case SessionRule::bailey_welch: {
      std::vector<int> slots(static_cast<std::size_t>(visitors) - 1, 1);
      slots.front() = 2;
      return slots;
    }
    case SessionRule::pairs: {
      std::vector<int> slots(static_cast<std::size_t>(visitors) - 1, 0);
      for (std::size_t i = 0; i < slots.size(); i += 2) slots[i] = 2;
      return slots;
    }
    case SessionRule::all_at_once:
      return {visitors};
  }
  return std::vector<int>(static_cast<std::size_t>(visitors), 1);
}

std::string DelayRow::name() const {
  constexpr std::array kNames{"M", "D", "H2"};
  return fmt::format("{}/M/s rho {}", kNames.at(static_cast<std::size_t>(arrivals)), utilisation);
}

}  // namespace matanai::twin::published
