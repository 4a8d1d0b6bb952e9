#include "server/directory/seed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "server/directory/csv.hpp"
#include "tests/unit/directory/seeded.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::directory {
namespace {

using testing::ElementsAre;

TEST(Csv, QuotesCommasLineBreaksAndDoubledQuotes) {
  const auto records = parse_csv("x.csv", "a,b\r\n\"1,2\",\"say \"\"hi\"\"\r\nthere\"\r\n,\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[1].cells, ElementsAre("1,2", "say \"hi\"\r\nthere"));
  EXPECT_THAT(records[2].cells, ElementsAre("", ""));
  EXPECT_EQ(records[2].line, 4) << "the break inside the quotes counts";
}

TEST(Csv, ByteOrderMarkBlankLinesAndAMissingLastLineEnd) {
  const auto records = parse_csv("x.csv", "\xEF\xBB\xBFname\n\n小倉北");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].cells.front(), "name");
  EXPECT_EQ(records[1].cells.front(), "小倉北");
}

std::string fault_of(std::string_view text) {
  try {
    parse_csv("x.csv", text);
  } catch (const SeedError& error) {
    return error.what();
  }
  return "none";
}

TEST(Csv, NamesTheLineOfAFault) {
  EXPECT_EQ(fault_of("a\n\"b"), "x.csv:2: a quote that never ends");
  EXPECT_EQ(fault_of("a\n\"b\"c"), "x.csv:2: characters after a closing quote");
  EXPECT_EQ(fault_of("a\nb\"c"), "x.csv:2: a quote inside a cell that is not quoted");
  EXPECT_EQ(fault_of("a\n\xFF"), "x.csv: is not UTF-8");
  EXPECT_EQ(fault_of("a\rb"), "x.csv:1: characters after a closing quote");
}

// A copy of the seed in which one file's text is changed.
class SeedFolder : public testing::Test {
 protected:
  SeedFolder() { std::filesystem::copy(kSeed, folder_.path()); }

  void append(const char* file, const std::string& line) {
    std::ofstream(folder_.path() / file, std::ios::app) << line << "\n";
  }
  void replace(const char* file, const std::string& text) {
    std::ofstream(folder_.path() / file) << text;
  }
  std::string fault() {
    try {
      read_seed(folder_.path());
    } catch (const SeedError& error) {
      return error.what();
    }
    return "none";
  }

  tests::Folder folder_;
};

TEST_F(SeedFolder, IsFineAsItIs) { EXPECT_EQ(fault(), "none"); }

TEST_F(SeedFolder, UnknownReferencesAreNamedWithFileAndLine) {
  append("windows.csv", "hakata,1,A,1,A,市民課,,Citizens,,,");
  EXPECT_EQ(fault(), "windows.csv:128: office: unknown office hakata");
}

TEST_F(SeedFolder, UnknownGroupOfAWindow) {
  append("windows.csv", "moji,99,A,1,A Q,市民課,,Citizens,,,");
  EXPECT_EQ(fault(), "windows.csv:128: groups: unknown groups Q");
}

TEST_F(SeedFolder, ARowTwice) {
  append("windows.csv", "moji,1,A,1,A,市民課,,Citizens,,,");
  EXPECT_EQ(fault(), "windows.csv:128: number: a second row for the same office and number");
}

TEST_F(SeedFolder, ARowOfAnotherLength) {
  append("hours.csv", "*,6,2026-12-01,09:00,12:00");
  EXPECT_EQ(fault(), "hours.csv:7: 5 cells where the header has 7");
}

TEST_F(SeedFolder, TimesDatesAndNumbersAreChecked) {
  append("hours.csv", "*,6,2026-12-01,9:00,12:00,10:00,11:00");
  EXPECT_EQ(fault(), "hours.csv:7: open: \"9:00\" is not a time like 08:30");
}

TEST_F(SeedFolder, ADayThatDoesNotExist) {
  append("holidays.csv", "2027-02-29,休み,Day off");
  EXPECT_THAT(fault(), testing::HasSubstr("date: \"2027-02-29\" is not a date like 2026-11-24"));
}

TEST_F(SeedFolder, ANumberOutOfRange) {
  append("hours.csv", "*,8,2026-12-01,09:00,12:00,10:00,11:00");
  EXPECT_EQ(fault(), "hours.csv:7: weekday: 8 is not within 1 and 7");
}

TEST_F(SeedFolder, HoursThatEndBeforeTheyStart) {
  append("hours.csv", "*,6,2026-12-01,12:00,09:00,12:00,12:00");
  EXPECT_EQ(fault(), "hours.csv:7: close: must be later than open");
}

TEST_F(SeedFolder, ClosedWeekdayHasNoTimes) {
  append("hours.csv", "*,5,2026-12-01,,,,");
  const Directory directory(read_seed(folder_.path()));
  EXPECT_FALSE(day_plan(directory, kKokura, day("2026-12-04")).is_open);
  EXPECT_TRUE(day_plan(directory, kKokura, day("2026-11-27")).is_open);
}

TEST_F(SeedFolder, UnknownColumn) {
  replace("settings.csv", "name,office,group,valid_from,value,note,colour\n");
  EXPECT_EQ(fault(), "settings.csv:1: unknown column colour");
}

TEST_F(SeedFolder, MissingColumn) {
  replace("settings.csv", "name,office,group,valid_from,note\n");
  EXPECT_EQ(fault(), "settings.csv:1: column value is missing");
}

TEST_F(SeedFolder, MissingSetting) {
  replace("settings.csv",
          "name,office,group,valid_from,value,note\nhorizon_days,*,*,2020-01-01,30,\n");
  EXPECT_EQ(fault(), "settings.csv: cut_off_minutes has no row for all offices and groups");
}

TEST_F(SeedFolder, UnknownSetting) {
  append("settings.csv", "speed,*,*,2020-01-01,30,");
  EXPECT_EQ(fault(), "settings.csv:29: name: unknown setting speed");
}

TEST_F(SeedFolder, LimitsMayNotFallFromWebToStaff) {
  append("slots.csv", "moji,A,2027-01-01,09:00,12:00,3,2,2");
  EXPECT_EQ(fault(), "slots.csv:128: web: limits must not fall from web to kiosk to staff");
}

TEST_F(SeedFolder, PartsMayNotOverlap) {
  append("slots.csv", "moji,A,2026-01-01,13:30,15:00,1,1,1");
  EXPECT_EQ(fault(), "slots.csv:128: from: overlaps the part before it");
}

TEST_F(SeedFolder, TextWithoutEnglish) {
  append("holidays.csv", "2027-02-28,休み,");
  EXPECT_THAT(fault(), testing::HasSubstr("name_en: must not be empty"));
}

TEST_F(SeedFolder, MissingFile) {
  std::filesystem::remove(folder_.path() / "errands.csv");
  EXPECT_THAT(fault(), testing::EndsWith("errands.csv: cannot be read"));
}

TEST_F(SeedFolder, EmptyFile) {
  replace("errands.csv", "");
  EXPECT_EQ(fault(), "errands.csv: is empty");
}

}  // namespace
}  // namespace matanai::directory
