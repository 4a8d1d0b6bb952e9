#include <algorithm>
#include <utility>

#include "printer/job/session.hpp"
#include "printer/layout/text_ticket.hpp"

namespace matanai::printer {
namespace asio = boost::asio;

namespace {

constexpr std::size_t kChunk = 2048;  // bytes written between two looks at the state
constexpr int kBladeMm = PaperCount{}.waste_per_cut_mm;
constexpr std::chrono::milliseconds kMechanics{500};  // the motor starts, the blade strikes

void append(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

// Rows down to the lowest black one.
int ink_height(const Bitmap& picture) {
  int height = picture.height();
  const auto is_white = [&](int y) {
    return std::ranges::all_of(picture.row(y), [](std::uint8_t byte) { return byte == 0; });
  };
  while (height > 0 && is_white(height - 1)) --height;
  return height;
}

}  // namespace

asio::awaitable<PrintOutcome> Printer::Session::print(Ticket ticket, JobId job, Journal* journal) {
  auto text = text_body_of(ticket);
  auto body = text ? std::move(*text) : body_of(renderer_.render(ticket));
  co_return co_await print_body(std::move(body), std::move(job), journal);
}

asio::awaitable<PrintOutcome> Printer::Session::print_picture(Bitmap picture, JobId job,
                                                              Journal* journal) {
  co_return co_await print_body(body_of(picture), std::move(job), journal);
}

asio::awaitable<PrintOutcome> Printer::Session::print_body(Body body, JobId job, Journal* journal) {
  const auto self = shared_from_this();
  co_await take_turn();
  const Turn turn(*this);
  auto outcome = co_await run_job(body, job, journal);
  listening_ = nullptr;
  co_await journal->record(job, outcome.state, is_interrupted());
  co_return outcome;
}

Printer::Session::Body Printer::Session::body_of(const Bitmap& picture) const {
  const EncodeOptions options{.dpi = renderer_.paper().dpi,
                              .raster = options_.raster,
                              .cut = false,
                              .band_limit = options_.band_limit,
                              .may_double = options_.may_double,
                              .may_place = options_.may_place};
  auto inked = picture;
  inked.resize_height(ink_height(picture));
  auto encoded = dialect_.encode(inked, options);
  const Bitmap white(picture.width(), picture.height() - inked.height());
  return {.bytes = std::move(encoded.bytes),
          .rest = dialect_.encode(white, options).bytes,
          .last_band = encoded.last_band,
          .rows = picture.height()};
}

std::optional<Printer::Session::Body> Printer::Session::text_body_of(const Ticket& ticket) const {
  const bool is_wanted = options_.form == TicketForm::text;
  if (!is_wanted || !is_written_as_text(locale_from_tag(ticket.locale))) return std::nullopt;
  auto text = dialect_.encode_text(text_page_of(ticket, renderer_.paper(), options_.decor));
  if (!text || !text->is_sure()) return std::nullopt;
  return Body{.bytes = std::move(text->bytes),
              .rest = {},
              .last_band = text->last_line,
              .rows = text->rows};
}

// The body with a mark before its lowest band and one right after its last black row, then the
// white rest, the cut and a mark behind it.
Printer::Session::Sheet Printer::Session::compose(const Body& body,
                                                  const Confirmation& confirmation) const {
  const auto band = body.bytes.begin() + static_cast<std::ptrdiff_t>(body.last_band);
  Sheet sheet;
  if (must_cut_) {  // the fragment, apart from this ticket; of text it may be half a line
    if (options_.form == TicketForm::text) sheet.bytes.push_back('\n');
    append(sheet.bytes, dialect_.cut());
  }
  append(sheet.bytes, dialect_.begin_ticket());
  append(sheet.bytes, dialect_.set_up());
  sheet.bytes.insert(sheet.bytes.end(), body.bytes.begin(), band);
  append(sheet.bytes, confirmation.request(dialect_, Mark::begun));
  sheet.last_band = sheet.bytes.size();
  sheet.bytes.insert(sheet.bytes.end(), band, body.bytes.end());
  append(sheet.bytes, confirmation.request(dialect_, Mark::image));
  append(sheet.bytes, body.rest);
  append(sheet.bytes, dialect_.cut());
  append(sheet.bytes, confirmation.request(dialect_, Mark::cut));
  append(sheet.bytes, dialect_.end_ticket());

  sheet.length_mm = static_cast<int>(body.rows * 25.4 / renderer_.paper().dpi);
  const int way_mm = sheet.length_mm + kBladeMm;
  sheet.paper_time = kMechanics + Millis(way_mm * 1000 / std::max(1, timings_.slowest_mm_per_s));
  return sheet;
}

asio::awaitable<std::size_t> Printer::Session::send(const Sheet& sheet) {
  const auto wire_time = Millis(static_cast<std::int64_t>(sheet.bytes.size()) * 1000 /
                                std::max(1, timings_.slowest_bytes_per_s));
  const auto until = Clock::now() + timings_.stall + sheet.paper_time + wire_time;
  const std::span bytes(sheet.bytes);
  std::size_t at = 0;
  while (at < bytes.size() && !has_stopped() && Clock::now() < until) {
    const auto chunk = bytes.subspan(at, std::min(kChunk, bytes.size() - at));
    const auto result = co_await transport_->write(chunk, timings_.stall);
    at += result.accepted;
    if (result.error) {
      lose_connection();
      break;
    }
  }
  co_return at;
}

asio::awaitable<PrintOutcome> Printer::Session::run_job(const Body& body, JobId job,
                                                        Journal* journal) {
  if (!can_print(co_await hello()))
    co_return outcome(JobState::failed, "refused before the first byte");
  if (is_exchanged()) co_return outcome(JobState::failed, "another printer stands there");

  co_await journal->record(job, JobState::sending, true);
  Confirmation confirmation(method_.value_or(ConfirmMethod::none), next_id_);
  next_id_ += Confirmation::kMarks;
  const auto sheet = compose(body, confirmation);
  listening_ = &confirmation;
  began_on_ = connection_;
  fault_ = PrinterState::ready;

  const auto accepted = co_await send(sheet);
  if (accepted == 0) co_return outcome(JobState::failed, "no byte was accepted");
  must_cut_ = true;  // until it is known that the ticket was cut
  if (accepted < sheet.bytes.size()) must_clear_ = true;
  if (accepted <= sheet.last_band) {
    const auto failed = outcome(JobState::failed, "only a part was sent");
    co_await clear();
    co_return failed;
  }
  if (accepted == sheet.bytes.size()) co_await journal->record(job, JobState::sent, true);
  paper_.add_ticket(sheet.length_mm);

  auto found = transport_->is_two_way() || !transport_->is_open()
                   ? co_await find_out(sheet, confirmation)
                   : co_await end_without_answers(sheet);
  if (found.is_confirmed()) must_cut_ = !found.is_cut;
  co_return found;
}

// A wire that cannot be read: what left this side is as much as can be known.
asio::awaitable<PrintOutcome> Printer::Session::end_without_answers(const Sheet& sheet) {
  const auto error = co_await transport_->finish(timings_.confirm + sheet.paper_time);
  co_await ask_port();
  if (error) co_return outcome(JobState::unknown, "not everything left this side in time");
  if (!can_print(flags_.state())) co_return outcome(JobState::unknown, "the port reports a fault");
  co_return outcome(JobState::confirmed, "sent; this wire brings no answers");
}

}  // namespace matanai::printer
