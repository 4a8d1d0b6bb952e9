#include "kiosk/journal/store.hpp"

#include <stdexcept>

namespace matanai::kiosk::store {
namespace {

constexpr std::string_view kInsertHead = R"(
  INSERT INTO journal_head (only_one, epoch, last_seq, last_counter, last_day, has_rest)
  VALUES (1, ?1, 0, 0, ?2, 0)
  ON CONFLICT (only_one) DO NOTHING)";
constexpr std::string_view kSelectDay = "SELECT last_day FROM journal_head";
constexpr std::string_view kUpdateDay = "UPDATE journal_head SET last_day = ?1";
constexpr std::string_view kSelectRest = "SELECT has_rest FROM journal_head";
constexpr std::string_view kUpdateRest = "UPDATE journal_head SET has_rest = ?1";
constexpr std::string_view kNextCounter = R"(
  UPDATE journal_head
  SET last_counter = last_counter + 1
  RETURNING last_counter)";
constexpr std::string_view kNextSeq = R"(
  UPDATE journal_head
  SET last_seq = last_seq + 1
  RETURNING epoch, last_seq)";
constexpr std::string_view kInsertEvent = R"(
  INSERT INTO kiosk_event (epoch, seq, at, monotonic_ms, boot, kind, message_id, number, detail)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))";
constexpr std::string_view kSelectEvents = R"(
  SELECT epoch, seq, kind, message_id, number, detail
  FROM kiosk_event
  ORDER BY epoch, seq)";
constexpr std::string_view kKeep = R"(
  INSERT INTO kept (name, value, changed_at)
  VALUES (?1, ?2, ?3)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at)";
constexpr std::string_view kKept = "SELECT value FROM kept WHERE name = ?1";

constexpr std::string_view kSelectByPress = R"(
  SELECT message_id, kind, service, code, token, move_to, locale, day, state, attempts, number, ticket, refusal,
         refusal_values, created_at
  FROM ticket_request
  WHERE press = ?1)";
constexpr std::string_view kSelectById = R"(
  SELECT message_id, kind, service, code, token, move_to, locale, day, state, attempts, number, ticket, refusal,
         refusal_values, created_at
  FROM ticket_request
  WHERE message_id = ?1)";
constexpr std::string_view kSelectByState = R"(
  SELECT message_id, kind, service, code, token, move_to, locale, day, state, attempts, number, ticket, refusal,
         refusal_values, created_at
  FROM ticket_request
  WHERE state = ?1
  ORDER BY created_at, message_id)";
constexpr std::string_view kInsertRequest = R"(
  INSERT INTO ticket_request (message_id, press, kind, service, code, token, move_to, locale, day, state, attempts,
                              created_at, changed_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'requested', 1, ?10, ?10))";
constexpr std::string_view kCountAttempt = R"(
  UPDATE ticket_request
  SET attempts = attempts + 1, changed_at = ?2
  WHERE message_id = ?1)";
constexpr std::string_view kSetState = R"(
  UPDATE ticket_request
  SET state = ?2, code = iif(?3, NULL, code), token = iif(?3, NULL, token), changed_at = ?4
  WHERE message_id = ?1)";
constexpr std::string_view kSetIssued = R"(
  UPDATE ticket_request
  SET state = 'issued', number = ?2, ticket = ?3, code = NULL, token = NULL, changed_at = ?4
  WHERE message_id = ?1 AND state = 'requested')";
constexpr std::string_view kSetRefused = R"(
  UPDATE ticket_request
  SET state = 'refused', refusal = ?2, refusal_values = ?3, code = NULL, token = NULL, changed_at = ?4
  WHERE message_id = ?1 AND state = 'requested')";

constexpr std::string_view kSelectJob = R"(
  SELECT id, message_id, attempt, is_copy, state
  FROM print_job
  WHERE id = ?1)";
constexpr std::string_view kSelectJobs = R"(
  SELECT id, message_id, attempt, is_copy, state
  FROM print_job
  WHERE message_id = ?1
  ORDER BY attempt)";
constexpr std::string_view kSelectDoubt = R"(
  SELECT id, message_id, attempt, is_copy, state
  FROM print_job
  WHERE state IN ('sending', 'sent')
  ORDER BY id)";
constexpr std::string_view kInsertJob = R"(
  INSERT INTO print_job (id, message_id, attempt, is_copy, state, changed_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr std::string_view kSetJobState = R"(
  UPDATE print_job
  SET state = ?2, changed_at = ?3
  WHERE id = ?1)";
constexpr std::string_view kForgetRequests = R"(
  DELETE FROM ticket_request
  WHERE created_at < ?1)";
constexpr std::string_view kForgetEvents = "DELETE FROM kiosk_event WHERE at < ?1";

template <class E>
std::string name_of(E value) {
  return boost::describe::enum_to_string(value, "");
}

template <class E>
E enum_of(const std::string& name) {
  E out{};
  if (!boost::describe::enum_from_string(name.c_str(), out)) {
    throw std::logic_error("the journal holds an unknown word: " + name);
  }
  return out;
}

std::string values_json(const Refusal& refusal) {
  boost::json::object values;
  for (const auto& [name, value] : refusal.values) values[name] = value;
  return boost::json::serialize(values);
}

Refusal refusal_of(const std::string& code, const std::string& values) {
  const auto entries = refusal_catalogue();
  const auto entry = std::ranges::find(entries, code, &RefusalEntry::name);
  Refusal refusal(entry == entries.end() ? RefusalCode::internal_error : entry->code);
  const auto document = boost::json::parse(values);
  for (const auto& [name, value] : document.as_object())
    refusal.with(name, std::string(value.as_string()));
  return refusal;
}

Request request_of(const db::Row& row) {
  Request request;
  request.message_id = row.text(0);
  request.kind = enum_of<RequestKind>(row.text(1));
  request.service = row.optional_text(2);
  request.code = row.optional_text(3);
  request.token = row.optional_text(4);
  request.move_to = row.optional_text(5);
  request.locale = row.text(6);
  request.day = parse_day(row.text(7)).value();
  request.state = enum_of<RequestState>(row.text(8));
  request.attempts = static_cast<int>(row.integer(9));
  request.number = row.optional_text(10);
  request.ticket = row.optional_text(11);
  if (const auto code = row.optional_text(12))
    request.refusal = refusal_of(*code, row.optional_text(13).value_or("{}"));
  request.created_at = row.instant(14);
  return request;
}

PrintJob job_of(const db::Row& row) {
  return {row.text(0), row.text(1), static_cast<int>(row.integer(2)), row.boolean(3),
          enum_of<printer::JobState>(row.text(4))};
}

}  // namespace

void ensure_head(db::Transaction& tx, std::int64_t epoch) {
  tx.run(kInsertHead, epoch, to_wire(LocalDay{}));
}

LocalDay advance_day(db::Transaction& tx, const Moment& moment) {
  const auto last = tx.first(kSelectDay, [](const db::Row& row) { return row.text(0); });
  const auto seen = parse_day(last.value()).value();
  const auto day = local_day(moment.at);
  if (seen >= day || !moment.is_trusted) return seen;
  tx.run(kUpdateDay, to_wire(day));
  return day;
}

std::optional<LocalDay> today(db::Transaction& tx, const Moment& moment) {
  const auto day = advance_day(tx, moment);
  if (!moment.is_trusted && day != local_day(moment.at)) return std::nullopt;
  return day;
}

std::int64_t next_counter(db::Transaction& tx) {
  return tx.first(kNextCounter, [](const db::Row& row) { return row.integer(0); }).value();
}

void set_rest(db::Transaction& tx, bool has_rest) { tx.run(kUpdateRest, has_rest); }

bool has_rest(db::Transaction& tx) {
  return tx.first(kSelectRest, [](const db::Row& row) { return row.boolean(0); }).value();
}

void append(db::Transaction& tx, const Moment& moment, const Event& event) {
  struct Place {
    std::int64_t epoch;
    std::int64_t seq;
  };
  const auto place = tx.first(kNextSeq, [](const db::Row& row) {
                         return Place{row.integer(0), row.integer(1)};
                       }).value();
  tx.run(kInsertEvent, place.epoch, place.seq, moment.at, moment.monotonic_ms, moment.boot,
         event.kind, event.message_id, event.number, event.detail);
}

std::vector<StoredEvent> events(db::Transaction& tx) {
  std::vector<StoredEvent> out;
  tx.each(kSelectEvents, [&](const db::Row& row) {
    out.push_back(
        {row.integer(0),
         row.integer(1),
         {row.text(2), row.optional_text(3), row.optional_text(4), row.optional_text(5)}});
  });
  return out;
}

void keep(db::Transaction& tx, const std::string& name, const std::string& value, Instant at) {
  tx.run(kKeep, name, value, at);
}

std::optional<std::string> kept(db::Transaction& tx, const std::string& name) {
  return tx.first(kKept, [](const db::Row& row) { return row.text(0); }, name);
}

std::optional<Request> find_press(db::Transaction& tx, const std::string& press) {
  return tx.first(kSelectByPress, request_of, press);
}

std::optional<Request> find(db::Transaction& tx, const std::string& message_id) {
  return tx.first(kSelectById, request_of, message_id);
}

std::vector<Request> in_state(db::Transaction& tx, RequestState state) {
  std::vector<Request> out;
  tx.each(
      kSelectByState, [&](const db::Row& row) { out.push_back(request_of(row)); }, name_of(state));
  return out;
}

void insert(db::Transaction& tx, const Request& request, const std::string& press, Instant now) {
  tx.run(kInsertRequest, request.message_id, press, name_of(request.kind), request.service,
         request.code, request.token, request.move_to, request.locale, to_wire(request.day), now);
}

void count_attempt(db::Transaction& tx, const std::string& message_id, Instant now) {
  tx.run(kCountAttempt, message_id, now);
}

void set_state(db::Transaction& tx, const std::string& message_id, RequestState state,
               Instant now) {
  tx.run(kSetState, message_id, name_of(state), state != RequestState::requested, now);
}

void set_issued(db::Transaction& tx, const std::string& message_id, const std::string& number,
                const std::string& ticket, Instant now) {
  tx.run(kSetIssued, message_id, number, ticket, now);
}

void set_refused(db::Transaction& tx, const std::string& message_id, const Refusal& refusal,
                 Instant now) {
  tx.run(kSetRefused, message_id, entry_of(refusal.code).name, values_json(refusal), now);
}

std::optional<PrintJob> find_job(db::Transaction& tx, const std::string& id) {
  return tx.first(kSelectJob, job_of, id);
}

std::vector<PrintJob> jobs_of(db::Transaction& tx, const std::string& message_id) {
  std::vector<PrintJob> out;
  tx.each(kSelectJobs, [&](const db::Row& row) { out.push_back(job_of(row)); }, message_id);
  return out;
}

std::vector<PrintJob> jobs_in_doubt(db::Transaction& tx) {
  std::vector<PrintJob> out;
  tx.each(kSelectDoubt, [&](const db::Row& row) { out.push_back(job_of(row)); });
  return out;
}

void insert_job(db::Transaction& tx, const PrintJob& job, Instant now) {
  tx.run(kInsertJob, job.id, job.message_id, job.attempt, job.is_copy, name_of(job.state), now);
}

void set_job_state(db::Transaction& tx, const std::string& id, printer::JobState state,
                   Instant now) {
  tx.run(kSetJobState, id, name_of(state), now);
}

void forget(db::Transaction& tx, Instant before) {
  tx.run(kForgetRequests, before);
  tx.run(kForgetEvents, before);
}

}  // namespace matanai::kiosk::store
