#include "tests/unit/printer/lobby.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>
#include <utility>

#include "printer/emulator/script.hpp"
#include "printer/transport/tcp.hpp"

namespace matanai::printer::testing {
namespace asio = boost::asio;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr PaperSpec kPaper{384, 203};
constexpr auto kShortStep = milliseconds(8), kLongStep = milliseconds(32);
constexpr auto kLimit = std::chrono::seconds(60);  // until a ticket must be settled
constexpr auto kPatience =
    milliseconds(300);  // a visitor, before the answer; a kiosk, before another try
// Until staff switch a printer off and on that does not come back by itself.
constexpr auto kPower = std::chrono::seconds(7);
constexpr PrinterTimings kTimings{.connect = milliseconds(200),
                                  .hello = milliseconds(200),
                                  .stall = milliseconds(600),
                                  .confirm = milliseconds(1500),
                                  .pause = milliseconds(1000),
                                  .poll = milliseconds(100),
                                  .recover = milliseconds(1000),
                                  .slowest_mm_per_s = 30};

// One byte a bit, so that no row holds a command and any byte off is seen: a mark, 10 bits number,
// copy, 7 bits row, 6 bits sum.
constexpr int kBits = 25;
int code_of(int number, bool is_copy, int row) {
  const int facts = number << 8 | (is_copy ? 1 : 0) << 7 | row;
  return 1 << 24 | facts << 6 | (facts * 37 + 11) % 61;
}

struct Row {
  int number = -1;
  bool is_copy = false;
  int at = 0;
};
std::optional<Row> read_row(std::span<const std::uint8_t> bytes) {
  int code = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != 0 && (bytes[i] != 0xFF || i >= kBits)) return std::nullopt;
    if (i < kBits) code = code << 1 | (bytes[i] & 1);
  }
  const Row row{
      .number = code >> 14 & 0x3FF, .is_copy = (code >> 13 & 1) != 0, .at = code >> 6 & 0x7F};
  if (code != code_of(row.number, row.is_copy, row.at)) return std::nullopt;
  return row;
}
bool is_white(std::span<const std::uint8_t> bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}
constexpr bool is_white_row(int row) { return row % 16 == 15; }
int row_after(int row) { return is_white_row(row + 1) ? row + 2 : row + 1; }
constexpr int kLastRow = is_white_row(kRows - 1) ? kRows - 2 : kRows - 1;

}  // namespace

Bitmap coded_picture(int number, bool is_copy) {
  Bitmap picture(kPaper.dots, kRows);
  for (int y = 0; y < kRows; ++y) {
    if (is_white_row(y)) continue;
    const int code = code_of(number, is_copy, y);
    for (int bit = 0; bit < kBits; ++bit) {
      if ((code >> (kBits - 1 - bit) & 1) != 0) picture.fill(bit * 8, y, 8, 1);
    }
  }
  return picture;
}

// A row of which only the beginning arrived before NULs ended the command.
bool is_half_row(std::span<const std::uint8_t> bytes) {
  return bytes[0] == 0xFF &&
         std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0 || byte == 0xFF; });
}

std::vector<Print> read_piece(const Bitmap& piece) {
  std::vector<Print> prints;
  int next = -1;  // the row that goes on with the last print
  for (int y = 0; y < piece.height(); ++y) {
    if (is_white(piece.row(y))) continue;
    const auto row = read_row(piece.row(y));
    if (!row) {
      next = -1;
      if (is_half_row(piece.row(y))) continue;  // it made the print before it a fragment
      if (prints.empty() || prints.back().number >= 0) prints.push_back({.number = kUnread});
      continue;
    }
    const bool goes_on = next == row->at && prints.back().number == row->number &&
                         prints.back().is_copy == row->is_copy;
    if (!goes_on) prints.push_back({.number = row->number, .is_copy = row->is_copy});
    const bool is_from_top = goes_on || row->at == 0;
    next = is_from_top ? row_after(row->at) : -1;
    if (is_from_top && row->at == kLastRow) prints.back().is_whole = true;
  }
  return prints;
}

bool Ticket::next_is_copy() const {
  return std::ranges::any_of(
      jobs, [](JobState job) { return job != JobState::failed && job != JobState::reserved; });
}

void Wrongs::add(const Wrongs& more) {
  lost += more.lost;
  stuck += more.stuck;
  doubles += more.doubles;
  fragments += more.fragments;
  swapped += more.swapped;
  old += more.old;
  unread += more.unread;
}

std::string Wrongs::text() const {
  std::string out;
  const auto add = [&](int count, const char* what) {
    if (count > 0) out += std::to_string(count) + " " + what + " ";
  };
  add(lost, "lost");
  add(stuck, "stuck");
  add(doubles, "doubles");
  add(fragments, "fragments");
  add(swapped, "swapped");
  add(old, "old");
  add(unread, "unread");
  return out.empty() ? "nothing" : out;
}

class Lobby::MemoryJournal final : public Journal {
 public:
  explicit MemoryJournal(Lobby& lobby) : lobby_(lobby) {}
  asio::awaitable<void> record(JobId, JobState state, bool has_rest) override {
    lobby_.ticket_.jobs.back() = state;
    lobby_.has_rest_ = has_rest;
    lobby_.course_.push_back(boost::describe::enum_to_string(state, "?"));
    if (lobby_.on_record_) lobby_.on_record_(state);
    co_return;
  }

 private:
  Lobby& lobby_;
};

Lobby::Lobby(emulator::Family family, std::uint32_t seed)
    : protocol_(family == emulator::Family::star ? Protocol::starprnt : Protocol::escpos) {
  std::mt19937 random(seed);
  emulator::ServerOptions options;
  options.device.dialect = family;
  options.device.dots = kPaper.dots;
  options.device.mm_per_s = 100;
  // Small enough to fill up, or large enough to take a ticket at once.
  options.device.buffer_bytes = random() % 2 == 0 ? 1024 : 65536;
  if (random() % 2 == 0) options.device.rows_ahead = 24;
  server_ = std::make_unique<emulator::Server>(outside_.get_executor(), options);
  ticket_.is_settled = true;
  turn_on();
}

Lobby::~Lobby() { pull_plug(); }

void Lobby::turn_on() {
  inside_ = std::make_unique<asio::io_context>(1);
  inside_turner_ = std::make_unique<matanai::testing::Turner>(*inside_);
  journal_ = std::make_unique<MemoryJournal>(*this);
  // As Journal::recover: what had begun is unknown.
  if (!ticket_.jobs.empty()) {
    auto& job = ticket_.jobs.back();
    const bool was_printing = job == JobState::sending || job == JobState::sent;
    if (was_printing) job = JobState::unknown;
    ticket_.is_answered = ticket_.is_answered && !was_printing;
  }
  PrinterOptions options{.protocol = protocol_, .band_limit = 700, .timings = kTimings};
  options.was_interrupted = has_rest_;
  auto wire = std::make_unique<TcpTransport>(inside_->get_executor(), "127.0.0.1", server_->port());
  printer_ = std::make_unique<Printer>(inside_->get_executor(), std::move(wire), kPaper, options);
  asio::co_spawn(*inside_, serve(), asio::detached);
}

// No goodbye; what its system has taken to send still goes out or not, as the socket ends.
void Lobby::pull_plug() {
  printer_.reset();
  inside_turner_.reset();
  inside_.reset();
  journal_.reset();
}

asio::awaitable<void> Lobby::serve() {
  const auto executor = co_await asio::this_coro::executor;
  boost::system::error_code ignored;
  while (true) {
    const auto state = co_await printer_->status();
    if (!ticket_.is_settled && !ticket_.is_asked() && can_print(state)) {
      const bool is_copy = ticket_.next_is_copy();
      const bool is_reserved = !ticket_.jobs.empty() && ticket_.jobs.back() == JobState::reserved;
      if (!is_reserved) ticket_.jobs.push_back(JobState::reserved);
      ticket_.is_answered = false;
      const auto outcome = co_await printer_->print(
          coded_picture(ticket_.number, is_copy), JobId(std::to_string(ticket_.number)), *journal_);
      course_.push_back("(" + printer::code_of(outcome.printer) + ": " + outcome.detail + ")");
      ticket_.is_settled = outcome.is_confirmed();
      if (outcome.is_confirmed() && !outcome.is_cut) tear_off();
    }
    asio::steady_timer pause(executor, kPatience);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

void Lobby::step() {
  outside_turner_.wake();
  inside_turner_->wake();
  int rounds = 0;
  for (bool is_busy = true; is_busy; ++rounds) {
    is_busy = outside_turner_.turn();
    is_busy = inside_turner_->turn() || is_busy;
  }
  // While nothing happens time goes faster.
  step_ = rounds > 2 ? kShortStep : std::min(2 * step_, kLongStep);
  time_.advance(step_);
  collect();
}

void Lobby::collect() {
  const auto& papers = server_->papers();
  for (const auto& paper : papers) {
    if (paper.id <= papers_read_) continue;
    papers_read_ = paper.id;
    std::string line = "[";
    const auto prints = read_piece(paper.bitmap);
    const bool is_fragment = std::ranges::none_of(prints, &Print::is_whole);
    const auto read =
        std::ranges::count_if(prints, [](const Print& print) { return print.number != kUnread; });
    if (read > 1) ++merged_;
    if (!prints.empty()) ++pieces_;
    for (const auto& print : prints) {
      if (print.number == kUnread && is_fragment) {
        continue;  // commands taken for dots at the broken end of a ticket
      } else if (const auto torn = std::ranges::find(torn_, print); torn != torn_.end()) {
        torn_.erase(torn);
      } else {
        seen_.push_back({print, ticket_.number});
      }
      line += std::to_string(print.number) + (print.is_copy ? "c" : "") +
              (print.is_whole ? "" : "~") + " ";
    }
    course_.push_back(line + "]");
  }
}

// It hangs at the blade, and the screen says so. The virtual printer's paper cannot be torn: that
// it falls later is no news.
void Lobby::tear_off() {
  course_.push_back("torn off");
  auto torn_before = torn_;
  for (const auto& print : read_piece(server_->device().hanging_paper())) {
    if (const auto torn = std::ranges::find(torn_before, print); torn != torn_before.end()) {
      torn_before.erase(torn);
      continue;
    }
    seen_.push_back({print, ticket_.number});
    torn_.push_back(print);
  }
}

int Lobby::papers_of(int number) const {
  return static_cast<int>(std::ranges::count_if(
      seen_, [&](const Seen& seen) { return seen.print.number == number && seen.print.is_whole; }));
}

// The visitor answers what the screen asks; staff switch off and on what does not come back.
void Lobby::help() {
  const auto now = SteadyClock::now();
  const auto state = server_->device().state();
  if (can_print(state)) stuck_since_ = now;
  if (now - stuck_since_ > kPower) {
    course_.push_back("power");
    mend();
    stuck_since_ = now;
  }
  if (!ticket_.is_asked() || ticket_.is_settled) return;
  ++ticket_.questions;
  ticket_.is_answered = true;
  ticket_.is_settled = papers_of(ticket_.number) > 0;
  course_.push_back(ticket_.is_settled ? "yes" : "no");
}

void Lobby::mend() {
  server_->perform({.kind = emulator::Action::Kind::heal});
  if (!can_print(server_->device().state())) server_->power_cycle();
}

void Lobby::switch_off_and_on() { server_->power_cycle(); }

Ticket Lobby::visit(Begin begins, const std::vector<std::string>& script, Kill kills) {
  std::string text;
  for (const auto& line : script) text += line + "\n";
  bool is_begun = false, is_kill_due = kills != Kill::never, is_confirmed = false;
  const auto begin = [&] {
    is_begun = true;
    server_->load_script(emulator::parse_script(text));
  };
  on_record_ = [&](JobState state) {
    const bool is_moment =
        begins == Begin::sending ? state == JobState::sending : state == JobState::confirmed;
    if (begins != Begin::before && !is_begun && is_moment) begin();
    is_confirmed = state == JobState::confirmed;
  };
  course_.clear();
  if (begins == Begin::before) begin();
  ticket_ = {.number = ticket_.number + 1, .jobs = {}};
  stuck_since_ = SteadyClock::now();
  const auto until = SteadyClock::now() + kLimit;
  const auto settled_for = milliseconds(1500);  // what comes later than it should is seen
  auto settled_at = SteadyClock::time_point::max();
  while (SteadyClock::now() < until) {
    step();
    help();
    const auto& lines = server_->device().script();
    const bool has_fired = is_begun && !lines.empty() && lines.front().has_fired;
    if (is_kill_due && (kills == Kill::with_script ? has_fired : is_confirmed)) {
      is_kill_due = false;
      ++ticket_.kills;
      course_.push_back("killed");
      pull_plug();
      turn_on();
    }
    if (!ticket_.is_settled) continue;
    settled_at = std::min(settled_at, SteadyClock::now());
    if (SteadyClock::now() - settled_at >= settled_for) break;
  }
  on_record_ = nullptr;
  server_->load_script({});
  if (!ticket_.is_settled) {  // a bug: the next ticket begins anew
    pull_plug();
    turn_on();
  }
  return ticket_;
}

Wrongs Lobby::judge(const Ticket& ticket, bool is_spoiled) {
  Wrongs wrongs;
  const int merged = std::exchange(merged_, 0), pieces = std::exchange(pieces_, 0);
  const bool has_ink = pieces > 0 || !read_piece(server_->device().hanging_paper()).empty();
  const bool is_there = papers_of(ticket.number) > 0 || (is_spoiled && has_ink);
  if (!is_spoiled) wrongs.swapped = merged;
  if (!ticket.is_settled) ++wrongs.stuck;
  if (ticket.is_settled && !is_there) ++wrongs.lost;
  for (; judged_ < seen_.size(); ++judged_) {
    const auto& [print, while_number] = seen_[judged_];
    if (print.number == kUnread) {
      if (!is_spoiled) ++wrongs.unread;
      continue;
    }
    // Damaged rows may look like any number's; a whole ticket of them does not.
    if (print.number > while_number && (print.is_whole || !is_spoiled)) ++wrongs.swapped;
    if (print.number < while_number && !is_spoiled) ++wrongs.old;
    const auto before = std::span(seen_).first(judged_);
    const auto after = std::span(seen_).subspan(judged_ + 1);
    const auto is_whole = [&](const Seen& seen) {
      return seen.print.number == print.number && seen.print.is_whole;
    };
    if (print.is_whole && !print.is_copy && std::ranges::any_of(before, is_whole)) ++wrongs.doubles;
    if (is_spoiled) continue;
    if (!print.is_whole && std::ranges::none_of(after, is_whole)) ++wrongs.fragments;
  }
  return wrongs;
}

std::string Lobby::course() const {
  std::string out;
  for (const auto& line : course_) out += line + " ";
  return out;
}

}  // namespace matanai::printer::testing
