// Tells the office server of this kiosk's printer, so that counters see its state, its paper and
// what it confirms: after every change, and whenever the line is there again. Whether somebody is
// called for it is the server's to decide. Network thread; must outlive its coroutines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <memory>

#include "kiosk/link/office_link.hpp"
#include "kiosk/loop.hpp"
#include "kiosk/print_queue.hpp"

namespace matanai::kiosk {

struct ReporterOptions {
  std::chrono::milliseconds try_again_every{3000};
};

class PrinterReporter {
 public:
  // All outlive the reporter.
  PrinterReporter(boost::asio::any_io_executor executor, OfficeLink& link, PrintQueue& prints,
                  const ServerClock& clock, ReporterOptions options = {});
  ~PrinterReporter();
  PrinterReporter(const PrinterReporter&) = delete;
  PrinterReporter& operator=(const PrinterReporter&) = delete;

  // Says nothing before the printer was asked for the first time.
  void start(OnBroken on_broken = {});

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::kiosk
