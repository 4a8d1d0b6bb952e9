#include "server/directory/store.hpp"

#include <gtest/gtest.h>

#include "server/db/database.hpp"
#include "tests/unit/directory/seeded.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::directory {
namespace {

class Store : public testing::Test {
 protected:
  Store() {
    database_.emplace(
        db::Options{.file = folder_.file(), .migration_sets = {"common"}, .on_fatal = {}});
  }

  template <class T>
  T write(std::function<T(db::Transaction&)> work) {
    return database_->write_blocking<T>([&](db::Transaction& tx) -> Result<T> { return work(tx); })
        .value();
  }
  Tables imported() {
    return write<Tables>([](db::Transaction& tx) {
      import_seed(tx, kSeed);
      return load(tx).tables();
    });
  }

  tests::Folder folder_;
  std::optional<db::Database> database_;
};

TEST_F(Store, IsEmptyBeforeTheFirstImport) {
  EXPECT_FALSE(write<bool>([](db::Transaction& tx) { return has_rows(tx); }));
  imported();
  EXPECT_TRUE(write<bool>([](db::Transaction& tx) { return has_rows(tx); }));
}

TEST_F(Store, ComesBackAsItWentIn) {
  const auto rows = imported();
  const auto expected = seeded().tables();
  ASSERT_EQ(rows.offices.size(), expected.offices.size());
  for (std::size_t i = 0; i < rows.offices.size(); ++i) {
    EXPECT_EQ(rows.offices[i].id, expected.offices[i].id);
    EXPECT_EQ(rows.offices[i].name, expected.offices[i].name);
    EXPECT_EQ(rows.offices[i].address, expected.offices[i].address);
    EXPECT_EQ(rows.offices[i].latitude, expected.offices[i].latitude);
  }
  ASSERT_EQ(rows.services.size(), expected.services.size());
  for (std::size_t i = 0; i < rows.services.size(); ++i) {
    EXPECT_EQ(rows.services[i].id, expected.services[i].id);
    EXPECT_EQ(rows.services[i].name, expected.services[i].name);
    EXPECT_EQ(rows.services[i].deadline, expected.services[i].deadline);
    EXPECT_EQ(rows.services[i].online_note, expected.services[i].online_note);
    EXPECT_EQ(rows.services[i].store_note, expected.services[i].store_note);
    EXPECT_EQ(rows.services[i].slot, expected.services[i].slot);
    EXPECT_EQ(rows.services[i].needs_national_system, expected.services[i].needs_national_system);
  }
  ASSERT_EQ(rows.windows.size(), expected.windows.size());
  for (std::size_t i = 0; i < rows.windows.size(); ++i) {
    EXPECT_EQ(rows.windows[i].id, expected.windows[i].id);
    EXPECT_EQ(rows.windows[i].groups, expected.windows[i].groups);
    EXPECT_EQ(rows.windows[i].zone, expected.windows[i].zone);
  }
  EXPECT_EQ(rows.bring_items.size(), expected.bring_items.size());
  EXPECT_EQ(rows.errands.size(), expected.errands.size());
  EXPECT_EQ(rows.calendar.size(), expected.calendar.size());
  EXPECT_EQ(rows.slot_rules.size(), expected.slot_rules.size());
  EXPECT_EQ(rows.settings.size(), expected.settings.size());
}

TEST_F(Store, LoadedDirectoryHasTheSameDays) {
  const Directory loaded(imported());
  for (auto d = day("2026-11-01"); d < day("2027-06-01"); d += std::chrono::days(1)) {
    const auto plan = day_plan(loaded, kKokura, d);
    const auto expected = day_plan(seeded(), kKokura, d);
    EXPECT_EQ(plan.is_open, expected.is_open) << to_wire(d);
    EXPECT_EQ(plan.closes, expected.closes) << to_wire(d);
    EXPECT_EQ(plan.last_start, expected.last_start) << to_wire(d);
    EXPECT_EQ(plan.reason, expected.reason) << to_wire(d);
  }
  const auto* rule = loaded.slot_rule(kKokura, GroupId("A"), day("2026-11-24"));
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->at(at("12:15")).web, 1);
}

TEST_F(Store, ImportingTwiceChangesNothing) {
  const auto first = imported();
  const auto second = imported();
  EXPECT_EQ(second.windows.size(), first.windows.size());
  EXPECT_EQ(second.calendar.size(), first.calendar.size());
  EXPECT_EQ(second.settings.size(), first.settings.size());
}

TEST_F(Store, ImportReplacesWhatIsGoneFromTheFiles) {
  imported();
  auto tables = seed_tables();
  std::erase_if(tables.windows, [](const Window& window) { return window.office == kMoji; });
  const auto left = write<std::size_t>([&](db::Transaction& tx) {
    store(tx, tables);
    return load(tx).windows_of(kMoji).size();
  });
  EXPECT_EQ(left, 0u);
}

TEST_F(Store, CalendarKindsAndTimesSurvive) {
  auto tables = seed_tables();
  CalendarEntry storm;
  storm.office = kMoji;
  storm.first = storm.last = day("2026-11-24");
  storm.kind = CalendarKind::emergency;
  storm.closes = at("11:00");
  storm.name = text("台風");
  tables.calendar.push_back(storm);
  const auto rows = write<Tables>([&](db::Transaction& tx) {
    store(tx, tables);
    return load(tx).tables();
  });
  const Directory loaded(rows);
  EXPECT_EQ(day_plan(loaded, kMoji, day("2026-11-24")).closes, at("11:00"));
  EXPECT_EQ(day_plan(loaded, kKokura, day("2026-11-24")).closes, at("17:15"));
}

}  // namespace
}  // namespace matanai::directory
