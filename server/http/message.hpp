// What an endpoint sees of HTTP: plain value types. Beast stays behind listener.cpp and client.cpp.
// Values, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/types/json.hpp"
#include "schema/types/locale.hpp"
#include "schema/types/refusal.hpp"

namespace matanai::http {

enum class Method { get, head, post, put, del, options, other };

// Who is asking, as found by the authenticator of the route's Access (router.hpp).
struct Identity {
  enum class Kind { nobody, staff, device };
  Kind kind = Kind::nobody;
  std::string id;       // StaffId or DeviceId; empty for nobody
  std::string name;     // staff: as shown to colleagues and in refusals
  std::string office;   // the office it belongs to; empty = every office (city staff)
  std::string role;     // device: kiosk | hall; staff: clerk (others come with later issues)
  std::string session;  // staff: opaque session row key, for sign-out
};

struct Request {
  Method method = Method::get;
  std::string path;                                         // decoded, without query
  std::map<std::string, std::string, std::less<>> query;    // decoded; the last of a repeated name
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  std::map<std::string, std::string, std::less<>> cookies;
  std::map<std::string, std::string, std::less<>> parameters;  // of the route's path
  std::string body;
  std::string remote_address;  // the client's, without port
  std::string id;              // in the log and in every problem document
  Identity identity;

  // Empty when absent. A repeated field is joined by ", ".
  std::string_view header(std::string_view lower_case_name) const;
  std::string_view query_value(std::string_view name) const;
  // Of a parameter that the route declares; int_parameter only for {name:int}.
  const std::string& parameter(std::string_view name) const;
  std::int64_t int_parameter(std::string_view name) const;
  // ?lang= wins over the cookie "lang", which wins over Accept-Language.
  Locale locale() const;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::shared_ptr<const std::string> body{};  // shared, so that cached bodies are not copied

  static Response json(std::string text,
                       int status = 200);  // no-store unless a Cache-Control is set by hand
  static Response html(std::string text, int status = 200);
  static Response no_content();
  static Response redirect(std::string location, int status = 303);
  Response&& with(std::string name, std::string value) &&;
  // Empty when absent; names compare without case.
  std::string_view header(std::string_view name) const;
};

// "GET", "POST", …; "?" for other.
std::string_view method_name(Method method);

// RFC 9457: application/problem+json {type,title,status,detail,code,fields?,values?,request_id};
// title and detail are the catalogue's words in the request's language. 401 never carries
// WWW-Authenticate: Basic. A person's navigation (a path outside /api that accepts text/html) gets
// the same words as a small page. A value "retry_after_s" becomes Retry-After.
Response problem(const Request& request, const Refusal& refusal);
// The document alone, for where no request could be read.
Response problem(Locale locale, std::string_view request_id, const Refusal& refusal);

// For answers of GET: gives a 200 a strong ETag of its body, and turns it into 304 when the client
// has that body. Cache-Control becomes "no-cache" (ask again each time) unless it is set.
Response conditional(const Request& request, Response response);
// The same with a given ETag. weak_etag(meaning) is for a body with a part that changes at every
// answer (the time it was made) and that nobody need fetch anew for.
Response conditional_on(const Request& request, Response response, const std::string& etag);
std::string weak_etag(std::string_view meaning);
// True when an If-None-Match value names this ETag (weak comparison, RFC 9110 13.1.2).
bool etag_matches(std::string_view if_none_match, std::string_view etag);

// Reads the JSON body into a described struct. Refusals: unsupported_media_type, bad_request,
// invalid_fields.
template <class T>
Result<T> read_body(const Request& request);
Result<boost::json::value> read_json_body(const Request& request);

template <class T>
Result<T> read_body(const Request& request) {
  auto document = read_json_body(request);
  if (document.has_error()) return document.error();
  return from_json<T>(*document);
}

// 200 (or `status`) with the message as JSON, or the problem.
template <class T>
Response answer(const Request& request, const Result<T>& result, int status = 200) {
  if (result.has_error()) return problem(request, result.error());
  return Response::json(write_json(*result), status);
}

}  // namespace matanai::http
