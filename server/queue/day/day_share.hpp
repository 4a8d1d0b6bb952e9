// The share of people of whom something is true, over many days, and how sure it is: days are
// independent, people of a day are not. Pure; values.
#pragma once

#include <cmath>

namespace matanai::queue {

class DayShare {
 public:
  // `hits` of `people` on one day; nothing is added when there was nobody.
  void add_day(double people, double hits) {
    people_ += people;
    hits_ += hits;
    people_squared_ += people * people;
    hits_squared_ += hits * hits;
    product_ += people * hits;
  }
  void add(const DayShare& other) {
    people_ += other.people_;
    hits_ += other.hits_;
    people_squared_ += other.people_squared_;
    hits_squared_ += other.hits_squared_;
    product_ += other.product_;
  }
  double people() const { return people_; }
  double hits() const { return hits_; }
  double share() const { return people_ > 0 ? hits_ / people_ : 1; }  // 1 when nobody came
  // Of a ratio estimator over days: √Σ (hits − share × people)² / Σ people; Cochran, "Sampling
  // Techniques", 3rd edition 1977, §6.4. 0 when nobody came.
  double standard_error() const {
    if (people_ <= 0) return 0;
    const double r = share();
    const double squares = hits_squared_ - 2 * r * product_ + r * r * people_squared_;
    return std::sqrt(squares > 0 ? squares : 0) / people_;
  }

 private:
  double people_ = 0, hits_ = 0;
  double people_squared_ = 0, hits_squared_ = 0, product_ = 0;
};

}  // namespace matanai::queue
