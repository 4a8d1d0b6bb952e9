// Offices, days and times.
#include <algorithm>
#include <charconv>

#include "server/booking/api_state.hpp"
#include "server/booking/present.hpp"

namespace matanai::booking {
namespace {

using boost::asio::awaitable;
using std::chrono::days;

constexpr int kDefaultDays = 31;
constexpr int kMostDays = 62;
constexpr days kFarthest{366};  // dates that a request may name, from today

awaitable<http::Response> list_offices(ApiPtr api, http::Request request) {
  co_return http::Response::json(
      write_json(present_offices(api->services.directory, request.locale())));
}

awaitable<http::Response> get_office(ApiPtr api, http::Request request) {
  const auto& directory = api->services.directory;
  const auto* office = directory.find_office(OfficeId(request.parameter("office")));
  if (!office) co_return http::problem(request, RefusalCode::unknown_office);
  co_return http::Response::json(write_json(present_office(
      directory, *office, local_day(api->now()), request.locale(), api->services.public_url)));
}

// `name` of the query as a date near today; `fallback` when absent.
Result<LocalDay> query_day(const http::Request& request, std::string_view name, LocalDay today,
                           std::optional<LocalDay> fallback) {
  const auto text = request.query_value(name);
  if (text.empty() && fallback) return *fallback;
  if (text.empty()) return invalid(std::string(name), "missing");
  const auto day = parse_day(text);
  if (!day) return invalid(std::string(name), "bad_format");
  if (*day < today - kFarthest || *day > today + kFarthest)
    return invalid(std::string(name), "out_of_range");
  return *day;
}

Result<int> query_days(const http::Request& request) {
  const auto text = request.query_value("days");
  if (text.empty()) return kDefaultDays;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return invalid("days", "bad_format");
  if (number < 1 || number > kMostDays) return invalid("days", "out_of_range");
  return number;
}

// One range scan, whatever the number of days.
Usage usage_of_days(db::Transaction& tx, const Offer& offer, LocalDay first, LocalDay last,
                    Instant now) {
  return store::usage(tx, offer.office->id, offer.service->group, instant_at(first, TimeOfDay(0)),
                      instant_at(last + days(1), TimeOfDay(0)), now);
}

Result<messages::DayList> days_of(db::Transaction& tx, const Api& api, const Offer& offer,
                                  LocalDay from, int count, Locale locale) {
  const auto& directory = api.services.directory;
  const auto now = api.now();
  const auto window = booking_window(directory, offer, Channel::web, now);
  const auto first = std::min(from, window.today);
  const auto last = std::max(from + days(count - 1), window.last_day);
  const auto usage = usage_of_days(tx, offer, first, last, now);
  messages::DayList list;
  for (int i = 0; i < count; ++i) {
    list.days.push_back(present_day(
        summarise_day(directory, offer, from + days(i), Channel::web, now, usage), locale));
  }
  for (const auto& time : soonest(directory, offer, Channel::web, now, usage))
    list.soonest.push_back(present_time(time));
  list.bookable_until = window.last_day;
  return list;
}

awaitable<http::Response> list_days(ApiPtr api, http::Request request) {
  auto offer = find_offer(api->services.directory, OfficeId(request.parameter("office")),
                          ServiceId(request.parameter("service")));
  if (offer.has_error()) co_return http::problem(request, offer.error());
  const auto today = local_day(api->now());
  const auto from = query_day(request, "from", today, today);
  if (from.has_error()) co_return http::problem(request, from.error());
  const auto count = query_days(request);
  if (count.has_error()) co_return http::problem(request, count.error());
  const auto list = co_await api->services.db.read<messages::DayList>(
      [api, offer = *offer, from = *from, count = *count, locale = request.locale()](
          db::Transaction& tx) { return days_of(tx, *api, offer, from, count, locale); });
  co_return http::answer(request, list);
}

Result<messages::TimeList> times_on(db::Transaction& tx, const Api& api, const Offer& offer,
                                    LocalDay day, Locale locale) {
  const auto& directory = api.services.directory;
  const auto now = api.now();
  const auto window = booking_window(directory, offer, Channel::web, now);
  if (day > window.last_day)
    return Refusal(RefusalCode::beyond_horizon).with("until", to_wire(window.last_day));
  const auto usage = usage_of_days(tx, offer, day, day, now);
  const auto shown =
      present_day(summarise_day(directory, offer, day, Channel::web, now, usage), locale);
  messages::TimeList list{
      day, directory::day_plan(directory, offer.office->id, day).is_open, shown.reason, {}};
  for (const auto& time : times_of(directory, offer, day, Channel::web, now, usage))
    list.times.push_back(present_time(time));
  return list;
}

awaitable<http::Response> list_times(ApiPtr api, http::Request request) {
  auto offer = find_offer(api->services.directory, OfficeId(request.parameter("office")),
                          ServiceId(request.parameter("service")));
  if (offer.has_error()) co_return http::problem(request, offer.error());
  const auto day = query_day(request, "date", local_day(api->now()), std::nullopt);
  if (day.has_error()) co_return http::problem(request, day.error());
  const auto list = co_await api->services.db.read<messages::TimeList>(
      [api, offer = *offer, day = *day, locale = request.locale()](db::Transaction& tx) {
        return times_on(tx, *api, offer, day, locale);
      });
  co_return http::answer(request, list);
}

}  // namespace

void add_office_routes(http::Router& router, const ApiPtr& api) {
  using http::Access;
  using http::Method;
  router.add(Method::get, "/api/v1/offices", Access::open, bind(api, list_offices));
  router.add(Method::get, "/api/v1/offices/{office:slug}", Access::open, bind(api, get_office));
  router.add(Method::get, "/api/v1/offices/{office:slug}/services/{service:slug}/days",
             Access::open, bind(api, list_days));
  router.add(Method::get, "/api/v1/offices/{office:slug}/services/{service:slug}/times",
             Access::open, bind(api, list_times));
}

}  // namespace matanai::booking
