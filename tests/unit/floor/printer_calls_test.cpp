// When a kiosk's printer needs somebody, and when not any more.
#include "server/floor/printer_calls.hpp"

#include <gmock/gmock.h>

#include "floor_fixture.hpp"
#include "server/floor/connections.hpp"
#include "server/floor/enum_names.hpp"
#include "server/floor/staff_calls.hpp"
#include "server/floor/sweep.hpp"

namespace matanai::floor {
namespace {

using namespace std::chrono_literals;
using enum PrinterState;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kKiosk = "kokurakita-kiosk-1";

class PrinterCalls : public FloorTest {
 protected:
  // Told now, and so since now.
  FloorKiosk tell(PrinterState state, std::int64_t metres = 40) {
    return tell(PrinterReport{state, clock_.now(), "TM-m30", ConfirmStrength::printed, metres});
  }
  FloorKiosk tell(const PrinterReport& report) {
    return *write<FloorKiosk>([=, this](db::Transaction& tx) {
      return Result<FloorKiosk>(
          take_printer_report(tx, context_, kOffice, kKiosk, report, clock_.now()));
    });
  }
  // A ticket did not come out, or somebody wants help.
  StaffCall press(KioskCallReason reason) {
    const StaffCallRequest request{kKiosk, "m" + std::to_string(++messages_), reason};
    return *write<StaffCall>([=, this](db::Transaction& tx) {
      return call_staff(tx, context_, kOffice, request, clock_.now());
    });
  }
  void answer() {
    const auto id = floor_now().staff_calls.at(0).id;
    write<StaffCall>([=, this](db::Transaction& tx) {
      return answer_staff_call(tx, kOffice, id, {"yamamoto", "山本"}, clock_.now());
    });
  }
  bool sweeps() {
    return *write<bool>([this](db::Transaction& tx) -> Result<bool> {
      const bool is_due = has_something_to_sweep(tx, context_, clock_.now());
      sweep(tx, context_, clock_.now(), 100);
      EXPECT_FALSE(has_something_to_sweep(tx, context_, clock_.now()));
      return is_due;
    });
  }
  // Open calls, by what they are for.
  std::vector<std::string> open() {
    std::vector<std::string> reasons;
    for (const auto& call : floor_now().staff_calls) reasons.push_back(name_of(call.reason));
    return reasons;
  }
};

TEST_F(PrinterCalls, TheLastReportIsOnTheFloor) {
  tell(paper_near_end, 4);
  tell({ready, clock_.now(), "TSP654", std::nullopt, 79});
  const auto kiosks = floor_now().kiosks;
  ASSERT_THAT(kiosks, SizeIs(1));
  EXPECT_EQ(kiosks[0].id, kKiosk);
  EXPECT_EQ(kiosks[0].printer, (PrinterReport{ready, clock_.now(), "TSP654", std::nullopt, 79}));
  EXPECT_FALSE(kiosks[0].alone_since.has_value());
  reopen();
  EXPECT_THAT(floor_now().kiosks, SizeIs(1));
}

TEST_F(PrinterCalls, AClockThatIsAheadDoesNotTellOfTheFuture) {
  EXPECT_EQ(tell({ready, clock_.now() + 1h, "", {}, 0}).printer.since, clock_.now());
}

struct Case {
  PrinterState state;
  const char* at_once;
  const char* after_a_minute;
};

class StatesOfPrinters : public PrinterCalls, public testing::WithParamInterface<Case> {};

TEST_P(StatesOfPrinters, CallWhenSomebodyMustGoAndEndByThemselves) {
  const auto& [state, at_once, after_a_minute] = GetParam();
  const auto calls = [](const std::string& reason) {
    return reason.empty() ? std::vector<std::string>{} : std::vector{reason};
  };
  tell(ready);
  tell(state);
  EXPECT_EQ(open(), calls(at_once));
  clock_.advance(59s);
  EXPECT_FALSE(sweeps());
  clock_.advance(1s);
  EXPECT_EQ(sweeps(), std::string(at_once) != after_a_minute);
  EXPECT_EQ(open(), calls(after_a_minute));
  tell(ready);
  EXPECT_THAT(open(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, StatesOfPrinters,
    testing::Values(Case{ready, "", ""}, Case{overheated, "", ""},
                    Case{paper_near_end, "paper_near_end", "paper_near_end"},
                    Case{paper_out, "printer", "printer"}, Case{cutter_error, "printer", "printer"},
                    Case{error, "printer", "printer"}, Case{taken, "taken", "taken"},
                    Case{offline, "", "printer"}, Case{cover_open, "", "cover_open"},
                    Case{not_answering, "", "not_answering"}),
    [](const auto& info) { return name_of(info.param.state); });

TEST_F(PrinterCalls, OnePerRollForPaperNearItsEnd) {
  tell(ready, 6);
  tell(paper_near_end, 5);
  answer();
  tell(paper_near_end, 4);
  tell(ready, 4);
  tell(paper_near_end, 3);
  EXPECT_THAT(open(), IsEmpty()) << "the same roll";
  clock_.advance(1h);
  tell(ready, 80);
  tell(paper_near_end, 5);
  EXPECT_THAT(open(), ElementsAre("paper_near_end"));
}

TEST_F(PrinterCalls, WhatNobodyAnsweredIsTheSameCallWhenItComesBack) {
  tell(paper_near_end, 5);
  const auto first = floor_now().staff_calls.at(0).id;
  tell(cover_open, 5);
  EXPECT_THAT(open(), ElementsAre("paper_near_end")) << "somebody is there, perhaps";
  tell(ready, 5);
  EXPECT_THAT(open(), IsEmpty());
  clock_.advance(10min);
  tell(paper_near_end, 5);
  EXPECT_EQ(floor_now().staff_calls.at(0).id, first);
  EXPECT_EQ(floor_now().staff_calls.at(0).called_at, clock_.now());
}

TEST_F(PrinterCalls, AnAnsweredTroubleThatLastsDoesNotCallAgain) {
  tell(paper_out);
  answer();
  clock_.advance(1h);
  EXPECT_FALSE(sweeps());
  EXPECT_THAT(open(), IsEmpty());
  tell(cover_open);
  tell(paper_out);
  EXPECT_THAT(open(), ElementsAre("printer")) << "tried, and still out";
}

TEST_F(PrinterCalls, AWorseStateTakesTheCallOver) {
  tell(paper_near_end, 1);
  tell(paper_out, 0);
  EXPECT_THAT(open(), ElementsAre("printer"));
  tell(cover_open, 0);
  clock_.advance(60s);
  EXPECT_FALSE(sweeps()) << "a call for the printer stands already";
  tell(ready, 80);
  EXPECT_THAT(open(), IsEmpty());
  tell(paper_near_end, 5);
  tell(cover_open, 5);
  clock_.advance(60s);
  EXPECT_TRUE(sweeps());
  EXPECT_THAT(open(), ElementsAre("cover_open"));
}

TEST_F(PrinterCalls, APersonsCallStandsBesideIt) {
  tell(paper_near_end, 5);
  press(KioskCallReason::help);
  EXPECT_THAT(open(), ElementsAre("paper_near_end", "help"));
  tell(ready, 80);
  EXPECT_THAT(open(), ElementsAre("help"));
}

TEST_F(PrinterCalls, ATicketThatDidNotComeOutAndItsPrinterAreOneCall) {
  tell(paper_out);
  const auto call = press(KioskCallReason::printer);
  EXPECT_EQ(call.id, floor_now().staff_calls.at(0).id);
  tell(ready);
  const auto alone = press(KioskCallReason::printer);
  tell(ready, 39);
  EXPECT_EQ(floor_now().staff_calls.at(0).id, alone.id) << "nothing was mended";
  tell(paper_out, 0);
  EXPECT_THAT(open(), ElementsAre("printer"));
  tell(ready, 80);
  EXPECT_THAT(open(), IsEmpty());
}

TEST_F(PrinterCalls, ATicketThatDidNotComeOutIsMoreThanPaperNearItsEnd) {
  tell(paper_near_end, 5);
  press(KioskCallReason::printer);
  EXPECT_THAT(open(), ElementsAre("printer"));
  EXPECT_FALSE(sweeps());
  tell(paper_near_end, 4);
  EXPECT_THAT(open(), ElementsAre("printer"));
}

TEST_F(PrinterCalls, NobodyIsCalledAtNightButInTheMorning) {
  clock_.set(*parse_instant("2026-11-24T08:14:00Z"));  // closes at 17:15
  tell(paper_out);
  clock_.advance(2min);
  EXPECT_TRUE(sweeps());
  EXPECT_THAT(open(), IsEmpty()) << "dropped at closing";
  tell(taken);
  EXPECT_THAT(open(), IsEmpty());
  tell(paper_out);
  clock_.set(*parse_instant("2026-11-24T23:00:00Z"));
  EXPECT_TRUE(sweeps());
  EXPECT_THAT(open(), ElementsAre("printer"));
}

TEST_F(PrinterCalls, CallsOfAnOlderFileAreKeptAndTheirIdsAreNotGivenAgain) {
  open_older("0011");
  const auto run = [this](std::string_view sql) {
    write<bool>([sql](db::Transaction& tx) -> Result<bool> {
      tx.run(sql);
      return true;
    });
  };
  for (const auto* message : {"a", "b"}) {
    run("UPDATE staff_call SET answered_at = 2, answered_by = '山本'");
    write<bool>([message](db::Transaction& tx) -> Result<bool> {
      tx.run(
          "INSERT INTO staff_call (office, day, issuer, message_id, reason, called_at) "
          "VALUES ('kokurakita', '2026-11-24', 'kokurakita-kiosk-1', ?1, 'help', 1)",
          message);
      return true;
    });
  }
  run("DELETE FROM staff_call WHERE message_id = 'b'");
  reopen();
  EXPECT_EQ(press(KioskCallReason::help).id, 3);
  const auto old = write<StaffCall>([this](db::Transaction& tx) {
    return answer_staff_call(tx, kOffice, 1, {"sato", "佐藤"}, clock_.now());
  });
  EXPECT_EQ(old->answered_by, "山本");
}

TEST_F(PrinterCalls, AKioskWithoutALineIsAloneUntilItIsBack) {
  const auto note = [this](std::set<std::string> connected) {
    return *write<bool>([=, this](db::Transaction& tx) -> Result<bool> {
      const bool is_news = has_new_connections(tx, connected);
      EXPECT_EQ(note_connections(tx, connected, clock_.now()).size(), is_news ? 1U : 0U);
      return is_news;
    });
  };
  EXPECT_FALSE(note({})) << "no kiosk has told anything";
  tell(ready);
  EXPECT_FALSE(note({kKiosk, "kokurakita-hall-1"}));
  const auto left = clock_.now();
  EXPECT_TRUE(note({"kokurakita-hall-1"}));
  clock_.advance(1min);
  EXPECT_FALSE(note({}));
  EXPECT_EQ(floor_now().kiosks.at(0).alone_since, left);
  EXPECT_EQ(floor_now().kiosks.at(0).printer.paper_metres, 40) << "what was last heard";
  EXPECT_TRUE(note({kKiosk}));
  EXPECT_FALSE(floor_now().kiosks.at(0).alone_since.has_value());
}

}  // namespace
}  // namespace matanai::floor
