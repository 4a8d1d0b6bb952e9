// One ticket against a printer that fails in one way each: what may be said of it afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "printer/job/printer.hpp"
#include "tests/unit/printer/fake_epson.hpp"

namespace matanai::printer {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;

class MemoryJournal final : public Journal {
 public:
  asio::awaitable<void> record(JobId, JobState state, bool rest) override {
    states.push_back(state);
    has_rest = rest;
    co_return;
  }
  std::vector<JobState> states;
  bool has_rest = false;
};

class JobTest : public testing::Test {
 protected:
  void TearDown() override {
    printer_.reset();
    context_.restart();
    context_.run();
  }
  void start() {
    printer_ = std::make_unique<Printer>(context_.get_executor(),
                                         std::make_unique<FakeWire>(context_.get_executor(), end()),
                                         kPaper, options_);
  }
  FakeEnd& end() { return epson_.end; }
  template <class T>
  T run(asio::awaitable<T> work) {
    std::optional<T> result;
    asio::co_spawn(context_, std::move(work), [&](std::exception_ptr error, T value) {
      if (error) std::rethrow_exception(error);
      result = std::move(value);
    });
    context_.restart();  // it stops when nothing is left to do
    while (!result) context_.run_one();
    return std::move(*result);
  }
  PrinterState status() { return run(printer_->status()); }
  // Three lines of text, so to say: three bands with white between them.
  static Bitmap picture() {
    Bitmap out(384, 300);
    for (int top : {20, 120, 220}) {
      for (int y = top; y < top + 20; ++y) {
        for (int x = 8; x < 200; ++x) out.set(x, y, true);
      }
    }
    return out;
  }
  PrintOutcome print() { return run(printer_->print(picture(), JobId("j"), journal_)); }
  // Bytes between the set-up of the printer and the first mark of the ticket, and so on.
  std::size_t find(std::initializer_list<int> command, std::size_t from = 0) {
    const auto& all = end().received;
    const auto at = std::search(all.begin() + static_cast<std::ptrdiff_t>(from), all.end(),
                                command.begin(), command.end());
    return static_cast<std::size_t>(at - all.begin());
  }

  static constexpr PaperSpec kPaper{384, 203};
  PrinterOptions options_{.timings = {.connect = std::chrono::milliseconds(50),
                                      .hello = std::chrono::milliseconds(50),
                                      .stall = std::chrono::milliseconds(50),
                                      .confirm = std::chrono::milliseconds(100),
                                      .poll = std::chrono::milliseconds(5),
                                      .slowest_mm_per_s = 1000},
                          .first_id = 1000};
  asio::io_context context_{1};
  FakeEpson epson_;
  MemoryJournal journal_;
  std::unique_ptr<Printer> printer_;
};

using enum JobState;

TEST_F(JobTest, IsConfirmedByItsLastMark) {
  start();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::printed);
  EXPECT_TRUE(outcome.is_cut);
  EXPECT_EQ(printer_->confirm_method(), ConfirmMethod::epson_process_id);
  EXPECT_THAT(journal_.states, ElementsAre(sending, sent, confirmed));
  EXPECT_FALSE(journal_.has_rest);
  EXPECT_EQ(printer_->paper().used_mm, 37 + 15);
}

TEST_F(JobTest, PaperEndInTheMiddleFails) {
  start();
  epson_.on_mark = [this](int mark) {
    if (mark == 1 && journal_.states.size() == 1) {
      epson_.trip(4, 0x7E);
      epson_.mute_from = 1;
    }
  };
  const auto outcome = print();
  EXPECT_EQ(outcome.state, failed) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::paper_out);
}

TEST_F(JobTest, AFaultWithinTheLowestBandIsUnknown) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int mark) {
    if (mark == 2) epson_.trip(2, 0x16);
  };
  epson_.mute_from = 2;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, unknown) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::cover_open);
}

TEST_F(JobTest, AJammedCutterLeavesAPrintedTicket) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int mark) {
    if (mark == 3) epson_.trip(3, 0x1A);
  };
  epson_.mute_from = 3;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_FALSE(outcome.is_cut);
  EXPECT_TRUE(journal_.has_rest) << "it hangs at the blade, also for the next process";
  EXPECT_EQ(outcome.printer, PrinterState::cutter_error);
}

TEST_F(JobTest, AFaultIsUnknownWhenTheBufferMayStillHoldTheTicket) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int) { epson_.trip(4, 0x7E); };
  epson_.mute_from = 1;
  epson_.answers_clear = false;
  EXPECT_EQ(print().state, unknown);
}

TEST_F(JobTest, LostAnswersAreUnknown) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.answers_marks = false;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, unknown);
  EXPECT_EQ(outcome.detail, "no answer in time");
  EXPECT_THAT(journal_.states, ElementsAre(sending, sent, unknown));
}

TEST_F(JobTest, ALineThatBreaksBeforeTheLowestBandFails) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  end().breaks_after = end().received.size() + 300;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, failed) << outcome.detail;
  EXPECT_THAT(journal_.states, ElementsAre(sending, failed));
}

TEST_F(JobTest, ALineThatBreaksAtTheFirstByteFails) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  const auto asked = end().received.size() + 12;  // the state, once more
  end().breaks_after = asked;
  EXPECT_EQ(print().detail, "no byte was accepted");
  EXPECT_THAT(journal_.states, ElementsAre(sending, failed));
}

TEST_F(JobTest, ALineThatBreaksInTheLowestBandIsUnknownAndTheRestIsThrownAway) {
  start();
  ASSERT_EQ(print().state, confirmed);
  const auto ticket = find({0x1B, '@', 0x1D, 'a'});  // of the ticket, not of the set-up
  const auto begun = find({0x1D, '(', 'H'}, ticket);
  const auto image = find({0x1D, '(', 'H'}, begun + 11);
  ASSERT_LT(image, end().received.size());
  const auto before = end().received.size();
  end().breaks_after = before + 12 + (image - ticket) - 5;
  journal_.states.clear();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, unknown) << outcome.detail;
  EXPECT_THAT(journal_.states, ElementsAre(sending, unknown));
  EXPECT_LT(find({0x10, 0x14, 0x08}, before), end().received.size()) << "cleared";

  const auto next = end().received.size();
  EXPECT_EQ(print().state, confirmed);
  EXPECT_LT(find({0x1D, 'V', 'B', 0}, next), find({0x1D, 'v', '0'}, next)) << "cut, then printed";
}

TEST_F(JobTest, AnAnswerThatComesOnTheNextConnectionConfirms) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  Bytes late;
  epson_.mute_from = 3;
  epson_.on_mark = [&](int mark) {
    if (mark != 3) return;
    late = {0x37, 0x22};
    late.insert(late.end(), epson_.tail.end() - 4, epson_.tail.end());
    late.push_back(0);
    end().breaks_after = end().received.size();  // the next question finds the line dead
  };
  const auto answer = end().answer;
  end().answer = [&](std::uint8_t byte) {
    auto out = answer(byte);
    if (end().opened < 2 || late.empty()) return out;
    out.insert(out.end(), late.begin(), late.end());
    late.clear();
    return out;
  };
  const auto outcome = print();
  EXPECT_EQ(end().opened, 2);
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_EQ(outcome.detail, "confirmed late");
}

TEST_F(JobTest, APrinterThatForgotEverythingIsNotWaitedFor) {
  // Nobody waits so long: its answer to the question behind everything ends the waiting.
  options_.timings.confirm = std::chrono::hours(1);
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [&](int mark) {
    if (mark == 1) epson_.answers_marks = false;
    if (mark == 3) end().breaks_after = end().received.size();
  };
  end().on_open = [this] {
    epson_.answers_marks = true;
    return boost::system::error_code();
  };
  EXPECT_EQ(print().state, unknown);
}

// Off line from this mark on, which it answers when it goes on.
TEST_F(JobTest, APrinterThatWaitsIsWaitedFor) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  Bytes answer_to_cut;
  int questions = 0;
  epson_.mute_from = 3;
  epson_.on_mark = [&](int mark) {
    if (mark != 3) return;
    epson_.trip(1, 0x1A);
    answer_to_cut = {0x37, 0x22};
    answer_to_cut.insert(answer_to_cut.end(), epson_.tail.end() - 4, epson_.tail.end());
    answer_to_cut.push_back(0);
  };
  const auto answer = end().answer;
  end().answer = [&](std::uint8_t byte) {
    auto out = answer(byte);
    const bool is_asked = epson_.status[0] == 0x1A && epson_.ends_with({0x10, 0x04, 1});
    // Longer than it would be waited for if it did not say that it waits.
    if (is_asked && ++questions == 200) {
      epson_.trip(1, 0x12);
      out = {0x12};
      out.insert(out.end(), answer_to_cut.begin(), answer_to_cut.end());
    }
    return out;
  };
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_TRUE(outcome.is_cut);
  EXPECT_EQ(questions, 200);
}

TEST_F(JobTest, APrinterThatWaitsTooLongIsClearedAndItsTicketFails) {
  options_.timings.pause = std::chrono::milliseconds(100);
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.mute_from = 1;
  epson_.on_mark = [&](int) { epson_.trip(1, 0x1A); };
  const auto before = end().received.size();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, failed) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::offline);
  EXPECT_LT(find({0x10, 0x14, 0x08}, before), end().received.size()) << "nothing old comes out";
  const auto refused = end().received.size();
  EXPECT_EQ(print().state, failed);
  EXPECT_EQ(find({0x1D, 'v', '0'}, refused), end().received.size()) << "nothing while it waits";
}

TEST_F(JobTest, APrinterThatWaitsTooLongInTheLowestBandIsAskedAbout) {
  options_.timings.pause = std::chrono::milliseconds(100);
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.mute_from = 2;
  epson_.on_mark = [&](int mark) {
    if (mark == 2) epson_.trip(1, 0x1A);
  };
  const auto before = end().received.size();
  EXPECT_EQ(print().state, unknown);
  EXPECT_LT(find({0x10, 0x14, 0x08}, before), end().received.size()) << "nothing old comes out";
}

TEST_F(JobTest, WithoutIdentityItIsProcessed) {
  epson_.has_identity = false;
  start();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::processed);
  EXPECT_EQ(printer_->confirm_method(), ConfirmMethod::paper_sensor);
}

TEST_F(JobTest, WithoutIdentityAFaultAfterParsingIsUnknown) {
  epson_.has_identity = false;
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int mark) {
    if (mark == 3) epson_.trip(4, 0x7E);
  };
  EXPECT_EQ(print().state, unknown);
}

TEST_F(JobTest, APrinterThatConfirmsNothingIsOnlySent) {
  epson_.answers_marks = false;
  start();
  const auto outcome = print();
  EXPECT_EQ(printer_->confirm_method(), ConfirmMethod::none);
  EXPECT_EQ(outcome.state, confirmed);
  EXPECT_EQ(outcome.strength, ConfirmStrength::sent);
}

TEST_F(JobTest, AOneWayWireIsOnlySent) {
  end().is_two_way = false;
  start();
  auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed);
  EXPECT_EQ(outcome.strength, ConfirmStrength::sent);
  end().port = PortStatus{.is_paper_out = true};
  outcome = print();
  EXPECT_EQ(outcome.state, failed);
  EXPECT_EQ(outcome.printer, PrinterState::paper_out);
  end().port.reset();
  end().can_finish = false;
  EXPECT_EQ(print().state, unknown);
}

TEST_F(JobTest, TheConfirmationCanBeForced) {
  options_.confirm = ConfirmMethod::paper_sensor;
  start();
  EXPECT_EQ(print().strength, ConfirmStrength::processed);
}

TEST_F(JobTest, AfterARestartWhatIsLeftIsClearedAndCutFirst) {
  options_.was_interrupted = true;
  start();
  ASSERT_EQ(print().state, confirmed);
  const auto cleared = find({0x10, 0x14, 0x08});
  const auto cut = find({0x1D, 'V', 'B', 0});
  const auto image = find({0x1D, 'v', '0'});
  EXPECT_LT(cleared, cut);
  EXPECT_LT(cut, image);
  const auto next = end().received.size();
  ASSERT_EQ(print().state, confirmed);
  EXPECT_GT(find({0x1D, 'V', 'B', 0}, next), find({0x1D, 'v', '0'}, next)) << "once only";
}

TEST_F(JobTest, AHalfPictureIsEndedBeforeAnythingElse) {
  options_.was_interrupted = true;
  epson_.answers_clear = false;
  start();
  EXPECT_EQ(status(), PrinterState::ready);
  const auto& all = end().received;
  EXPECT_GE(std::ranges::count(all, 0), static_cast<std::ptrdiff_t>(kBandLimit));
}

TEST_F(JobTest, SilenceOnASharedLineMeansAnotherHost) {
  epson_.answers_status = false;
  end().is_shared = true;
  start();
  EXPECT_EQ(status(), PrinterState::taken);
  end().is_shared = false;
  EXPECT_EQ(status(), PrinterState::not_answering);
}

TEST_F(JobTest, ABusyPortMeansAnotherHost) {
  end().on_open = [] { return make_error_code(boost::system::errc::device_or_resource_busy); };
  start();
  EXPECT_EQ(status(), PrinterState::taken);
}

TEST_F(JobTest, ARefusalMeansAnotherHostOnlyWhereAPrinterAnsweredBefore) {
  start();
  const auto refuse = [] { return boost::system::error_code(asio::error::connection_refused); };
  end().on_open = refuse;
  EXPECT_EQ(status(), PrinterState::not_answering);
  end().on_open = [] { return boost::system::error_code(); };
  EXPECT_EQ(status(), PrinterState::ready);
  printer_->close();
  end().on_open = refuse;
  EXPECT_EQ(status(), PrinterState::taken);
}

TEST_F(JobTest, TheCountBeginsAnewWithANewRoll) {
  options_.paper = {.used_mm = 70'000, .roll_mm = 80'000, .waste_per_cut_mm = 15};
  start();
  EXPECT_EQ(printer_->paper().metres_left(), 10);
  epson_.trip(4, 0x7E);
  EXPECT_EQ(status(), PrinterState::paper_out);
  EXPECT_EQ(printer_->paper().used_mm, 70'000);
  epson_.trip(4, 0x12);
  EXPECT_EQ(status(), PrinterState::ready);
  EXPECT_EQ(printer_->paper().metres_left(), 80);
}

}  // namespace
}  // namespace matanai::printer
