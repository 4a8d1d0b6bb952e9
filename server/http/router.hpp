// Routes: method + path pattern → handler, with the access each needs. Built once at start, then
// read by the network thread only. Not for business: rooms register their endpoints in a function
// `void add_routes(http::Router&, …)`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/http/message.hpp"

namespace matanai::http {

// A handler runs on the network thread and may co_await (db.read, db.write). It takes the request
// by value. What it throws becomes a 500 problem with the request's id, logged once.
using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

enum class Access {
  open,       // anyone
  signed_in,  // a clerk (cookie), also one who must change a made-up password first
  staff,      // a clerk with a password of their own
  device,     // a kiosk or hall (key in the Authorization header, or the device cookie)
  staff_or_device,
};

// Fills in request.identity for a route that is not open. Implemented by server/staff, composed in
// main. Refusals: not_signed_in, password_change_required, unknown_device, forbidden.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  virtual boost::asio::awaitable<Result<Identity>> authenticate(const Request& request,
                                                                Access access) = 0;
};

// What a live socket is given: the hub topic it follows (hub.hpp), or why not.
using SocketHandler = std::function<boost::asio::awaitable<Result<std::string>>(Request)>;

// An admitted live socket.
struct Watch {
  std::string topic;    // of the hub
  std::string session;  // of the clerk who follows (Identity); empty for others
  std::string device;   // that follows; empty for others
};

class Router {
 public:
  Router();
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // Pattern: "/api/v1/offices/{office:slug}/windows/{window:int}". Kinds: slug [a-z0-9_-]{1,40},
  // int (0…2^31-1), token [A-Za-z0-9]{8,64}, code (8 digits), date, any (one segment, 1–100 bytes).
  // A segment that does not fit its kind is a 404. GET also answers HEAD. Path known with another
  // method: 405 with Allow. A literal segment wins over a parameter. Values of token and code
  // segments never reach the log. Throws std::logic_error on a duplicate or malformed pattern.
  void add(Method method, std::string pattern, Access access, Handler handler);
  void add_socket(std::string pattern, Access access, SocketHandler handler);
  // Serves files below `folder` for GET paths that no route matches (static_files.hpp).
  void set_static(std::string url_prefix, std::string folder);
  // A page of the folder at a fixed address: set_page("/counter", "counter.html").
  void set_page(std::string pattern, std::string file);
  void set_authenticator(Authenticator* authenticator);  // outlives the router

  // Routing, authentication, static files, problems: everything behind the gate. Never throws.
  boost::asio::awaitable<Response> handle(Request request) const;
  // For an upgrade request: what to follow for whom, or why not.
  boost::asio::awaitable<Result<Watch>> handle_socket(Request request) const;
  // The path with token and code segments replaced by "***", for the log.
  std::string masked(const Request& request) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// GET /healthz: 200 as long as the network thread runs. GET /readyz: 200 when is_ready() says so,
// else 503.
void add_health_routes(Router& router, std::function<bool()> is_ready);

}  // namespace matanai::http
