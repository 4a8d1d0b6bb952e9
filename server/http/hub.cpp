#include "server/http/hub.hpp"

#include <sodium.h>

#include <array>
#include <atomic>
#include <boost/asio/post.hpp>
#include <map>
#include <unordered_map>
#include <vector>

namespace matanai::http {
namespace {
constexpr std::size_t kChunk = 128;

struct Topic {
  std::shared_ptr<const std::string> frame;
  std::uint64_t version = 0;  // of frame; 0 = none yet
  std::unordered_map<const void*, std::weak_ptr<Hub::Follower>> followers;
  bool is_waking = false;  // a pass over the followers is under way
  bool has_newer = false;  // and another one must come after it
};

std::string random_id() {
  std::array<unsigned char, 6> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 13> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return hex.data();
}
}  // namespace

struct Hub::Follower {
  std::shared_ptr<Topic> topic;
  std::shared_ptr<std::size_t> total;
  std::function<void()> wake;
  std::uint64_t seen = 0;

  ~Follower() {
    topic->followers.erase(this);
    --*total;
  }
};

namespace {
using Followers = std::vector<std::weak_ptr<Hub::Follower>>;

// Wakes kChunk followers and posts the rest, so that other connections are served in between.
void wake_from(boost::asio::io_context& context, std::shared_ptr<Topic> topic,
               std::shared_ptr<Followers> all, std::size_t first);

void start_pass(boost::asio::io_context& context, std::shared_ptr<Topic> topic) {
  topic->is_waking = true;
  topic->has_newer = false;
  auto all = std::make_shared<Followers>();
  all->reserve(topic->followers.size());
  for (const auto& entry : topic->followers) all->push_back(entry.second);
  wake_from(context, std::move(topic), std::move(all), 0);
}

void wake_from(boost::asio::io_context& context, std::shared_ptr<Topic> topic,
               std::shared_ptr<Followers> all, std::size_t first) {
  const auto last = std::min(all->size(), first + kChunk);
  for (auto i = first; i < last; ++i) {
    if (const auto follower = (*all)[i].lock()) follower->wake();
  }
  if (last < all->size()) {
    boost::asio::post(context,
                      [&context, topic, all, last] { wake_from(context, topic, all, last); });
    return;
  }
  topic->is_waking = false;
  if (topic->has_newer) {
    boost::asio::post(context, [&context, topic] {
      if (topic->has_newer && !topic->is_waking) start_pass(context, topic);
    });
  }
}
}  // namespace

struct Hub::State {
  explicit State(boost::asio::io_context& io) : context(io) {}

  boost::asio::io_context& context;
  const std::string epoch = random_id();
  std::atomic<std::uint64_t> seq{0};
  std::map<std::string, std::shared_ptr<Topic>, std::less<>> topics;
  std::function<void(const std::string&)> first_follower;
  std::shared_ptr<std::size_t> total = std::make_shared<std::size_t>(0);

  std::shared_ptr<Topic> topic(const std::string& name) {
    auto& slot = topics[name];
    if (!slot) slot = std::make_shared<Topic>();
    return slot;
  }
};

Hub::Hub(boost::asio::io_context& context) : state_(std::make_shared<State>(context)) {}
Hub::~Hub() = default;

const std::string& Hub::epoch() const { return state_->epoch; }
std::uint64_t Hub::next_seq() { return ++state_->seq; }

void Hub::publish(const std::string& topic, std::string frame) {
  auto shared = std::make_shared<const std::string>(std::move(frame));
  boost::asio::post(state_->context,
                    [weak = std::weak_ptr(state_), topic, shared = std::move(shared)] {
                      const auto state = weak.lock();
                      if (!state) return;
                      auto target = state->topic(topic);
                      target->frame = shared;
                      ++target->version;
                      if (target->is_waking) {
                        target->has_newer = true;
                        return;
                      }
                      start_pass(state->context, std::move(target));
                    });
}

void Hub::forget(const std::string& topic) {
  boost::asio::post(state_->context, [weak = std::weak_ptr(state_), topic] {
    const auto state = weak.lock();
    const auto found = state ? state->topics.find(topic) : decltype(state->topics.end()){};
    if (!state || found == state->topics.end()) return;
    found->second->frame.reset();
    const bool someone_came = !found->second->followers.empty();
    if (someone_came && state->first_follower) state->first_follower(topic);
  });
}

void Hub::on_first_follower(std::function<void(const std::string&)> callback) {
  state_->first_follower = std::move(callback);
}

std::size_t Hub::followers(const std::string& topic) const {
  const auto found = state_->topics.find(topic);
  return found == state_->topics.end() ? 0 : found->second->followers.size();
}

std::size_t Hub::total_followers() const { return *state_->total; }

std::shared_ptr<Hub::Follower> Hub::follow(const std::string& topic, std::function<void()> wake) {
  auto target = state_->topic(topic);
  auto follower = std::make_shared<Follower>(target, state_->total, std::move(wake), 0U);
  target->followers.emplace(follower.get(), follower);
  ++*state_->total;
  const bool is_first = !target->frame && target->followers.size() == 1;
  if (is_first && state_->first_follower) state_->first_follower(topic);
  return follower;
}

std::shared_ptr<const std::string> Hub::next_frame(Follower& follower) {
  if (follower.seen == follower.topic->version) return nullptr;
  follower.seen = follower.topic->version;
  return follower.topic->frame;
}

}  // namespace matanai::http
