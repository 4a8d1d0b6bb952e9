#include "schema/types/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/types/ids.hpp"

namespace matanai {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Inner {
  std::string name;
  std::optional<int> age;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, age))

struct Outer {
  OfficeId office;
  bool is_open = false;
  std::int64_t count = 0;
  Colour colour = Colour::red;
  std::vector<Inner> people;
  std::optional<Instant> at;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (office, is_open, count, colour, people, at))

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kWhole =
    R"({"office":"moji","is_open":true,"count":3,"colour":"green",)"
    R"("people":[{"name":"𠮷田","age":7},{"name":""}],"at":"2026-11-24T01:30:00.000Z"})";

std::vector<std::string> faults(std::string_view text) {
  const auto read = read_json<Outer>(text);
  std::vector<std::string> out;
  if (read.has_value()) return out;
  for (const auto& field : read.error().fields) out.push_back(field.pointer + " " + field.code);
  return out;
}

TEST(Json, ReadsEveryKindOfField) {
  const auto read = read_json<Outer>(kWhole);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->office, OfficeId("moji"));
  EXPECT_TRUE(read->is_open);
  EXPECT_EQ(read->count, 3);
  EXPECT_EQ(read->colour, Colour::green);
  ASSERT_EQ(read->people.size(), 2u);
  EXPECT_EQ(read->people[0].name, "𠮷田");
  EXPECT_EQ(read->people[0].age, 7);
  EXPECT_EQ(read->people[1].age, std::nullopt);
  EXPECT_EQ(read->at, parse_instant("2026-11-24T01:30:00.000Z"));
}

TEST(Json, WritesWhatItReads) { EXPECT_EQ(write_json(read_json<Outer>(kWhole).value()), kWhole); }

TEST(Json, LeavesAnAbsentOptionalOut) {
  EXPECT_EQ(write_json(Inner{"A", std::nullopt}), R"({"name":"A"})");
  EXPECT_EQ(read_json<Inner>(R"({"name":"A","age":null})")->age, std::nullopt);
}

TEST(Json, NamesEveryFaultByPointer) {
  EXPECT_THAT(
      faults(
          R"({"office":1,"is_open":"yes","count":1.5,"colour":"blue","people":[{"nick":""}],"x":0})"),
      testing::UnorderedElementsAre(
          "/office wrong_type", "/is_open wrong_type", "/count wrong_type", "/colour bad_format",
          "/people/0/nick unknown", "/people/0/name missing", "/x unknown"));
}

TEST(Json, EscapesPointers) {
  EXPECT_THAT(
      faults(R"({"office":"m","is_open":true,"count":1,"colour":"red","people":[],"a/b~c":1})"),
      ElementsAre("/a~1b~0c unknown"));
}

TEST(Json, InstantsMustBeInstants) {
  EXPECT_THAT(
      faults(
          R"({"office":"m","is_open":true,"count":1,"colour":"red","people":[],"at":"tomorrow"})"),
      ElementsAre("/at bad_format"));
}

TEST(Json, NumbersBeyondTheirTypeAreRefused) {
  const auto read = read_json<Inner>(R"({"name":"A","age":3000000000})");
  ASSERT_TRUE(read.has_error());
  EXPECT_EQ(read.error().fields.front().pointer, "/age");
  EXPECT_EQ(read.error().fields.front().code, "out_of_range");
}

class BadDocument : public testing::TestWithParam<std::string> {};

TEST_P(BadDocument, IsABadRequest) {
  const auto parsed = parse_json(GetParam());
  ASSERT_TRUE(parsed.has_error());
  EXPECT_EQ(parsed.error().code, RefusalCode::bad_request);
}

INSTANTIATE_TEST_SUITE_P(Json, BadDocument,
                         testing::Values("", " ", "{", "{\"a\":1}x", "{\"a\":1,}", "// a\n{}",
                                         "{'a':1}", "NaN", "{\"a\":\"\xFF\"}", "[1,2",
                                         std::string("{\"a\":1}\0", 8),
                                         std::string(200, '[') + std::string(200, ']')));

TEST(Json, DepthUpToSixteenIsRead) {
  EXPECT_TRUE(parse_json(std::string(16, '[') + std::string(16, ']')).has_value());
  EXPECT_TRUE(parse_json(std::string(17, '[') + std::string(17, ']')).has_error());
}

TEST(Json, ADocumentThatIsNotAnObjectIsNamedAtItsRoot) {
  EXPECT_THAT(faults("[]"), ElementsAre(" wrong_type"));
}

struct Numbers {
  std::vector<int> all;
};
BOOST_DESCRIBE_STRUCT(Numbers, (), (all))

TEST(Json, ALongListOfWrongItemsIsRefusedInFewWords) {
  std::string text = R"({"all":[true)";
  for (int i = 0; i < 10'000; ++i) text += ",true";
  const auto read = read_json<Numbers>(text + "]}");
  ASSERT_TRUE(read.has_error());
  EXPECT_EQ(read.error().fields.size(), 20U);
  EXPECT_EQ(read.error().fields.front().pointer, "/all/0");
}

TEST(Json, WholeNumbersMayBeWrittenAsUnsignedOrSigned) {
  EXPECT_EQ(read_json<Inner>(R"({"name":"A","age":-3})")->age, -3);
  EXPECT_THAT(faults(std::string(kWhole)), IsEmpty());
}

}  // namespace
}  // namespace matanai
