#include "server/queue/score/ticket_score.hpp"

#include <algorithm>
#include <map>

namespace matanai::queue {
namespace {

constexpr double kFirstService = 10;  // minutes, before any is known

double minutes(Millis time) { return static_cast<double>(time.count()) / 60000; }

struct Mean {
  double sum = 0, count = 0;
  void add(double value, double by = 1) { sum += value, count += by; }
  double or_else(double none) const { return count > 0 ? sum / count : none; }
};

// What a line's earlier days have taught.
struct Learned {
  Mean service, wait, place;
};

// The state of the line when `ticket` was issued, by the day's records.
struct Seen {
  int ahead = 0;
  std::optional<double> last;  // wait of the latest call
  Mean service;                // finished by then
};

Seen seen_at(std::span<const TicketRecord> day, const TicketRecord& ticket) {
  Seen seen;
  std::optional<Instant> latest;
  for (const auto& other : day) {
    if (&other == &ticket) continue;
    if (other.called && *other.called <= ticket.issued) {
      if (!latest || *other.called >= *latest) {
        latest = other.called;
        seen.last = minutes(*other.called - other.issued);
      }
    } else if (other.called && other.issued <= ticket.issued) {
      ++seen.ahead;
    }
    if (other.started && other.finished && *other.finished <= ticket.issued)
      seen.service.add(minutes(*other.finished - *other.started));
  }
  return seen;
}

class Scores {
 public:
  void day(std::span<const TicketRecord> records) {
    Learned& past = lines_[records.front().line];
    Learned learned = past;
    for (const auto& ticket : records) {
      if (ticket.started && ticket.finished)
        learned.service.add(minutes(*ticket.finished - *ticket.started));
      if (!ticket.called) continue;
      const Seen seen = seen_at(records, ticket);
      const double wait = minutes(*ticket.called - ticket.issued);
      learned.wait.add(wait);
      learned.place.add(wait, seen.ahead + 1);
      if (ticket.told) add(*ticket.told, seen, past, wait);
    }
    past = learned;
  }

  Score result() const {
    return {ours_.count(),
            {{"ours", ours_.result()},
             {"printed", printed_.result()},
             {"les", last_.result()},
             {"ql", places_.result()},
             {"product", product_.result()}}};
  }

 private:
  void add(const ToldWait& told, const Seen& seen, const Learned& past, double wait) {
    ours_.add(told.q50, {told.q10, told.q90}, wait);
    printed_.add((told.low + told.high) / 2, {told.low, told.high}, wait);
    last_.add(seen.last.value_or(past.wait.or_else(0)), wait);
    const Mean service{past.service.sum + seen.service.sum,
                       past.service.count + seen.service.count};
    const double mean = service.or_else(kFirstService);
    const double product = (seen.ahead + 1) * mean / std::max(1, told.windows);
    product_.add(product, wait);
    places_.add(past.place.count > 0 ? (seen.ahead + 1) * past.place.or_else(0) : product, wait);
  }

  std::map<std::string, Learned> lines_;
  AccuracySum ours_, printed_, last_, places_, product_;
};

}  // namespace

Score score_tickets(std::span<const TicketRecord> records) {
  Scores scores;
  for (std::size_t from = 0, to = 0; from < records.size(); from = to) {
    while (to < records.size() && records[to].day == records[from].day &&
           records[to].line == records[from].line)
      ++to;
    scores.day(records.subspan(from, to - from));
  }
  return scores.result();
}

KeptPromises kept_promises(std::span<const TicketRecord> records) {
  KeptPromises kept;
  if (records.empty()) return kept;
  const auto last = parse_day(records.back().day).value_or(LocalDay{});
  for (const auto& one : records) {
    if (!one.told || !one.called) continue;
    if (parse_day(one.day).value_or(LocalDay{}) + KeptPromises::kRecord <= last) continue;
    const auto& told = *one.told;
    kept.add({told.low, told.high, told.is_now, told.latest, minutes(*one.called - one.issued)});
  }
  return kept;
}

}  // namespace matanai::queue
