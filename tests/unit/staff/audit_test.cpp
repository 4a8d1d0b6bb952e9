#include "tests/unit/staff/support.hpp"

namespace matanai::staff {
namespace {

class Audit : public StaffTest {};

TEST_F(Audit, RowsStayForTwoYears) {
  for (const std::string sql : {"DELETE FROM staff_audit", "UPDATE staff_audit SET staff = 'x'"}) {
    EXPECT_THROW(write<int>([sql](db::Transaction& tx) -> Result<int> {
                   tx.run(sql);
                   return 0;
                 }),
                 db::ConstraintError);
  }
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit WHERE what = 'account_created'"), 2);
}

// `count` rows of that time, as years of sign-ins leave them.
constexpr std::string_view kFill =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
    "INSERT INTO staff_audit (at, staff, what, office, detail) "
    "SELECT ?2, 'kanri', 'filled', NULL, '' FROM n";

class LongAudit : public StaffTest {
 protected:
  void fill(int count) {
    write<int>([count, now = clock_.now()](db::Transaction& tx) -> Result<int> {
      tx.run(kFill, count, now);
      return 0;
    });
  }
};

TEST_F(LongAudit, TheNewestRowsStayWhateverTheirAge) {
  sign_in("invented", "x");
  sign_in("kanri", "wrong");
  clock_.advance(kAuditKept + std::chrono::hours(1));  // a clock that is set wrong
  sign_in("kanri", password_);
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit"), 4);
  EXPECT_THROW(write<int>([](db::Transaction& tx) -> Result<int> {
                 tx.run("DELETE FROM staff_audit WHERE what = 'sign_in_failed'");
                 return 0;
               }),
               db::ConstraintError);
}

TEST_F(LongAudit, OlderRowsLeaveAfterTwoYears) {
  sign_in("invented", "x");
  fill(kAuditRowsKept - 1);
  clock_.advance(kAuditKept);
  sign_in("kanri", password_);
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit WHERE what = 'account_created'"), 2)
      << "not older than two years";
  clock_.advance(Millis(1));
  sign_in("kanri", password_);
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit WHERE what = 'account_created'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM staff_audit"), kAuditRowsKept);
  clock_.advance(std::chrono::hours(1));
  sign_in("invented", "x");
  sign_in("kanri", password_);
  EXPECT_EQ(count("SELECT count(*) FROM staff_guess"), 1);
}

}  // namespace
}  // namespace matanai::staff
