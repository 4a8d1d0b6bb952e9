#include "server/floor/estimate_loop.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>

#include "server/directory/rules.hpp"
#include "server/floor/estimates.hpp"

namespace matanai::floor {
namespace {

using Steady = std::chrono::steady_clock;

constexpr Steady::duration kApart = Millis(200);
constexpr int kShare = 20;  // the time between looks over the time of one, at least
constexpr std::chrono::seconds kTick{10};
constexpr Minutes kBeforeOpening{30};  // tickets are given before the doors open

}  // namespace

struct EstimateLoop::State {
  struct Office {
    explicit Office(boost::asio::io_context& network) : timer(network) {}
    boost::asio::steady_timer timer;
    bool is_busy = false;   // a look is under way or planned
    bool is_stale = false;  // something changed since the look began
    Steady::time_point last{};
    Steady::duration apart = kApart;  // until the next look
  };

  boost::asio::io_context& network;
  db::Database& database;
  const Context& context;
  std::function<void(const OfficeId&)> on_news;
  bool is_stopped = false;
  boost::asio::steady_timer tick;
  std::map<OfficeId, Office> offices;

  State(boost::asio::io_context& network_in, db::Database& database_in, const Context& context_in,
        std::function<void(const OfficeId&)> on_news_in)
      : network(network_in),
        database(database_in),
        context(context_in),
        on_news(std::move(on_news_in)),
        tick(network_in) {}

  Office& entry(const OfficeId& office) {
    return offices.try_emplace(office, network).first->second;
  }
  bool is_awake(const OfficeId& office) const;
  static void changed(const std::shared_ptr<State>& state, const OfficeId& office);
  static boost::asio::awaitable<void> look(std::shared_ptr<State> state, OfficeId office);
  static boost::asio::awaitable<void> run_tick(std::shared_ptr<State> state);
};

bool EstimateLoop::State::is_awake(const OfficeId& office) const {
  const auto now = context.clock.now();
  const auto plan = directory::day_plan(context.directory, office, local_day(now));
  const auto time = local_time_of_day(now);
  return plan.is_open && time + kBeforeOpening >= plan.opens && time < plan.closes + Minutes(120);
}

boost::asio::awaitable<void> EstimateLoop::State::look(std::shared_ptr<State> state,
                                                       OfficeId office) {
  auto& entry = state->entry(office);
  const auto since = Steady::now() - entry.last;
  if (since < entry.apart) {
    entry.timer.expires_after(entry.apart - since);
    co_await entry.timer.async_wait(boost::asio::use_awaitable);
  }
  entry.is_stale = false;
  entry.last = Steady::now();
  const auto before = state->context.estimates.latest(office);
  const auto* context = &state->context;
  std::function<Result<Steady::duration>(db::Transaction&)> work =
      [context, office](db::Transaction& tx) -> Result<Steady::duration> {
    const auto before_look = Steady::now();
    context->estimates.look(tx, office, context->clock.now());
    return Steady::now() - before_look;
  };
  const auto took = co_await state->database.read<Steady::duration>(std::move(work));
  if (took) entry.apart = std::clamp<Steady::duration>(kShare * *took, kApart, kTick);
  entry.is_busy = false;
  if (state->is_stopped) co_return;
  const auto after = state->context.estimates.latest(office);
  if (after && (!before || !tells_the_same(*before, *after))) state->on_news(office);
  if (entry.is_stale) changed(state, office);
}

void EstimateLoop::State::changed(const std::shared_ptr<State>& state, const OfficeId& office) {
  auto& entry = state->entry(office);
  entry.is_stale = true;
  if (entry.is_busy || state->is_stopped || !state->is_awake(office)) return;
  entry.is_busy = true;
  boost::asio::co_spawn(state->network, look(state, office), [state, office](std::exception_ptr e) {
    try {
      if (e) std::rethrow_exception(e);
    } catch (const boost::system::system_error&) {
      // the timer was cancelled: the server stops
    } catch (const std::exception& problem) {
      state->entry(office).is_busy = false;
      spdlog::error("estimate failed: {}", problem.what());
    }
  });
}

boost::asio::awaitable<void> EstimateLoop::State::run_tick(std::shared_ptr<State> state) {
  while (!state->is_stopped) {
    for (const auto& office : state->context.directory.offices()) changed(state, office.id);
    state->tick.expires_after(kTick);
    co_await state->tick.async_wait(boost::asio::use_awaitable);
  }
}

EstimateLoop::EstimateLoop(boost::asio::io_context& network, db::Database& database,
                           const Context& context, std::function<void(const OfficeId&)> on_news)
    : state_(std::make_shared<State>(network, database, context, std::move(on_news))) {}

EstimateLoop::~EstimateLoop() { stop(); }

void EstimateLoop::changed(const OfficeId& office) { State::changed(state_, office); }

void EstimateLoop::start() {
  boost::asio::co_spawn(state_->network, State::run_tick(state_), [](std::exception_ptr) {});
}

void EstimateLoop::stop() {
  state_->is_stopped = true;
  state_->tick.cancel();
  for (auto& [office, entry] : state_->offices) entry.timer.cancel();
}

}  // namespace matanai::floor
