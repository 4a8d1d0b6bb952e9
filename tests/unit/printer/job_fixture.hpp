// One Printer on a wire whose other end a test writes, and a journal in memory.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "printer/job/printer.hpp"
#include "tests/unit/printer/fake_epson.hpp"
#include "tests/unit/printer/memory_journal.hpp"
#include "tests/unit/support/coroutine.hpp"

namespace matanai::printer::job {

namespace asio = boost::asio;

class JobTest : public ::testing::Test {
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
    return tests::run(context_, std::move(work));
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

}  // namespace matanai::printer::job
