// The kiosk composed: journal, link, printer, desk, screen and its HTTP interface, on one network
// thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "kiosk/config.hpp"
#include "kiosk/desk.hpp"
#include "kiosk/link/office_link.hpp"
#include "kiosk/link/printer_reporter.hpp"
#include "kiosk/print_queue.hpp"
#include "kiosk/screen.hpp"
#include "kiosk/staff_bell.hpp"
#include "printer/job/printer.hpp"

namespace matanai::kiosk {

// Waiting times that a test shortens.
struct Pace {
  LinkOptions link{};  // its server, key and office come from the configuration
  PrintQueueOptions prints{};
  DeskOptions desk{};
  BellOptions bell{};
  ReporterOptions reporter{};
  printer::PrinterTimings printer{};
};

class Program {
 public:
  // Opens the journal, binds the port, recovers what an earlier run left. Throws std::exception
  // with one clear sentence. The context must have one thread; it must be destroyed after the
  // program and not run once the program is gone.
  Program(boost::asio::io_context& context, Config config, Pace pace = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void start();
  // Why the program cannot go on: the journal cannot be written any more, or a loop broke. The
  // context has been stopped then, and the process should exit and be restarted. Empty otherwise.
  const std::string& fatal() const;
  std::uint16_t port() const;
  // Takes no new request, lets running ones and the running print end (≤ 10 s), then calls done.
  void stop(std::function<void()> done);

  Journal& journal();
  OfficeLink& link();
  PrintQueue& prints();
  Desk& desk();
  StaffBell& bell();
  ScreenState screen() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace matanai::kiosk
