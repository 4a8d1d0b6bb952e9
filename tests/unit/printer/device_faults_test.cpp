// Faults of wires that are device files, where a whole printer hangs at them: the virtual printer
// behind a fake usblp driver (unplugged, no paper with LPABORT, one-way), and a full disk.
#include <gmock/gmock.h>

#include "printer/emulator/device.hpp"
#include "printer/job/printer.hpp"
#include "printer/transport/posix/file.hpp"
#include "printer/transport/posix/usb_device.hpp"
#include "tests/unit/printer/memory_journal.hpp"
#include "transport_fake_usblp.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr PaperSpec kPaper{384, 203};
const PrinterTimings kTimings{.connect = 500ms,
                              .hello = 200ms,
                              .stall = 300ms,
                              .confirm = 300ms,
                              .pause = 500ms,
                              .poll = 10ms,
                              .slowest_mm_per_s = 1000};

class UsbPrinterFaults : public ::testing::Test {
 protected:
  void start(emulator::DeviceOptions options = {}) {
    options.dots = kPaper.dots;
    device_ = std::make_unique<emulator::Device>(options);
    const auto path = os_.plug("lp0", "J5XZ001");
    auto wire = std::make_unique<UsbDeviceTransport>(loop_.executor(), UsbSpec{path, ""}, os_);
    printer_ = std::make_unique<Printer>(loop_.executor(), std::move(wire), kPaper,
                                         PrinterOptions{.timings = kTimings});
    pump();
  }
  void TearDown() override {
    printer_.reset();
    loop_.drain();
  }

  // What the driver has goes to the printer and its answers back; it takes no more than fits, and
  // without paper the kernel gives up (LPABORT).
  void pump() {
    if (os_.printer.get() >= 0 && !os_.is_gone) {
      const auto bytes = os_.received();
      received_ += bytes.size();
      device_->receive(bytes);
      const auto replies = device_->take_replies();
      if (!replies.empty() && !os_.is_one_way) os_.answer(replies);
    }
    for (auto& ticket : device_->take_tickets()) tickets_.push_back(std::move(ticket));
    const bool has_no_paper = device_->faults().paper_out;
    os_.left = std::min<std::size_t>(device_->room(), 1024);  // one transfer at a time
    os_.fails_with = has_no_paper && os_.aborts ? ENOSPC : EAGAIN;
    os_.status = LP_PSELECD | LP_PERRORP | (has_no_paper ? LP_POUTPA : 0);
    if (on_pump_) on_pump_();
  }
  PrintOutcome print(bool is_copy = false) {
    auto ticket = sample_ticket("ja");
    ticket.is_copy = is_copy;
    const auto result = loop_.start(printer_->print(ticket, JobId("j"), journal_));
    loop_.turn_until([&] {
      pump();
      return result->has_value();
    });
    return **result;
  }
  // The plug is pulled when this many bytes have arrived, and comes back as another device.
  void unplug_at(std::size_t bytes) {
    on_pump_ = [this, bytes] {
      if (received_ < bytes) return;
      on_pump_ = nullptr;
      os_.unplug("lp0");
      os_.plug("lp3", "J5XZ001");
    };
  }
  static Bitmap expected(bool is_copy = false) {
    auto ticket = sample_ticket("ja");
    ticket.is_copy = is_copy;
    return TicketRenderer(kPaper).render(ticket);
  }
  long came_out(const Bitmap& ticket) { return std::ranges::count(tickets_, ticket); }

  Loop loop_;
  FakeUsblp os_;
  std::unique_ptr<emulator::Device> device_;
  std::unique_ptr<Printer> printer_;
  MemoryJournal journal_;
  std::vector<Bitmap> tickets_;
  std::size_t received_ = 0;
  std::function<void()> on_pump_;
};

TEST_F(UsbPrinterFaults, NoneAndTheTicketIsConfirmedWithItsIdentity) {
  start();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, JobState::confirmed) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::printed);
  EXPECT_EQ(came_out(expected()), 1);
}

TEST_F(UsbPrinterFaults, UnpluggedInTheMiddleIsNotConfirmedAndFoundAgainElsewhere) {
  start();
  unplug_at(3000);
  const auto outcome = print();
  EXPECT_NE(outcome.state, JobState::confirmed) << outcome.detail;
  EXPECT_EQ(came_out(expected()), 0);

  const auto again = print(true);
  EXPECT_EQ(again.state, JobState::confirmed) << again.detail;
  EXPECT_EQ(os_.opened.back(), "lp3");
  EXPECT_EQ(came_out(expected()), 0) << "the first never comes out late";
  EXPECT_EQ(came_out(expected(true)), 1);
  EXPECT_EQ(tickets_.size(), 2u) << "the fragment was cut off before";
}

TEST_F(UsbPrinterFaults, UnpluggedBeforeTheAnswerIsNeverCalledFailed) {
  start();
  on_pump_ = [&] {
    if (tickets_.empty()) return;
    on_pump_ = nullptr;
    os_.unplug("lp0");
    os_.plug("lp3", "J5XZ001");
  };
  const auto outcome = print();
  EXPECT_NE(outcome.state, JobState::failed) << outcome.detail;
  EXPECT_EQ(came_out(expected()), 1);
}

TEST_F(UsbPrinterFaults, WithoutPaperTheKernelGivesUpAndTheTicketFailed) {
  start({.buffer_bytes = 1024, .rows_ahead = 24});
  device_->set_paper_left(100);
  const auto outcome = print();
  EXPECT_EQ(outcome.state, JobState::failed) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::paper_out);
  EXPECT_EQ(came_out(expected()), 0);

  device_->set_faults({});
  const auto again = print();
  EXPECT_EQ(again.state, JobState::confirmed) << again.detail;
  EXPECT_EQ(came_out(expected()), 1) << "nothing of the first ticket is in it";
}

TEST_F(UsbPrinterFaults, OneWayPortTellsOfPaperByItsStatusAlone) {
  os_.is_one_way = true;
  start();
  const auto sent = print();
  EXPECT_EQ(sent.state, JobState::confirmed) << sent.detail;
  EXPECT_EQ(sent.strength, ConfirmStrength::sent);
  device_->set_faults({.paper_out = true});
  pump();
  const auto refused = print();
  EXPECT_EQ(refused.state, JobState::failed) << refused.detail;
  EXPECT_EQ(refused.printer, PrinterState::paper_out);
  device_->set_faults({});
  pump();
  EXPECT_EQ(came_out(expected()), 1) << "of the refused one nothing was sent";
}

TEST_F(UsbPrinterFaults, AFailedTransferIsNotTheEndOfTheConnection) {
  start();
  on_pump_ = [&] {
    if (received_ < 3000) return;
    on_pump_ = nullptr;
    os_.read_errors = 1;
  };
  const auto outcome = print();
  EXPECT_EQ(outcome.state, JobState::confirmed) << outcome.detail;
  EXPECT_EQ(os_.opened.size(), 1u);
}

TEST(FilePrinterFaults, AFullDiskFailsTheTicketAndLeavesNothing) {
  Loop loop;
  std::string pattern = (fs::temp_directory_path() / "tickets-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data());
  fs::create_symlink("/dev/full", folder / "t.bin.part");
  auto wire = std::make_unique<FileTransport>(loop.executor(), folder / "t.bin");
  Printer printer(loop.executor(), std::move(wire), kPaper, {.timings = kTimings});
  MemoryJournal journal;
  const auto full = loop.run(printer.print(sample_ticket("ja"), JobId("j"), journal));
  EXPECT_EQ(full.state, JobState::failed) << full.detail;
  EXPECT_FALSE(fs::exists(folder / "t.bin"));
  fs::remove(folder / "t.bin.part");
  const auto written = loop.run(printer.print(sample_ticket("ja"), JobId("j"), journal));
  EXPECT_EQ(written.state, JobState::confirmed) << written.detail;
  EXPECT_EQ(written.strength, ConfirmStrength::sent);
  EXPECT_TRUE(fs::exists(folder / "t.bin"));
  printer.close();
  loop.drain();
  fs::remove_all(folder);
}

}  // namespace
}  // namespace matanai::printer
