#include "server/http/message.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "server/http/decode.hpp"
#include "server/http/page.hpp"

namespace matanai::http {
namespace {

constexpr std::string_view kErrorPage = R"(<!doctype html>
<html lang="{{lang}}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <title>{{page_title}}｜{{product}}</title>
  <link rel="icon" href="/ticket/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/ticket/ticket.css">
</head>
<body>
  <header><div class="m-bar"><a class="m-brand" href="/">
    <svg class="m-mark" aria-hidden="true" width="34" height="34" viewBox="0 0 34 34"><path fill="currentColor" d="M6 2h22a2 2 0 0 1 2 2v9.2a4 4 0 0 0 0 7.6V30a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-9.2a4 4 0 0 0 0-7.6V4a2 2 0 0 1 2-2z"/><path d="m11 17.5 4.5 4.5L23.5 12" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>
    <span><small>{{city}}</small>{{product}}</span>
  </a></div></header>
  <main class="m-main t-main">
    <h1>{{title}}</h1>
    <p>{{next}}</p>
    <p><a class="m-button m-button--primary m-button--wide" href="/">{{home}}</a></p>
    <p class="u-note">{{reference}} {{id}}</p>
  </main>
</body>
</html>
)";

std::string_view find_in(const std::map<std::string, std::string, std::less<>>& values,
                         std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<Locale> known_locale(std::string_view tag) {
  if (tag.empty()) return std::nullopt;
  const auto locale = locale_from_tag(tag, Locale::ja);
  if (locale != locale_from_tag(tag, Locale::en)) return std::nullopt;
  return locale;
}

// A time in a sentence is written as people write it, everything else as it is.
std::string spoken_value(const std::string& value) {
  const auto time = parse_time_of_day(value);
  return time ? spoken_time(*time) : value;
}

// words() takes a fixed list, a refusal carries a run-time one: up to six values fill places.
std::string refusal_words(Locale locale, const Refusal& refusal, std::string_view part) {
  std::array<std::string, 6> spoken;
  std::array<std::pair<std::string_view, std::string_view>, 6> v{};
  for (std::size_t i = 0; i < v.size() && i < refusal.values.size(); ++i) {
    spoken[i] = spoken_value(refusal.values[i].second);
    v[i] = {refusal.values[i].first, spoken[i]};
  }
  const std::string key = "refusal." + std::string(entry_of(refusal.code).name) + std::string(part);
  return words(locale, key, {v[0], v[1], v[2], v[3], v[4], v[5]});
}

boost::json::object problem_document(Locale locale, std::string_view request_id,
                                     const Refusal& refusal) {
  const auto& entry = entry_of(refusal.code);
  boost::json::object document;
  document["type"] = "urn:matanai:problem:" + std::string(entry.name);
  document["title"] = refusal_words(locale, refusal, ".title");
  document["status"] = entry.http_status;
  document["detail"] = refusal_words(locale, refusal, ".next");
  document["code"] = boost::json::string_view(entry.name.data(), entry.name.size());
  if (!refusal.fields.empty()) {
    boost::json::array fields;
    for (const auto& field : refusal.fields) {
      fields.push_back({{"pointer", field.pointer}, {"code", field.code}});
    }
    document["fields"] = std::move(fields);
  }
  if (!refusal.values.empty()) {
    boost::json::object values;
    for (const auto& [name, value] : refusal.values) values[name] = value;
    document["values"] = std::move(values);
  }
  document["request_id"] = boost::json::string_view(request_id.data(), request_id.size());
  return document;
}

Response error_page(Locale locale, const Request& request, const Refusal& refusal) {
  const auto title = refusal_words(locale, refusal, ".title");
  const boost::json::object places{
      {"lang", words(locale, "common.lang")},
      {"page_title", words(locale, "ui.error_prefix", {{"title", title}})},
      {"city", words(locale, "ui.city")},
      {"product", words(locale, "ui.product")},
      {"title", title},
      {"next", refusal_words(locale, refusal, ".next")},
      {"home", words(locale, "common.error.home")},
      {"reference", words(locale, "common.error.reference")},
      {"id", request.id}};
  return Response::html(render_page(kErrorPage, places), entry_of(refusal.code).http_status);
}

Response with_problem_headers(Response response, Locale locale, const Refusal& refusal) {
  response.headers.emplace_back("Content-Language", tag_of(locale));
  for (const auto& [name, value] : refusal.values) {
    if (name == "retry_after_s") response.headers.emplace_back("Retry-After", value);
  }
  return response;
}

Response with_body(std::string type, std::string text, int status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", std::move(type));
  response.body = std::make_shared<const std::string>(std::move(text));
  return response;
}

std::string quoted_hash(std::string_view text) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  std::array<char, 33> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return '"' + std::string(hex.data()) + '"';
}

}  // namespace

std::string_view Request::header(std::string_view lower_case_name) const {
  return find_in(headers, lower_case_name);
}
std::string_view Request::query_value(std::string_view name) const { return find_in(query, name); }

const std::string& Request::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  if (found == parameters.end())
    throw std::logic_error("route declares no parameter " + std::string(name));
  return found->second;
}

std::int64_t Request::int_parameter(std::string_view name) const {
  const auto& text = parameter(name);
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc())
    throw std::logic_error("parameter is not an int: " + std::string(name));
  return number;
}

Locale Request::locale() const {
  if (const auto wanted = known_locale(query_value("lang"))) return *wanted;
  if (const auto wanted = known_locale(find_in(cookies, "lang"))) return *wanted;
  return locale_from_accept_language(header("accept-language"));
}

Response Response::json(std::string text, int status) {
  return with_body("application/json", std::move(text), status);
}
Response Response::html(std::string text, int status) {
  return with_body("text/html; charset=utf-8", std::move(text), status);
}
Response Response::no_content() {
  Response response;
  response.status = 204;
  return response;
}
Response Response::redirect(std::string location, int status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Location", std::move(location));
  return response;
}
Response&& Response::with(std::string name, std::string value) && {
  headers.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}
std::string_view Response::header(std::string_view name) const {
  const auto wanted = to_lower(name);
  for (const auto& [known, value] : headers) {
    if (known.size() == name.size() && to_lower(known) == wanted) return value;
  }
  return {};
}

std::string_view method_name(Method method) {
  constexpr std::array<std::string_view, 7> kNames = {"GET",    "HEAD",    "POST", "PUT",
                                                      "DELETE", "OPTIONS", "?"};
  return kNames[static_cast<std::size_t>(method)];
}

Response problem(Locale locale, std::string_view request_id, const Refusal& refusal) {
  auto response = with_body("application/problem+json",
                            boost::json::serialize(problem_document(locale, request_id, refusal)),
                            entry_of(refusal.code).http_status);
  return with_problem_headers(std::move(response), locale, refusal);
}

Response problem(const Request& request, const Refusal& refusal) {
  const auto locale = request.locale();
  const bool is_page = !request.path.starts_with("/api/") &&
                       request.header("accept").find("text/html") != std::string_view::npos;
  if (!is_page) return problem(locale, request.id, refusal);
  return with_problem_headers(error_page(locale, request, refusal), locale, refusal);
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  while (!if_none_match.empty()) {
    const auto comma = if_none_match.find(',');
    auto item = if_none_match.substr(0, comma);
    if_none_match =
        comma == std::string_view::npos ? std::string_view() : if_none_match.substr(comma + 1);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == "*" || item == etag) return true;
  }
  return false;
}

Response conditional(const Request& request, Response response) {
  if (!response.body) return response;
  const auto etag = quoted_hash(*response.body);
  return conditional_on(request, std::move(response), etag);
}

Response conditional_on(const Request& request, Response response, const std::string& etag) {
  if (response.status != 200) return response;
  response.headers.emplace_back("ETag", etag);
  if (response.header("cache-control").empty())
    response.headers.emplace_back("Cache-Control", "no-cache");
  if (!etag_matches(request.header("if-none-match"), etag)) return response;
  response.status = 304;
  response.body.reset();
  std::erase_if(response.headers,
                [](const auto& field) { return to_lower(field.first) == "content-type"; });
  return response;
}

std::string weak_etag(std::string_view meaning) { return "W/" + quoted_hash(meaning); }

Result<boost::json::value> read_json_body(const Request& request) {
  const auto type = request.header("content-type");
  auto media = to_lower(type.substr(0, type.find(';')));
  while (media.ends_with(' ')) media.pop_back();
  if (media != "application/json") return Refusal(RefusalCode::unsupported_media_type);
  if (request.body.empty()) return Refusal(RefusalCode::bad_request);
  return parse_json(request.body);
}

}  // namespace matanai::http
