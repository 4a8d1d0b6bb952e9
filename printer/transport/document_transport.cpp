#include "printer/transport/document_transport.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <vector>

namespace matanai::printer {
namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

asio::awaitable<ErrorCode> DocumentTransport::open(std::chrono::milliseconds deadline) {
  if (is_open_) co_return ErrorCode();
  std::function<ErrorCode()> job = [document = taker_] { return document->open(); };
  const auto answer = co_await worker_.run(std::move(job), deadline);
  if (!answer) worker_.post([document = taker_] { document->close(); });
  const ErrorCode error = answer ? *answer : asio::error::timed_out;
  is_open_ = !error;
  co_return error;
}

void DocumentTransport::close() {
  if (!is_open_) return;
  is_open_ = false;
  worker_.post([document = taker_] { document->close(); });
}

asio::awaitable<WriteResult> DocumentTransport::write(std::span<const std::uint8_t> bytes,
                                                      std::chrono::milliseconds stall) {
  WriteResult result;
  while (!result.error && result.accepted < bytes.size()) {
    if (!is_open_) {
      result.error = asio::error::operation_aborted;
      break;
    }
    const auto piece =
        bytes.subspan(result.accepted, std::min(piece_, bytes.size() - result.accepted));
    std::function<WriteResult()> job =
        [document = taker_, copy = std::vector<std::uint8_t>(piece.begin(), piece.end())] {
          return document->write(copy);
        };
    const auto answer = co_await worker_.run(std::move(job), stall);
    if (!answer) result.error = asio::error::timed_out;
    if (answer) result.error = answer->error;
    result.accepted += answer ? answer->accepted : piece.size();
  }
  co_return result;
}

asio::awaitable<ReadResult> DocumentTransport::read(std::span<std::uint8_t>) {
  co_return ReadResult{asio::error::operation_not_supported, 0};
}

}  // namespace matanai::printer
