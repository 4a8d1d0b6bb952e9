// A wire to one printer. One owner; all calls and completions on one single-threaded executor (or
// strand). No call blocks it: what the system does only in blocking calls runs on a thread of the
// wire's own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace matanai::printer {

struct WriteResult {
  boost::system::error_code error;  // none: every byte was accepted
  std::size_t accepted = 0;         // bytes that may have reached the printer
};
struct ReadResult {
  boost::system::error_code error;  // eof when the printer closed
  std::size_t bytes = 0;
};

// What the port or the queue says about the printer, beside the printer's own answers. A hint: some
// ports tell nothing and report a healthy printer.
struct PortStatus {
  bool is_paper_out = false;
  bool is_offline = false;
  bool has_error = false;
  bool operator==(const PortStatus&) const = default;
};

class Transport {
 public:
  virtual ~Transport() = default;

  // Opens the wire, or returns why not within `deadline`. Open already: no error.
  virtual boost::asio::awaitable<boost::system::error_code> open(
      std::chrono::milliseconds deadline) = 0;
  virtual bool is_open() const = 0;
  // False: no answer ever comes (a file, the Windows spooler, a one-way USB interface), so the best
  // that can be said of a ticket is that it was sent; read() is then refused with
  // operation_not_supported. Known after open().
  virtual bool is_two_way() const { return true; }
  // True: open() also succeeds while another host holds the printer (a network port), so that
  // silence from the first byte on means "taken".
  virtual bool is_shared() const { return false; }
  // Ends every read and write on it with operation_aborted, at once. What the printer has not taken
  // yet is thrown away, so that nothing old comes out later: finish() first to keep it. Safe to
  // call at any time.
  virtual void close() = 0;
  // Writes all of it. Gives up when no byte was accepted for `stall`: timed_out, or
  // no_space_on_device when the port says that the paper is out. One write at a time.
  virtual boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                                    std::chrono::milliseconds stall) = 0;
  // Waits for at least one byte. One read at a time; may run beside a write.
  virtual boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) = 0;
  // The end of a ticket: returns when this side holds nothing of it back any more, or timed_out
  // after `deadline`. A file takes its name now, a spooler's document ends now. Proves nothing
  // about paper.
  virtual boost::asio::awaitable<boost::system::error_code> finish(
      std::chrono::milliseconds deadline) = 0;
  // Asks the port, not the printer; nullopt when it cannot tell (or not within `deadline`). May run
  // beside a read, not beside a write.
  virtual boost::asio::awaitable<std::optional<PortStatus>> port_status(
      std::chrono::milliseconds deadline) {
    static_cast<void>(deadline);
    co_return std::nullopt;
  }
  // For people: "127.0.0.1:9100".
  virtual std::string name() const = 0;
};

}  // namespace matanai::printer
