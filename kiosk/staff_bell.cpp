#include "kiosk/staff_bell.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "kiosk/loop.hpp"

namespace matanai::kiosk {
namespace asio = boost::asio;

struct StaffBell::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor runs_on, Journal& its_journal, OfficeLink& its_link,
        BellOptions given)
      : executor(std::move(runs_on)),
        journal(its_journal),
        link(its_link),
        options(given),
        end_timer(executor) {}

  asio::any_io_executor executor;
  Journal& journal;
  OfficeLink& link;
  BellOptions options;
  asio::steady_timer end_timer;
  std::optional<StaffCallStage> stage;  // as far as the server's answers tell
  std::string message_id;               // of the call that stands
  std::int64_t id = 0;                  // of the server, once it has it
  std::function<void()> on_change;

  std::optional<StaffCallStage> stage_now() const {
    if (stage != StaffCallStage::told) return stage;
    const auto& board = link.board();
    const auto names_it = [this](const std::vector<std::int64_t>& calls) {
      return std::ranges::find(calls, id) != calls.end();
    };
    if (!board) return stage;
    if (names_it(board->dropped_calls)) return std::nullopt;
    return names_it(board->answered_calls) ? StaffCallStage::coming : StaffCallStage::told;
  }

  void enter(std::optional<StaffCallStage> next) {
    stage = next;
    if (on_change) on_change();
  }

  void end_after(std::chrono::milliseconds time) {
    end_timer.expires_after(time);
    end_timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
      const auto state = weak.lock();
      if (error || !state) return;
      state->message_id.clear();
      state->enter(std::nullopt);
    });
  }

  asio::awaitable<Result<bool>> call(KioskCallReason reason) {
    const std::string name = boost::describe::enum_to_string(reason, "");
    auto written = co_await journal.staff_called(name, link.device_id());
    const auto now = stage_now();
    if (now == StaffCallStage::calling || now == StaffCallStage::told) co_return true;
    end_after(options.lasts);
    if (written.has_error()) {  // no message id: the bell alone
      enter(StaffCallStage::bell);
      co_return written.error();
    }
    message_id = *written;
    enter(StaffCallStage::calling);
    run_errand(executor, deliver(shared_from_this(), {link.device_id(), *written, reason}),
               "a call for staff");
    co_return true;
  }

  // Until the server has it, or it is over, or another call has begun.
  static asio::awaitable<void> deliver(std::shared_ptr<State> state, StaffCallRequest request) {
    asio::steady_timer timer(state->executor);
    while (state->message_id == request.message_id) {
      Result<StaffCall> answer = RefusalCode::server_unreachable;
      if (state->link.is_up()) answer = co_await state->link.call_staff(request);
      if (state->message_id != request.message_id) co_return;
      if (answer.has_value()) {
        state->id = answer->id;
        state->end_after(state->options.told_lasts);
        state->enter(StaffCallStage::told);
        co_return;
      }
      state->enter(StaffCallStage::bell);
      if (!is_passing(answer.error().code)) co_return;
      timer.expires_after(state->options.try_again_every);
      boost::system::error_code ignored;
      co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
  }
};

StaffBell::StaffBell(asio::any_io_executor executor, Journal& journal, OfficeLink& link,
                     PrintQueue& prints, BellOptions options)
    : state_(std::make_shared<State>(std::move(executor), journal, link, options)) {
  // Somebody stands there with a number and without paper.
  prints.on_trouble([weak = state_->weak_from_this()](printer::JobState job) {
    const auto state = weak.lock();
    if (!state || job != printer::JobState::failed) return;
    auto errand = [](std::shared_ptr<State> self) -> asio::awaitable<void> {
      co_await self->call(KioskCallReason::printer);
    };
    run_errand(state->executor, errand(state), "a call for staff");
  });
}

StaffBell::~StaffBell() = default;

asio::awaitable<Result<bool>> StaffBell::call(KioskCallReason reason) {
  co_return co_await state_->call(reason);
}
std::optional<StaffCallStage> StaffBell::stage() const { return state_->stage_now(); }
void StaffBell::on_change(std::function<void()> callback) {
  state_->on_change = std::move(callback);
}

}  // namespace matanai::kiosk
