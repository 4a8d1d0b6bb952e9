#include "server/db/reader.hpp"

#include <spdlog/spdlog.h>

namespace matanai::db {
namespace {

constexpr std::string_view kBegin = "BEGIN DEFERRED";
constexpr std::string_view kEnd = "ROLLBACK";

// Runs one work in a transaction of its own, so that all its statements see the same snapshot.
void run(Connection& connection, Job& job) {
  try {
    connection.control(kBegin);
    Transaction tx(connection);
    job.run(tx);
    connection.control(kEnd);
  } catch (const StorageError& error) {
    spdlog::error("database: cannot read: {}", error.what());
    if (connection.is_in_transaction()) connection.control(kEnd);
    return job.refuse(RefusalCode::storage_unavailable);
  } catch (...) {
    if (connection.is_in_transaction()) connection.control(kEnd);
    return job.fail(std::current_exception());
  }
  job.finish();
}

}  // namespace

Readers::Readers(std::vector<std::unique_ptr<Connection>> connections)
    : connections_(std::move(connections)) {
  for (auto& connection : connections_) {
    threads_.emplace_back([this, &reader = *connection] { loop(reader); });
  }
}

Readers::~Readers() { stop(); }

void Readers::submit(std::unique_ptr<Job> job) {
  if (!queue_.push(job)) job->refuse(RefusalCode::shutting_down);
}

void Readers::stop() {
  queue_.close();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Readers::loop(Connection& connection) {
  std::vector<std::unique_ptr<Job>> jobs;
  for (;;) {
    queue_.take(jobs, 1);
    if (jobs.empty()) return;
    run(connection, *jobs.front());
  }
}

}  // namespace matanai::db
