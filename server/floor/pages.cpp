#include "server/floor/pages.hpp"

#include "schema/types/embedded.hpp"
#include "schema/types/json.hpp"
#include "server/floor/issue.hpp"
#include "server/http/page.hpp"

namespace matanai::floor {
namespace {

using http::Request;
using http::Response;

std::string page_named(std::string_view name) {
  for (const auto& file : embedded::pages()) {
    if (file.name.ends_with(name)) return std::string(file.text);
  }
  throw std::logic_error("page template is missing: " + std::string(name));
}

std::string clock_time(std::optional<Instant> instant) {
  return instant ? spoken_time(local_time_of_day(*instant)) : "";
}

// How long still: places of the wait panel. What is not known is empty.
void add_wait(boost::json::object& places, const TicketStatus& status, Locale locale) {
  const auto& estimate = status.estimate;
  places["has_estimate"] = estimate.has_value();
  places["is_soon"] = estimate && estimate->is_soon;
  places["latest"] = clock_time(estimate ? std::optional(estimate->at_latest) : std::nullopt);
  places["told"] = clock_time(status.told_latest);
  places["range"] =
      estimate ? range_text(locale, estimate->low_minutes, estimate->high_minutes) : "";
  // The figures stand larger than the words around them.
  static constexpr std::string_view kFigures = "\x1F";
  const auto sentence = words(locale, "wait.range", {{"range", kFigures}});
  const auto at = sentence.find(kFigures);
  places["range_before"] = sentence.substr(0, at);
  places["range_after"] = sentence.substr(at + kFigures.size());
  places["has_more_windows"] = status.has_more_windows;
  places["delay_cause"] = "";
  if (!status.delay) return;
  places["is_past_ticket"] =
      estimate && status.told_latest && estimate->at_latest > *status.told_latest;
  const auto* cause = boost::describe::enum_to_string(*status.delay, "");
  places["delay_cause"] = words(locale, "ticket.delay." + std::string(cause));
}

// The places of server/web/pages/ticket.html.
boost::json::object places_of(const TicketStatus& status, Locale locale, const std::string& token,
                              const std::string& section, bool is_demo) {
  const bool is_called = status.state == LegState::called || status.state == LegState::serving;
  boost::json::object places;
  places["lang"] = tag_of(locale);
  places["token"] = token;
  places["number"] = status.number;
  places["letter"] = status.number.substr(0, 1);
  places["digits"] = status.number.substr(1);
  places["office"] = status.office.value;
  places["office_name"] = status.office_name;
  places["section"] = section;
  places["service_name"] = status.service_name;
  places["state"] = boost::describe::enum_to_string(status.state, "waiting");
  places["is_waiting"] = status.state == LegState::waiting;
  places["is_called"] = is_called;
  places["is_other"] = status.state != LegState::waiting && !is_called;
  places["zone"] = status.zone;
  places["window"] = status.window.value_or("");
  places["people_ahead"] = std::to_string(status.people_ahead.value_or(0));
  places["issued_at"] = clock_time(status.issued_at);
  places["called_at"] = clock_time(status.called_at);
  places["reserved_for"] = clock_time(status.reserved_for);
  places["as_of"] = clock_time(status.as_of);
  places["etag"] = etag_of(status);
  places["is_demo"] = is_demo;
  add_wait(places, status, locale);
  return places;
}

// Every words key that the template names as {{t.key}}: {"t.ticket.title": "…"}.
void add_words(boost::json::object& places, const std::string& page, Locale locale) {
  static constexpr std::string_view kOpen = "{{t.";
  for (auto at = page.find(kOpen); at != std::string::npos; at = page.find(kOpen, at + 1)) {
    const auto end = page.find("}}", at);
    if (end == std::string::npos) return;
    const auto key = page.substr(at + kOpen.size(), end - at - kOpen.size());
    const auto value = [&](const char* name) { return std::string(places[name].as_string()); };
    places["t." + key] = words(locale, key,
                               {{"number", value("number")},
                                {"window", value("window")},
                                {"zone", value("zone")},
                                {"time", value("latest")},
                                {"told", value("told")},
                                {"count", value("people_ahead")},
                                {"n", value("people_ahead")}});
  }
}

boost::asio::awaitable<Response> ticket_page(Services services, std::string page, Request request) {
  const auto locale = request.locale();
  const auto token = request.parameter("token");
  std::function<Result<TicketStatus>(db::Transaction&)> work = [context = &services.context, token,
                                                                locale](db::Transaction& tx) {
    return ticket_status(tx, *context, token, locale);
  };
  auto status = co_await services.database.read<TicketStatus>(std::move(work));
  if (status.has_error()) co_return http::problem(request, status.error());
  const auto* office = services.context.directory.find_office(status->office);
  const auto section = office ? office->place.in(locale) : std::string();
  auto places = places_of(*status, locale, token, section, services.is_demo);
  add_words(places, page, locale);
  // The page says to the minute how fresh it is, so its ETag holds for a minute at most.
  auto response = Response::html(http::render_page(page, places));
  co_return http::conditional(request,
                              std::move(response).with("Cache-Control", "private, no-cache"));
}

}  // namespace

void add_pages(http::Router& router, const Services& services) {
  auto page = page_named("/ticket.html");
  router.add(http::Method::get, "/t/{token:token}", http::Access::open,
             [services, page](Request request) {
               return ticket_page(services, page, std::move(request));
             });
}

}  // namespace matanai::floor
