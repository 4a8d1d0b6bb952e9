// A real listener on its own thread, and a blocking raw socket to speak to it byte by byte.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <functional>
#include <future>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/http/hub.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"
#include "tests/unit/support/coroutine.hpp"

namespace matanai::http::test {

using tests::run;

class TestServer {
 public:
  // Routes: GET / "hello"; POST /echo answers the body; both are counted. `more` adds others.
  explicit TestServer(ListenerOptions options = {}, const std::function<void(Router&)>& more = {});
  ~TestServer();
  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  Hub& hub() { return hub_; }
  int handled() const { return handled_; }
  // Stops and waits until nothing is left. Safe to call twice.
  void stop();
  // Runs `question` on the network thread.
  template <class Question>
  auto ask(Question question) {
    auto task = std::make_shared<std::packaged_task<decltype(question())()>>(std::move(question));
    boost::asio::post(context_, [task] { (*task)(); });
    auto answer = task->get_future();
    return answer.get();
  }
  Listener& listener() { return *listener_; }
  boost::asio::io_context& context() { return context_; }

 private:
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      context_.get_executor()};
  Router router_;
  Hub hub_{context_};
  std::atomic<int> handled_ = 0;
  std::unique_ptr<Listener> listener_;
  std::uint16_t port_ = 0;
  bool is_stopped_ = false;
  std::thread thread_;
};

struct Reply {
  int status = 0;  // 0: the connection ended instead
  std::string head;
  std::string body;
  std::string field(std::string_view name) const;  // case as sent; empty when absent
};

class RawClient {
 public:
  // `from`: the address that it comes from, any of 127.0.0.0/8.
  explicit RawClient(std::uint16_t port, const char* from = "127.0.0.1");
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes);
  void finish_sending();
  // One response; HEAD answers have no body.
  Reply read_reply(bool is_head = false);
  // What is there, at least one byte; throws when the server has closed.
  std::string read_some();
  // Everything until the server closes.
  std::string read_to_end();
  // True when the server has closed (waits for it).
  bool is_closed() { return read_to_end().empty(); }

 private:
  bool receive();
  int socket_;
  std::string pending_;
};

// The status codes of all responses in a stream of them, in order.
std::vector<int> statuses_in(std::string_view stream);

// One GET with Connection: close.
Reply get(std::uint16_t port, std::string_view target, std::string_view more_fields = {},
          const char* from = "127.0.0.1");

}  // namespace matanai::http::test
