#include "server/directory/directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/unit/directory/seeded.hpp"

namespace matanai::directory {
namespace {

const auto kDay = day("2026-11-24");

TEST(Seed, HasSevenOfficesWithCheckedCodes) {
  ASSERT_EQ(seeded().offices().size(), 7u);
  for (const auto& office : seeded().offices()) {
    // JIS X 0401/0402 municipality codes: weights 6 5 4 3 2, modulus 11.
    int sum = 0;
    for (int i = 0; i < 5; ++i)
      sum += (office.lg_code[static_cast<std::size_t>(i)] - '0') * (6 - i);
    EXPECT_EQ(office.lg_code[5] - '0', (11 - sum % 11) % 10) << office.id.value;
    EXPECT_EQ(office.postcode.size(), 7u) << office.id.value;
  }
}

TEST(Seed, HasTheWindowsOfTheResearch) {
  std::map<std::string, std::size_t> windows;
  for (const auto& office : seeded().offices()) {
    windows[office.id.value] = seeded().windows_of(office.id).size();
  }
  EXPECT_THAT(windows, testing::UnorderedElementsAre(
                           testing::Pair("kokurakita", 24), testing::Pair("kokuraminami", 24),
                           testing::Pair("yahatanishi", 28), testing::Pair("moji", 15),
                           testing::Pair("wakamatsu", 13), testing::Pair("yahatahigashi", 11),
                           testing::Pair("tobata", 11)));
}

TEST(Seed, NamesEveryServiceInSixLanguages) {
  ASSERT_EQ(seeded().services().size(), 21u);
  for (const auto& service : seeded().services()) {
    for (const auto locale : kLocales) {
      EXPECT_FALSE(service.name.exactly(locale).empty())
          << service.id.value << " " << tag_of(locale);
      EXPECT_FALSE(service.examples.exactly(locale).empty())
          << service.id.value << " " << tag_of(locale);
    }
  }
}

TEST(Seed, EveryOfficeOffersEveryService) {
  for (const auto& office : seeded().offices()) {
    EXPECT_EQ(seeded().services_of(office.id).size(), 21u) << office.id.value;
  }
}

TEST(Seed, EveryServiceIsReachedByExactlyOneErrand) {
  std::multiset<std::string> reached;
  for (const auto& errand : seeded().errands()) {
    if (errand.service) reached.insert(errand.service->value);
  }
  for (const auto& service : seeded().services()) {
    EXPECT_EQ(reached.count(service.id.value), 1u) << service.id.value;
  }
}

TEST(Seed, EveryReservableServiceSaysWhatToBringInSevenItemsOrFewer) {
  for (const auto& service : seeded().services()) {
    const auto items = seeded().bring_items_of(service.id);
    EXPECT_LE(items.size(), 7u) << service.id.value;
    if (service.is_reservable) {
      EXPECT_GE(items.size(), 1u) << service.id.value;
    }
    for (const auto* item : items) {
      for (const auto locale : kLocales) EXPECT_FALSE(item->item.exactly(locale).empty());
    }
  }
}

TEST(Seed, EveryReservableServiceHasPlacesInEveryUnit) {
  for (const auto& office : seeded().offices()) {
    for (const auto* service : seeded().services_of(office.id)) {
      if (!service->is_reservable) continue;
      const auto* rule = seeded().slot_rule(office.id, service->group, kDay);
      ASSERT_TRUE(rule) << office.id.value << " " << service->id.value;
      for (auto unit = at("09:00"); unit < at("17:15"); unit += kSlotUnit) {
        EXPECT_GE(rule->at(unit).web, 1) << office.id.value << " " << to_wire(unit);
        EXPECT_LE(rule->at(unit).staff,
                  static_cast<int>(seeded().windows_for(office.id, service->group).size()));
      }
    }
  }
}

TEST(Directory, FindsByIdOrNot) {
  EXPECT_EQ(seeded().find_office(kKokura)->name.in(Locale::en), "Kokurakita Ward Office");
  EXPECT_EQ(seeded().find_office(OfficeId("hakata")), nullptr);
  EXPECT_EQ(seeded().find_service(ServiceId("move_in"))->slot, Minutes(30));
  EXPECT_EQ(seeded().find_service(ServiceId("")), nullptr);
  EXPECT_EQ(seeded().find_group(GroupId("A"))->zone, "A");
  EXPECT_EQ(seeded().find_window(kKokura, WindowId("24"))->groups, std::vector{GroupId("Z")});
  EXPECT_EQ(seeded().find_window(kKokura, WindowId("25")), nullptr);
  EXPECT_EQ(seeded().find_window(OfficeId("hakata"), WindowId("1")), nullptr);
}

TEST(Directory, WindowsAreSortedByNumber) {
  int previous = 0;
  for (const auto* window : seeded().windows_of(kKokura)) {
    EXPECT_EQ(window->number, ++previous);
  }
}

TEST(Directory, GroupsOfAnOfficeLeaveTheReservationSeriesOut) {
  std::string letters;
  for (const auto* group : seeded().groups_of(kKokura)) letters += group->id.value;
  EXPECT_EQ(letters, "ACMSYWZ");
  EXPECT_EQ(seeded().reservations_group().id, GroupId("R"));
}

TEST(Directory, ServicesBehindAnErrandAreItsLeavesOrItself) {
  std::string move, unsure;
  for (const auto& errand : seeded().errands()) {
    for (const auto* service : seeded().services_behind(errand, kKokura)) {
      if (errand.id == "move") move += service->id.value + " ";
      if (errand.id == "unsure") unsure += service->id.value;
    }
  }
  EXPECT_EQ(move, "move_in move_within move_out ");
  EXPECT_EQ(unsure, "info");
}

TEST(Directory, AnOfficeWithoutAWindowForAGroupDoesNotOfferIt) {
  auto tables = seed_tables();
  std::erase_if(tables.windows, [](const Window& window) {
    return window.office == kMoji && window.groups.front() == GroupId("M");
  });
  const Directory directory(std::move(tables));
  EXPECT_FALSE(directory.offers(kMoji, ServiceId("mn_pin")));
  EXPECT_TRUE(directory.offers(kKokura, ServiceId("mn_pin")));
  EXPECT_FALSE(directory.offers(kKokura, ServiceId("nothing")));
}

TEST(SlotRule, LunchHasFewerPlaces) {
  const auto* rule = seeded().slot_rule(kKokura, GroupId("A"), kDay);
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->at(at("11:45")).web, 3);
  EXPECT_EQ(rule->at(at("12:00")).web, 1);
  EXPECT_EQ(rule->at(at("13:00")).web, 3);
  EXPECT_EQ(rule->at(at("13:00")).staff, 4);
}

TEST(SlotRule, NothingOutsideItsParts) {
  const auto* rule = seeded().slot_rule(kKokura, GroupId("A"), kDay);
  EXPECT_EQ(rule->at(at("08:45")).staff, 0);
  EXPECT_EQ(rule->at(at("17:15")).staff, 0);
}

TEST(SlotRule, TheLatestValidOneCounts) {
  auto tables = seed_tables();
  SlotRule rule{.office = kKokura, .group = GroupId("A"), .valid_from = kDay, .parts = {}};
  rule.parts.push_back({at("09:00"), at("17:00"), 9, 9, 9});
  tables.slot_rules.push_back(rule);
  const Directory directory(std::move(tables));
  const auto before = kDay - std::chrono::days(1);
  EXPECT_EQ(directory.slot_rule(kKokura, GroupId("A"), before)->at(at("09:00")).web, 3);
  EXPECT_EQ(directory.slot_rule(kKokura, GroupId("A"), kDay)->at(at("09:00")).web, 9);
  EXPECT_EQ(directory.slot_rule(kMoji, GroupId("A"), kDay)->at(at("09:00")).web, 1);
}

TEST(SlotRule, NoneBeforeTheFirstAndForInformation) {
  EXPECT_EQ(seeded().slot_rule(kKokura, GroupId("A"), day("2025-12-31")), nullptr);
  EXPECT_EQ(seeded().slot_rule(kKokura, GroupId("Z"), kDay), nullptr);
}

std::int64_t hold_minutes(const Directory& directory, const OfficeId& office, const char* group,
                          LocalDay on = kDay) {
  return directory.setting(settings::kHoldMinutes, office, GroupId(group), on);
}

TEST(Settings, TheMostSpecificScopeCountsThenTheLatestDay) {
  auto tables = seed_tables();
  const std::string name(settings::kHoldMinutes);
  const auto long_ago = day("2021-01-01");
  tables.settings.push_back({name, std::nullopt, std::nullopt, kDay, 11});
  tables.settings.push_back({name, std::nullopt, GroupId("M"), long_ago, 20});
  tables.settings.push_back({name, kMoji, std::nullopt, long_ago, 30});
  tables.settings.push_back({name, kMoji, GroupId("M"), long_ago, 40});
  tables.settings.push_back({name, kMoji, GroupId("M"), kDay + std::chrono::days(1), 50});
  const Directory directory(std::move(tables));
  EXPECT_EQ(hold_minutes(directory, kKokura, "A", kDay - std::chrono::days(1)), 10);
  EXPECT_EQ(hold_minutes(directory, kKokura, "A"), 11);
  EXPECT_EQ(hold_minutes(directory, kKokura, "M"), 20);
  EXPECT_EQ(hold_minutes(directory, kMoji, "A"), 30);
  EXPECT_EQ(hold_minutes(directory, kMoji, "M"), 40);
  EXPECT_EQ(hold_minutes(directory, kMoji, "M", kDay + std::chrono::days(1)), 50);
  EXPECT_EQ(directory.setting(settings::kHoldMinutes, kMoji, kDay), 30);
}

TEST(Settings, SeedHasTheProductsDefaults) {
  const auto value = [](std::string_view name) { return seeded().setting(name, kKokura, kDay); };
  EXPECT_EQ(value(settings::kHorizonDays), 30);
  EXPECT_EQ(value(settings::kCutOffMinutes), 60);
  EXPECT_EQ(value(settings::kHoldMinutes), 10);
  EXPECT_EQ(value(settings::kCheckInEarlyMinutes), 15);
  EXPECT_EQ(value(settings::kCheckInLateMinutes), 10);
  EXPECT_EQ(value(settings::kNoShowAfterMinutes), 20);
  EXPECT_EQ(value(settings::kCancelledSlotDelayMinutes), 10);
  EXPECT_EQ(value(settings::kMaxParty), 4);
}

TEST(Settings, AnUnknownNameIsABug) {
  EXPECT_THROW(seeded().setting("speed", kKokura, kDay), std::logic_error);
}

TEST(Directory, RefusesRowsThatDoNotFitTogether) {
  const auto refuses = [](auto change) {
    auto tables = seed_tables();
    change(tables);
    EXPECT_THROW(Directory{std::move(tables)}, std::invalid_argument);
  };
  refuses([](Tables& t) { t.offices.push_back(t.offices.front()); });
  refuses([](Tables& t) { t.services.front().group = GroupId("Q"); });
  refuses([](Tables& t) { t.windows.front().office = OfficeId("hakata"); });
  refuses([](Tables& t) { t.windows.front().groups = {GroupId("Q")}; });
  refuses([](Tables& t) { t.windows.push_back(t.windows.front()); });
  refuses([](Tables& t) { t.bring_items.front().service = ServiceId("none"); });
  refuses([](Tables& t) { t.errands.back().service = ServiceId("none"); });
  refuses([](Tables& t) { t.slot_rules.front().group = GroupId("Q"); });
  refuses([](Tables& t) { t.settings.clear(); });
  refuses([](Tables& t) { t.groups.back().is_reservations = false; });
}

TEST(LocalizedText, FallsBackToWhatTheReaderUnderstands) {
  LocalizedText text;
  text.set(Locale::ja, "予約");
  EXPECT_EQ(text.in(Locale::ja_x_easy), "予約");
  EXPECT_EQ(text.in(Locale::vi), "予約") << "no English either";
  text.set(Locale::en, "Reservation");
  EXPECT_EQ(text.in(Locale::vi), "Reservation");
  EXPECT_EQ(text.in(Locale::ja_x_easy), "予約");
  EXPECT_EQ(text.exactly(Locale::vi), "");
  EXPECT_EQ(LocalizedText().in(Locale::ko), "");
}

}  // namespace
}  // namespace matanai::directory
