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

// The document under way.
class SpoolerTransport::Queued final : public Document {
 public:
  explicit Queued(std::shared_ptr<SpoolQueue> system) : queue_(std::move(system)) {}

  ErrorCode open() override {
    if (const auto error = queue_->open()) return error;
    for (const auto& old : queue_->jobs().value_or(std::vector<SpoolJob>()))
      if (old.document.starts_with(kOurs)) queue_->remove(old.id);
    return {};
  }

  WriteResult write(std::span<const std::uint8_t> bytes) override {
    if (!is_begun_) {
      ErrorCode error = refusal(queue_->status());
      if (!error) error = queue_->begin(std::string(kOurs) + std::to_string(++count_), job_);
      if (error) return {error, 0};
      is_begun_ = true;
    }
    return queue_->write(bytes);
  }

  ErrorCode end() {
    if (!is_begun_) return {};
    is_begun_ = false;
    is_waiting_ = true;
    return queue_->end();
  }

  // Nothing: it waits still. An error: it will not be printed.
  std::optional<ErrorCode> outcome() {
    if (!is_waiting_) return ErrorCode();
    const auto jobs = queue_->jobs().value_or(std::vector<SpoolJob>());
    const auto ours = std::find_if(jobs.begin(), jobs.end(),
                                   [this](const SpoolJob& each) { return each.id == job_; });
    if (ours == jobs.end() || ours->state == SpoolJob::State::printed) {
      is_waiting_ = false;
      return ErrorCode();
    }
    if (ours->state == SpoolJob::State::waiting) return std::nullopt;
    return make_error_code(ours->state == SpoolJob::State::paper_out ? errc::no_space_on_device
                                                                     : errc::io_error);
  }

  void discard() {
    if (std::exchange(is_begun_, false)) queue_->abort();
    if (std::exchange(is_waiting_, false)) queue_->remove(job_);
  }

  void close() override {
    discard();
    queue_->close();
  }

  std::optional<PortStatus> status() { return queue_->status(); }

 private:
  std::shared_ptr<SpoolQueue> queue_;
  std::uint32_t count_ = 0;
  std::uint32_t job_ = 0;
  bool is_begun_ = false;    // not ended yet
  bool is_waiting_ = false;  // ended, not known to have left the queue
};

SpoolerTransport::SpoolerTransport(asio::any_io_executor executor, std::string name,
                                   std::shared_ptr<SpoolQueue> queue)
    : SpoolerTransport(executor, std::move(name), std::make_shared<Queued>(std::move(queue))) {}

SpoolerTransport::SpoolerTransport(asio::any_io_executor executor, std::string name,
                                   std::shared_ptr<Queued> document)
    : DocumentTransport(executor, document, kPiece),
      executor_(executor),
      name_(std::move(name)),
      document_(std::move(document)) {}

asio::awaitable<ErrorCode> SpoolerTransport::finish(std::chrono::milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  std::function<ErrorCode()> end = [document = document_] { return document->end(); };
  const auto ended = co_await worker().run(std::move(end), deadline);
  ErrorCode error = ended ? *ended : asio::error::timed_out;
  while (!error && is_open()) {
    std::function<std::optional<ErrorCode>()> ask = [document = document_] {
      return document->outcome();
    };
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    const auto outcome = co_await worker().run(std::move(ask), left);
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
  worker().post([document = document_] { document->discard(); });
  co_return error ? error : asio::error::operation_aborted;
}

asio::awaitable<std::optional<PortStatus>> SpoolerTransport::port_status(
    std::chrono::milliseconds deadline) {
  if (!is_open()) co_return std::nullopt;
  std::function<std::optional<PortStatus>()> job = [document = document_] {
    return document->status();
  };
  co_return (co_await worker().run(std::move(job), deadline)).value_or(std::nullopt);
}

}  // namespace matanai::printer
