#include "server/queue/formulas/session.hpp"

#include <cmath>
#include <numeric>
#include <vector>

namespace matanai::queue {
namespace {

double mean_of(const std::vector<double>& there) {
  double mean = 0;
  for (std::size_t n = 0; n < there.size(); ++n) mean += static_cast<double>(n) * there[n];
  return mean;
}

// After `time`, in which the window finishes a Poisson number of those who are there.
std::vector<double> later(const std::vector<double>& there, double time) {
  std::vector<double> next(there.size(), 0.0);
  for (std::size_t n = 0; n < there.size(); ++n) {
    double finished = std::exp(-time);
    double left = 1;
    for (std::size_t k = 0; k < n; ++k) {
      next[n - k] += there[n] * finished;
      left -= finished;
      finished *= time / static_cast<double>(k + 1);
    }
    next[0] += there[n] * left;
  }
  return next;
}

}  // namespace

SessionResult appointment_session(std::span<const int> booked, double slot) {
  const int all = std::accumulate(booked.begin(), booked.end(), 0);
  std::vector<double> there(static_cast<std::size_t>(all) + 1, 0.0);
  there[0] = 1;
  SessionResult result;
  for (std::size_t i = 0; i < booked.size(); ++i) {
    if (i > 0) there = later(there, slot);
    for (int k = 0; k < booked[i]; ++k) {
      result.mean_wait += mean_of(there) / all;
      there.insert(there.begin(), 0.0);  // one more
      there.pop_back();
      result.end = static_cast<double>(i) * slot + mean_of(there);
    }
  }
  return result;
}

}  // namespace matanai::queue
