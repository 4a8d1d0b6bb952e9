// One ticket against a Star printer, which answers marks and clearing only while it can print.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "printer/job/printer.hpp"
#include "tests/unit/printer/fake_wire.hpp"
#include "tests/unit/printer/memory_journal.hpp"
#include "tests/unit/support/coroutine.hpp"

namespace matanai::printer {
namespace {

namespace asio = boost::asio;

struct FakeStar {
  FakeEnd end;
  Bytes tail;
  std::uint8_t paper = 0;    // byte 6 of a notice
  int marks = 0;             // since the last start of a document
  int paper_ends_at = 1000;  // this mark finds no paper any more

  FakeStar() {
    end.answer = [this](std::uint8_t byte) { return take(byte); };
  }
  Bytes notice() const { return {0x23, 0x06, 0, 0, 0, paper, 0, 0, 0}; }
  Bytes take(std::uint8_t byte) {
    tail.push_back(byte);
    if (tail.size() > 6) tail.erase(tail.begin());
    const auto ends_with = [this](const Bytes& command) {
      return tail.size() >= command.size() &&
             std::equal(command.rbegin(), command.rend(), tail.rbegin());
    };
    if (ends_with({0x1B, 0x06, 0x01})) return notice();
    if (tail.size() < 6) return {};
    if (!std::equal(tail.begin(), tail.begin() + 3, Bytes{0x1B, 0x1D, 0x03}.begin())) return {};
    if (tail[3] == 3) marks = 0;
    if (tail[3] != 1) return {};
    if (++marks == paper_ends_at) {
      paper = 0x08;
      return notice();
    }
    if (paper != 0) return {};
    auto echo = tail;
    for (int more : {0x05, 0x00}) echo.push_back(static_cast<std::uint8_t>(more));
    return echo;
  }
};

class JobStarTest : public testing::Test {
 protected:
  void TearDown() override {
    printer_.reset();
    context_.restart();
    context_.run();
  }
  template <class T>
  T run(asio::awaitable<T> work) {
    return tests::run(context_, std::move(work));
  }
  PrintOutcome print() {
    Bitmap picture(384, 200);
    for (int top : {20, 150}) {
      for (int y = top; y < top + 20; ++y) {
        for (int x = 8; x < 200; ++x) picture.set(x, y, true);
      }
    }
    return run(printer_->print(std::move(picture), JobId("j"), journal_));
  }

  asio::io_context context_{1};
  FakeStar star_;
  MemoryJournal journal_;
  std::unique_ptr<Printer> printer_ = std::make_unique<Printer>(
      context_.get_executor(), std::make_unique<FakeWire>(context_.get_executor(), star_.end),
      PaperSpec{384, 203},
      PrinterOptions{.protocol = Protocol::starprnt,
                     .timings = {.hello = std::chrono::milliseconds(50),
                                 .confirm = std::chrono::milliseconds(100),
                                 .poll = std::chrono::milliseconds(5),
                                 .slowest_mm_per_s = 1000}});
};

TEST_F(JobStarTest, IsConfirmedByTheEndOfPrinting) {
  const auto outcome = print();
  EXPECT_EQ(outcome.state, JobState::confirmed) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::printed);
  EXPECT_EQ(printer_->confirm_method(), ConfirmMethod::star_print_end);
}

TEST_F(JobStarTest, PaperEndInTheMiddleIsUnknownUntilItCanClear) {
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  star_.paper_ends_at = 1;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, JobState::unknown) << "with a new roll it may go on by itself";
  EXPECT_EQ(outcome.printer, PrinterState::paper_out);
  EXPECT_TRUE(printer_->is_interrupted());
  EXPECT_EQ(print().state, JobState::failed) << "and nothing is sent without paper";
  star_.paper_ends_at = 1000;
  star_.paper = 0;
  EXPECT_EQ(print().state, JobState::confirmed);
  EXPECT_FALSE(printer_->is_interrupted());
}

TEST_F(JobStarTest, PaperEndAfterTheLastRowLeavesAPrintedTicket) {
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  star_.paper_ends_at = 3;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, JobState::confirmed) << outcome.detail;
  EXPECT_FALSE(outcome.is_cut);
  EXPECT_TRUE(printer_->is_interrupted()) << "it hangs at the blade";
}

}  // namespace
}  // namespace matanai::printer
