// SQL of the journal: rows in, structs out, one event per change. Not for deciding when something
// is sent or printed (desk, print_queue). Inside a database work only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/messages.hpp"
#include "printer/job/journal.hpp"
#include "schema/types/refusal.hpp"
#include "schema/types/time.hpp"
#include "server/db/transaction.hpp"

namespace matanai::kiosk::store {

enum class RequestKind { walk_in, check_in };
BOOST_DESCRIBE_ENUM(RequestKind, walk_in, check_in)

enum class RequestState {
  requested,      // written; the server's answer is not known
  issued,         // numbered; nothing was sent to the printer
  printing,       // bytes may be on their way
  printed,        // the printer, or a person, said that it is on paper
  print_failed,   // known not to be on paper: printed when the printer is back
  print_unknown,  // it may be on paper: a person is asked
  refused,        // the server said no; no number
  lapsed,         // without an answer for kAsksAgainFor, or of an earlier day: never sent again
};
BOOST_DESCRIBE_ENUM(RequestState, requested, issued, printing, printed, print_failed, print_unknown,
                    refused, lapsed)

struct Request {
  std::string message_id;
  RequestKind kind = RequestKind::walk_in;
  std::optional<std::string> service;
  std::optional<std::string> code;
  std::optional<std::string> token;
  std::optional<std::string> move_to;
  std::string locale;
  LocalDay day{};
  RequestState state = RequestState::requested;
  int attempts = 0;
  std::optional<std::string> number;
  std::optional<std::string> ticket;
  std::optional<Refusal> refusal;  // with its values, when refused
  Instant created_at{};
};

// When and in which run of the machine something was written.
struct Moment {
  Instant at{};
  bool is_trusted =
      true;  // false: this machine's own clock, which may be years off after a power cut
  std::int64_t monotonic_ms = 0;
  std::string boot;
};

struct Event {
  std::string kind;
  std::optional<std::string> message_id;
  std::optional<std::string> number;
  std::optional<std::string> detail;
};

// One row of the outbox, as it will be handed over.
struct StoredEvent {
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  Event event;
};

// Makes the head of a new file; an existing one is left alone. epoch: drawn by the caller,
// positive.
void ensure_head(db::Transaction& tx, std::int64_t epoch);
// The office's date: that of a trusted clock, but never earlier than one seen before.
LocalDay advance_day(db::Transaction& tx, const Moment& moment);
// The same for what an earlier day has left: nullopt while it is not known whether it is still that
// day.
std::optional<LocalDay> today(db::Transaction& tx, const Moment& moment);
// 1, 2, 3 … for message ids.
std::int64_t next_counter(db::Transaction& tx);
// Whether the printer may hold, or show, a part of an earlier ticket.
void set_rest(db::Transaction& tx, bool has_rest);
bool has_rest(db::Transaction& tx);
// Appends with the next number of the gapless series.
void append(db::Transaction& tx, const Moment& moment, const Event& event);
std::vector<StoredEvent> events(db::Transaction& tx);

void keep(db::Transaction& tx, const std::string& name, const std::string& value, Instant at);
std::optional<std::string> kept(db::Transaction& tx, const std::string& name);

std::optional<Request> find_press(db::Transaction& tx, const std::string& press);
std::optional<Request> find(db::Transaction& tx, const std::string& message_id);
// Oldest first.
std::vector<Request> in_state(db::Transaction& tx, RequestState state);
// In state requested, its first attempt counted.
void insert(db::Transaction& tx, const Request& request, const std::string& press, Instant now);
void count_attempt(db::Transaction& tx, const std::string& message_id, Instant now);
// Sets the state; an ended request forgets its code and token.
void set_state(db::Transaction& tx, const std::string& message_id, RequestState state, Instant now);
void set_issued(db::Transaction& tx, const std::string& message_id, const std::string& number,
                const std::string& ticket, Instant now);
void set_refused(db::Transaction& tx, const std::string& message_id, const Refusal& refusal,
                 Instant now);

struct PrintJob {
  std::string id;
  std::string message_id;
  int attempt = 0;
  bool is_copy = false;
  printer::JobState state = printer::JobState::reserved;
};
std::optional<PrintJob> find_job(db::Transaction& tx, const std::string& id);
// Of one ticket, oldest first.
std::vector<PrintJob> jobs_of(db::Transaction& tx, const std::string& message_id);
std::vector<PrintJob> jobs_in_doubt(db::Transaction& tx);  // sending or sent
void insert_job(db::Transaction& tx, const PrintJob& job, Instant now);
void set_job_state(db::Transaction& tx, const std::string& id, printer::JobState state,
                   Instant now);

// Requests, with their prints, and events older than `before`.
void forget(db::Transaction& tx, Instant before);

}  // namespace matanai::kiosk::store
