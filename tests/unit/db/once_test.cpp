#include "server/db/once.hpp"

#include "tests/unit/db/support.hpp"

namespace matanai::db {
namespace {

using std::chrono::hours;
const Instant kStart = from_millis(1'795'000'000'000);

class Once : public testing::Test {
 protected:
  Once()
      : database_([this] {
          Options options;
          options.file = folder_.file();
          options.migration_sets = {"common"};
          return options;
        }()) {}

  // Answers "<name> <how often any work ran>"; "keep out" is refused.
  Result<std::string> ask(const OnceKey& key, const std::string& name, Instant now = kStart) {
    return database_.write_blocking<std::string>([this, key, name, now](Transaction& tx) {
      return once(tx, key, now, [this, &name](Transaction&) -> Result<std::string> {
        ++runs_;
        if (name == "keep out") return Refusal(RefusalCode::slot_full);
        return name + " " + std::to_string(runs_);
      });
    });
  }

  Folder folder_;
  Database database_;
  int runs_ = 0;
};

TEST_F(Once, SameKeyAndRequestGetTheFirstAnswer) {
  const OnceKey key{"web", "k1", hash_request("POST", "/holds", "{}")};
  EXPECT_EQ(ask(key, "a").value(), "a 1");
  EXPECT_EQ(ask(key, "b").value(), "a 1");
  EXPECT_EQ(runs_, 1);
}

TEST_F(Once, SameKeyWithAnotherRequestIsRefused) {
  EXPECT_EQ(ask({"web", "k1", hash_request("POST", "/holds", "{}")}, "a").value(), "a 1");
  EXPECT_EQ(ask({"web", "k1", hash_request("POST", "/holds", "{ }")}, "a").error().code,
            RefusalCode::idempotency_key_reused);
}

TEST_F(Once, ActorsDoNotMeet) {
  EXPECT_EQ(ask({"kiosk-1", "k1", "h"}, "a").value(), "a 1");
  EXPECT_EQ(ask({"kiosk-2", "k1", "other"}, "b").value(), "b 2");
}

TEST_F(Once, RefusalIsNotKept) {
  EXPECT_EQ(ask({"web", "k1", "h"}, "keep out").error().code, RefusalCode::slot_full);
  EXPECT_EQ(ask({"web", "k1", "h"}, "a").value(), "a 2");
}

TEST_F(Once, AnswerIsKeptFor48Hours) {
  const OnceKey key{"web", "k1", "h"};
  EXPECT_EQ(ask(key, "a").value(), "a 1");
  EXPECT_EQ(ask(key, "b", kStart + hours(48) - Millis(1)).value(), "a 1");
  EXPECT_EQ(ask(key, "c", kStart + hours(48)).value(), "c 2");
  EXPECT_EQ(ask(key, "d", kStart + hours(49)).value(), "c 2");
}

TEST_F(Once, OldAnswersAreForgottenInSmallSteps) {
  for (int index = 0; index < 5; ++index)
    ask({"web", std::to_string(index), "h"}, "a", kStart + hours(index)).value();
  auto forget = [this](Instant now) {
    return database_
        .write_blocking<std::int64_t>([now](Transaction& tx) -> Result<std::int64_t> {
          return forget_old_answers(tx, now, 2);
        })
        .value();
  };
  EXPECT_EQ(forget(kStart + hours(50)), 2);
  EXPECT_EQ(forget(kStart + hours(50)), 1);
  EXPECT_EQ(forget(kStart + hours(50)), 0);
}

TEST_F(Once, KeyMustBeVisibleAscii) {
  for (const std::string key : {"", "two words", "日本", "tab\t"}) {
    EXPECT_EQ(ask({"web", key, "h"}, "a").error().code, RefusalCode::idempotency_key_missing)
        << key;
  }
  EXPECT_EQ(ask({"web", std::string(201, 'k'), "h"}, "a").error().code,
            RefusalCode::idempotency_key_missing);
  EXPECT_TRUE(ask({"web", std::string(200, 'k'), "h"}, "a").has_value());
}

TEST(HashRequest, KeepsItsPartsApart) {
  EXPECT_EQ(hash_request("POST", "/a", "b").size(), 64U);
  EXPECT_NE(hash_request("POST", "/a", "b"), hash_request("POST", "/ab", ""));
  EXPECT_EQ(hash_request("POST", "/a", "b"), hash_request("POST", "/a", "b"));
}

}  // namespace
}  // namespace matanai::db
