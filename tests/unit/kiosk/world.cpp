#include "tests/unit/kiosk/world.hpp"

#include <stdlib.h>

#include <boost/asio/co_spawn.hpp>
#include <chrono>

#include "schema/types/codes.hpp"
#include "server/db/database.hpp"

namespace matanai::kiosk::testing {
namespace {

using http::Access;
using http::Method;
using http::Response;
namespace asio = boost::asio;

constexpr std::chrono::seconds kPatience{20};
constexpr const char* kBoardTopic = "board";

asio::awaitable<Response> ready(Response response) { co_return response; }
asio::awaitable<Result<std::string>> topic(http::Request) { co_return kBoardTopic; }

std::string office_detail(const http::Request& request) {
  return R"({"id":"kokurakita","name":"name in )" + std::string(request.query_value("lang")) +
         R"("})";
}

}  // namespace

FakeOffice::FakeOffice(asio::io_context& context, std::uint16_t port) : hub_(context) {
  add_routes();
  http::ListenerOptions options;
  options.port = port;
  listener_.emplace(context, options, router_, hub_);
  listener_->start();
  publish_board(5);
}

std::string FakeOffice::url() const {
  return "http://127.0.0.1:" + std::to_string(listener_->port());
}

void FakeOffice::add_routes() {
  const auto add = [this](Method method, const char* pattern,
                          std::function<Response(const http::Request&)> answer) {
    router_.add(method, pattern, Access::open,
                [answer](http::Request request) { return ready(answer(request)); });
  };
  add(Method::get, "/api/v1/clock", [this](const http::Request&) {
    return Response::json(R"({"now":")" + to_wire(now) + R"(","is_demo":true,"offset_ms":0})");
  });
  add(Method::get, "/api/v1/devices/session", [](const http::Request& request) {
    if (request.header("authorization") != "Device key-1")
      return http::problem(request, RefusalCode::unknown_device);
    return Response::json(R"({"id":"kokurakita-kiosk-1","office":"kokurakita","kind":"kiosk"})");
  });
  add(Method::get, "/api/v1/offices/{office:slug}",
      [](const http::Request& request) { return Response::json(office_detail(request)); });
  add(Method::post, "/api/v1/offices/{office:slug}/tickets",
      [this](const http::Request& request) { return give(request); });
  add(Method::post, "/api/v1/offices/{office:slug}/check-ins",
      [this](const http::Request& request) { return give(request); });
  add(Method::post, "/api/v1/offices/{office:slug}/moves",
      [this](const http::Request& request) { return move(request); });
  add(Method::post, "/api/v1/offices/{office:slug}/staff-calls",
      [this](const http::Request& request) { return take_call(request); });
  add(Method::post, "/api/v1/offices/{office:slug}/printer-reports",
      [this](const http::Request& request) { return take_report(request); });
  router_.add_socket("/api/v1/offices/{office:slug}/board/live", Access::open, topic);
}

Response FakeOffice::give(const http::Request& request) {
  ++questions_;
  last_body = request.body;
  const auto gateway_error = [] { return Response::html("<h1>502 Bad Gateway</h1>", 502); };
  if (loses_questions) return gateway_error();
  if (turns_away) return http::problem(request, *std::exchange(turns_away, std::nullopt));
  if (refuses) return http::problem(request, *refuses);
  const auto body = parse_json(request.body).value();
  const std::string message_id(body.at("message_id").as_string());
  const auto answer = ticket_of(message_id);
  if (when_given) when_given();
  if (lost_answers > 0) {
    --lost_answers;
    return gateway_error();
  }
  return Response::json(answer, 201);
}

http::Response FakeOffice::move(const http::Request& request) {
  moves.push_back(std::string(request.header("idempotency-key")) + " " + request.body);
  if (loses_questions) return Response::html("<h1>502 Bad Gateway</h1>", 502);
  if (refuses_to_move) return http::problem(request, *refuses_to_move);
  return Response::json(R"({"date":"2026-11-24","time":"09:15","check_in_from":"09:00"})");
}

Response FakeOffice::take_call(const http::Request& request) {
  ++questions_;
  last_body = request.body;
  if (loses_questions) return Response::html("<h1>502 Bad Gateway</h1>", 502);
  if (refuses) return http::problem(request, *refuses);
  const auto body = read_json<StaffCallRequest>(request.body).value();
  auto found = std::find(calls_.begin(), calls_.end(), body.message_id);
  const bool is_open = answered_calls_.size() + dropped_calls_.size() < calls_.size();
  if (found == calls_.end() && is_open) found = std::prev(calls_.end());  // a kiosk has one
  if (found == calls_.end()) found = calls_.insert(calls_.end(), body.message_id);
  StaffCall call;
  call.id = found - calls_.begin() + 1;
  call.place = body.issuer;
  call.reason = static_cast<StaffCallReason>(body.reason);
  call.called_at = now;
  if (lost_answers > 0) {
    --lost_answers;
    return Response::html("<h1>502 Bad Gateway</h1>", 502);
  }
  return Response::json(write_json(call), 201);
}

Response FakeOffice::take_report(const http::Request& request) {
  if (loses_questions) return Response::html("<h1>502 Bad Gateway</h1>", 502);
  if (refuses) {
    ++refused_reports;
    return http::problem(request, *refuses);
  }
  reports.push_back(read_json<PrinterReport>(request.body).value());
  return Response::json(write_json(FloorKiosk{"kokurakita-kiosk-1", reports.back(), {}}));
}

void FakeOffice::answer_call() {
  answered_calls_.push_back(static_cast<std::int64_t>(calls_.size()));
  publish_board(5);
}

void FakeOffice::drop_call() {
  dropped_calls_.push_back(static_cast<std::int64_t>(calls_.size()));
  publish_board(5);
}

std::string FakeOffice::ticket_of(const std::string& message_id) {
  auto found = std::find_if(given_.begin(), given_.end(),
                            [&](const auto& one) { return one.first == message_id; });
  const bool is_repeat = found != given_.end();
  if (!is_repeat) {
    given_.emplace_back(message_id, format_ticket_number("A", static_cast<int>(given_.size()) + 1));
    found = std::prev(given_.end());
  }
  IssuedTicket ticket;
  ticket.id = TicketId("ticket-" + found->second);
  ticket.number = found->second;
  ticket.token = "TOKEN" + found->second;
  ticket.url = "http://127.0.0.1:8080/t/" + ticket.token;
  ticket.office = OfficeId("kokurakita");
  ticket.office_name = "小倉北区役所";
  ticket.section = "1階 市民課";
  ticket.group = GroupId("A");
  ticket.service = ServiceId("move_in");
  ticket.service_name_ja = "転入届";
  ticket.service_name = "転入届";
  ticket.zone = "A";
  ticket.issued_at = now;
  ticket.locale = "ja";
  ticket.is_repeat = is_repeat;
  auto document = to_json(ticket);
  document.as_object().emplace("field_of_a_later_version", 1);
  return boost::json::serialize(document);
}

void FakeOffice::publish_board(int waiting_for_a) {
  Board board;
  board.epoch = "fake";
  board.seq = ++frames_;
  board.office = OfficeId("kokurakita");
  board.as_of = now;
  board.is_open = true;
  BoardGroup group;
  group.group = GroupId("A");
  group.waiting = waiting_for_a;
  board.waiting.push_back(group);
  board.answered_calls = answered_calls_;
  board.dropped_calls = dropped_calls_;
  hub_.publish(kBoardTopic, write_json(board));
}

World::World() {
  printer::emulator::ServerOptions options;
  options.device.slow_mm_per_s = 1;
  printer = std::make_unique<printer::emulator::Server>(outside.get_executor(), options);
  office = std::make_unique<FakeOffice>(outside);
  pace.link.retry_every = std::chrono::milliseconds(20);
  pace.prints.poll_every = std::chrono::milliseconds(20);
  pace.prints.retry_after = std::chrono::milliseconds(0);
  pace.desk.between_tries = std::chrono::milliseconds(1);
  pace.desk.ask_again_every = std::chrono::milliseconds(20);
  pace.bell.try_again_every = std::chrono::milliseconds(1);
  pace.reporter.try_again_every = std::chrono::milliseconds(1);
}

World::~World() { pull_plug(); }

void World::turn_on() {
  Config config;
  config.office = "kokurakita";
  config.data = folder.path();
  config.port = 0;
  config.server = office ? office->url() : "http://127.0.0.1:1";
  config.device_key = "key-1";
  config.printer = "tcp:127.0.0.1:" + std::to_string(printer->port());
  config.web = folder.path();
  inside_ = std::make_unique<asio::io_context>(1);
  kiosk_ = std::make_unique<Program>(*inside_, config, pace);
  kiosk_->start();
}

void World::turn_on_and_wait() {
  turn_on();
  until([this] { return kiosk().screen().server_up && kiosk().screen().can_print; },
        "the kiosk to be ready");
}

void World::stop_office() {
  bool is_done = false;
  office->stop([&] { is_done = true; });
  until([&] { return is_done; }, "the office server to stop");
  office.reset();
}

void World::restart_office() {
  const auto port = office->port();
  stop_office();
  office = std::make_unique<FakeOffice>(outside, port);
}

void World::pull_plug() {
  kiosk_.reset();
  inside_.reset();
}

bool World::turn() {
  const auto done = outside.poll() + (inside_ ? inside_->poll() : 0);
  return done > 0;
}

void World::until(const std::function<bool()>& condition, const char* what) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error(std::string("waited in vain for ") + what);
    if (!turn() && inside_) inside_->run_one_for(std::chrono::milliseconds(1));
  }
}

template <class T>
T World::run(asio::awaitable<T> work) {
  std::optional<T> result;
  asio::co_spawn(*inside_, std::move(work), [&](std::exception_ptr error, T value) {
    if (error) std::rethrow_exception(error);
    result.emplace(std::move(value));
  });
  until([&] { return result.has_value(); }, "an answer of the kiosk");
  return std::move(*result);
}

Result<TicketAnswer> World::walk_in(const std::string& press,
                                    std::optional<ReservationKey> gives_up) {
  return run(kiosk().desk().walk_in({"move_in", "ja", std::move(gives_up)}, press));
}

Result<TicketAnswer> World::check_in(CheckIn asked, const std::string& press) {
  return run(kiosk().desk().check_in(std::move(asked), press));
}

void World::answer_print(const std::string& message_id, bool came_out) {
  ASSERT_TRUE(run(kiosk().desk().answer_print({message_id, came_out})).has_value());
}

std::string World::call_stage() {
  const auto stage = kiosk().screen().staff_call;
  return stage ? boost::describe::enum_to_string(*stage, "?") : "";
}

PaperState World::paper_of(const std::string& message_id) {
  for (const auto& paper : kiosk().screen().papers) {
    if (paper.message_id == message_id) return paper.state;
  }
  throw std::runtime_error("the screen knows no paper of " + message_id);
}

void World::set_paper_out(bool is_out) { set_fault(&printer::emulator::Faults::paper_out, is_out); }

void World::set_fault(bool printer::emulator::Faults::* fault, bool is_so) {
  auto faults = printer->faults();
  faults.*fault = is_so;
  printer->set_faults(faults);
}

std::vector<std::string> World::rows(std::string_view sql) {
  db::Options options;
  options.file = folder.path() / "kiosk.sqlite3";
  options.migration_sets = {"common", "kiosk"};
  db::Database database(std::move(options));
  return database
      .read_blocking<std::vector<std::string>>(
          [sql](db::Transaction& tx) -> Result<std::vector<std::string>> {
            std::vector<std::string> out;
            tx.each(sql, [&](const db::Row& row) { out.push_back(row.text(0)); });
            return out;
          })
      .value();
}

void World::tamper(std::string_view sql) {
  db::Options options;
  options.file = folder.path() / "kiosk.sqlite3";
  options.migration_sets = {"common", "kiosk"};
  db::Database database(std::move(options));
  const auto done = database.write_blocking<bool>([sql](db::Transaction& tx) -> Result<bool> {
    tx.run(sql);
    return true;
  });
  ASSERT_TRUE(done.has_value());
}

template Result<OpenWork> World::run(asio::awaitable<Result<OpenWork>>);
template Result<TicketAnswer> World::run(asio::awaitable<Result<TicketAnswer>>);
template Result<bool> World::run(asio::awaitable<Result<bool>>);

}  // namespace matanai::kiosk::testing
