// A small HTTP client and a WebSocket follower for the kiosk, the checks and the tests. Plain
// http:// only (TLS is the reverse proxy's; the office LAN or loopback is meant). Keep-alive: one
// connection per Client, reopened when needed.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "schema/types/refusal.hpp"

namespace matanai::http {

struct ClientResponse {
  int status = 0;
  std::string content_type;
  std::string body;
};

class Client {
 public:
  // base_url like "http://127.0.0.1:8080". Headers are sent with every request (e.g.
  // Authorization).
  Client(boost::asio::any_io_executor executor, std::string base_url,
         std::vector<std::pair<std::string, std::string>> headers = {});
  ~Client();

  // One request at a time per Client. Refusal: server_unreachable (refused, reset, timeout, not
  // HTTP).
  boost::asio::awaitable<Result<ClientResponse>> get(std::string target,
                                                     std::chrono::milliseconds timeout);
  boost::asio::awaitable<Result<ClientResponse>> post(
      std::string target, std::string json_body,
      std::vector<std::pair<std::string, std::string>> headers, std::chrono::milliseconds timeout);

  // Follows a live socket for ever: calls on_frame for each text frame and on_state(true|false)
  // when it (dis)connects; reconnects after 0.5 s … 10 s with jitter. Ends when the executor stops
  // or the coroutine is cancelled.
  boost::asio::awaitable<void> follow(std::string target, std::function<void(std::string)> on_frame,
                                      std::function<void(bool)> on_state);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::http
