// A two-way wire to one printer. Two-way by type: a wire that cannot be read cannot confirm
// anything. One owner; all calls and completions on one single-threaded executor (or strand). No
// call blocks.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
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

class Transport {
 public:
  virtual ~Transport() = default;

  // Opens the wire, or returns why not within `deadline`. Open already: no error.
  virtual boost::asio::awaitable<boost::system::error_code> open(
      std::chrono::milliseconds deadline) = 0;
  virtual bool is_open() const = 0;
  // Ends every read and write on it with operation_aborted. Safe to call at any time.
  virtual void close() = 0;
  // Writes all of it; gives up with timed_out when no byte was accepted for `stall`. One write at a
  // time.
  virtual boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                                    std::chrono::milliseconds stall) = 0;
  // Waits for at least one byte. One read at a time; may run beside a write.
  virtual boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) = 0;
  // For people: "127.0.0.1:9100".
  virtual std::string name() const = 0;
};

}  // namespace matanai::printer
