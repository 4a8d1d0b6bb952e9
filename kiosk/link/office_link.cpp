#include "kiosk/link/office_link.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "kiosk/listeners.hpp"

namespace matanai::kiosk {
namespace {

namespace asio = boost::asio;

constexpr const char* kKeptDevice = "device";
constexpr const char* kKeptOffice = "office";
constexpr const char* kKeptDifference = "clock_difference_ms";
constexpr std::chrono::seconds kClockSlack{2};

struct Problem {
  std::string code;
  std::optional<boost::json::value> values;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (code, values))

// The server's refusal as ours; an answer that is not one of its problems counts as no answer.
Refusal refusal_of(const http::ClientResponse& response) {
  auto problem = read_tolerantly<Problem>(response.body);
  if (problem.has_error()) return RefusalCode::server_unreachable;
  for (const auto& entry : refusal_catalogue()) {
    if (entry.name != problem->code) continue;
    Refusal refusal(entry.code);
    const auto* values = problem->values ? problem->values->if_object() : nullptr;
    if (!values) return refusal;
    for (const auto& value : *values) {
      if (value.value().is_string())
        refusal.with(value.key(), std::string(value.value().as_string()));
    }
    return refusal;
  }
  return response.status >= 500 ? RefusalCode::server_unreachable : RefusalCode::internal_error;
}

}  // namespace

bool is_passing(RefusalCode code) {
  return code == RefusalCode::server_unreachable || code == RefusalCode::storage_unavailable ||
         code == RefusalCode::shutting_down || code == RefusalCode::internal_error ||
         code == RefusalCode::too_many_requests || code == RefusalCode::too_many_connections;
}

struct OfficeLink::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor runs_on, LinkOptions given, Journal& its_journal,
        ServerClock& its_clock)
      : executor(std::move(runs_on)),
        options(std::move(given)),
        journal(its_journal),
        clock(its_clock),
        clock_timer(executor),
        office_timer(executor) {}

  asio::any_io_executor executor;
  LinkOptions options;
  Journal& journal;
  ServerClock& clock;
  asio::steady_timer clock_timer;
  asio::steady_timer office_timer;
  std::vector<std::unique_ptr<http::Client>>
      idle;  // the one used last is the first to be used again: it is warm
  std::unique_ptr<http::Client> follower;
  Listeners on_change;
  bool is_following = false;
  bool has_complained = false;
  bool is_known = false;  // the server accepted the device key in this run
  std::string device;
  std::optional<Board> board;
  std::string office = R"({"locales":{}})";
  std::int64_t office_version = 0;

  std::unique_ptr<http::Client> make_client() const {
    std::vector<std::pair<std::string, std::string>> headers{
        {"Authorization", "Device " + options.device_key}};
    return std::make_unique<http::Client>(executor, options.server, std::move(headers));
  }

  void changed() const { on_change.tell(); }

  void restore() {
    device = journal.kept(kKeptDevice).value_or("");
    if (auto kept = journal.kept(kKeptOffice)) {
      office = *kept;
      office_version = 1;
    }
  }

  asio::awaitable<Result<http::ClientResponse>> get(std::string target) {
    auto client = take_client();
    auto response = co_await client->get(std::move(target), options.timeout);
    idle.push_back(std::move(client));
    co_return response;
  }

  std::unique_ptr<http::Client> take_client() {
    if (idle.empty()) return make_client();
    auto client = std::move(idle.back());
    idle.pop_back();
    return client;
  }

  template <class T>
  asio::awaitable<Result<T>> get_as(std::string target) {
    auto response = co_await get(std::move(target));
    if (response.has_error()) co_return response.error();
    if (response->status != 200) co_return refusal_of(*response);
    co_return read_tolerantly<T>(response->body);
  }

  // A command to this office: what is its last part of the address. Without a key where the latest
  // counts.
  template <class T>
  asio::awaitable<Result<T>> ask(std::string what, std::string body, std::string key = {}) {
    auto client = take_client();
    std::vector<std::pair<std::string, std::string>> headers;
    if (!key.empty()) headers.emplace_back("Idempotency-Key", std::move(key));
    auto response = co_await client->post("/api/v1/offices/" + options.office + "/" + what,
                                          std::move(body), std::move(headers), options.timeout);
    idle.push_back(std::move(client));
    if (response.has_error()) co_return response.error();
    if (response->status != 200 && response->status != 201) co_return refusal_of(*response);
    auto answer = read_tolerantly<T>(response->body);
    if (answer.has_error()) {
      spdlog::error("the server's answer to {} cannot be read", what);
      co_return RefusalCode::server_unreachable;
    }
    co_return answer;
  }

  asio::awaitable<bool> read_clock() {
    const auto before = std::chrono::steady_clock::now();
    auto answer = co_await get_as<ClockState>("/api/v1/clock");
    if (answer.has_error()) co_return false;
    const auto way =
        std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - before) / 2;
    const bool is_first = !clock.is_set();
    clock.set(answer->now + way, answer->is_demo);
    if (is_first)
      co_await journal.keep(kKeptDifference, std::to_string(clock.difference().count()));
    co_return true;
  }

  asio::awaitable<bool> read_device() {
    if (is_known) co_return true;
    auto answer = co_await get_as<Device>("/api/v1/devices/session");
    if (answer.has_error()) {
      if (answer.error().code != RefusalCode::server_unreachable && !has_complained) {
        has_complained = true;
        spdlog::error("the server does not take this kiosk's device key: {}",
                      entry_of(answer.error().code).name);
      }
      co_return false;
    }
    is_known = true;
    has_complained = false;
    if (device != answer->id) co_await journal.keep(kKeptDevice, answer->id);
    device = answer->id;
    co_return true;
  }

  asio::awaitable<bool> read_office() {
    boost::json::object locales;
    for (const auto locale : OfficeLink::locales()) {
      const std::string tag(tag_of(locale));
      auto response = co_await get("/api/v1/offices/" + options.office + "?lang=" + tag);
      if (response.has_error() || response->status != 200) co_return false;
      auto detail = parse_json(response->body);
      if (detail.has_error()) co_return false;
      locales.emplace(tag, std::move(*detail));
    }
    boost::json::object document{{"locales", std::move(locales)}};
    auto text = boost::json::serialize(document);
    if (office == text) co_return true;
    ++office_version;
    office = std::move(text);
    co_await journal.keep(kKeptOffice, office);
    co_return true;
  }

  void take_frame(const std::string& frame) {
    auto seen = read_tolerantly<Board>(frame);
    if (seen.has_error()) return;
    // A demo clock was moved: do not wait for the next round.
    if (seen->as_of > clock.now() + kClockSlack) clock_timer.cancel();
    board = std::move(*seen);
    changed();
  }

  void take_link(bool is_connected) {
    if (is_connected == is_following) return;
    is_following = is_connected;
    if (is_connected) {
      clock_timer.cancel();
      office_timer.cancel();
    } else {
      is_known = false;
    }
    changed();
  }

  asio::awaitable<void> rest(asio::steady_timer& timer, std::chrono::milliseconds time) const {
    timer.expires_after(time);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  asio::awaitable<void> keep_clock(std::shared_ptr<State> self) {
    for (;;) {
      const bool is_good = co_await read_clock() && co_await read_device();
      self->changed();
      co_await rest(clock_timer, is_good ? options.clock_every : options.retry_every);
    }
  }

  asio::awaitable<void> keep_office(std::shared_ptr<State> self) {
    for (;;) {
      const bool is_good = co_await read_office();
      self->changed();
      co_await rest(office_timer, is_good ? options.office_every : options.retry_every);
    }
  }

  asio::awaitable<void> follow_board([[maybe_unused]] std::shared_ptr<State> self) {
    follower = make_client();
    co_await follower->follow(
        "/api/v1/offices/" + options.office + "/board/live",
        [this](std::string frame) { take_frame(frame); },
        [this](bool is_connected) { take_link(is_connected); });
  }
};

OfficeLink::OfficeLink(asio::any_io_executor executor, LinkOptions options, Journal& journal,
                       ServerClock& clock)
    : state_(std::make_shared<State>(std::move(executor), std::move(options), journal, clock)) {
  state_->restore();
}

OfficeLink::~OfficeLink() = default;

void OfficeLink::start(OnBroken on_broken) {
  const auto& executor = state_->executor;
  run_loop(executor, state_->keep_clock(state_), "the loop that keeps the clock", on_broken);
  run_loop(executor, state_->keep_office(state_), "the loop that keeps the office", on_broken);
  run_loop(executor, state_->follow_board(state_), "the loop that follows the board",
           std::move(on_broken));
}

bool OfficeLink::is_up() const {
  return state_->is_following && state_->is_known && state_->clock.is_set();
}
const std::string& OfficeLink::device_id() const { return state_->device; }
const std::optional<Board>& OfficeLink::board() const { return state_->board; }
const std::string& OfficeLink::office_json() const { return state_->office; }
std::int64_t OfficeLink::office_version() const { return state_->office_version; }

std::vector<Locale> OfficeLink::locales() {
  std::vector<Locale> out;
  for (const auto locale :
       {Locale::ja, Locale::ja_x_easy, Locale::en, Locale::zh_Hans, Locale::ko, Locale::vi}) {
    if (has_words(locale, "kiosk.start.title")) out.push_back(locale);
  }
  if (out.empty()) out.push_back(Locale::ja);
  return out;
}

asio::awaitable<Result<IssuedTicket>> OfficeLink::issue(TicketRequest request) {
  auto body = write_json(request);
  co_return co_await state_->ask<IssuedTicket>("tickets", std::move(body),
                                               std::move(request.message_id));
}

asio::awaitable<Result<IssuedTicket>> OfficeLink::check_in(CheckInRequest request) {
  auto body = write_json(request);
  co_return co_await state_->ask<IssuedTicket>("check-ins", std::move(body),
                                               std::move(request.message_id));
}

asio::awaitable<Result<MovedReservation>> OfficeLink::move(MoveRequest request,
                                                           std::string message_id) {
  auto body = write_json(request);
  co_return co_await state_->ask<MovedReservation>("moves", std::move(body),
                                                   std::move(message_id) + ".move");
}

asio::awaitable<Result<StaffCall>> OfficeLink::call_staff(StaffCallRequest request) {
  auto body = write_json(request);
  co_return co_await state_->ask<StaffCall>("staff-calls", std::move(body),
                                            std::move(request.message_id));
}

asio::awaitable<Result<FloorKiosk>> OfficeLink::report_printer(PrinterReport report) {
  co_return co_await state_->ask<FloorKiosk>("printer-reports", write_json(report));
}

void OfficeLink::on_change(std::function<void()> callback) {
  state_->on_change.add(std::move(callback));
}

}  // namespace matanai::kiosk
