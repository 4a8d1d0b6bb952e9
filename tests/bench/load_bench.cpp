// The floor and booking under load over HTTP: 32 clients pull tickets and 32 clerks call them, in
// rounds with at most 300 waiting; then 200 connections book free times. Exact counts are checked.
// Prints JSON lines. usage: bench_load FOLDER   (a disk, not a memory file system; matanai-server
// lies beside this program)
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "tests/bench/load_client.hpp"

namespace matanai::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr int kRounds = 16;
// One series a round by turns, each below 999.
struct Series {
  char letter;
  const char* service;
};
constexpr Series kSeries[] = {
    {'A', "move_in"}, {'C', "koseki_cert"}, {'M', "mn_receive"}, {'Y', "nhi_join"}};
constexpr int kTicketsPerClient = 9;
constexpr double kRateBar = 50 * 91;
constexpr std::size_t kBookings = 2000;
constexpr int kBookingConnections = 200;
// One of each group: they do not share places.
constexpr const char* kServices[] = {"move_in", "koseki_cert", "mn_receive",
                                     "birth",   "nhi_join",    "child"};

// Two offices, since one has 24 windows.
struct Office {
  const char* name;
  int clients;  // as many as clerks
  std::set<std::string> issued{}, called{};
  int issued_count = 0, called_count = 0;
};

struct Phase {
  double seconds = 0;
  double server_cpu = 0;
  double client_cpu = 0;
  int done = 0;
  std::vector<double> milliseconds{};

  double rate() const { return done / seconds; }
  double p99() {
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds.empty() ? 0 : milliseconds[milliseconds.size() * 99 / 100];
  }
  std::string load() const {
    char text[96];
    std::snprintf(text, sizeof text, "server used %.2f cores, this client %.2f",
                  server_cpu / seconds, client_cpu / seconds);
    return text;
  }
};

class Load {
 public:
  explicit Load(const std::filesystem::path& folder)
      : server_(std::filesystem::canonical("/proc/self/exe").parent_path() / "matanai-server",
                folder / "server") {}

  void floor();
  void booking();

 private:
  struct Free {
    std::string body;
  };
  using Work = std::function<asio::awaitable<void>(Connection&)>;

  Connection& connection(std::size_t index) {
    while (connections_.size() <= index)
      connections_.push_back(std::make_unique<Connection>(context_, server_.port()));
    return *connections_[index];
  }
  void start(asio::awaitable<void> work) {
    asio::co_spawn(context_, std::move(work), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
  }
  // Runs what was started and adds what it took.
  void run(Phase& phase) {
    const double server = server_.cpu_seconds(), client = ServerProcess::own_cpu_seconds();
    const auto begin = Clock::now();
    context_.restart();
    context_.run();
    phase.seconds += Seconds(Clock::now() - begin).count();
    phase.server_cpu += server_.cpu_seconds() - server;
    phase.client_cpu += ServerProcess::own_cpu_seconds() - client;
  }

  asio::awaitable<void> sign_in();
  asio::awaitable<void> open_window(Connection& connection, std::string target);
  asio::awaitable<void> pull(Connection& connection, Office& office, std::string target,
                             std::string fields, const char* service, Phase& phase);
  asio::awaitable<void> call(Connection& connection, Office& office, std::string target,
                             Phase& phase);
  asio::awaitable<void> start_serving(Connection& connection, std::string target, Phase& phase);
  asio::awaitable<void> find_free(std::vector<std::string>& holds);
  asio::awaitable<void> book(Connection& connection, std::vector<std::string>& holds, Phase& phase);
  std::string windows(const Office& office, int index) const {
    return "/api/v1/offices/" + std::string(office.name) + "/windows/" + std::to_string(index + 1) +
           "/commands";
  }
  void for_each_client(const std::function<void(Connection&, Office&, int)>& what);

  ServerProcess server_;
  asio::io_context context_{1};
  std::vector<std::unique_ptr<Connection>> connections_{};
  std::vector<Office> offices_{{"kokurakita", 24}, {"yahatanishi", 8}};
  std::string cookie_;
  int message_ = 0;
};

void must(bool is_so, const std::string& what) {
  if (!is_so) throw std::runtime_error(what);
}

asio::awaitable<void> Load::sign_in() {
  const std::string first = server_.first_password("kanri");
  const std::string body = R"({"name":"kanri","password":")" + first + R"("})";
  const auto reply = co_await connection(0).post("/api/v1/staff/session", "", body);
  must(reply.status == 200, "sign-in failed");
  const auto at = reply.head.find("matanai_session=");
  must(at != std::string_view::npos, "no session");
  cookie_ = "Cookie: " + std::string(reply.head.substr(at, reply.head.find(';', at) - at)) + "\r\n";
  const std::string change =
      R"({"old_password":")" + first + R"(","new_password":"correct horse battery 7"})";
  const auto changed = co_await connection(0).post("/api/v1/staff/password", cookie_, change);
  must(changed.status == 204, "the first password was not changed");
}

asio::awaitable<void> Load::open_window(Connection& connection, std::string target) {
  const auto reply =
      co_await connection.post(target, cookie_, R"({"command":"open","groups":["A","C","M","Y"]})");
  must(reply.status == 200, "a window did not open");
}

asio::awaitable<void> Load::pull(Connection& connection, Office& office, std::string target,
                                 std::string fields, const char* service, Phase& phase) {
  for (int i = 0; i < kTicketsPerClient; ++i) {
    const std::string body = R"({"issuer":"bench","service":")" + std::string(service) +
                             R"(","message_id":"m-)" + std::to_string(++message_) + R"("})";
    const auto begin = Clock::now();
    const auto reply = co_await connection.post(target, fields, body);
    phase.milliseconds.push_back(1000 * Seconds(Clock::now() - begin).count());
    must(reply.status == 201, "a ticket was refused: " + std::string(reply.body));
    office.issued.emplace(text_of(reply.body, "number"));
    ++office.issued_count;
    ++phase.done;
  }
}

asio::awaitable<void> Load::call(Connection& connection, Office& office, std::string target,
                                 Phase& phase) {
  const auto begin = Clock::now();
  const auto reply = co_await connection.post(target, cookie_, R"({"command":"next"})");
  phase.milliseconds.push_back(1000 * Seconds(Clock::now() - begin).count());
  if (reply.status == 409 && text_of(reply.body, "code") == "nobody_waiting") co_return;
  must(reply.status == 200, "next was refused: " + std::string(reply.body));
  const auto ticket = reply.body.find(R"("ticket":{)");
  if (ticket == std::string_view::npos) co_return;  // the last one was finished, nobody came
  office.called.emplace(text_of(reply.body.substr(ticket), "number"));
  ++office.called_count;
  ++phase.done;
}

asio::awaitable<void> Load::start_serving(Connection& connection, std::string target,
                                          Phase& phase) {
  const auto reply = co_await connection.post(target, cookie_, R"({"command":"start"})");
  must(reply.status == 200, "start was refused: " + std::string(reply.body));
  ++phase.done;
}

void Load::for_each_client(const std::function<void(Connection&, Office&, int)>& what) {
  std::size_t next = 0;
  for (auto& office : offices_) {
    for (int i = 0; i < office.clients; ++i) what(connection(next++), office, i);
  }
}

void Load::floor() {
  Phase setup, tickets, calls, starts;
  start(sign_in());
  run(setup);
  for_each_client([&](Connection& connection, Office& office, int i) {
    start(open_window(connection, windows(office, i)));
  });
  run(setup);
  for (int round = 0; round < kRounds; ++round) {
    for_each_client([&](Connection& connection, Office& office, int) {
      const std::string name = office.name;
      const auto key = server_.device_key(name + "-kiosk-1");
      start(pull(connection, office, "/api/v1/offices/" + name + "/tickets",
                 "Authorization: Device " + key + "\r\n", kSeries[round % 4].service, tickets));
    });
    run(tickets);
    // As many as pulled: every press calls somebody.
    for (int person = 0; person < kTicketsPerClient; ++person) {
      for_each_client([&](Connection& connection, Office& office, int i) {
        start(call(connection, office, windows(office, i), calls));
      });
      run(calls);
      for_each_client([&](Connection& connection, Office& office, int i) {
        start(start_serving(connection, windows(office, i), starts));
      });
      run(starts);
    }
  }
  int duplicates = 0, gaps = 0, twice = 0, skipped = 0;
  for (const auto& office : offices_) {
    duplicates += office.issued_count - static_cast<int>(office.issued.size());
    twice += office.called_count - static_cast<int>(office.called.size());
    for (const auto& series : kSeries) {
      for (int number = 1; number <= office.issued_count / 4; ++number) {
        char text[16];
        std::snprintf(text, sizeof text, "%c%03d", series.letter, number);
        gaps += office.issued.contains(text) ? 0 : 1;
        skipped += office.called.contains(text) ? 0 : 1;
      }
    }
  }
  const Bar none{0, Bar::most};
  const std::string how = "32 connections, at most 288 waiting";
  print("floor_duplicate_numbers", duplicates, "tickets", none, how);
  print("floor_number_gaps", gaps, "tickets", none, how);
  print("floor_tickets_per_second", tickets.rate(), "1/s", {kRateBar, Bar::least},
        "50 x 91/s; durable; " + tickets.load());
  print("floor_ticket_p99", tickets.p99(), "ms", "as a client waits, 32 at once");
  print("floor_called_twice", twice, "people", none, "32 clerks in two offices");
  print("floor_never_called", skipped, "people", none, "32 clerks in two offices");
  print("floor_calls_per_second", calls.rate(), "1/s", {kRateBar, Bar::least},
        "50 x 91/s; 32 press next at once, the one before is finished with it; durable; " +
            calls.load());
  print("floor_starts_per_second", starts.rate(), "1/s", "32 press start at once; durable");
  print("floor_next_p99", calls.p99(), "ms", "as a clerk waits, 32 at once");
}

// Bodies of holds, one per free place, in offices and groups by turns.
asio::awaitable<void> Load::find_free(std::vector<std::string>& holds) {
  for (const char* service : kServices) {
    for (const auto& office : offices_) {
      const std::string path =
          "/api/v1/offices/" + std::string(office.name) + "/services/" + service;
      const auto days =
          boost::json::parse((co_await connection(0).get(path + "/days?days=31")).body);
      if (!days.as_object().contains("days")) continue;
      for (const auto& day : days.at("days").as_array()) {
        if (day.at("state") != "many") continue;
        const std::string date(day.at("date").as_string());
        const auto reply = co_await connection(0).get(path + "/times?date=" + date);
        std::string_view last = "";
        const auto times = boost::json::parse(reply.body);
        for (const auto& time : times.at("times").as_array()) {
          if (std::string_view(time.at("start").as_string()) < last) continue;
          last = time.at("end").as_string();
          for (auto left = time.at("free").as_int64(); left > 0; --left) {
            boost::json::object body{{"office", office.name}, {"service", service}};
            body["date"] = date;
            body["time"] = time.at("time");
            holds.push_back(boost::json::serialize(body));
          }
        }
      }
    }
  }
}

asio::awaitable<void> Load::book(Connection& connection, std::vector<std::string>& holds,
                                 Phase& phase) {
  while (!holds.empty()) {
    const auto wanted = std::move(holds.back());
    holds.pop_back();
    const auto begin = Clock::now();
    const auto held = co_await connection.post("/api/v1/holds", "", wanted);
    must(held.status == 201, "a free time was refused: " + std::string(held.body));
    const std::string body =
        R"({"locale":"ja","hold":")" + std::string(text_of(held.body, "hold")) + R"("})";
    const auto booked = co_await connection.post("/api/v1/reservations", "", body);
    must(booked.status == 201, "a hold was refused: " + std::string(booked.body));
    phase.milliseconds.push_back(1000 * Seconds(Clock::now() - begin).count());
    ++phase.done;
  }
}

void Load::booking() {
  Phase setup, bookings;
  std::vector<std::string> holds;
  start(find_free(holds));
  run(setup);
  if (holds.size() > kBookings) holds.resize(kBookings);
  for (std::size_t i = 0; i < kBookingConnections; ++i) connection(i);
  for (std::size_t i = 0; i < kBookingConnections; ++i) start(book(connection(i), holds, bookings));
  run(bookings);
  print("booking_http_bookings", bookings.done, "bookings",
        "hold and book, every one a free place");
  print("booking_http_bookings_per_second", bookings.rate(), "1/s",
        "200 connections; two durable writes each; " + bookings.load());
  print("booking_http_booking_p99", bookings.p99(), "ms", "hold and book together, 200 at once");
}

}  // namespace
}  // namespace matanai::bench

int main(int count, char** values) {
  try {
    const std::filesystem::path folder =
        count > 1 ? values[1] : std::filesystem::temp_directory_path() / "matanai-bench-load";
    std::filesystem::create_directories(folder);
    matanai::bench::Load load(folder);
    load.floor();
    load.booking();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_load: %s\n", error.what());
    return 1;
  }
}
