#include <algorithm>
#include <utility>

#include "printer/job/session.hpp"

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
  co_return co_await print_picture(renderer_.render(ticket), std::move(job), journal);
}

asio::awaitable<PrintOutcome> Printer::Session::print_picture(Bitmap picture, JobId job,
                                                              Journal* journal) {
  const auto self = shared_from_this();
  co_await take_turn();
  const Turn turn(*this);
  auto outcome = co_await run_job(std::move(picture), job, journal);
  listening_ = nullptr;
  co_await journal->record(job, outcome.state, is_interrupted());
  co_return outcome;
}

// Picture with a mark before its lowest band and one right after its last black row, then the white
// rest, the cut and a mark behind it.
Printer::Session::Sheet Printer::Session::compose(const Bitmap& picture,
                                                  const Confirmation& confirmation) {
  const int dpi = renderer_.paper().dpi;
  const EncodeOptions options{.dpi = dpi,
                              .raster = options_.raster,
                              .cut = false,
                              .band_limit = options_.band_limit,
                              .may_double = options_.may_double,
                              .may_place = options_.may_place};
  auto inked = picture;
  inked.resize_height(ink_height(picture));
  const auto encoded = dialect_.encode(inked, options);
  const auto band = encoded.bytes.begin() + static_cast<std::ptrdiff_t>(encoded.last_band);

  Sheet sheet;
  if (must_cut_) append(sheet.bytes, dialect_.cut());  // the fragment, apart from this ticket
  append(sheet.bytes, dialect_.begin_ticket());
  append(sheet.bytes, dialect_.set_up());
  sheet.bytes.insert(sheet.bytes.end(), encoded.bytes.begin(), band);
  append(sheet.bytes, confirmation.request(dialect_, Mark::begun));
  sheet.last_band = sheet.bytes.size();
  sheet.bytes.insert(sheet.bytes.end(), band, encoded.bytes.end());
  append(sheet.bytes, confirmation.request(dialect_, Mark::image));
  const Bitmap rest(picture.width(), picture.height() - inked.height());
  append(sheet.bytes, dialect_.encode(rest, options).bytes);
  append(sheet.bytes, dialect_.cut());
  append(sheet.bytes, confirmation.request(dialect_, Mark::cut));
  append(sheet.bytes, dialect_.end_ticket());

  sheet.length_mm = static_cast<int>(picture.height() * 25.4 / dpi);
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

asio::awaitable<PrintOutcome> Printer::Session::run_job(Bitmap picture, JobId job,
                                                        Journal* journal) {
  if (!can_print(co_await hello()))
    co_return outcome(JobState::failed, "refused before the first byte");

  co_await journal->record(job, JobState::sending, true);
  Confirmation confirmation(method_.value_or(ConfirmMethod::none), next_id_);
  next_id_ += Confirmation::kMarks;
  const auto sheet = compose(picture, confirmation);
  listening_ = &confirmation;
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
