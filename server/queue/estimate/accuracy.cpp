#include "server/queue/estimate/accuracy.hpp"

#include <algorithm>
#include <cmath>

namespace matanai::queue {

void AccuracySum::add(double told, double happened) {
  const double error = told - happened;
  ++count_;
  absolute_ += std::abs(error);
  squared_ += error * error;
  sum_ += error;
}

void AccuracySum::add(double told, const Range& range, double happened) {
  add(told, happened);
  ++ranges_;
  if (range.holds(happened)) ++held_;
  width_ += range.width();
}

Accuracy AccuracySum::result() const {
  const double n = std::max(1.0, static_cast<double>(count_));
  Accuracy accuracy{absolute_ / n, std::sqrt(squared_ / n), sum_ / n, {}, {}};
  if (ranges_ > 0 && ranges_ == count_) {
    accuracy.coverage80 = static_cast<double>(held_) / n;
    accuracy.width80 = width_ / n;
  }
  return accuracy;
}

}  // namespace matanai::queue
