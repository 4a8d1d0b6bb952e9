#include "server/demo_clock.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <stdexcept>

#include "schema/types/json.hpp"
#include "server/db/durable_file.hpp"
#include "server/directory/rules.hpp"
#include "server/http/address.hpp"

namespace matanai {
namespace {

struct ClockState {
  Instant now;
  bool is_demo = false;
  std::int64_t offset_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ClockState, (), (now, is_demo, offset_ms))

struct ClockMove {
  std::int64_t by_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ClockMove, (), (by_ms))

std::optional<Millis> read_offset(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::int64_t offset = 0;
  if (!in) return std::nullopt;
  if (!(in >> offset) || offset < 0)
    throw std::runtime_error("demo clock " + file.string() +
                             " is damaged: delete the data folder, or --fresh");
  return Millis(offset);
}

void store(const std::filesystem::path& file, Millis offset) {
  db::write_durably(file, std::to_string(offset.count()) + "\n");
}

constexpr Millis kFurthest = std::chrono::hours(24 * 400);

ClockState state_of(const DemoClock& clock) {
  return {clock.clock().now(), clock.is_demo(), clock.offset().count()};
}

}  // namespace

DemoClock::DemoClock(const std::filesystem::path& data, bool is_demo, bool has_history,
                     const directory::Directory& directory)
    : file_(data / "demo-clock"), is_demo_(is_demo) {
  const auto stored = read_offset(file_);
  if (!is_demo_) {
    if (stored)
      throw std::runtime_error("the data in " + data.string() +
                               " were made with a demo clock: use --demo or another --data folder");
    return;
  }
  if (!stored && has_history) {
    throw std::runtime_error("the data in " + data.string() +
                             " are real ones: --demo needs another --data folder");
  }
  clock_.set_offset(stored.value_or(Millis(0)));
  const auto now = clock_.now();
  const auto open = directory::next_open_instant(directory, directory.offices().front().id, now);
  // Half an hour after opening: tickets are issued and today's first reservations lie ahead.
  const auto wanted =
      open && *open > now ? clock_.offset() + (*open - now) + Minutes(30) : clock_.offset();
  clock_.set_offset(wanted);
  store(file_, wanted);
}

Result<void> DemoClock::advance(Millis by) {
  if (!is_demo_) return Refusal(RefusalCode::clock_not_adjustable);
  if (by.count() < 0) return Refusal(RefusalCode::clock_goes_back);
  const auto wanted = clock_.offset() + by;
  if (wanted > kFurthest) return Refusal(RefusalCode::invalid_fields, {{"/by_ms", "out_of_range"}});
  store(file_, wanted);
  clock_.set_offset(wanted);
  return {};
}

namespace {

boost::asio::awaitable<http::Response> show_clock(const DemoClock& clock) {
  co_return http::Response::json(write_json(state_of(clock)));
}

// A proxy on this machine speaks for others.
bool is_from_here(const http::Request& request) {
  return http::is_loopback(request.remote_address) && request.header("x-forwarded-for").empty();
}

boost::asio::awaitable<http::Response> move_clock(DemoClock& clock, std::function<void()> on_moved,
                                                  http::Request request) {
  if (!is_from_here(request)) co_return http::problem(request, RefusalCode::forbidden);
  const auto move = http::read_body<ClockMove>(request);
  if (move.has_error()) co_return http::problem(request, move.error());
  const auto moved = clock.advance(Millis(std::min(move->by_ms, kFurthest.count())));
  if (moved.has_error()) co_return http::problem(request, moved.error());
  on_moved();
  co_return http::Response::json(write_json(state_of(clock)));
}

}  // namespace

void add_clock_routes(http::Router& router, DemoClock& clock, std::function<void()> on_moved) {
  router.add(http::Method::get, "/api/v1/clock", http::Access::open,
             [&clock](http::Request) { return show_clock(clock); });
  router.add(http::Method::post, "/api/v1/clock", http::Access::open,
             [&clock, on_moved](http::Request request) {
               return move_clock(clock, on_moved, std::move(request));
             });
}

}  // namespace matanai
