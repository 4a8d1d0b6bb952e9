#include "kiosk/journal/journal.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

#include "schema/types/codes.hpp"

namespace matanai::kiosk {
namespace {

constexpr std::chrono::days kRemembered{30};
constexpr std::array kUnprinted = {RequestState::issued, RequestState::print_failed,
                                   RequestState::print_unknown};
constexpr std::size_t kPapersShown = 8;
constexpr std::size_t kPapersHeld = 200;

// One run of the machine; monotonic times of different runs are not compared.
std::string boot_id() {
  std::ifstream in("/proc/sys/kernel/random/boot_id");
  std::string id;
  if (in >> id) return id;
  return "unknown";
}

std::int64_t monotonic_ms() {
  return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// 26 characters: 4 bytes of the device's name, 5 of the journal's counter, 7 random.
std::string make_message_id(const std::string& device, std::int64_t counter) {
  std::array<std::uint8_t, 16> bytes{};
  std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(device.data()), device.size(), nullptr,
                     0);
  std::copy_n(hash.begin(), 4, bytes.begin());
  for (std::size_t i = 0; i < 5; ++i) {
    bytes[8 - i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(counter) >> (8 * i));
  }
  randombytes_buf(bytes.data() + 9, 7);
  return to_base32(bytes);
}

RequestState request_state_of(printer::JobState state) {
  switch (state) {
    case printer::JobState::reserved:
      return RequestState::issued;
    case printer::JobState::sending:
    case printer::JobState::sent:
      return RequestState::printing;
    case printer::JobState::confirmed:
      return RequestState::printed;
    case printer::JobState::failed:
      return RequestState::print_failed;
    case printer::JobState::unknown:
      return RequestState::print_unknown;
  }
  return RequestState::print_unknown;
}

std::optional<PaperState> paper_state_of(RequestState state) {
  switch (state) {
    case RequestState::issued:
      return PaperState::issued;
    case RequestState::printing:
      return PaperState::printing;
    case RequestState::printed:
      return PaperState::printed;
    case RequestState::print_failed:
      return PaperState::print_failed;
    case RequestState::print_unknown:
      return PaperState::print_unknown;
    case RequestState::requested:
    case RequestState::refused:
    case RequestState::lapsed:
      return std::nullopt;
  }
  return std::nullopt;
}

store::PrintJob new_job(const std::string& message_id, int attempt, bool is_copy) {
  return {message_id + "." + std::to_string(attempt), message_id, attempt, is_copy,
          printer::JobState::reserved};
}

// Only a clock that is trusted can tell how long ago something was.
bool is_given_up(const Request& request, const store::Moment& now) {
  return now.is_trusted && now.at - request.created_at >= kAsksAgainFor;
}

// What a finished print changes: the job, the request, one event. nullopt: no such job.
std::optional<Request> store_job_state(db::Transaction& tx, const store::Moment& moment,
                                       const std::string& job_id, printer::JobState state) {
  const auto job = store::find_job(tx, job_id);
  if (!job) return std::nullopt;
  store::set_job_state(tx, job_id, state, moment.at);
  const auto request_state = request_state_of(state);
  store::set_state(tx, job->message_id, request_state, moment.at);
  auto request = store::find(tx, job->message_id);
  const std::string name = boost::describe::enum_to_string(state, "");
  store::append(tx, moment, {"print_" + name, job->message_id, request->number, job_id});
  return request;
}

}  // namespace

Journal::Journal(db::Database& database, const Clock& clock, std::function<bool()> is_clock_trusted)
    : database_(database),
      clock_(clock),
      is_clock_trusted_(std::move(is_clock_trusted)),
      boot_(boot_id()) {
  if (sodium_init() < 0) throw std::runtime_error("the random number generator does not start");
}

store::Moment Journal::moment() const {
  return {clock_.now(), is_clock_trusted_(), monotonic_ms(), boot_};
}

// A new day's screen knows nothing of yesterday's papers.
void Journal::turn_to(LocalDay day) {
  if (shown_day_ == day) return;
  const bool is_new = shown_day_.has_value();
  shown_day_ = day;
  if (!is_new) return;
  papers_.clear();
  if (on_change_) on_change_();
}

bool Journal::recover() {
  struct Left {
    bool has_rest = false;
    LocalDay day{};
    std::vector<Request> papers;
  };
  const auto now = moment();
  const auto epoch =
      static_cast<std::int64_t>(randombytes_random()) << 20 | randombytes_uniform(1u << 20);
  auto left = database_.write_blocking<Left>([now, epoch](db::Transaction& tx) -> Result<Left> {
    store::ensure_head(tx, epoch);
    Left found;
    for (const auto& job : store::jobs_in_doubt(tx)) {
      store_job_state(tx, now, job.id, printer::JobState::unknown);
      store::set_rest(tx, true);
    }
    found.has_rest = store::has_rest(tx);
    if (now.is_trusted) store::forget(tx, now.at - kRemembered);
    found.day = store::advance_day(tx, now);
    for (const auto state : kUnprinted) {
      for (auto& request : store::in_state(tx, state)) {
        if (request.day == found.day) found.papers.push_back(std::move(request));
      }
    }
    return found;
  });
  if (left.has_error()) throw std::runtime_error("the kiosk's journal cannot be written");
  shown_day_ = left->day;
  std::ranges::sort(left->papers, {}, &Request::created_at);
  for (const auto& request : left->papers)
    note(request.message_id, request.number.value_or(""), request.state);
  return left->has_rest;
}

boost::asio::awaitable<Result<Request>> Journal::begin(NewRequest asked, std::string press,
                                                       std::string device) {
  co_return co_await database_.write<Request>(
      [asked, press, device, now = moment()](db::Transaction& tx) -> Result<Request> {
        if (auto known = store::find_press(tx, press)) return *known;
        Request request;
        request.message_id = make_message_id(device, store::next_counter(tx));
        request.kind = asked.kind;
        request.service = asked.service;
        request.code = asked.code;
        request.token = asked.token;
        request.move_to = asked.move_to;
        request.locale = asked.locale;
        request.day = store::advance_day(tx, now);
        request.attempts = 1;
        request.created_at = now.at;
        store::insert(tx, request, press, now.at);
        store::append(tx, now, {"requested", request.message_id, std::nullopt, asked.service});
        return request;
      });
}

boost::asio::awaitable<Result<bool>> Journal::count_attempt(std::string message_id) {
  co_return co_await database_.write<bool>(
      [message_id, now = moment()](db::Transaction& tx) -> Result<bool> {
        store::count_attempt(tx, message_id, now.at);
        return true;
      });
}

boost::asio::awaitable<Result<Request>> Journal::issued(std::string message_id,
                                                        IssuedTicket ticket) {
  auto stored = co_await database_.write<Request>(
      [message_id, ticket, now = moment()](db::Transaction& tx) -> Result<Request> {
        const auto before = store::find(tx, message_id);
        if (!before) return RefusalCode::not_found;
        if (before->state != RequestState::requested) return *before;
        store::set_issued(tx, message_id, ticket.number, write_json(ticket), now.at);
        store::insert_job(tx, new_job(message_id, 1, false), now.at);
        store::append(tx, now, {"issued", message_id, ticket.number, ticket.id.value});
        return store::find(tx, message_id).value();
      });
  if (stored.has_value()) {
    // Before the paper of a new day is shown, so that it is not forgotten with those of the old.
    if (!shown_day_ || *shown_day_ < stored->day) turn_to(stored->day);
    note(message_id, stored->number.value_or(""), stored->state);
  }
  co_return stored;
}

boost::asio::awaitable<Result<bool>> Journal::refused(std::string message_id, Refusal refusal) {
  co_return co_await database_.write<bool>(
      [message_id, refusal, now = moment()](db::Transaction& tx) -> Result<bool> {
        const std::string name(entry_of(refusal.code).name);
        store::set_refused(tx, message_id, refusal, now.at);
        store::append(tx, now, {"refused", message_id, std::nullopt, name});
        return true;
      });
}

boost::asio::awaitable<Result<PrintOrder>> Journal::next_print(std::string message_id) {
  co_return co_await database_.write<PrintOrder>(
      [message_id, now = moment()](db::Transaction& tx) -> Result<PrintOrder> {
        const auto request = store::find(tx, message_id);
        if (!request || !request->ticket) return RefusalCode::not_found;
        if (request->state == RequestState::print_unknown) return RefusalCode::print_unknown;
        auto ticket = read_tolerantly<IssuedTicket>(*request->ticket);
        if (ticket.has_error()) return ticket.error();
        const auto jobs = store::jobs_of(tx, message_id);
        if (!jobs.empty() && jobs.back().state == printer::JobState::reserved) {
          return PrintOrder{printer::JobId(jobs.back().id), *ticket, jobs.back().is_copy};
        }
        const bool is_copy = std::ranges::any_of(
            jobs, [](const auto& job) { return job.state != printer::JobState::failed; });
        const auto job = new_job(message_id, static_cast<int>(jobs.size()) + 1, is_copy);
        store::insert_job(tx, job, now.at);
        return PrintOrder{printer::JobId(job.id), *ticket, is_copy};
      });
}

boost::asio::awaitable<Result<bool>> Journal::answer_print(std::string message_id, bool came_out) {
  const auto state = came_out ? RequestState::printed : RequestState::print_failed;
  auto stored = co_await database_.write<Request>(
      [message_id, came_out, state, now = moment()](db::Transaction& tx) -> Result<Request> {
        const auto request = store::find(tx, message_id);
        if (!request || request->state != RequestState::print_unknown)
          return RefusalCode::not_found;
        store::set_state(tx, message_id, state, now.at);
        store::append(tx, now,
                      {came_out ? "came_out" : "did_not_come_out", message_id, request->number,
                       std::nullopt});
        return *request;
      });
  if (stored.has_error()) co_return stored.error();
  note(message_id, stored->number.value_or(""), state);
  co_return true;
}

boost::asio::awaitable<Result<std::string>> Journal::staff_called(std::string reason,
                                                                  std::string device) {
  co_return co_await database_.write<std::string>(
      [reason, device, now = moment()](db::Transaction& tx) -> Result<std::string> {
        auto message_id = make_message_id(device, store::next_counter(tx));
        store::append(tx, now, {"staff_called", message_id, std::nullopt, reason});
        return message_id;
      });
}

boost::asio::awaitable<Result<OpenWork>> Journal::open_work() {
  auto open =
      co_await database_.write<OpenWork>([now = moment()](db::Transaction& tx) -> Result<OpenWork> {
        OpenWork found;
        found.day = store::today(tx, now);
        if (!found.day) return found;
        for (const auto state : {RequestState::issued, RequestState::print_failed}) {
          for (const auto& request : store::in_state(tx, state)) {
            if (request.day == *found.day) found.unprinted.push_back(request.message_id);
          }
        }
        for (auto& request : store::in_state(tx, RequestState::requested)) {
          const bool is_of_today = request.day == *found.day;
          if (is_of_today && !is_given_up(request, now)) {
            found.unanswered.push_back(std::move(request));
            continue;
          }
          store::set_state(tx, request.message_id, RequestState::lapsed, now.at);
          store::append(tx, now,
                        {is_of_today ? "given_up" : "lapsed", request.message_id, std::nullopt,
                         std::nullopt});
        }
        return found;
      });
  if (open.has_value() && open->day) turn_to(*open->day);
  co_return open;
}

boost::asio::awaitable<void> Journal::record(printer::JobId job, printer::JobState state,
                                             bool has_rest) {
  auto stored = co_await database_.write<Request>(
      [job, state, has_rest, now = moment()](db::Transaction& tx) -> Result<Request> {
        store::set_rest(tx, has_rest);
        auto request = store_job_state(tx, now, job.value, state);
        if (!request) return RefusalCode::not_found;
        return *request;
      });
  if (stored.has_error()) {
    throw std::runtime_error("a print state could not be stored: " +
                             std::string(entry_of(stored.error().code).name));
  }
  note(stored->message_id, stored->number.value_or(""), stored->state);
}

boost::asio::awaitable<Result<bool>> Journal::keep(std::string name, std::string value) {
  co_return co_await database_.write<bool>(
      [name, value, now = moment()](db::Transaction& tx) -> Result<bool> {
        store::keep(tx, name, value, now.at);
        return true;
      });
}

std::optional<std::string> Journal::kept(const std::string& name) {
  auto value = database_.read_blocking<std::optional<std::string>>(
      [name](db::Transaction& tx) -> Result<std::optional<std::string>> {
        return store::kept(tx, name);
      });
  return value.has_value() ? *value : std::nullopt;
}

void Journal::note(const std::string& message_id, const std::string& number, RequestState state) {
  const auto paper = paper_state_of(state);
  if (!paper) return;
  const auto found = std::ranges::find(papers_, message_id, &PaperProgress::message_id);
  if (found == papers_.end()) {
    papers_.push_back({message_id, number, *paper});
    if (papers_.size() > kPapersHeld) papers_.erase(papers_.begin());
  } else {
    found->state = *paper;
  }
  if (on_change_) on_change_();
}

std::vector<PaperProgress> Journal::papers() const {
  const auto count = std::min(papers_.size(), kPapersShown);
  return {papers_.rbegin(), papers_.rbegin() + static_cast<std::ptrdiff_t>(count)};
}

std::optional<PaperProgress> Journal::question() const {
  const auto found = std::ranges::find(papers_, PaperState::print_unknown, &PaperProgress::state);
  if (found == papers_.end()) return std::nullopt;
  return *found;
}

}  // namespace matanai::kiosk
