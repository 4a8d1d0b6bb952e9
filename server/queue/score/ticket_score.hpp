// How good an office's own promises were, by its own record, beside the usual formulas on the same
// cases (research queueing.md §1). Each estimator knows what was known when the ticket was given.
// Pure; values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "schema/types/time.hpp"
#include "server/queue/estimate/accuracy.hpp"
#include "server/queue/score/kept.hpp"

namespace matanai::queue {

// What a ticket was told, in minutes from its issue.
struct ToldWait {
  double q10 = 0, q50 = 0, q90 = 0;
  double low = 0, high = 0;  // as printed
  int windows = 1;           // open for its line then
  bool is_now = false;       // "soon" was printed instead of the range
  double latest = 0;         // "at the latest"
};

// One stop of one ticket.
struct TicketRecord {
  std::string line;  // office and service group
  std::string day;
  Instant issued;
  std::optional<Instant> called;  // first call
  std::optional<Instant> started;
  std::optional<Instant> finished;
  std::optional<ToldWait> told;
};

// Of every ticket that was told a wait and called: "ours" (q50 with q10–q90), "printed" (the middle
// of the printed range, and the range), "les" (the wait of who was called last, before the first
// call of a day the mean of what was), "ql" (people ahead × minutes a place on earlier days),
// "product" (people ahead + 1 × mean service so far ÷ windows). `records` by day, line, issue.
Score score_tickets(std::span<const TicketRecord> records);

// Of the last KeptPromises::kRecord of the record, its last day included.
KeptPromises kept_promises(std::span<const TicketRecord> records);

}  // namespace matanai::queue
