// How good estimates of waits were, by what happened. Pure; values; any thread. Minutes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace matanai::queue {

struct Range {
  double low = 0;
  double high = 0;
  bool holds(double value) const { return low <= value && value <= high; }
  double width() const { return high - low; }
};

struct Accuracy {
  double mae = 0;                    // mean absolute error
  double rmse = 0;                   // root of the mean squared error
  double bias = 0;                   // mean of told − happened: above 0 is too long
  std::optional<double> coverage80;  // share of waits in their 80 % range
  std::optional<double> width80;     // mean width of that range
};

// Adds up one estimator's cases.
class AccuracySum {
 public:
  void add(double told, double happened);
  void add(double told, const Range& range, double happened);
  std::size_t count() const { return count_; }
  // All 0 without cases; coverage and width when every case had a range.
  Accuracy result() const;

 private:
  std::size_t count_ = 0, ranges_ = 0, held_ = 0;
  double absolute_ = 0, squared_ = 0, sum_ = 0, width_ = 0;
};

// Several estimators on the same cases, the first being ours.
struct NamedAccuracy {
  std::string name;
  Accuracy accuracy;
};
struct Score {
  std::size_t n = 0;
  std::vector<NamedAccuracy> estimators;
};

}  // namespace matanai::queue
