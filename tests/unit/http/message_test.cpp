#include "server/http/message.hpp"

#include <gtest/gtest.h>

#include "server/http/address.hpp"
#include "server/http/origin.hpp"
#include "server/http/rate_limit.hpp"

namespace matanai::http {
namespace {

boost::json::object document_of(const Response& response) {
  return boost::json::parse(*response.body).as_object();
}

TEST(Problem, SpeaksTheReadersLanguage) {
  Request request;
  request.path = "/api/v1/x";
  request.id = "r-7";
  request.headers["accept-language"] = "en;q=0.9, xx";
  const auto response = problem(request, RefusalCode::not_found);
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.header("content-type"), "application/problem+json");
  EXPECT_EQ(response.header("content-language"), "en");
  const auto document = document_of(response);
  EXPECT_EQ(document.at("title").as_string(), "Page not found");
  EXPECT_EQ(document.at("code").as_string(), "not_found");
  EXPECT_EQ(document.at("status").as_int64(), 404);
  EXPECT_EQ(document.at("request_id").as_string(), "r-7");
}

TEST(Problem, ListsFieldsAndValues) {
  Refusal refusal(RefusalCode::invalid_fields, {{"/contact/phone", "missing"}});
  refusal.with("retry_after_s", "60");
  const auto response = problem(Request(), refusal);
  const auto document = document_of(response);
  EXPECT_EQ(document.at("fields").at(0).at("pointer").as_string(), "/contact/phone");
  EXPECT_EQ(document.at("values").at("retry_after_s").as_string(), "60");
  EXPECT_EQ(response.header("retry-after"), "60");
}

TEST(Problem, APageSaysInItsTitleThatSomethingIsWrong) {
  Request request;
  request.path = "/nowhere";
  request.headers["accept"] = "text/html";
  request.headers["accept-language"] = "en";
  const auto response = problem(request, RefusalCode::not_found);
  EXPECT_NE(response.body->find("<title>Error: Page not found｜"), std::string::npos);
  EXPECT_NE(response.body->find("<h1>Page not found</h1>"), std::string::npos);
}

TEST(Problem, ATimeInASentenceIsWrittenAsPeopleWriteIt) {
  Refusal refusal(RefusalCode::check_in_too_early);
  refusal.with("slot", "09:30").with("from", "09:15");
  const auto document = document_of(problem(Request(), refusal));
  EXPECT_EQ(document.at("values").at("slot").as_string(), "09:30");
  const std::string next(document.at("detail").as_string());
  EXPECT_NE(next.find("9:15"), std::string::npos) << next;
  EXPECT_EQ(next.find("09:15"), std::string::npos) << next;
}

TEST(Problem, EveryRequestRefusalHasWordsInJapaneseAndEnglish) {
  for (const auto code : {RefusalCode::bad_request,
                          RefusalCode::invalid_fields,
                          RefusalCode::not_found,
                          RefusalCode::method_not_allowed,
                          RefusalCode::unsupported_media_type,
                          RefusalCode::too_large,
                          RefusalCode::uri_too_long,
                          RefusalCode::headers_too_large,
                          RefusalCode::request_timeout,
                          RefusalCode::too_many_requests,
                          RefusalCode::not_signed_in,
                          RefusalCode::forbidden,
                          RefusalCode::wrong_origin,
                          RefusalCode::idempotency_key_missing,
                          RefusalCode::idempotency_key_reused,
                          RefusalCode::internal_error,
                          RefusalCode::storage_unavailable,
                          RefusalCode::shutting_down,
                          RefusalCode::bad_credentials,
                          RefusalCode::weak_password,
                          RefusalCode::unknown_device,
                          RefusalCode::clock_not_adjustable,
                          RefusalCode::clock_goes_back}) {
    for (const char* part : {".title", ".next"}) {
      const auto key = "refusal." + std::string(entry_of(code).name) + part;
      EXPECT_TRUE(has_words(Locale::ja, key)) << key;
      EXPECT_TRUE(has_words(Locale::en, key)) << key;
    }
  }
}

TEST(RequestLocale, QueryWinsOverCookieOverHeader) {
  Request request;
  EXPECT_EQ(request.locale(), Locale::ja);
  request.headers["accept-language"] = "ko";
  EXPECT_EQ(request.locale(), Locale::ko);
  request.cookies["lang"] = "vi";
  EXPECT_EQ(request.locale(), Locale::vi);
  request.query["lang"] = "en";
  EXPECT_EQ(request.locale(), Locale::en);
  request.query["lang"] = "tlh";
  EXPECT_EQ(request.locale(), Locale::vi) << "an unknown tag is as good as none";
}

TEST(ReadJsonBody, Table) {
  const struct {
    const char* type;
    const char* body;
    std::optional<RefusalCode> refusal;
  } cases[] = {
      {"application/json", "{}", std::nullopt},
      {"Application/JSON; charset=utf-8", "[1]", std::nullopt},
      {"", "{}", RefusalCode::unsupported_media_type},
      {"text/plain", "{}", RefusalCode::unsupported_media_type},
      {"application/jsonp", "{}", RefusalCode::unsupported_media_type},
      {"application/json", "", RefusalCode::bad_request},
      {"application/json", "{", RefusalCode::bad_request},
      {"application/json", "{} x", RefusalCode::bad_request},
      {"application/json", "{\"a\":\"\xff\"}", RefusalCode::bad_request},
  };
  for (const auto& c : cases) {
    Request request;
    request.headers["content-type"] = c.type;
    request.body = c.body;
    const auto result = read_json_body(request);
    EXPECT_EQ(result.has_error() ? std::optional(result.error().code) : std::nullopt, c.refusal)
        << c.type << c.body;
  }
}

TEST(Conditional, SendsABodyOnce) {
  Request request;
  const auto first = conditional(request, Response::json("{}"));
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.header("cache-control"), "no-cache");
  request.headers["if-none-match"] = first.header("etag");
  const auto again = conditional(request, Response::json("{}"));
  EXPECT_EQ(again.status, 304);
  EXPECT_FALSE(again.body);
  EXPECT_EQ(conditional(request, Response::json("[]")).status, 200);
  EXPECT_EQ(conditional(request, Response::json("{}", 409)).status, 409);
}

TEST(Conditional, AGivenTagLeavesOutWhatNobodyNeedFetchAnew) {
  Request request;
  const auto answer = [&](std::string body, std::string_view meaning) {
    return conditional_on(request, Response::json(std::move(body)), weak_etag(meaning));
  };
  const auto first = answer("[1,\"10:00\"]", "1");
  EXPECT_EQ(first.status, 200);
  request.headers["if-none-match"] = first.header("etag");
  EXPECT_TRUE(first.header("etag").starts_with("W/\""));
  const auto same = answer("[1,\"10:01\"]", "1");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.header("etag"), first.header("etag"));
  EXPECT_EQ(answer("[2,\"10:01\"]", "2").status, 200);
}

TEST(Origin, Table) {
  const struct {
    const char* origin;
    const char* site;
    bool is_own;
  } cases[] = {
      {"", "", true},
      {"", "same-origin", true},
      {"", "none", true},
      {"", "cross-site", false},
      {"http://h:8080", "", true},
      {"https://h:8080", "", true},
      {"HTTP://H:8080", "", true},
      {"http://h", "", false},
      {"http://h:80", "", false},
      {"http://evil", "same-origin", false},
      {"http://h:8080.evil", "", false},
      {"https://office.example", "cross-site", true},
      {"http://office.example", "", false},
      {"null", "", false},
      {"file://h:8080", "", false},
  };
  for (const auto& c : cases) {
    Request request;
    request.headers["host"] = "h:8080";
    if (*c.origin) request.headers["origin"] = c.origin;
    if (*c.site) request.headers["sec-fetch-site"] = c.site;
    EXPECT_EQ(is_own_origin(request, origin_of("https://office.example:443/x")), c.is_own)
        << c.origin << c.site;
  }
}

TEST(NetworkOf, Table) {
  EXPECT_EQ(network_of("192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network_of("::ffff:192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("somebody"), "unknown");
}

TEST(Address, HasOneSpelling) {
  EXPECT_EQ(normal_address("::ffff:192.0.2.77"), "192.0.2.77");
  EXPECT_EQ(normal_address("2001:DB8:0::7"), "2001:db8::7");
  EXPECT_EQ(normal_address("somebody"), std::nullopt);
}

TEST(RateLimit, GivesTheBurstThenTheRate) {
  RateLimit limit(3, 60);  // one a second
  const Instant start = from_millis(1'000'000);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.allow("a", start)) << i;
  EXPECT_FALSE(limit.allow("a", start));
  EXPECT_TRUE(limit.allow("b", start)) << "keys do not share";
  EXPECT_FALSE(limit.allow("a", start + Millis(999)));
  EXPECT_TRUE(limit.allow("a", start + Millis(1'001)));
  EXPECT_FALSE(limit.allow("a", start + Millis(500))) << "a clock that goes back gives nothing";
  EXPECT_TRUE(limit.allow("a", start + std::chrono::hours(1)));
}

TEST(RateLimit, ForgetsTheQuietestKey) {
  RateLimit limit(1, 1, 2);
  const Instant now = from_millis(0);
  EXPECT_TRUE(limit.allow("a", now));
  EXPECT_TRUE(limit.allow("b", now));
  EXPECT_FALSE(limit.allow("a", now));
  EXPECT_TRUE(limit.allow("c", now));  // b is forgotten
  EXPECT_EQ(limit.keys(), 2U);
  EXPECT_FALSE(limit.allow("a", now));
}

}  // namespace
}  // namespace matanai::http
