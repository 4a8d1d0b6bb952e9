#include "server/floor/publisher.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>

#include "schema/types/json.hpp"
#include "server/floor/boards.hpp"

namespace matanai::floor {
namespace {

constexpr Millis kCoalesce{20};
constexpr std::chrono::seconds kTick{60};
constexpr std::chrono::seconds kRetry{1};

struct Frames {
  Board board;
  Floor floor;
};

// nullopt when the snapshot could not be read: logged, to be tried again.
boost::asio::awaitable<std::optional<Frames>> read_safely(
    db::Database& database, std::function<Result<Frames>(db::Transaction&)> work) {
  try {
    auto frames = co_await database.read<Frames>(std::move(work));
    if (frames.has_value()) co_return *std::move(frames);
    spdlog::warn("board was not read: {}", entry_of(frames.error().code).name);
  } catch (const std::exception& problem) {
    spdlog::error("board was not read: {}", problem.what());
  }
  co_return std::nullopt;
}

}  // namespace

std::string board_topic(const OfficeId& office) { return "board/" + office.value; }
std::string floor_topic(const OfficeId& office) { return "floor/" + office.value; }

struct Publisher::State {
  struct Office {
    explicit Office(boost::asio::io_context& network) : timer(network) {}
    boost::asio::steady_timer timer;
    bool is_reading = false;  // a snapshot is being read
    bool is_waiting = false;  // a push is planned
    bool is_stale = false;    // something changed since the snapshot began
    std::chrono::steady_clock::time_point last_push{};
  };

  boost::asio::io_context& network;
  db::Database& database;
  http::Hub& hub;
  const Context& context;
  std::string epoch;
  std::int64_t seq = 0;
  bool is_stopped = false;
  boost::asio::steady_timer tick;
  std::map<std::string, Office> offices;
  std::function<void(const OfficeId&)> listener;

  State(boost::asio::io_context& network_in, db::Database& database_in, http::Hub& hub_in,
        const Context& context_in, std::string epoch_in)
      : network(network_in),
        database(database_in),
        hub(hub_in),
        context(context_in),
        epoch(std::move(epoch_in)),
        tick(network_in) {}

  bool is_watched(const OfficeId& office) const {
    return hub.followers(board_topic(office)) + hub.followers(floor_topic(office)) > 0;
  }
  template <class Frame>
  void publish(const std::string& topic, const Frame& frame) {
    if (hub.followers(topic) > 0) {
      hub.publish(topic, write_json(frame));
    } else {
      hub.forget(topic);
    }
  }
  static boost::asio::awaitable<void> push(std::shared_ptr<State> state, OfficeId office);
  static boost::asio::awaitable<void> wait_and_push(std::shared_ptr<State> state, OfficeId office,
                                                    Millis delay);
  static boost::asio::awaitable<void> run_tick(std::shared_ptr<State> state);
  static void changed(const std::shared_ptr<State>& state, const OfficeId& office);
};

boost::asio::awaitable<void> Publisher::State::push(std::shared_ptr<State> state, OfficeId office) {
  auto& entry = state->offices.try_emplace(office.value, state->network).first->second;
  entry.is_reading = true;
  entry.is_stale = false;
  entry.last_push = std::chrono::steady_clock::now();
  const Context* context = &state->context;
  std::function<Result<Frames>(db::Transaction&)> work =
      [context, office](db::Transaction& tx) -> Result<Frames> {
    const auto now = context->clock.now();
    return Frames{read_board(tx, *context, office, now), read_floor(tx, *context, office, now)};
  };
  const auto frames = co_await read_safely(state->database, std::move(work));
  entry.is_reading = false;
  if (!frames && !state->is_stopped) {
    entry.last_push =
        std::chrono::steady_clock::now() + kRetry;  // screens say they are stale meanwhile
    entry.is_stale = true;
  }
  if (frames && !state->is_stopped) {
    const auto seq = ++state->seq;
    auto [board, floor] = *frames;
    board.epoch = floor.epoch = state->epoch;
    board.seq = floor.seq = seq;
    state->publish(board_topic(office), board);
    state->publish(floor_topic(office), floor);
  }
  if (entry.is_stale) changed(state, office);
}

boost::asio::awaitable<void> Publisher::State::wait_and_push(std::shared_ptr<State> state,
                                                             OfficeId office, Millis delay) {
  auto& entry = state->offices.try_emplace(office.value, state->network).first->second;
  if (delay.count() > 0) {
    entry.timer.expires_after(delay);
    co_await entry.timer.async_wait(boost::asio::use_awaitable);
  }
  entry.is_waiting = false;
  co_await push(state, office);
}

void Publisher::State::changed(const std::shared_ptr<State>& state, const OfficeId& office) {
  auto& entry = state->offices.try_emplace(office.value, state->network).first->second;
  if (entry.is_reading) {
    entry.is_stale = true;
    return;
  }
  if (entry.is_waiting || state->is_stopped) return;
  if (!state->is_watched(office)) {  // read when somebody comes
    state->hub.forget(board_topic(office));
    state->hub.forget(floor_topic(office));
    return;
  }
  entry.is_waiting = true;
  const auto since =
      std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - entry.last_push);
  const auto delay = since >= kCoalesce ? Millis(0) : kCoalesce - since;  // longer after a failure
  boost::asio::co_spawn(state->network, wait_and_push(state, office, delay),
                        [](std::exception_ptr error) {
                          try {
                            if (error) std::rethrow_exception(error);
                          } catch (const boost::system::system_error&) {
                            // the timer was cancelled: the server stops
                          } catch (const std::exception& problem) {
                            spdlog::error("board was not pushed: {}", problem.what());
                          }
                        });
}

boost::asio::awaitable<void> Publisher::State::run_tick(std::shared_ptr<State> state) {
  while (!state->is_stopped) {
    state->tick.expires_after(kTick);
    co_await state->tick.async_wait(boost::asio::use_awaitable);
    for (const auto& office : state->context.directory.offices()) {
      if (state->is_watched(office.id)) changed(state, office.id);
    }
  }
}

Publisher::Publisher(boost::asio::io_context& network, db::Database& database, http::Hub& hub,
                     const Context& context, std::string epoch)
    : state_(std::make_shared<State>(network, database, hub, context, std::move(epoch))) {
  hub.on_first_follower([weak = std::weak_ptr(state_)](const std::string& topic) {
    const auto state = weak.lock();
    const auto slash = topic.find('/');
    if (state && slash != std::string::npos)
      State::changed(state, OfficeId(topic.substr(slash + 1)));
  });
}

Publisher::~Publisher() { stop(); }

void Publisher::changed(const OfficeId& office) {
  State::changed(state_, office);
  if (state_->listener) state_->listener(office);
}

void Publisher::push(const OfficeId& office) { State::changed(state_, office); }

void Publisher::on_change(std::function<void(const OfficeId&)> listener) {
  state_->listener = std::move(listener);
}

void Publisher::start() {
  boost::asio::co_spawn(state_->network, State::run_tick(state_), [](std::exception_ptr) {});
}

void Publisher::stop() {
  state_->is_stopped = true;
  state_->tick.cancel();
  for (auto& [name, entry] : state_->offices) entry.timer.cancel();
}

const std::string& Publisher::epoch() const { return state_->epoch; }
std::int64_t Publisher::next_seq() { return ++state_->seq; }

}  // namespace matanai::floor
