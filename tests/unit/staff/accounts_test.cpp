#include "server/staff/accounts.hpp"

#include "tests/unit/staff/support.hpp"

namespace matanai::staff {
namespace {

class Accounts : public StaffTest {
 protected:
  std::string add(const NewAccount& account) {
    return write<std::string>([&](db::Transaction& tx) -> Result<std::string> {
      return add_account(tx, account, clock_.now());
    });
  }
  std::string reset(const std::string& name) {
    return write<std::string>([&](db::Transaction& tx) -> Result<std::string> {
      return reset_password(tx, name, clock_.now());
    });
  }
  void remove(const std::string& name) {
    write<bool>([&](db::Transaction& tx) -> Result<bool> {
      remove_account(tx, name, clock_.now());
      return true;
    });
  }
};

TEST_F(Accounts, AddedOnesSignInWithTheirMadeUpPassword) {
  const auto password = add({"tanaka", "田中", "kokurakita", "clerk"});
  const auto response = sign_in("Tanaka", password);
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(text(response).find(R"("must_change_password":true)"), std::string::npos);
  EXPECT_NE(text(response).find("田中"), std::string::npos);
}

TEST_F(Accounts, AdministratorsMayWorkInEveryOffice) {
  EXPECT_NO_THROW(add({"second", "x", std::nullopt, "admin"}));
  EXPECT_NO_THROW(add({"third", "x", "kokurakita", "admin"}));
  EXPECT_THROW(add({"fourth", "x", std::nullopt, "clerk"}), std::invalid_argument);
}

TEST_F(Accounts, BadOnesAreRefused) {
  for (const std::string name : {"", "Tanaka", "ta naka", "田中", "a\nb"})
    EXPECT_THROW(add({name, "x", "kokurakita", "clerk"}), std::invalid_argument) << name;
  EXPECT_THROW(add({std::string(65, 'a'), "x", "kokurakita", "clerk"}), std::invalid_argument);
  EXPECT_THROW(add({"tanaka", "x", "kokurakita", "king"}), std::invalid_argument);
  EXPECT_THROW(add({"kanri", "x", "kokurakita", "clerk"}), std::invalid_argument);
  EXPECT_EQ(count("SELECT count(*) FROM staff"), 2);
}

TEST_F(Accounts, ResetGivesAnotherPasswordAndEndsSessions) {
  settle();
  const auto cookie = cookie_of(sign_in("kanri", password_));
  const auto password = reset("kanri");
  services_.authenticator.forget_sessions();
  EXPECT_EQ(who(cookie).status, 401);
  EXPECT_EQ(sign_in("kanri", password_).status, 401);
  EXPECT_EQ(sign_in("kanri", password).status, 200);
  EXPECT_THROW(reset("nobody"), std::invalid_argument);
}

TEST_F(Accounts, RemovedOnesAreGoneWithTheirSessions) {
  sign_in("kokurakita", clerk_password_);
  remove("kokurakita");
  EXPECT_EQ(sign_in("kokurakita", clerk_password_).status, 401);
  EXPECT_EQ(count("SELECT count(*) FROM staff_session"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit WHERE what = 'account_removed'"), 1);
  EXPECT_THROW(remove("kokurakita"), std::invalid_argument);
}

TEST_F(Accounts, TheLastAdministratorStays) {
  EXPECT_THROW(remove("kanri"), std::invalid_argument);
  add({"second", "x", std::nullopt, "admin"});
  EXPECT_NO_THROW(remove("kanri"));
  EXPECT_THROW(remove("second"), std::invalid_argument);
}

}  // namespace
}  // namespace matanai::staff
