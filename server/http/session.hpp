// Inside of server/http: what the listener, its sessions and its sockets share. Include
// listener.hpp instead. Network thread only.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

#include "server/http/connection_count.hpp"
#include "server/http/gate.hpp"
#include "server/http/listener.hpp"

namespace matanai::http {

using SteadyTime = std::chrono::steady_clock::time_point;
using boost::asio::awaitable;
using boost::asio::ip::tcp;

class Session;

// One running server.
struct ServerState {
  ServerState(boost::asio::io_context& io, ListenerOptions given, const Router& routes, Hub& live);

  boost::asio::io_context& context;
  const ListenerOptions options;
  const Router& router;
  Hub& hub;
  tcp::acceptor acceptor;
  boost::asio::steady_timer sweep_timer;
  boost::asio::steady_timer retry_timer;  // after accept() failed for want of descriptors
  boost::asio::steady_timer stop_timer;
  std::unordered_set<Session*> sessions;
  ConnectionCount connections;
  std::string public_origin;
  std::string fixed_fields;  // the same in every response
  std::shared_ptr<spdlog::logger> access;
  std::function<void()> done;
  bool is_stopping = false;
  bool has_finished = false;

  std::string next_request_id();
  const std::string& date();  // of the Date field, written once a second
  void finish_if_empty();
  void finish();  // calls done, once

 private:
  std::string id_prefix_;
  std::uint64_t last_id_ = 0;
  std::string date_;
  std::time_t date_second_ = 0;
};

// One accepted connection: reads heads through the gate, bodies, asks the router, writes; or
// becomes a socket.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<ServerState> server, tcp::socket socket);
  ~Session();
  awaitable<void> run();

  // Called by the sweep: ends what has taken too long.
  void tick(SteadyTime now);
  // Ends at once when idle, else after the running request; a socket is closed with 1001.
  void stop();
  // What is followed for whom, once this is an open socket; empty before.
  const Watch& watch() const { return watch_; }
  // That session ended: its socket is closed with 1008.
  void end_socket();
  // Ends now.
  void abort();
  // The deadline of what runs now; none() while a handler works.
  void set_deadline(std::chrono::milliseconds after);
  void clear_deadline();
  ServerState& server() { return *server_; }

  // While the connection is a socket (socket_session.cpp), stop and abort are its own.
  struct SocketControls {
    std::function<void(boost::beast::websocket::close_code)> stop;
    std::function<void()> abort;
  };
  void become_socket(SocketControls controls, Watch watch) {
    socket_controls_ = std::move(controls);
    watch_ = std::move(watch);
  }
  tcp::socket take_socket() { return std::move(socket_); }

 private:
  enum class Next { again, close };

  awaitable<Next> serve_one();
  awaitable<HeadScanner::Outcome> wait_for_head();
  awaitable<Next> refuse(HeadRefused refused);
  awaitable<void> turn_away();
  awaitable<void> answer_and_close(std::string id, Response response);
  awaitable<bool> read_body(const Head& head, std::size_t head_length, std::string& body,
                            HeadRefused& refused);
  awaitable<bool> read_sized_body(std::size_t length, std::string& body);
  awaitable<bool> read_chunked_body(std::string& body, HeadRefused& refused);
  awaitable<Next> serve_socket(Request request, const Head& head, std::size_t head_length);
  awaitable<bool> write(const Request& request, const Response& response, bool keeps_alive);
  awaitable<void> linger();
  bool fill_request(const Head& head, Request& request);
  std::string_view buffered() const;

  std::shared_ptr<ServerState> server_;
  tcp::socket socket_;
  std::string peer_;
  bool is_proxy_ = false;
  std::string network_;  // as counted; empty: in the total only
  bool is_admitted_ = false;
  boost::beast::flat_buffer buffer_;
  HeadScanner scanner_;
  std::string out_;
  SteadyTime deadline_ = SteadyTime::max();
  bool is_idle_ = true;
  bool has_timed_out_ = false;
  bool is_aborted_ = false;
  SocketControls socket_controls_;
  Watch watch_;
};

// Runs the WebSocket on the session's connection until it ends. `handshake` is the request's bytes
// as they came.
awaitable<void> run_socket(std::shared_ptr<Session> session, std::string handshake, Watch watch);

// The head of a response, without the final body. `keeps_alive` decides Connection.
void write_head(std::string& out, ServerState& server, const Response& response,
                std::string_view request_id, bool keeps_alive);

}  // namespace matanai::http
