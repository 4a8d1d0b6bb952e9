// The virtual printer on a TCP port, like a printer with a network card: one client is served,
// others are accepted by the system and wait until the first one leaves. Runs on the executor given
// (single-threaded); all calls there.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "printer/emulator/device.hpp"
#include "schema/types/time.hpp"

namespace matanai::printer::emulator {

struct Paper {
  std::int64_t id = 0;  // 1, 2, 3 … in order of cutting
  Instant at{};
  Bitmap bitmap;
  std::vector<std::string> texts, codes;  // as in CutPiece
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                // 0 = any free port, see port()
  std::size_t keep = 100;                // newest tickets kept
  std::chrono::seconds idle_close{300};  // a client that sends nothing is dropped; 0 = never
  DeviceOptions device{};
};

class Server {
 public:
  // Listens at once. Throws std::system_error when the port is taken.
  Server(boost::asio::any_io_executor executor, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  // Oldest first, at most `keep`.
  const std::deque<Paper>& papers() const;
  // Tickets cut since the start, kept or not.
  std::int64_t cut_count() const;
  const Device& device() const;
  const Faults& faults() const;
  void set_faults(const Faults& faults);
  void set_paper_left(std::optional<int> rows);
  // The device forgets everything and its connections break.
  void power_cycle();
  void load_script(std::vector<ScriptLine> lines);
  void perform(const Action& action);
  bool has_client() const;
  // Bytes received since the start.
  std::uint64_t received() const;
  // Called after every change of papers, faults, client or bytes received. Must not destroy the
  // server.
  void on_change(std::function<void()> callback);
  // Stops listening and drops the client. Also done by the destructor.
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::printer::emulator
