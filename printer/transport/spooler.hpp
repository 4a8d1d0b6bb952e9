// Tickets through a printer queue of the operating system, as raw documents, one per finish(). The
// last resort: a queue takes documents for a printer that is not there and answers nothing, so a
// ticket is only ever "sent". Documents of an earlier life are removed at open(), and one that the
// printer does not take in time is removed again: nothing old comes out later. Thread rule:
// transport.hpp; the queue is called on the wire's own thread. The first piece of a ticket is
// refused with no_space_on_device or not_connected, nothing accepted, when the queue says that its
// printer has no paper or is not there.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "printer/transport/document_transport.hpp"

namespace matanai::printer {

// A document in a queue.
struct SpoolJob {
  enum class State { waiting, printed, paper_out, failed };
  std::uint32_t id = 0;
  std::string document;
  State state = State::waiting;
};

// One queue, as the system gives it (winspool; a fake in tests). Calls block; one thread at a time;
// one document at a time.
class SpoolQueue {
 public:
  using ErrorCode = boost::system::error_code;
  virtual ~SpoolQueue() = default;
  virtual ErrorCode open() = 0;
  // What the queue believes; nullopt when it cannot tell.
  virtual std::optional<PortStatus> status() = 0;
  // Returns the job's number in `job`.
  virtual ErrorCode begin(const std::string& document, std::uint32_t& job) = 0;
  // An error when not every byte was taken.
  virtual WriteResult write(std::span<const std::uint8_t> bytes) = 0;
  virtual ErrorCode end() = 0;
  // Throws the document away that was begun.
  virtual void abort() = 0;
  // Every document in the queue; nullopt when it cannot tell.
  virtual std::optional<std::vector<SpoolJob>> jobs() = 0;
  virtual void remove(std::uint32_t job) = 0;
  virtual void close() = 0;
};

class SpoolerTransport final : public DocumentTransport {
 public:
  SpoolerTransport(boost::asio::any_io_executor executor, std::string name,
                   std::shared_ptr<SpoolQueue> queue);

  // Waits until the document has left the queue. no_space_on_device (paper), io_error or timed_out:
  // it was removed, a part of it may be printed. A queue that cannot tell is believed.
  boost::asio::awaitable<ErrorCode> finish(std::chrono::milliseconds deadline) override;
  boost::asio::awaitable<std::optional<PortStatus>> port_status(
      std::chrono::milliseconds deadline) override;
  std::string name() const override { return "queue " + name_; }

 private:
  class Queued;
  SpoolerTransport(boost::asio::any_io_executor executor, std::string name,
                   std::shared_ptr<Queued> document);

  boost::asio::any_io_executor executor_;
  std::string name_;
  std::shared_ptr<Queued> document_;  // the worker's alone
};

}  // namespace matanai::printer
