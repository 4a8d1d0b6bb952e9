// One queued work with the caller that waits for it, type-erased for the database threads. Not for
// rooms: they use Database::read and write. A job is owned by one thread at a time.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "schema/types/refusal.hpp"
#include "server/db/transaction.hpp"

namespace matanai::db {

class Job {
 public:
  Job() = default;
  virtual ~Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  // Runs the work and keeps its result; true when that is a value. May be called again. Throws what
  // the work throws.
  virtual bool run(Transaction& tx) = 0;
  // Exactly one of these is called, once: the caller gets the kept result, a refusal or an
  // exception.
  virtual void finish() = 0;
  virtual void refuse(RefusalCode code) = 0;
  virtual void fail(std::exception_ptr error) = 0;
};

// What a caller gets: a result, or the exception that its work threw.
template <class T>
struct Outcome {
  std::optional<Result<T>> result{};
  std::exception_ptr error{};

  Result<T> take() && {
    if (error) std::rethrow_exception(error);
    return std::move(*result);
  }
};

template <class T>
class TypedJob : public Job {
 public:
  explicit TypedJob(std::function<Result<T>(Transaction&)> work) : work_(std::move(work)) {}

  bool run(Transaction& tx) final {
    outcome_.result.reset();
    outcome_.result.emplace(work_(tx));
    return outcome_.result->has_value();
  }
  void finish() final { deliver(std::move(outcome_)); }
  void refuse(RefusalCode code) final {
    outcome_.result.emplace(boost::system::in_place_error, code);
    deliver(std::move(outcome_));
  }
  void fail(std::exception_ptr error) final {
    outcome_.error = std::move(error);
    deliver(std::move(outcome_));
  }

 private:
  virtual void deliver(Outcome<T> outcome) = 0;

  std::function<Result<T>(Transaction&)> work_;
  Outcome<T> outcome_;
};

}  // namespace matanai::db
