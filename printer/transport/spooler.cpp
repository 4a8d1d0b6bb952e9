#include "printer/transport/spooler.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace matanai::printer {
namespace asio = boost::asio;
using boost::system::errc::make_error_code;
using ErrorCode = boost::system::error_code;
namespace errc = boost::system::errc;

namespace {

constexpr std::string_view kOurs = "matanai ticket ";
constexpr std::size_t kPiece = 16384;
constexpr std::chrono::milliseconds kPoll{50};

ErrorCode refusal(const std::optional<PortStatus>& status) {
  if (status && status->is_paper_out) return make_error_code(errc::no_space_on_device);
  if (status && status->is_offline) return make_error_code(errc::not_connected);
  return {};
}

}  // namespace

// The document under way. Only the worker touches it.
struct SpoolerTransport::Document {
  explicit Document(std::shared_ptr<SpoolQueue> system) : queue(std::move(system)) {}

  std::shared_ptr<SpoolQueue> queue;
  std::uint32_t count = 0;
  std::uint32_t job = 0;
  bool is_begun = false;    // not ended yet
  bool is_waiting = false;  // ended, not known to have left the queue

  ErrorCode open() {
    if (const auto error = queue->open()) return error;
    for (const auto& old : queue->jobs().value_or(std::vector<SpoolJob>()))
      if (old.document.starts_with(kOurs)) queue->remove(old.id);
    return {};
  }

  WriteResult write(std::span<const std::uint8_t> bytes) {
    if (!is_begun) {
      ErrorCode error = refusal(queue->status());
      if (!error) error = queue->begin(std::string(kOurs) + std::to_string(++count), job);
      if (error) return {error, 0};
      is_begun = true;
    }
    return queue->write(bytes);
  }

  ErrorCode end() {
    if (!is_begun) return {};
    is_begun = false;
    is_waiting = true;
    return queue->end();
  }

  // Nothing: it waits still. An error: it will not be printed.
  std::optional<ErrorCode> outcome() {
    if (!is_waiting) return ErrorCode();
    const auto jobs = queue->jobs().value_or(std::vector<SpoolJob>());
    const auto ours = std::find_if(jobs.begin(), jobs.end(),
                                   [this](const SpoolJob& each) { return each.id == job; });
    if (ours == jobs.end() || ours->state == SpoolJob::State::printed) {
      is_waiting = false;
      return ErrorCode();
    }
    if (ours->state == SpoolJob::State::waiting) return std::nullopt;
    return make_error_code(ours->state == SpoolJob::State::paper_out ? errc::no_space_on_device
                                                                     : errc::io_error);
  }

  void discard() {
    if (std::exchange(is_begun, false)) queue->abort();
    if (std::exchange(is_waiting, false)) queue->remove(job);
  }

  void close() {
    discard();
    queue->close();
  }
};

SpoolerTransport::SpoolerTransport(asio::any_io_executor executor, std::string name,
                                   std::shared_ptr<SpoolQueue> queue)
    : executor_(executor),
      name_(std::move(name)),
      worker_(executor),
      document_(std::make_shared<Document>(std::move(queue))) {}

SpoolerTransport::~SpoolerTransport() { close(); }

asio::awaitable<ErrorCode> SpoolerTransport::open(std::chrono::milliseconds deadline) {
  if (is_open_) co_return ErrorCode();
  std::function<ErrorCode()> job = [document = document_] { return document->open(); };
  const auto answer = co_await worker_.run(std::move(job), deadline);
  if (!answer) worker_.post([document = document_] { document->close(); });
  const ErrorCode error = answer ? *answer : asio::error::timed_out;
  is_open_ = !error;
  co_return error;
}

void SpoolerTransport::close() {
  if (!is_open_) return;
  is_open_ = false;
  worker_.post([document = document_] { document->close(); });
}

asio::awaitable<WriteResult> SpoolerTransport::write(std::span<const std::uint8_t> bytes,
                                                     std::chrono::milliseconds stall) {
  co_return co_await write_in_pieces(worker_, is_open_, bytes, kPiece, stall,
                                     [document = document_](std::span<const std::uint8_t> piece) {
                                       return document->write(piece);
                                     });
}

asio::awaitable<ReadResult> SpoolerTransport::read(std::span<std::uint8_t>) {
  co_return ReadResult{asio::error::operation_not_supported, 0};
}

asio::awaitable<ErrorCode> SpoolerTransport::finish(std::chrono::milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  std::function<ErrorCode()> end = [document = document_] { return document->end(); };
  const auto ended = co_await worker_.run(std::move(end), deadline);
  ErrorCode error = ended ? *ended : asio::error::timed_out;
  while (!error && is_open_) {
    std::function<std::optional<ErrorCode>()> ask = [document = document_] {
      return document->outcome();
    };
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    const auto outcome = co_await worker_.run(std::move(ask), left);
    if (outcome && *outcome) {
      error = **outcome;
      if (!error) co_return error;
      break;
    }
    if (!outcome || std::chrono::steady_clock::now() >= until) error = asio::error::timed_out;
    asio::steady_timer pause(executor_, kPoll);
    ErrorCode ignored;
    if (!error) co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  worker_.post([document = document_] { document->discard(); });
  co_return error ? error : asio::error::operation_aborted;
}

asio::awaitable<std::optional<PortStatus>> SpoolerTransport::port_status(
    std::chrono::milliseconds deadline) {
  if (!is_open_) co_return std::nullopt;
  std::function<std::optional<PortStatus>()> job = [queue = document_->queue] {
    return queue->status();
  };
  co_return (co_await worker_.run(std::move(job), deadline)).value_or(std::nullopt);
}

}  // namespace matanai::printer
