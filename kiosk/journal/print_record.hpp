// Sees to it that what became of a ticket whose bytes are out is written down in the end: an
// outcome that the journal does not take (disk full) is kept and offered again. Before the first
// byte a journal that fails still stops the print. Not for deciding when to print (print_queue).
// Network thread; must outlive its coroutines. What is owed at a crash is unknown after it
// (Journal::recover).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <set>
#include <string>

#include "printer/job/journal.hpp"

namespace matanai::kiosk {

class PrintRecord final : public printer::Journal {
 public:
  // The journal outlives the record.
  explicit PrintRecord(printer::Journal& journal) : journal_(journal) {}

  // Throws what the journal throws until `sending` is recorded: then nothing was sent. After that
  // never: the print goes on, so that the printer is watched and cleared as after any other, and
  // its outcome is owed.
  boost::asio::awaitable<void> record(printer::JobId job, printer::JobState state,
                                      bool has_rest) override;
  // The print ended without an outcome: it is unknown, if bytes of it may be out.
  boost::asio::awaitable<void> abandon(printer::JobId job);
  // Offers every outcome owed to the journal again; what it does not take stays owed. Of what the
  // printer holds by now nothing is known here: it may have a rest.
  boost::asio::awaitable<void> record_owed();
  bool owes() const { return !owed_.empty(); }

 private:
  printer::Journal& journal_;
  std::set<std::string> out_;                      // jobs whose bytes may be on their way
  std::map<std::string, printer::JobState> owed_;  // outcomes, by job
};

}  // namespace matanai::kiosk
