#include "server/http/decode.hpp"

#include <gtest/gtest.h>

namespace matanai::http {
namespace {

struct PathCase {
  const char* target;
  std::optional<std::string> path;
};

TEST(DecodeTarget, PathTable) {
  const PathCase cases[] = {
      {"/", "/"},
      {"/a/b", "/a/b"},
      {"/a/", "/a/"},
      {"//a", "//a"},
      {"/%E5%8C%BA", "/区"},
      {"/a%20b", "/a b"},
      {"/a+b", "/a+b"},
      {"/a%2Bb", "/a+b"},
      {"/...", "/..."},
      {"/..a", "/..a"},
      {"/%", std::nullopt},
      {"/%4", std::nullopt},
      {"/%4g", std::nullopt},
      {"/%G4", std::nullopt},
      {"/% 41", std::nullopt},
      {"/%00", std::nullopt},
      {"/%0a", std::nullopt},
      {"/%7f", std::nullopt},
      {"/%2f", std::nullopt},
      {"/a%2Fb", std::nullopt},
      {"/%5c", std::nullopt},
      {"/a\\b", std::nullopt},
      {"/.", std::nullopt},
      {"/..", std::nullopt},
      {"/a/../b", std::nullopt},
      {"/a/./b", std::nullopt},
      {"/%2e%2E", std::nullopt},
      {"/.%2e/etc/passwd", std::nullopt},
      {"/%c0%ae%c0%ae", std::nullopt},  // overlong ".."
      {"/%ed%a0%80", std::nullopt},     // a surrogate
      {"/%f4%90%80%80", std::nullopt},  // beyond U+10FFFF
      {"/%e5%8c", std::nullopt},        // cut off
      {"/%ff", std::nullopt},
      {"", std::nullopt},
      {"a", std::nullopt},
      {"http://h/", std::nullopt},
  };
  for (const auto& c : cases) {
    const auto target = decode_target(c.target);
    EXPECT_EQ(target ? std::optional(target->path) : std::nullopt, c.path) << c.target;
  }
}

TEST(DecodeTarget, QueryTable) {
  const struct {
    const char* target;
    std::optional<NameValues> query;
  } cases[] = {
      {"/?", NameValues{}},
      {"/?a=1&b=2", NameValues{{"a", "1"}, {"b", "2"}}},
      {"/?a=1&a=2", NameValues{{"a", "2"}}},
      {"/?a", NameValues{{"a", ""}}},
      {"/?&&a=b=c&", NameValues{{"a", "b=c"}}},
      {"/?a=1+2", NameValues{{"a", "1 2"}}},
      {"/?a=%26%3D", NameValues{{"a", "&="}}},
      {"/?q=%E5%8C%BA", NameValues{{"q", "区"}}},
      {"/?path=../x", NameValues{{"path", "../x"}}},
      {"/?a=?", NameValues{{"a", "?"}}},
      {"/?a=%", std::nullopt},
      {"/?a=%00", std::nullopt},
      {"/?%ff=1", std::nullopt},
      {"/?a=%0d%0aX:1", std::nullopt},
  };
  for (const auto& c : cases) {
    const auto target = decode_target(c.target);
    EXPECT_EQ(target ? std::optional(target->query) : std::nullopt, c.query) << c.target;
  }
}

TEST(ParseCookies, Table) {
  const struct {
    const char* header;
    NameValues cookies;
  } cases[] = {
      {"", {}},
      {"a=1; b=2", {{"a", "1"}, {"b", "2"}}},
      {"a=1;b=2;", {{"a", "1"}, {"b", "2"}}},
      {"a=1; a=2", {{"a", "1"}}},
      {"a=x=y", {{"a", "x=y"}}},
      {"a=\"q\"", {{"a", "q"}}},
      {"a=\"", {{"a", "\""}}},
      {"=1; b; ;c=", {{"c", ""}}},
  };
  for (const auto& c : cases) EXPECT_EQ(parse_cookies(c.header), c.cookies) << c.header;
}

}  // namespace
}  // namespace matanai::http
