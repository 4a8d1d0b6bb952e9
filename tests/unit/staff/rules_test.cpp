#include "server/staff/rules.hpp"

#include <gtest/gtest.h>

#include <set>

#include "server/staff/password.hpp"
#include "server/staff/try_limit.hpp"

namespace matanai::staff {
namespace {

using std::chrono::minutes;
const Instant kStart = from_millis(1'795'000'000'000);

TEST(Session, EndsToTheMillisecond) {
  EXPECT_TRUE(is_session_alive(kStart, kStart, kStart));
  EXPECT_TRUE(is_session_alive(kStart, kStart, kStart + minutes(60) - Millis(1)));
  EXPECT_FALSE(is_session_alive(kStart, kStart, kStart + minutes(60)));
  EXPECT_TRUE(is_session_alive(kStart, kStart + minutes(599), kStart + minutes(600) - Millis(1)));
  EXPECT_FALSE(is_session_alive(kStart, kStart + minutes(599), kStart + minutes(600)));
}

TEST(Password, WeakOnesAreTold) {
  struct Case {
    std::string_view password;
    bool is_weak;
  };
  for (const auto& [password, is_weak] :
       {Case{"", true}, Case{"elevenchars", true}, Case{"twelve chars", false},
        Case{"まちあいばんごうふだよんよん", false}, Case{"まちあいばんごう", true},
        Case{"aaaaaaaaaaaaaaaa", true}, Case{"abababababababab", true},
        Case{"my KokuraKita 2026", true}, Case{"correct horse battery", false}}) {
    EXPECT_EQ(is_weak_password(password, "kokurakita"), is_weak) << password;
  }
}

TEST(LoginName, IsReadAsTyped) {
  EXPECT_EQ(to_login_name("kanri"), "kanri");
  EXPECT_EQ(to_login_name("  Kanri "), "kanri");
  EXPECT_EQ(to_login_name("ｋａｎｒｉ"), "kanri");
  EXPECT_EQ(to_login_name("   "), "");
}

TEST(Cookies, AreSecureWithHttps) {
  const Cookies cookies("https://matanai.example");
  EXPECT_EQ(cookies.set_session("t"),
            "__Host-matanai=t; Path=/; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(cookies.clear_session(),
            "__Host-matanai=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(cookies.set_device("k"),
            "matanai_device=k; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict; Secure");
}

TEST(Cookies, WorkWithoutHttps) {
  const Cookies cookies("http://127.0.0.1:8080");
  EXPECT_EQ(cookies.set_session("t"), "matanai_session=t; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(cookies.set_device("k"),
            "matanai_device=k; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict");
}

TEST(PasswordHash, FitsOnlyItsPassword) {
  const std::string hash = hash_password("correct horse battery");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(is_password("correct horse battery", hash));
  EXPECT_FALSE(is_password("correct horse batterz", hash));
  EXPECT_FALSE(is_password("", hash));
  EXPECT_FALSE(is_password("correct horse battery", "not a hash"));
  EXPECT_NE(hash, hash_password("correct horse battery"));
}

TEST(Secrets, AreReadableAndNeverTheSame) {
  std::set<std::string> seen;
  for (int index = 0; index < 100; ++index) {
    const std::string password = make_readable_password();
    ASSERT_EQ(password.size(), 19U);
    for (std::size_t at = 0; at < password.size(); ++at) {
      const bool is_hyphen = at % 5 == 4;
      EXPECT_EQ(password[at] == '-', is_hyphen) << password;
      if (!is_hyphen)
        EXPECT_NE(std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ").find(password[at]),
                  std::string_view::npos);
    }
    EXPECT_FALSE(is_weak_password(password, "kanri")) << password;
    EXPECT_EQ(make_session_token().size(), 43U);
    seen.insert(password);
    seen.insert(make_session_token());
  }
  EXPECT_EQ(seen.size(), 200U);
}

TEST(TryLimit, AllowsFiveIn15Minutes) {
  TryLimit limit;
  for (int index = 0; index < 5; ++index) EXPECT_TRUE(limit.begin("a", kStart + minutes(index)));
  EXPECT_FALSE(limit.begin("a", kStart + minutes(5)));
  EXPECT_TRUE(limit.begin("b", kStart + minutes(5)));
  EXPECT_FALSE(limit.begin("a", kStart + minutes(15) - Millis(1)));
  EXPECT_TRUE(limit.begin("a", kStart + minutes(15)));
  EXPECT_FALSE(limit.begin("a", kStart + minutes(15)));
}

TEST(TryLimit, StartsAfreshAfterSuccess) {
  TryLimit limit;
  for (int index = 0; index < 5; ++index) limit.begin("a", kStart);
  limit.succeeded("a");
  EXPECT_TRUE(limit.begin("a", kStart));
}

TEST(TryLimit, GivesATryBack) {
  TryLimit tries;
  for (int index = 0; index < 5; ++index) EXPECT_TRUE(tries.begin("a", Instant{}));
  tries.give_back("a");
  EXPECT_TRUE(tries.begin("a", Instant{}));
  EXPECT_FALSE(tries.begin("a", Instant{}));
  EXPECT_TRUE(tries.begin("b", Instant{}));
  tries.give_back("b");
  tries.give_back("never");
  EXPECT_EQ(tries.keys(), 1U);
}

TEST(TryLimit, StaysSmall) {
  TryLimit limit(3);
  for (int index = 0; index < 5; ++index) limit.begin("old", kStart);
  for (const char* key : {"a", "b", "c"}) limit.begin(key, kStart);
  EXPECT_EQ(limit.keys(), 3U);
  EXPECT_TRUE(limit.begin("old", kStart));  // was forgotten as the longest quiet one
}

}  // namespace
}  // namespace matanai::staff
