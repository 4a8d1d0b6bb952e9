// A kiosk's rule for printing, a real Printer over TCP, a virtual printer with faults, a visitor
// who answers when asked, and a count of what came out. Pictures are coded row by row, so that
// every row of paper says which number, whether the copy mark, and which part it is. Under virtual
// time; the same seed and calls give the same course.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "printer/emulator/server.hpp"
#include "printer/job/printer.hpp"
#include "tests/unit/printer/virtual_time.hpp"

namespace matanai::printer::testing {

// Rows of a coded picture; every 16th is white.
inline constexpr int kRows = 112;
Bitmap coded_picture(int number, bool is_copy);

// What one piece of paper shows, from the top.
inline constexpr int kUnread = -1;
struct Print {
  int number = 0;  // kUnread: rows that cannot be read
  bool is_copy = false;
  bool is_whole = false;
  bool operator==(const Print&) const = default;
};
std::vector<Print> read_piece(const Bitmap& piece);

// As kiosk/journal keeps it (next_print, recover): a print that may have come out makes the next
// one a copy, and while that is not known a person is asked first.
struct Ticket {
  int number = 0;
  std::vector<JobState> jobs;
  bool is_settled = false;
  int questions = 0;
  int kills = 0;

  bool is_asked() const {
    return !jobs.empty() && jobs.back() == JobState::unknown && !is_answered;
  }
  bool next_is_copy() const;
  bool is_answered = false;
};

// What went wrong, in counts that must all be 0.
struct Wrongs {
  int lost = 0;       // settled, and not on paper
  int stuck = 0;      // not settled in time
  int doubles = 0;    // a second paper without the mark
  int fragments = 0;  // not followed by a whole one
  int swapped = 0;    // another number's paper came out, or parts of two prints on one piece
  int old = 0;        // came out after a newer number
  int unread = 0;     // rows that no kiosk sent

  void add(const Wrongs& more);
  int sum() const { return lost + stuck + doubles + fragments + swapped + old + unread; }
  std::string text() const;
};

class Lobby {
 public:
  Lobby(emulator::Family family, std::uint32_t seed);
  ~Lobby();

  // Gives out the next number and turns until it is settled, or `limit` is over. `script` begins
  // when `begins` says so.
  enum class Begin { before, sending, confirmed };
  // The kiosk: with the first line of the script, or right after a confirmation.
  enum class Kill { never, with_script, when_confirmed };
  Ticket visit(Begin begins, const std::vector<std::string>& script, Kill kills);
  // What went wrong since the last call; each paper is judged once. is_spoiled: bytes to the
  // printer were damaged, so that what is on the paper is not what was sent, and no printer can
  // tell: of the ticket some ink must have come out, and rows that nobody sent, or that joined
  // another ticket, are not counted.
  Wrongs judge(const Ticket& ticket, bool is_spoiled = false);
  int papers_of(int number) const;  // whole ones
  // The roll is full, the power on, nothing is wrong.
  void mend();
  void switch_off_and_on();    // the printer
  std::string course() const;  // of the last visit, for messages

 private:
  class MemoryJournal;
  struct Seen {
    Print print;
    int while_number = 0;
  };

  void turn_on();
  void pull_plug();
  void step();
  void collect();
  void help();
  void tear_off();
  boost::asio::awaitable<void> serve();

  matanai::testing::VirtualTime time_;
  boost::asio::io_context outside_{1};
  matanai::testing::Turner outside_turner_{outside_};
  std::unique_ptr<emulator::Server> server_;
  std::unique_ptr<boost::asio::io_context> inside_;
  std::unique_ptr<matanai::testing::Turner> inside_turner_;
  std::unique_ptr<Printer> printer_;
  std::unique_ptr<MemoryJournal> journal_;

  Protocol protocol_;
  Ticket ticket_;
  std::function<void(JobState)> on_record_;
  std::vector<Seen> seen_;
  std::vector<Print> torn_;
  int merged_ = 0;         // pieces with parts of two prints, since the last judge()
  int pieces_ = 0;         // all that show something, since then
  bool has_rest_ = false;  // as the journal has it
  std::chrono::milliseconds step_{2};
  std::int64_t papers_read_ = 0;
  std::size_t judged_ = 0;
  std::vector<std::string> course_;
  std::chrono::steady_clock::time_point stuck_since_{};
};

}  // namespace matanai::printer::testing
