#include "server/queue/formulas/priority.hpp"

#include <numeric>

namespace matanai::queue {

std::vector<double> priority_waits(int windows, double rate, std::span<const double> arrivals) {
  const double all = std::accumulate(arrivals.begin(), arrivals.end(), 0.0);
  const double capacity = windows * rate;
  const double first = erlang_c(windows, all / rate) / capacity;
  std::vector<double> waits;
  double before = 0;
  for (const double own : arrivals) {
    const double with_own = before + own / capacity;
    waits.push_back(first / ((1 - before) * (1 - with_own)));
    before = with_own;
  }
  return waits;
}

TwoWaits accumulating_waits(int windows, double rate, double high_arrivals, double low_arrivals,
                            double low_to_high) {
  const double wait = MarkovQueue{windows, high_arrivals + low_arrivals, rate}.mean_wait();
  const double capacity = windows * rate;
  TwoWaits waits;
  waits.low = wait / (1 - high_arrivals / capacity * (1 - low_to_high));
  waits.high = wait - low_arrivals / capacity * (1 - low_to_high) * waits.low;
  return waits;
}

double conserved_wait(std::span<const double> arrivals, std::span<const double> waits) {
  return std::inner_product(arrivals.begin(), arrivals.end(), waits.begin(), 0.0) /
         std::accumulate(arrivals.begin(), arrivals.end(), 0.0);
}

}  // namespace matanai::queue
