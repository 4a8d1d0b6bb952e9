#include "server/staff/api.hpp"

#include <algorithm>
#include <vector>

#include "server/db/server_key.hpp"
#include "tests/unit/staff/support.hpp"

namespace matanai::staff {
namespace {

using http::Method;
using std::chrono::minutes;

class SignIn : public StaffTest {};
class SecureSignIn : public StaffTest {
 protected:
  SecureSignIn() : StaffTest("https://matanai.example") {}
};
class DeviceKeys : public StaffTest {};
class FirstStaff : public StaffTest {};

TEST_F(SignIn, GivesASession) {
  const auto response = sign_in("kokurakita", clerk_password_);
  ASSERT_EQ(response.status, 200) << text(response);
  const auto message = read_json<boost::json::value>(text(response)).value().as_object();
  EXPECT_EQ(message.at("name"), "kokurakita");
  EXPECT_EQ(message.at("office"), "kokurakita");
  EXPECT_EQ(message.at("must_change_password"), true);
  const auto cookie = cookie_of(response);
  EXPECT_EQ(cookie.first, "matanai_session");
  EXPECT_EQ(who(cookie).status, 403);
  EXPECT_EQ(change(cookie, clerk_password_, kOwn).status, 204);
  EXPECT_EQ(text(who(cookie)), "\"kokurakita kokurakita clerk\"");
  EXPECT_EQ(count("SELECT count(*) FROM staff_session"), 1);
}

TEST_F(SignIn, KeepsOnlyTheHashOfTheToken) {
  const auto cookie = cookie_of(sign_in("kanri", password_));
  EXPECT_EQ(count("SELECT count(*) FROM staff_session"), 1);
  const auto stored =
      database_
          .read_blocking<std::string>([](db::Transaction& tx) -> Result<std::string> {
            return *tx.first("SELECT token_hash FROM staff_session",
                             [](const db::Row& row) { return row.text(0); });
          })
          .value();
  EXPECT_EQ(stored, db::hash_secret(cookie.second));
}

TEST_F(SignIn, AdministratorBelongsToEveryOffice) {
  settle();
  const auto response = sign_in(" Ｋａｎｒｉ", password_);
  EXPECT_EQ(text(response).find("office"), std::string::npos) << text(response);
  EXPECT_EQ(text(who(cookie_of(response))), "\"kanri  admin\"");
}

TEST_F(SignIn, WrongPasswordAndUnknownNameGetTheSameAnswerAndWork) {
  const auto before = services_.desk.hashes();
  const auto wrong = sign_in("kanri", "something else");
  const auto after_wrong = services_.desk.hashes();
  const auto unknown = sign_in("nobody", "something else");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.status, unknown.status);
  EXPECT_EQ(text(wrong), text(unknown));
  EXPECT_EQ(wrong.headers, unknown.headers);
  EXPECT_EQ(after_wrong - before, 1U);
  EXPECT_EQ(services_.desk.hashes() - after_wrong, 1U);
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit WHERE what = 'sign_in_failed'"), 1);
}

TEST_F(SignIn, FifthFailureIsTheLastFor15Minutes) {
  for (int index = 0; index < 5; ++index) EXPECT_EQ(sign_in("kanri", "something else").status, 401);
  EXPECT_EQ(sign_in("kanri", password_).status, 429);
  EXPECT_EQ(sign_in("nobody", "x").status, 401);
  clock_.advance(minutes(15));
  EXPECT_EQ(sign_in("kanri", password_).status, 200);
  EXPECT_EQ(sign_in("kanri", password_).status, 200);
}

TEST_F(SignIn, OneNetworkDoesNotLockOutAnother) {
  for (int index = 0; index < 5; ++index) sign_in("kanri", "something else");
  auto elsewhere = request(Method::post, "/api/v1/staff/session",
                           R"({"name":"kanri","password":")" + password_ + R"("})");
  elsewhere.remote_address = "198.51.100.1";
  EXPECT_EQ(send(std::move(elsewhere)).status, 200);
}

TEST_F(SignIn, BadInputIsNamed) {
  EXPECT_EQ(send(request(Method::post, "/api/v1/staff/session", "{")).status, 400);
  EXPECT_EQ(send(request(Method::post, "/api/v1/staff/session", R"({"name":"kanri"})")).status,
            422);
  EXPECT_EQ(sign_in(std::string(65, 'n'), "x").status, 422);
  EXPECT_EQ(sign_in("kanri", std::string(257, 'p')).status, 422);
  EXPECT_EQ(sign_in("", "").status, 401);
}

TEST_F(SignIn, ManyHashesPerAddressWaitButNotAllPlacesAreOneAddresss) {
  std::map<std::string, int> outcomes;
  const auto start = [&](const std::string& address) {  // all start before any can end
    boost::asio::co_spawn(context_, services_.desk.check(address, "x", std::nullopt),
                          [&outcomes, address](std::exception_ptr, Result<bool> result) {
                            ++outcomes[address + (result.has_value() ? " checked" : " refused")];
                          });
  };
  for (int i = 0; i < 34; ++i) start("a");
  start("b");
  context_.run();
  EXPECT_EQ(outcomes,
            (std::map<std::string, int>{{"a checked", 32}, {"a refused", 2}, {"b checked", 1}}));
  EXPECT_EQ(sign_in("kanri", password_).status, 200);  // and all places were given back
}

TEST_F(SignIn, ATryThatTheDeskRefusesIsNoTry) {
  for (int i = 0; i < 32; ++i)
    boost::asio::co_spawn(context_, services_.desk.check("192.0.2.7", "x", std::nullopt),
                          [](std::exception_ptr, Result<bool>) {});
  std::vector<int> statuses;
  for (int i = 0; i < 5; ++i) {
    auto ask = request(Method::post, "/api/v1/staff/session",
                       R"({"name":"kanri","password":")" + password_ + R"("})");
    boost::asio::co_spawn(
        context_, router_.handle(std::move(ask)),
        [&](std::exception_ptr, http::Response out) { statuses.push_back(out.status); });
  }
  context_.run();
  EXPECT_EQ(statuses, (std::vector<int>(5, 429)));
  EXPECT_EQ(sign_in("kanri", password_).status, 200);
}

TEST_F(SignIn, SessionEndsWhenIdleForAnHour) {
  settle();
  const auto cookie = cookie_of(sign_in("kanri", password_));
  clock_.advance(minutes(60) - Millis(1));
  EXPECT_EQ(who(cookie).status, 200);  // and starts the hour again
  clock_.advance(minutes(60) - Millis(1));
  EXPECT_EQ(who(cookie).status, 200);
  clock_.advance(minutes(60));
  EXPECT_EQ(who(cookie).status, 401);
}

TEST_F(SignIn, EvenARequestThatIsNotStoredCounts) {
  settle();
  const auto cookie = cookie_of(sign_in("kanri", password_));
  clock_.advance(std::chrono::seconds(59));
  EXPECT_EQ(who(cookie).status, 200);
  clock_.advance(minutes(60) - Millis(1));
  EXPECT_EQ(who(cookie).status, 200);
}

TEST_F(SignIn, SessionEndsAfterTenHours) {
  settle();
  const auto cookie = cookie_of(sign_in("kanri", password_));
  for (int step = 0; step < 19; ++step) {
    clock_.advance(minutes(30));
    ASSERT_EQ(who(cookie).status, 200) << step;
  }
  clock_.advance(minutes(30) - Millis(1));
  EXPECT_EQ(who(cookie).status, 200);
  clock_.advance(Millis(1));
  EXPECT_EQ(who(cookie).status, 401);
}

TEST_F(SignIn, IdleTimeOutlivesARestart) {
  settle();
  const auto cookie = cookie_of(sign_in("kanri", password_));
  clock_.advance(minutes(50));
  EXPECT_EQ(who(cookie).status, 200);
  clock_.advance(minutes(50));
  StaffAuthenticator fresh(database_, clock_, Cookies("http://127.0.0.1"));
  router_.set_authenticator(&fresh);
  EXPECT_EQ(who(cookie).status, 200);
}

TEST_F(SignIn, SignOutEndsTheSessionAtOnce) {
  settle();
  const auto cookie = cookie_of(sign_in("kanri", password_));
  EXPECT_EQ(who(cookie).status, 200);
  auto out = request(Method::del, "/api/v1/staff/session");
  out.cookies.insert(cookie);
  const auto response = send(std::move(out));
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.header("Set-Cookie"),
            "matanai_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
  EXPECT_EQ(who(cookie).status, 401);
  EXPECT_EQ(send(request(Method::del, "/api/v1/staff/session")).status, 204);
}

TEST_F(SignIn, WrongTokensAreNobody) {
  EXPECT_EQ(who({"matanai_session", "x"}).status, 401);
  EXPECT_EQ(who({"matanai_session", std::string(5000, 'x')}).status, 401);
  EXPECT_EQ(who({"__Host-matanai", cookie_of(sign_in("kanri", password_)).second}).status, 401);
  EXPECT_EQ(send(request(Method::get, "/api/v1/staff/session")).status, 401);
}

TEST_F(SignIn, ChangedPasswordEndsOtherSessions) {
  settle();
  const auto mine = cookie_of(sign_in("kanri", password_));
  const auto other = cookie_of(sign_in("kanri", password_));
  EXPECT_EQ(who(other).status, 200);
  EXPECT_EQ(change(mine, "not the old one", "horse battery staple").status, 401);
  EXPECT_EQ(change(mine, password_, "short").status, 422);
  EXPECT_EQ(change(mine, password_, password_).status, 422);
  EXPECT_EQ(change(mine, password_, "horse battery staple").status, 204);
  EXPECT_EQ(who(mine).status, 200);
  EXPECT_EQ(who(other).status, 401);
  EXPECT_EQ(sign_in("kanri", password_).status, 401);
  EXPECT_EQ(sign_in("kanri", "horse battery staple").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit WHERE what = 'password_changed'"), 2);
}

TEST_F(FirstStaff, MadeUpPasswordsOpenNothingButTheirChange) {
  const auto cookie = cookie_of(sign_in("kanri", password_));
  for (const std::string path : {"/work", "/who"}) {
    const auto refused = get(path, cookie);
    EXPECT_EQ(refused.status, 403) << path;
    EXPECT_NE(text(refused).find("password_change_required"), std::string::npos) << path;
  }
  EXPECT_EQ(get("/api/v1/staff/session", cookie).status, 200);
  EXPECT_EQ(change(cookie, password_, kOwn).status, 204);
  EXPECT_EQ(get("/work", cookie).status, 200);
}

TEST_F(FirstStaff, HaveEachAPasswordOfTheirOwn) {
  EXPECT_NE(password_, clerk_password_);
  EXPECT_EQ(sign_in("kanri", clerk_password_).status, 401);
  EXPECT_EQ(sign_in("kokurakita", clerk_password_).status, 200);
}

TEST_F(FirstStaff, LinesLeaveTheFileWithTheirPasswords) {
  const auto file = folder_.path() / "first-password.txt";
  EXPECT_EQ(read(file), "kanri " + password_ + "\nkokurakita " + clerk_password_ + "\n");
  EXPECT_EQ(change(cookie_of(sign_in("kanri", password_)), password_, kOwn).status, 204);
  EXPECT_EQ(read(file), "kokurakita " + clerk_password_ + "\n");
  services_.first_passwords.forget("nobody");
  EXPECT_EQ(read(file), "kokurakita " + clerk_password_ + "\n");
  EXPECT_EQ(change(cookie_of(sign_in("kokurakita", clerk_password_)), clerk_password_, kOwn).status,
            204);
  EXPECT_FALSE(std::filesystem::exists(file));
  services_.first_passwords.forget("kanri");
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(FirstStaff, AFileOfAnotherFormIsRemoved) {
  const auto file = folder_.path() / "first-password.txt";
  const auto own = read(file);
  services_.first_passwords.remove_foreign();
  EXPECT_EQ(read(file), own);
  for (const std::string foreign : {"7K3M-9XQ2-VBNA-0HJ4\n", "kanri a b\n", "kanri a\n\n"}) {
    std::ofstream(file) << foreign;
    services_.first_passwords.remove_foreign();
    EXPECT_FALSE(std::filesystem::exists(file)) << foreign;
  }
  services_.first_passwords.remove_foreign();
}

TEST_F(SecureSignIn, UsesTheHostCookie) {
  settle();
  const auto response = sign_in("kanri", password_);
  const auto cookie = cookie_of(response);
  EXPECT_EQ(cookie.first, "__Host-matanai");
  EXPECT_TRUE(response.header("Set-Cookie").ends_with("; HttpOnly; SameSite=Strict; Secure"));
  EXPECT_EQ(who(cookie).status, 200);
}

TEST_F(DeviceKeys, OpenByHeaderAndByCookie) {
  auto ask = request(Method::get, "/api/v1/devices/session");
  ask.headers["authorization"] = "Device " + std::string(kKioskKey);
  EXPECT_EQ(text(send(ask)), R"({"id":"kokurakita-kiosk-1","office":"kokurakita","kind":"kiosk"})");
  const auto opened = send(request(Method::post, "/api/v1/devices/session",
                                   R"({"key":")" + std::string(kHallKey) + R"("})"));
  EXPECT_EQ(text(opened), R"({"id":"kokurakita-hall-1","office":"kokurakita","kind":"hall"})");
  EXPECT_EQ(opened.header("Set-Cookie"),
            "matanai_device=" + std::string(kHallKey) +
                "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict");
  EXPECT_EQ(text(who(cookie_of(opened))), "\"kokurakita-hall-1 kokurakita hall\"");
}

TEST_F(DeviceKeys, UnknownOnesAreRefused) {
  auto ask = request(Method::get, "/api/v1/devices/session");
  EXPECT_EQ(send(ask).status, 401);
  for (const std::string value :
       {"Device ", "Device unknown-key-0123456789", "Basic a2V5", "Device"}) {
    ask.headers["authorization"] = value;
    EXPECT_EQ(send(ask).status, 401) << value;
  }
  EXPECT_EQ(send(request(Method::post, "/api/v1/devices/session", R"({"key":"no"})")).status, 401);
  auto signed_in_only = request(Method::get, "/api/v1/devices/session");
  signed_in_only.cookies.insert(cookie_of(sign_in("kanri", password_)));
  EXPECT_EQ(send(std::move(signed_in_only)).status, 401);
}

TEST_F(DeviceKeys, AClerkCountsBeforeTheHallsCookie) {
  settle();
  auto ask = request(Method::get, "/who");
  ask.cookies["matanai_device"] = kHallKey;
  ask.cookies.insert(cookie_of(sign_in("kanri", password_)));
  EXPECT_EQ(text(send(ask)), "\"kanri  admin\"");
  ask.cookies["matanai_session"] = "ended";
  EXPECT_EQ(text(send(ask)), "\"kokurakita-hall-1 kokurakita hall\"");
}

TEST_F(SignIn, SocketsOfEndedSessionsAreFound) {
  settle();
  const auto hash_of = [](const Cookie& cookie) { return db::hash_secret(cookie.second); };
  const auto mine = cookie_of(sign_in("kanri", password_));
  const auto other = cookie_of(sign_in("kanri", password_));
  const std::set<std::string> both{hash_of(mine), hash_of(other)};
  EXPECT_TRUE(ended_of(both).empty());
  EXPECT_EQ(ended_of({"never one"}), std::set<std::string>{"never one"});
  clock_.advance(minutes(59) + std::chrono::seconds(30));
  EXPECT_EQ(who(mine).status, 200);
  clock_.advance(std::chrono::seconds(30));
  EXPECT_EQ(ended_of(both), std::set<std::string>{hash_of(other)});  // idle for an hour
  EXPECT_EQ(change(mine, password_, "horse battery staple").status, 204);
  EXPECT_EQ(ended_of(both), std::set<std::string>{hash_of(other)});
  for (int step = 0; step < 17; ++step) {
    clock_.advance(minutes(30));
    who(mine);
  }
  EXPECT_FALSE(ended_of(both).contains(hash_of(mine)));
  clock_.advance(minutes(30));
  EXPECT_EQ(ended_of(both), both);  // ten hours
}

TEST_F(SignIn, InventedNamesAreCountedNotStored) {
  const auto rows = count("SELECT count(*) FROM staff_audit");
  for (int index = 0; index < 20; ++index) sign_in("invented-" + std::to_string(index), "x");
  clock_.advance(std::chrono::hours(1));
  sign_in("invented", "x");
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit"), rows);
  EXPECT_EQ(count("SELECT count(*) FROM staff_guess"), 2);
  EXPECT_EQ(count("SELECT sum(tries) FROM staff_guess"), 21);
}

}  // namespace
}  // namespace matanai::staff
