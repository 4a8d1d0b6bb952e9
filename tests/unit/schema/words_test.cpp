#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "schema/types/embedded.hpp"
#include "schema/types/locale.hpp"
#include "schema/types/refusal.hpp"

namespace matanai {
namespace {

boost::json::object embedded_words(std::string_view locale) {
  for (const auto& file : embedded::words()) {
    if (file.name == "words/" + std::string(locale) + ".json") {
      return boost::json::parse({file.text.data(), file.text.size()}).as_object();
    }
  }
  return {};
}

TEST(RangeText, IsWrittenAsTheLanguageWritesIt) {
  EXPECT_EQ(range_text(Locale::ja, 10, 20), "10〜20");
  EXPECT_EQ(range_text(Locale::en, 10, 20), "10–20");
  EXPECT_EQ(range_text(Locale::ko, 10, 20), "10~20");
  EXPECT_EQ(range_text(Locale::ja, 20, 20), "20");
}

TEST(Refusals, EachHasWordsAndANextStepInJapaneseAndEnglish) {
  const auto ja = embedded_words("ja");
  const auto en = embedded_words("en");
  for (const auto& entry : refusal_catalogue()) {
    for (const auto* part : {"title", "next"}) {
      const auto key = "refusal." + std::string(entry.name) + "." + part;
      EXPECT_TRUE(ja.contains(key)) << "ja: " << key;
      EXPECT_TRUE(en.contains(key)) << "en: " << key;
    }
  }
}

TEST(Refusals, NoWordsForACodeThatIsGone) {
  std::set<std::string, std::less<>> codes;
  for (const auto& entry : refusal_catalogue()) codes.emplace(entry.name);
  for (const auto& field : embedded_words("ja")) {
    const std::string key(field.key());
    if (!key.starts_with("refusal.")) continue;
    const auto code = key.substr(8, key.rfind('.') - 8);
    EXPECT_TRUE(codes.contains(code)) << key;
  }
}

TEST(Refusals, AreErrorsWithTheirOwnNames) {
  std::set<std::string_view> names;
  for (const auto& entry : refusal_catalogue()) {
    EXPECT_GE(entry.http_status, 400) << entry.name;
    EXPECT_LE(entry.http_status, 503) << entry.name;
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
    EXPECT_EQ(entry_of(entry.code).name, entry.name);
  }
}

TEST(Refusals, AValueAskedOfARefusalIsABug) {
  const Result<int> result = Refusal(RefusalCode::slot_full);
  EXPECT_THROW((void)result.value(), std::logic_error);
}

TEST(Words, FillTheirPlaces) {
  const auto text =
      words(Locale::en, "refusal.check_in_too_early.next", {{"slot", "10:30"}, {"from", "10:15"}});
  EXPECT_NE(text.find("10:15"), std::string::npos) << text;
  EXPECT_EQ(text.find('{'), std::string::npos) << text;
}

TEST(Words, ComeInTheLanguageThatHasThem) {
  EXPECT_EQ(words(Locale::ja, "directory.closed.saturday"), "土曜日");
  EXPECT_EQ(words(Locale::vi, "directory.closed.saturday"), "Thứ Bảy");
}

TEST(Words, FallBackToEnglishAndEasyJapaneseToJapanese) {
  const std::string key = "refusal.window_busy.title";  // for staff: in two languages only
  EXPECT_EQ(words(Locale::vi, key), words(Locale::en, key));
  EXPECT_EQ(words(Locale::ja_x_easy, key), words(Locale::ja, key));
  EXPECT_NE(words(Locale::en, key), words(Locale::ja, key));
}

TEST(Words, AnUnknownKeyComesBackAsItself) {
  EXPECT_EQ(words(Locale::ja, "no.such.key"), "no.such.key");
  EXPECT_FALSE(has_words(Locale::ja, "no.such.key"));
}

TEST(Locale, TagsComeBack) {
  for (const auto locale :
       {Locale::ja, Locale::ja_x_easy, Locale::en, Locale::zh_Hans, Locale::ko, Locale::vi}) {
    EXPECT_EQ(locale_from_tag(tag_of(locale), Locale::en), locale);
  }
}

TEST(Locale, TagsAreMatchedByLanguageInAnyCase) {
  EXPECT_EQ(locale_from_tag("EN-gb"), Locale::en);
  EXPECT_EQ(locale_from_tag("zh-CN"), Locale::zh_Hans);
  EXPECT_EQ(locale_from_tag("JA-X-EASY"), Locale::ja_x_easy);
  EXPECT_EQ(locale_from_tag("fr", Locale::en), Locale::en);
  EXPECT_EQ(locale_from_tag("", Locale::ko), Locale::ko);
}

struct HeaderCase {
  const char* header;
  Locale expected;
};
class AcceptLanguage : public testing::TestWithParam<HeaderCase> {};
TEST_P(AcceptLanguage, TheBestOneCounts) {
  EXPECT_EQ(locale_from_accept_language(GetParam().header), GetParam().expected)
      << GetParam().header;
}
INSTANTIATE_TEST_SUITE_P(Locale, AcceptLanguage,
                         testing::Values(HeaderCase{"", Locale::ja}, HeaderCase{"vi", Locale::vi},
                                         HeaderCase{"fr, en;q=0.8, ja;q=0.5", Locale::en},
                                         HeaderCase{"ja;q=0.2,ko;q=0.9", Locale::ko},
                                         HeaderCase{"fr-CH, fr;q=0.9", Locale::ja},
                                         HeaderCase{"en;q=0, ja;q=0.1", Locale::ja},
                                         HeaderCase{"zh-TW,zh;q=0.9", Locale::zh_Hans},
                                         HeaderCase{";;;,,q=", Locale::ja}));

}  // namespace
}  // namespace matanai
