// Live screens: a topic is one value (a JSON frame) that many sockets follow. A follower gets the
// latest frame at once, then every newer one; one that reads slowly skips to the newest (each frame
// is a whole snapshot, so nothing is lost). Frames carry "seq", strictly increasing per topic
// within one server run, and "epoch", the run's id. Network thread only, but for publish(), which
// any thread may call.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace matanai::http {

class Hub {
 public:
  explicit Hub(boost::asio::io_context& context);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  // The run's id, and a number larger than all it gave before: for the publisher to write into a
  // frame. Any thread.
  const std::string& epoch() const;
  std::uint64_t next_seq();

  // Makes `frame` the topic's value and wakes all followers, in chunks of 128 per turn of the loop.
  // Sent as it is.
  void publish(const std::string& topic, std::string frame);
  // The topic's value is out of date and nobody follows it: the next follower causes
  // on_first_follower again.
  void forget(const std::string& topic);
  // Called on the network thread when a topic without a value gets its first follower, so that it
  // can be published.
  void on_first_follower(std::function<void(const std::string& topic)> callback);
  std::size_t followers(const std::string& topic) const;
  std::size_t total_followers() const;

  // Used by the WebSocket session (socket_session.cpp): a follower is a callable that is told
  // "there is something newer".
  struct Follower;
  std::shared_ptr<Follower> follow(const std::string& topic, std::function<void()> wake);
  // The frame a follower has not seen yet, or null. Marks it as seen.
  std::shared_ptr<const std::string> next_frame(Follower& follower);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::http
