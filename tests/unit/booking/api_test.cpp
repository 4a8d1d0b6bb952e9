#include "server/booking/api.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "booking_fixture.hpp"

namespace matanai::booking {
namespace {

using boost::json::value;

struct Answer {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  value json() const { return boost::json::parse(body); }
  std::string text(std::string_view pointer) const {
    return json().at_pointer(pointer).as_string().c_str();
  }
};

class Api : public BookingTest {
 protected:
  Api() {
    BookingServices services{*database_, directory_, clock_, key_};
    services.public_url = "https://example.jp";
    services.limit_rates = false;
    services.random = random_;
    services.on_change = on_change_;
    add_routes(router_, std::move(services));
  }

  Answer call(http::Request request) {
    boost::asio::io_context context;
    http::Response response;
    const auto keep = [&](std::exception_ptr error, http::Response got) {
      if (error) std::rethrow_exception(error);
      response = std::move(got);
    };
    boost::asio::co_spawn(context, asked_->handle(std::move(request)), keep);
    context.run();
    return {response.status, response.body ? *response.body : "", response.headers};
  }
  Answer get(const std::string& path, std::map<std::string, std::string, std::less<>> query = {}) {
    http::Request request;
    request.path = path;
    request.query = std::move(query);
    return call(std::move(request));
  }
  Answer post(const std::string& path, const std::string& body, const std::string& key = "",
              const std::string& address = "192.0.2.1") {
    http::Request request;
    request.method = http::Method::post;
    request.path = path;
    request.body = body;
    request.remote_address = address;
    request.headers["content-type"] = "application/json";
    if (!key.empty()) request.headers["idempotency-key"] = key;
    return call(std::move(request));
  }
  std::string hold_body(const std::string& time, const std::string& extra = "") {
    return R"({"office":"north","service":"short","date":"2026-11-24","time":")" + time + "\"" +
           extra + "}";
  }
  std::string next_key() { return "key-number-" + std::to_string(++keys_); }
  std::string held(const std::string& time) {
    return post("/api/v1/holds", hold_body(time), next_key()).text("/hold");
  }
  Answer book_held(const std::string& time, const std::string& contact = "{}") {
    const auto secret = held(time);
    return post("/api/v1/reservations",
                R"({"hold":")" + secret + R"(","locale":"ja","help":["writing"],"contact":)" +
                    contact + "}",
                next_key());
  }

  http::Router router_;
  http::Router* asked_ = &router_;
  int keys_ = 0;
};

TEST_F(Api, ShowsOfficesInTheReadersLanguage) {
  EXPECT_EQ(get("/api/v1/offices", {{"lang", "en"}}).text("/offices/0/name"), "north office en");
  const auto office = get("/api/v1/offices/north", {{"lang", "ja"}});
  EXPECT_EQ(office.text("/name"), "north office");
  EXPECT_EQ(office.text("/today/opens"), "08:30");
  EXPECT_EQ(office.text("/errands/0/services/0"), "long");
  EXPECT_EQ(get("/api/v1/offices/nowhere").text("/code"), "unknown_office");
}

TEST_F(Api, ShowsDaysAndTimes) {
  const auto days = get("/api/v1/offices/north/services/short/days", {{"days", "2"}});
  ASSERT_EQ(days.status, 200) << days.body;
  EXPECT_EQ(days.text("/days/0/state"), "many");
  EXPECT_EQ(days.text("/soonest/0/time"), "09:00");
  EXPECT_EQ(days.text("/bookable_until"), "2026-12-24");
  const auto times = get("/api/v1/offices/north/services/short/times", {{"date", "2026-11-24"}});
  EXPECT_EQ(times.json().at_pointer("/times").as_array().size(), 27U)
      << "9:00–11:45 and 13:00–16:30";
  const auto holiday = get("/api/v1/offices/north/services/short/times", {{"date", "2026-12-29"}});
  EXPECT_EQ(holiday.text("/code"), "beyond_horizon");
}

TEST_F(Api, NamesWrongQueryValues) {
  const std::string days = "/api/v1/offices/north/services/short/days";
  for (const auto* count : {"0", "63", "-1", "x", "1.5", "99999999999"})
    EXPECT_EQ(get(days, {{"days", count}}).text("/code"), "invalid_fields") << count;
  for (const auto* from : {"2026-13-01", "2026-11-31", "yesterday", "0001-01-01", "9999-12-31"}) {
    EXPECT_EQ(get(days, {{"from", from}}).text("/fields/0/pointer"), "from") << from;
  }
  EXPECT_EQ(get("/api/v1/offices/north/services/short/times").text("/fields/0/code"), "missing");
}

TEST_F(Api, BooksShowsAndCancels) {
  const auto booked = book_held("10:00", R"({"phone":"０９０-７７７１-２３４５"})");
  ASSERT_EQ(booked.status, 201) << booked.body;
  EXPECT_EQ(booked.text("/state"), "booked");
  EXPECT_EQ(booked.text("/contact"), "090-****-2345");
  EXPECT_EQ(booked.text("/start"), "2026-11-24T01:00:00.000Z");
  const auto shown =
      post("/api/v1/reservations/show", R"({"secret":")" + booked.text("/secret") + "\"}");
  EXPECT_EQ(shown.body, booked.body);
  const auto by_code = R"({"code":")" + booked.text("/code") + R"(","contact":"+81 90 7771 2345"})";
  EXPECT_EQ(post("/api/v1/reservations/show", by_code).body, booked.body);
  const auto cancelled = post("/api/v1/reservations/cancel", by_code, next_key());
  EXPECT_EQ(cancelled.text("/state"), "cancelled");
  EXPECT_EQ(post("/api/v1/reservations/cancel", by_code, next_key()).status, 200);
}

TEST_F(Api, ARepeatedHoldIsOneHoldWithTheSameAnswer) {
  const auto first = post("/api/v1/holds", hold_body("10:00"), "the-same-key");
  clock_.advance(Minutes(1));
  const auto second = post("/api/v1/holds", hold_body("10:00"), "the-same-key");
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(post("/api/v1/holds", hold_body("10:00"), next_key()).text("/code"), "slot_full")
      << "one place, one hold";
  EXPECT_EQ(post("/api/v1/holds", hold_body("11:00"), "the-same-key").text("/code"),
            "idempotency_key_reused");
}

TEST_F(Api, TheSameKeyTwiceAtOnceIsOneRow) {
  directory_ = directory::Directory(tiny::tables(5));
  boost::asio::io_context context;
  std::vector<std::string> bodies;
  for (int i = 0; i < 2; ++i) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/api/v1/holds";
    request.body = hold_body("10:00");
    request.headers["content-type"] = "application/json";
    request.headers["idempotency-key"] = "twice-at-once";
    boost::asio::co_spawn(
        context, router_.handle(std::move(request)),
        [&](std::exception_ptr, http::Response got) { bodies.push_back(*got.body); });
  }
  context.run();
  ASSERT_EQ(bodies.size(), 2U);
  EXPECT_EQ(bodies[0], bodies[1]);
  EXPECT_EQ(free_at("10:00"), 4);
}

TEST_F(Api, ARepeatedBookingIsAnsweredTheSame) {
  const auto secret = held("10:00");
  const auto body = R"({"hold":")" + secret + R"(","locale":"en"})";
  const auto first = post("/api/v1/reservations", body, "booking-key");
  ASSERT_EQ(first.status, 201);
  const auto cancelled = post("/api/v1/reservations/cancel",
                              R"({"secret":")" + first.text("/secret") + "\"}", next_key());
  ASSERT_EQ(cancelled.status, 200);
  EXPECT_EQ(post("/api/v1/reservations", body, "booking-key").body, first.body);
  EXPECT_EQ(changes_.size(), 2U);
}

TEST_F(Api, AFullSlotNamesTheThreeNearest) {
  held("10:00");
  const auto full = post("/api/v1/holds", hold_body("10:00"), next_key());
  ASSERT_EQ(full.status, 409);
  EXPECT_EQ(full.text("/values/nearest1"), "2026-11-24T09:45");
  EXPECT_EQ(full.text("/values/nearest2"), "2026-11-24T10:15");
  EXPECT_EQ(full.text("/values/nearest3"), "2026-11-24T09:30");
}

TEST_F(Api, ChangingCommandsNeedAKey) {
  for (const auto* path : {"/api/v1/holds", "/api/v1/holds/extend", "/api/v1/holds/release",
                           "/api/v1/reservations", "/api/v1/reservations/cancel"}) {
    EXPECT_EQ(post(path, "{}").text("/code"), "idempotency_key_missing") << path;
    EXPECT_EQ(post(path, "{}", "short").text("/code"), "invalid_fields") << path;
    EXPECT_EQ(post(path, "{}", std::string(201, 'k')).text("/code"), "invalid_fields") << path;
  }
}

TEST_F(Api, NamesWrongFields) {
  const auto code = [&](const std::string& body) {
    return post("/api/v1/holds", body, next_key()).text("/fields/0/pointer");
  };
  EXPECT_EQ(code(hold_body("25:00")), "/time");
  EXPECT_EQ(code(hold_body("10:00", R"(,"party":0)")), "/party");
  EXPECT_EQ(code(hold_body("10:00", R"(,"party":"2")")), "/party");
  EXPECT_EQ(code(hold_body("10:00", R"(,"name":"x")")), "/name");
  EXPECT_EQ(code(R"({"office":1})"), "/office");
  const auto contact = book_held("10:00", R"({"phone":"110","mail":"nobody"})");
  EXPECT_EQ(contact.text("/fields/0/pointer"), "/contact/phone");
  EXPECT_EQ(contact.text("/fields/1/pointer"), "/contact/mail");
  EXPECT_EQ(post("/api/v1/reservations", R"({"hold":"x","locale":"fr"})", next_key())
                .text("/fields/0/pointer"),
            "/locale");
  EXPECT_EQ(post("/api/v1/reservations", R"({"hold":"x","locale":"ja"})", next_key()).text("/code"),
            "hold_not_found");
}

TEST_F(Api, HoldsAreExtendedAndReleasedByTheirSecret) {
  const auto secret = held("10:00");
  clock_.advance(Minutes(5));
  const auto extended = post("/api/v1/holds/extend", R"({"hold":")" + secret + "\"}", next_key());
  EXPECT_EQ(extended.text("/expires_at"), to_wire(clock_.now() + Minutes(10)));
  EXPECT_EQ(post("/api/v1/holds/release", R"({"hold":")" + secret + "\"}", next_key()).status, 204);
  EXPECT_EQ(post("/api/v1/holds/release", R"({"hold":")" + secret + "\"}", next_key()).status, 204);
  EXPECT_EQ(free_at("10:00"), 1);
  EXPECT_EQ(post("/api/v1/holds/release", R"({"hold":"forged"})", next_key()).status, 404);
}

TEST_F(Api, FailedTriesAreCommittedThoughRefused) {
  const auto booked = book_held("10:00", R"({"phone":"09077712345"})");
  const auto wrong = R"({"code":")" + booked.text("/code") + R"(","contact":"09000000000"})";
  for (int i = 0; i < 5; ++i) EXPECT_EQ(post("/api/v1/reservations/show", wrong).status, 404) << i;
  const auto blocked = post("/api/v1/reservations/cancel", wrong, next_key());
  EXPECT_EQ(blocked.status, 429);
  EXPECT_EQ(blocked.text("/values/until"), "07:15");
}

TEST_F(Api, TheCalendarFileIsText) {
  const auto booked = book_held("10:00");
  const auto file =
      post("/api/v1/reservations/calendar", R"({"secret":")" + booked.text("/secret") + "\"}");
  EXPECT_EQ(file.status, 200);
  EXPECT_TRUE(file.body.starts_with("BEGIN:VCALENDAR\r\n"));
  EXPECT_EQ(file.body.find(booked.text("/secret")), std::string::npos);
  EXPECT_EQ(file.headers.at(0).second, "text/calendar; charset=utf-8");
}

TEST_F(Api, HoldsOfOneNetworkAreLimited) {
  http::Router limited;
  BookingServices services{*database_, directory_, clock_, key_};
  add_routes(limited, std::move(services));
  int refused = 0;
  boost::asio::io_context context;
  for (int i = 0; i < 130; ++i) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/api/v1/holds";
    request.remote_address = "192.0.2." + std::to_string(i);
    request.headers["idempotency-key"] = "key-of-attempt-" + std::to_string(i);
    boost::asio::co_spawn(
        context, limited.handle(std::move(request)),
        [&](std::exception_ptr, http::Response got) { refused += got.status == 429 ? 1 : 0; });
  }
  context.run();
  EXPECT_EQ(refused, 10);
}

TEST_F(Api, OpenHoldsOfOneNetworkAreAShareOfTheDay) {
  http::Router limited;
  add_routes(limited, BookingServices{*database_, directory_, clock_, key_});
  asked_ = &limited;
  for (const auto* time : {"09:00", "09:15", "09:30", "09:45", "10:00", "10:15"})
    EXPECT_EQ(post("/api/v1/holds", hold_body(time), next_key()).status, 201) << time;
  const auto refused = post("/api/v1/holds", hold_body("10:30"), next_key(), "192.0.2.200");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.text("/code"), "too_many_requests");
  EXPECT_EQ(post("/api/v1/holds", hold_body("10:30"), next_key(), "192.0.3.1").status, 201);
}

}  // namespace
}  // namespace matanai::booking
