// The kiosk's smaller parts alone: journal, clock, settings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "kiosk/config.hpp"
#include "kiosk/journal/journal.hpp"
#include "kiosk/journal/print_record.hpp"
#include "kiosk/link/server_clock.hpp"
#include "kiosk/printer_setup.hpp"
#include "schema/types/config_table.hpp"
#include "server/db/database.hpp"
#include "tests/unit/support/coroutine.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::kiosk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using tests::Folder;
using tests::run;

db::Options journal_in(const Folder& folder) {
  db::Options options;
  options.file = folder.path() / "kiosk.sqlite3";
  options.migration_sets = {"common", "kiosk"};
  return options;
}

const Instant kMorning = from_millis(1'795'485'600'000);  // 2026-11-24 09:00 in the office

// A journal on a file of its own, with a clock moved by hand.
class JournalTest : public ::testing::Test {
 protected:
  JournalTest() { journal.recover(); }

  Result<Request> begin(const std::string& press = "press-0001",
                        const std::string& device = "kiosk-1") {
    NewRequest request;
    request.service = "move_in";
    request.locale = "ja";
    return run(journal.begin(std::move(request), press, device));
  }
  OpenWork open_work() { return run(journal.open_work()).value(); }

  const Folder folder;
  db::Database database{journal_in(folder)};
  ManualClock clock{kMorning};
  bool is_trusted = true;
  Journal journal{database, clock, [this] { return is_trusted; }};
};

TEST_F(JournalTest, ARequestOfYesterdayIsNeverAskedAgain) {
  const auto request = begin().value();
  EXPECT_THAT(open_work().unanswered, SizeIs(1));
  clock.advance(std::chrono::hours(24));
  EXPECT_THAT(open_work().unanswered, IsEmpty());
  EXPECT_EQ(begin().value().state, RequestState::lapsed);
}

TEST_F(JournalTest, ARequestIsAskedAgainForTwoMinutesAndThenGivenUp) {
  ASSERT_TRUE(begin().has_value());
  clock.advance(kAsksAgainFor - Millis(1));
  EXPECT_THAT(open_work().unanswered, SizeIs(1));
  clock.advance(Millis(1));
  EXPECT_THAT(open_work().unanswered, IsEmpty());
  EXPECT_EQ(begin().value().state, RequestState::lapsed);
}

TEST_F(JournalTest, AClockThatIsNotTrustedGivesNothingUp) {
  ASSERT_TRUE(begin().has_value());
  is_trusted = false;
  clock.advance(std::chrono::hours(1));
  EXPECT_THAT(open_work().unanswered, SizeIs(1));
}

// Takes everything but the next `failures` states.
struct FullDisk final : printer::Journal {
  boost::asio::awaitable<void> record(printer::JobId, printer::JobState state,
                                      bool has_rest) override {
    if (failures > 0) {
      --failures;
      throw std::runtime_error("no room");
    }
    states.push_back(state);
    last_has_rest = has_rest;
    co_return;
  }
  int failures = 0;
  std::vector<printer::JobState> states;
  bool last_has_rest = false;
};

// Runs work that has no result; rethrows what it throws.
void run(boost::asio::awaitable<void> work) {
  run([](boost::asio::awaitable<void> inner) -> boost::asio::awaitable<bool> {
    co_await std::move(inner);
    co_return true;
  }(std::move(work)));
}

const printer::JobId kJob("message.1");

TEST(PrintRecord, BeforeTheFirstByteAJournalThatFailsStopsThePrint) {
  FullDisk journal;
  PrintRecord record(journal);
  journal.failures = 1;
  EXPECT_THROW(run(record.record(kJob, printer::JobState::sending, true)), std::runtime_error);
  EXPECT_FALSE(record.owes());
}

TEST(PrintRecord, AnOutcomeThatWasNotTakenIsOfferedUntilItIs) {
  FullDisk journal;
  PrintRecord record(journal);
  run(record.record(kJob, printer::JobState::sending, true));
  journal.failures = 3;
  run(record.record(kJob, printer::JobState::sent, true));
  run(record.record(kJob, printer::JobState::unknown, true));
  run(record.record_owed());
  EXPECT_TRUE(record.owes());
  run(record.record_owed());
  EXPECT_FALSE(record.owes());
  EXPECT_THAT(journal.states, ElementsAre(printer::JobState::sending, printer::JobState::unknown));
  EXPECT_TRUE(journal.last_has_rest);
}

TEST(PrintRecord, APrintThatBreaksOffWithBytesOutIsUnknown) {
  FullDisk journal;
  PrintRecord record(journal);
  run(record.abandon(kJob));
  EXPECT_THAT(journal.states, IsEmpty());
  run(record.record(kJob, printer::JobState::sending, true));
  run(record.abandon(kJob));
  EXPECT_THAT(journal.states, ElementsAre(printer::JobState::sending, printer::JobState::unknown));
}

// A start that was killed again before it could clear the printer must not have used this up.
TEST_F(JournalTest, WhatIsLeftInThePrinterIsRememberedUntilATicketWasCut) {
  const auto id = begin().value().message_id;
  IssuedTicket ticket;
  ticket.number = "A001";
  ASSERT_TRUE(run(journal.issued(id, ticket)).has_value());
  EXPECT_FALSE(journal.recover()) << "nothing was sent";
  run(journal.record(printer::JobId(id + ".1"), printer::JobState::sending, true));
  EXPECT_TRUE(journal.recover());
  EXPECT_TRUE(run(journal.answer_print(id, false)).has_value());
  EXPECT_TRUE(journal.recover()) << "the answer clears no printer";

  const auto copy = run(journal.next_print(id)).value();
  EXPECT_TRUE(copy.is_copy);
  run(journal.record(copy.job, printer::JobState::sending, true));
  run(journal.record(copy.job, printer::JobState::confirmed, true));
  EXPECT_TRUE(journal.recover()) << "it hangs at the blade";
  run(journal.record(copy.job, printer::JobState::confirmed, false));
  EXPECT_FALSE(journal.recover());
}

TEST_F(JournalTest, TheDayNeverGoesBack) {
  const auto today = begin().value().day;
  clock.set(clock.now() - std::chrono::hours(48));
  EXPECT_EQ(begin("press-0002").value().day, today);
}

TEST_F(JournalTest, AMachineClockThatIsYearsOffDoesNotMoveTheDay) {
  is_trusted = false;
  clock.set(from_millis(2'100'000'000'000));
  EXPECT_FALSE(open_work().day.has_value());
  is_trusted = true;
  clock.set(kMorning);
  EXPECT_EQ(begin().value().day, local_day(clock.now()));
}

TEST_F(JournalTest, WorkOfTheLastDayWaitsUntilItIsKnownWhichDayItIs) {
  ASSERT_TRUE(begin().has_value());
  is_trusted = false;
  EXPECT_THAT(open_work().unanswered, SizeIs(1));
  clock.advance(std::chrono::hours(24));
  EXPECT_THAT(open_work().unanswered, IsEmpty());
  clock.advance(std::chrono::hours(-24));
  EXPECT_THAT(open_work().unanswered, SizeIs(1));
}

TEST_F(JournalTest, MessageIdsOfOneDeviceShareTheirBeginningAndNeverRepeat) {
  const auto a = begin().value().message_id;
  const auto b = begin("press-0002").value().message_id;
  const auto c = begin("press-0003", "kiosk-2").value().message_id;
  EXPECT_NE(a, b);
  EXPECT_EQ(a.substr(0, 6), b.substr(0, 6));
  EXPECT_NE(a.substr(0, 6), c.substr(0, 6));
}

TEST(ServerClock, BeforeTheServerIsHeardItMayBeCorrectedInAnyDirection) {
  ServerClock clock;
  const auto machine = clock.now();
  clock.set(machine - std::chrono::hours(24 * 365), true);
  EXPECT_LT(clock.now(), machine - std::chrono::hours(24 * 364));
  EXPECT_TRUE(clock.is_demo());
}

TEST(ServerClock, OnceHeardItNeverGoesBack) {
  ServerClock clock;
  clock.set(kMorning, false);
  const auto seen = clock.now();
  clock.set(seen - std::chrono::minutes(5), false);
  EXPECT_EQ(clock.now(), seen);
  clock.set(seen + std::chrono::hours(1), false);
  EXPECT_GE(clock.now(), seen + std::chrono::hours(1));
}

// The settings that a file of this text makes of these.
Config read(const char* text, Config config = {}) {
  const Folder folder;
  const auto file = folder.path() / "matanai.toml";
  std::ofstream(file) << text;
  read_config_file(file, "kiosk", settings(), config);
  return config;
}

TEST(Config, TheFileSaysWhatTheKioskNeedsAndOtherSectionsAreLeftAlone) {
  const auto config = read(
      "[server]\nlisten = \"x\"\n[kiosk]\noffice = \"moji\"\nport = 0\nprinter = "
      "\"tcp:10.0.0.9\"\n",
      default_config("/opt/matanai/bin/matanai-kiosk"));
  EXPECT_EQ(config.office, "moji");
  EXPECT_EQ(config.port, 0);
  EXPECT_EQ(config.printer, "tcp:10.0.0.9");
  EXPECT_EQ(config.server, "http://127.0.0.1:8080");
  EXPECT_FALSE(complaint_about(config).has_value());
}

TEST(Config, AMistakeInTheFileIsNamed) {
  const auto complaint = [](const char* text) {
    try {
      read(text);
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(complaint("[kiosk]\nprnter = \"x\"\n"), HasSubstr("prnter"));
  EXPECT_THAT(complaint("[kiosk]\nport = 70000\n"), HasSubstr("65535"));
  EXPECT_THAT(complaint("[kiosk\n"), HasSubstr("line 1"));
}

TEST(Config, AMistakeAboutThePrinterIsNamed) {
  const auto complaint = [](void (*change)(Config&)) {
    Config config = default_config("/opt/matanai/bin/matanai-kiosk");
    config.office = "moji";
    change(config);
    return complaint_about(config).value_or("");
  };
  EXPECT_EQ(complaint([](Config&) {}), "");
  EXPECT_THAT(complaint([](Config& config) { config.printer = "10.0.0.9:9100"; }),
              HasSubstr("10.0.0.9:9100"));
  EXPECT_THAT(complaint([](Config& config) { config.printer_model = "TM-X"; }), HasSubstr("TM-X"));
  EXPECT_THAT(complaint([](Config& config) { config.printer_confirm = "hope"; }),
              HasSubstr("hope"));
  EXPECT_THAT(complaint([](Config& config) { config.printer_protocol = "pcl"; }), HasSubstr("pcl"));
  EXPECT_THAT(complaint([](Config& config) { config.printer_mode = "fax"; }), HasSubstr("fax"));
  EXPECT_THAT(complaint([](Config& config) { config.paper_mm = 70; }), HasSubstr("paper_mm"));
  EXPECT_THAT(complaint([](Config& config) { config.paper_dots = 30; }), HasSubstr("paper_dots"));
}

TEST(Config, TheFileSaysWhatIsOnTheTickets) {
  const auto config = read(
      "[kiosk]\npaper_mm = 58\nprinter_model = \"TM-T88V\"\nroll_metres = 50\n"
      "printer_confirm = \"none\"\nprinter_mode = \"text\"\n"
      "[kiosk.notice]\nja = \"本日|無料\"\n");
  const auto setup = printer_setup(config);
  EXPECT_EQ(setup.form, printer::TicketForm::text);
  const auto head = printer::head_of(setup, printer::model_of(setup, {}));
  EXPECT_EQ(head.dots, 420);
  EXPECT_EQ(head.dpi, 180);
  const auto options = printer_options(config, {}, 12'345, true);
  EXPECT_EQ(options.paper.metres_left(), 37);
  EXPECT_EQ(options.decor.notice.at("ja"), "本日|無料");
  EXPECT_EQ(options.confirm, printer::ConfirmMethod::none);
  EXPECT_TRUE(options.was_interrupted);
}

}  // namespace
}  // namespace matanai::kiosk
