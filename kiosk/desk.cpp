#include "kiosk/desk.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>

#include "schema/types/codes.hpp"

namespace matanai::kiosk {
namespace asio = boost::asio;
namespace {

PaperState paper_state_of(RequestState state) {
  PaperState paper = PaperState::issued;
  boost::describe::enum_from_string(boost::describe::enum_to_string(state, ""), paper);
  return paper;
}

Result<TicketAnswer> answer_of(const Request& request) {
  if (!request.ticket) return RefusalCode::server_unreachable;
  auto ticket = read_tolerantly<IssuedTicket>(*request.ticket);
  if (ticket.has_error()) return ticket.error();
  return TicketAnswer{request.message_id, *ticket, paper_state_of(request.state)};
}

// Well formed, as the journal keeps it. prefix: of the pointers to faulty fields.
Result<ReservationKey> read_key(const ReservationKey& asked, const std::string& prefix) {
  const auto fault = [&](const char* field, const char* code) {
    return Refusal(RefusalCode::invalid_fields, {{prefix + field, code}});
  };
  if (asked.code.has_value() == asked.token.has_value())
    return fault("/code", asked.code ? "unknown" : "missing");
  ReservationKey key;
  if (asked.token) {
    key.token = parse_check_in_token(*asked.token);
    if (!key.token) return fault("/token", "bad_format");
    return key;
  }
  const auto code = parse_reservation_code(*asked.code);
  if (!code) return fault("/code", "bad_format");
  key.code = code->value;
  return key;
}

}  // namespace

struct Desk::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor runs_on, Journal& its_journal, OfficeLink& its_link,
        PrintQueue& its_prints, DeskOptions given)
      : executor(std::move(runs_on)),
        journal(its_journal),
        link(its_link),
        prints(its_prints),
        options(given),
        retry_timer(executor) {}

  asio::any_io_executor executor;
  Journal& journal;
  OfficeLink& link;
  PrintQueue& prints;
  DeskOptions options;
  asio::steady_timer retry_timer;
  std::set<std::string> asking;  // message ids whose answer is awaited now

  asio::awaitable<void> rest(asio::steady_timer& timer, std::chrono::milliseconds time) const {
    timer.expires_after(time);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  asio::awaitable<Result<IssuedTicket>> ask_server(const Request& request) {
    if (request.kind == RequestKind::walk_in) {
      std::optional<ReservationKey> gives_up;
      if (request.code || request.token) gives_up = ReservationKey{request.code, request.token};
      co_return co_await link.issue({link.device_id(), request.message_id,
                                     ServiceId(request.service.value_or("")), request.locale,
                                     std::nullopt, std::move(gives_up)});
    }
    if (request.move_to) co_return co_await move_and_check_in(request);
    co_return co_await check_in(request);
  }

  asio::awaitable<Result<IssuedTicket>> check_in(const Request& request) {
    // Nothing chosen at this kiosk: the reservation's own language.
    std::optional<std::string> locale;
    if (!request.locale.empty()) locale = request.locale;
    co_return co_await link.check_in(
        {link.device_id(), request.message_id, request.code, request.token, std::move(locale)});
  }

  // Asked again as a whole, it moves nothing twice.
  asio::awaitable<Result<IssuedTicket>> move_and_check_in(const Request& request) {
    auto moved = co_await link.move({request.code, request.token, request.move_to.value()},
                                    request.message_id);
    if (moved.has_error()) co_return moved.error();
    auto ticket = co_await check_in(request);
    if (ticket.has_error() && ticket.error().code == RefusalCode::check_in_too_early)
      co_return Refusal(ticket.error()).with("moved", "true");
    co_return ticket;
  }

  // One question to the server, and what follows from its answer.
  asio::awaitable<Result<TicketAnswer>> settle(Request request) {
    auto ticket = co_await ask_server(request);
    if (ticket.has_error()) {
      if (is_passing(ticket.error().code)) co_return ticket.error();
      auto stored = co_await journal.refused(request.message_id, ticket.error());
      if (stored.has_error()) co_return stored.error();
      co_return ticket.error();
    }
    auto stored = co_await journal.issued(request.message_id, *ticket);
    if (stored.has_error()) co_return stored.error();
    prints.print(request.message_id);
    co_return answer_of(*stored);
  }

  asio::awaitable<Result<TicketAnswer>> settle_with_patience(Request request) {
    if (!asking.insert(request.message_id).second) {
      co_return Refusal(RefusalCode::server_unreachable).with("sent", "true");
    }
    Result<TicketAnswer> answer = RefusalCode::server_unreachable;
    asio::steady_timer timer(executor);
    for (int tried = 1;; ++tried) {
      answer = co_await settle(request);
      if (answer.has_value() || !is_passing(answer.error().code) || tried == options.tries) break;
      co_await rest(timer, options.between_tries);
      co_await journal.count_attempt(request.message_id);
    }
    asking.erase(request.message_id);
    // It may have a number, or get one when it is asked for again: the screen must not say that it
    // has none.
    if (answer.has_error() && is_passing(answer.error().code)) {
      co_return Refusal(RefusalCode::server_unreachable).with("sent", "true");
    }
    co_return answer;
  }

  asio::awaitable<Result<TicketAnswer>> take(NewRequest asked, std::string press) {
    if (!prints.can_print()) {
      co_return Refusal(RefusalCode::printer_not_ready)
          .with("state", printer::code_of(prints.printer_state()));
    }
    // Known to be away: nothing is written, so nothing can be issued later to somebody who has
    // gone.
    if (!link.is_up()) co_return RefusalCode::server_unreachable;
    auto request = co_await journal.begin(std::move(asked), std::move(press), link.device_id());
    if (request.has_error()) co_return request.error();
    if (request->state == RequestState::refused)
      co_return request->refusal.value_or(RefusalCode::internal_error);
    if (request->ticket) co_return answer_of(*request);
    // Given up: asking for it now would number somebody who has gone.
    if (request->state == RequestState::lapsed) {
      co_return Refusal(RefusalCode::server_unreachable).with("sent", "true");
    }
    co_return co_await settle_with_patience(*request);
  }

  asio::awaitable<void> ask_again([[maybe_unused]] std::shared_ptr<State> self) {
    for (;;) {
      if (link.is_up()) co_await ask_for_unanswered();
      co_await rest(retry_timer, options.ask_again_every);
    }
  }

  asio::awaitable<void> ask_for_unanswered() {
    auto open = co_await journal.open_work();
    if (open.has_error()) co_return;
    for (const auto& request : open->unanswered) {
      if (!link.is_up()) co_return;
      if (!asking.insert(request.message_id).second) continue;
      co_await journal.count_attempt(request.message_id);
      auto answer = co_await settle(request);
      asking.erase(request.message_id);
      spdlog::info("request {} after {} attempts: {}", request.message_id, request.attempts + 1,
                   answer.has_value() ? answer->ticket.number
                                      : std::string(entry_of(answer.error().code).name));
    }
  }
};

Desk::Desk(asio::any_io_executor executor, Journal& journal, OfficeLink& link, PrintQueue& prints,
           DeskOptions options)
    : state_(std::make_shared<State>(std::move(executor), journal, link, prints, options)) {}

Desk::~Desk() = default;

void Desk::start(OnBroken on_broken) {
  run_loop(state_->executor, state_->ask_again(state_), "the loop that asks again",
           std::move(on_broken));
}

asio::awaitable<Result<TicketAnswer>> Desk::walk_in(WalkIn asked, std::string press) {
  NewRequest request;
  request.kind = RequestKind::walk_in;
  request.service = asked.service;
  request.locale = tag_of(locale_from_tag(asked.locale));
  if (asked.gives_up) {
    const auto key = read_key(*asked.gives_up, "/gives_up");
    if (key.has_error()) co_return key.error();
    request.code = key->code;
    request.token = key->token;
  }
  co_return co_await state_->take(std::move(request), std::move(press));
}

asio::awaitable<Result<TicketAnswer>> Desk::check_in(CheckIn asked, std::string press) {
  const auto key = read_key({asked.code, asked.token}, "");
  if (key.has_error()) co_return key.error();
  if (asked.move_to && !parse_time_of_day(*asked.move_to))
    co_return Refusal(RefusalCode::invalid_fields, {{"/move_to", "bad_format"}});
  NewRequest request;
  request.kind = RequestKind::check_in;
  request.code = key->code;
  request.token = key->token;
  request.move_to = asked.move_to;
  if (asked.locale) request.locale = tag_of(locale_from_tag(*asked.locale));
  co_return co_await state_->take(std::move(request), std::move(press));
}

asio::awaitable<Result<bool>> Desk::answer_print(PrintAnswer answer) {
  auto stored = co_await state_->journal.answer_print(answer.message_id, answer.came_out);
  if (stored.has_value() && !answer.came_out) state_->prints.print(answer.message_id);
  co_return stored;
}

}  // namespace matanai::kiosk
