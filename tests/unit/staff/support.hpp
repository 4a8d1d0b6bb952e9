// A database in a folder of its own, a clock moved by hand, and the staff endpoints behind a router
// without a network.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "server/db/database.hpp"
#include "server/staff/accounts.hpp"
#include "server/staff/api.hpp"
#include "server/staff/password.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::staff {

inline constexpr std::string_view kKioskKey = "kiosk-key-0123456789abcdef";
inline constexpr std::string_view kHallKey = "hall-key-0123456789abcdefg";

using tests::Folder;

class StaffTest : public testing::Test {
 protected:
  explicit StaffTest(std::string_view public_url = "http://127.0.0.1:8080")
      : database_({folder_.file(), {"common", "city", "office"}}),
        services_(database_, clock_, public_url,
                  FirstPasswords(folder_.path() / "first-password.txt")) {
    auto first = make_first_staff({{OfficeId("kokurakita"), "小倉北区役所"}});
    services_.first_passwords.write(first.passwords);
    password_ = first.passwords[0].password;
    clerk_password_ = first.passwords[1].password;
    write<bool>([first, now = clock_.now()](db::Transaction& tx) -> Result<bool> {
      const OfficeId office("kokurakita");
      store_devices(tx,
                    {{DeviceId("kokurakita-kiosk-1"), office, "kiosk", std::string(kKioskKey)},
                     {DeviceId("kokurakita-hall-1"), office, "hall", std::string(kHallKey)}},
                    now);
      insert_first_staff(tx, first.accounts, now);
      return true;
    });
    add_routes(router_, services_);
    const auto answer = [](http::Request request) { return answer_kind(std::move(request)); };
    router_.add(http::Method::get, "/who", http::Access::staff_or_device, answer);
    router_.add(http::Method::get, "/work", http::Access::staff, answer);
    router_.set_authenticator(&services_.authenticator);
  }

  template <class T>
  T write(std::function<Result<T>(db::Transaction&)> work) {
    return database_.write_blocking<T>(std::move(work)).value();
  }

  static http::Request request(http::Method method, std::string path, std::string body = "") {
    http::Request out;
    out.method = method;
    out.path = std::move(path);
    out.body = std::move(body);
    out.id = "r1";
    out.remote_address = "192.0.2.7";
    out.headers["content-type"] = "application/json";
    return out;
  }
  http::Response send(http::Request request) {
    http::Response response;
    context_.restart();
    boost::asio::co_spawn(context_, router_.handle(std::move(request)),
                          [&](std::exception_ptr error, http::Response out) {
                            if (error) std::rethrow_exception(error);
                            response = std::move(out);
                          });
    context_.run();
    return response;
  }
  http::Response sign_in(const std::string& name, const std::string& password) {
    return send(request(http::Method::post, "/api/v1/staff/session",
                        R"({"name":")" + name + R"(","password":")" + password + R"("})"));
  }
  using Cookie = std::pair<std::string, std::string>;
  http::Response change(const Cookie& cookie, const std::string& from, const std::string& to) {
    auto ask = request(http::Method::post, "/api/v1/staff/password",
                       R"({"old_password":")" + from + R"(","new_password":")" + to + R"("})");
    ask.cookies.insert(cookie);
    return send(std::move(ask));
  }
  // kanri, with a password of their own.
  static constexpr const char* kOwn = "correct horse battery";
  void settle() {
    ASSERT_EQ(change(cookie_of(sign_in("kanri", password_)), password_, kOwn).status, 204);
    password_ = kOwn;
  }
  // The cookie pair of Set-Cookie.
  static Cookie cookie_of(const http::Response& response) {
    const std::string text(response.header("Set-Cookie"));
    const auto equals = text.find('=');
    return {text.substr(0, equals), text.substr(equals + 1, text.find(';') - equals - 1)};
  }
  http::Response who(const Cookie& cookie) { return get("/who", cookie); }
  http::Response get(const std::string& path, const Cookie& cookie) {
    auto ask = request(http::Method::get, path);
    ask.cookies.insert(cookie);
    return send(std::move(ask));
  }
  static std::string text(const http::Response& response) {
    return response.body ? *response.body : "";
  }
  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::set<std::string> ended_of(std::set<std::string> sessions) {
    std::set<std::string> ended;
    context_.restart();
    boost::asio::co_spawn(context_, services_.authenticator.ended_of(std::move(sessions)),
                          [&](std::exception_ptr error, Result<std::set<std::string>> out) {
                            if (error) std::rethrow_exception(error);
                            ended = out.value();
                          });
    context_.run();
    return ended;
  }
  std::int64_t count(std::string_view sql) {
    return database_
        .read_blocking<std::int64_t>([sql](db::Transaction& tx) -> Result<std::int64_t> {
          return *tx.first(sql, [](const db::Row& row) { return row.integer(0); });
        })
        .value();
  }

  Folder folder_;
  ManualClock clock_{from_millis(1'795'000'000'000)};
  boost::asio::io_context context_{1};
  db::Database database_;
  Services services_;
  http::Router router_;
  std::string password_;  // kanri's
  std::string clerk_password_;

 private:
  static boost::asio::awaitable<http::Response> answer_kind(http::Request request) {
    const auto& identity = request.identity;
    co_return http::Response::json("\"" + identity.id + " " + identity.office + " " +
                                   identity.role + "\"");
  }
};

}  // namespace matanai::staff
