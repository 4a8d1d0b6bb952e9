// The HTTP/1.1 and WebSocket server: accepts, guards (gate.hpp), reads, routes, writes. One network
// thread. Deadlines: 10 s to send a request head, 20 s for its body, 60 s idle keep-alive, 10 s to
// take a response. Limits: head 16 kB, target 2 kB, body 256 kB, 64 fields. Connections beyond the
// limits are answered 503 with Retry-After before anything is read; when very many come at once,
// they are only closed.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "server/http/hub.hpp"
#include "server/http/router.hpp"

namespace matanai::http {

// How long each step may take. Checked every `sweep`, so a step ends at most that much later.
struct Deadlines {
  std::chrono::milliseconds head = std::chrono::seconds(10);
  std::chrono::milliseconds body = std::chrono::seconds(20);
  std::chrono::milliseconds idle = std::chrono::seconds(60);
  std::chrono::milliseconds write = std::chrono::seconds(10);  // for each 64 kB of a response
  std::chrono::milliseconds linger =
      std::chrono::seconds(2);  // after a refusal, for the client to read it
  std::chrono::milliseconds stop = std::chrono::seconds(8);
  std::chrono::milliseconds sweep = std::chrono::milliseconds(500);
};

struct ListenerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0 = any free port, see port()
  std::string public_url;  // "https://…" adds Strict-Transport-Security; its origin is allowed for
                           // sockets and writes
  std::size_t body_limit = 256 * 1024;
  std::size_t connection_limit = 20'000;
  // Of one /24 or /64: a whole office behind one address has some hundred screens and the phones of
  // its hall. Loopback is not counted (our own proxy, kiosk and checks), nor are `proxies`, which
  // see the clients' connections themselves.
  std::size_t connection_limit_per_network = 4'000;
  bool counts_loopback = false;  // in the limit per network: for tests
  Deadlines deadlines{};
  bool access_log =
      false;  // one JSON line a request on the spdlog logger "access" (logs.hpp), if there is one
  // Our own proxies, as normal_address() writes them: of a connection from one of these the
  // client's address is the last X-Forwarded-For entry. Nobody else's word about an address counts.
  std::set<std::string> proxies{};
};

class Listener {
 public:
  // Binds at once; throws std::system_error with a clear message when the port is taken.
  Listener(boost::asio::io_context& context, ListenerOptions options, const Router& router,
           Hub& hub);
  ~Listener();
  void start();
  std::uint16_t port() const;
  // Stops accepting, closes idle connections, tells sockets 1001, lets running requests finish,
  // after deadlines.stop closes every connection. Network thread. `done` is called once, when
  // nothing is left; a handler that hangs even then is not waited for. Called again, it calls
  // `done` at the same end.
  void stop(std::function<void()> done);
  std::size_t connections() const;
  // The clerks' sessions (Identity::session) for which a live socket is open. Network thread.
  std::set<std::string> socket_sessions() const;
  // The devices (Identity::id) for which a live socket is open. Network thread.
  std::set<std::string> socket_devices() const;
  // Closes the live sockets of these sessions with 1008. Network thread.
  void end_sockets(const std::set<std::string>& sessions);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::http
