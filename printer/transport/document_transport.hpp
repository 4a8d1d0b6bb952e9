// A wire that takes whole documents and answers nothing (a file, a queue), by calls that block:
// they are made on the wire's own thread. For the wires built on it; what ends a document is
// theirs. Thread rule: transport.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "printer/transport/transport.hpp"
#include "printer/transport/worker.hpp"

namespace matanai::printer {

class DocumentTransport : public Transport {
 public:
  using ErrorCode = boost::system::error_code;

  // What the calls go to. Only the worker touches it, one call at a time.
  class Document {
   public:
    virtual ~Document() = default;
    virtual ErrorCode open() = 0;
    virtual WriteResult write(std::span<const std::uint8_t> bytes) = 0;
    // Throws away what has not been ended.
    virtual void close() = 0;
  };

  ~DocumentTransport() override { close(); }

  boost::asio::awaitable<ErrorCode> open(std::chrono::milliseconds deadline) final;
  bool is_open() const final { return is_open_; }
  bool is_two_way() const final { return false; }
  void close() final;
  // In pieces, each within `stall`. One whose deadline is over counts as accepted: it may have
  // reached the printer.
  boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                            std::chrono::milliseconds stall) override;
  boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) final;

 protected:
  // `piece`: the most bytes of one call.
  DocumentTransport(boost::asio::any_io_executor executor, std::shared_ptr<Document> document,
                    std::size_t piece)
      : worker_(executor), taker_(std::move(document)), piece_(piece) {}
  Worker& worker() { return worker_; }

 private:
  Worker worker_;
  std::shared_ptr<Document> taker_;
  std::size_t piece_;
  bool is_open_ = false;
};

}  // namespace matanai::printer
