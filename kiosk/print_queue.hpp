// Sees to it that every number of today gets onto paper: prints at once, again when the printer is
// back, and never twice without the mark. Not for allotting numbers and not for asking people
// (desk). Network thread; must outlive its coroutines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/journal/journal.hpp"
#include "kiosk/loop.hpp"
#include "printer/job/any_printer.hpp"

namespace matanai::kiosk {

struct PrintQueueOptions {
  std::chrono::milliseconds poll_every{1000};  // the printer's state, while nothing prints
  std::chrono::milliseconds retry_after{
      2000};  // a print that failed although the printer says it is ready
};

// What staff want to know of the printer.
struct PrinterFacts {
  std::string model;                                 // as it calls itself; empty = not known
  std::optional<printer::ConfirmStrength> confirms;  // nullopt: not known yet
  printer::TicketForm form{};                        // of tickets whose language allows it
  std::int64_t paper_metres = 0;                     // left on the roll, by our own count
  bool operator==(const PrinterFacts&) const = default;
};

// Name of what Journal::keep() keeps: the paper used on this roll, in mm.
inline constexpr const char* kKeptPaper = "paper_used_mm";

class PrintQueue {
 public:
  // Both outlive the queue.
  PrintQueue(boost::asio::any_io_executor executor, printer::AnyPrinter& printer, Journal& journal,
             PrintQueueOptions options = {});
  ~PrintQueue();
  PrintQueue(const PrintQueue&) = delete;
  PrintQueue& operator=(const PrintQueue&) = delete;

  // Begins to watch the printer and to print what is unprinted.
  void start(OnBroken on_broken = {});
  // Starts printing this ticket; returns at once.
  void print(std::string message_id);
  // Looks for unprinted tickets now instead of at the next round.
  void wake();

  printer::PrinterState printer_state() const;  // as last heard
  bool has_heard() const;                       // the printer was asked once
  printer::PrinterState heard() const;          // as last told to the listeners
  bool can_print() const;
  bool is_idle() const;  // nothing is being printed
  PrinterFacts facts() const;

  // A print did not come out, or it is not known (once per print).
  void on_trouble(std::function<void(printer::JobState)> callback);
  // Also called after every change of the printer's state or facts, and when it was heard first.
  void on_change(std::function<void()> callback);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::kiosk
