#include "schema/types/text.hpp"

#include <gtest/gtest.h>

namespace matanai {
namespace {

class Utf8 : public testing::TestWithParam<std::string> {};
class NotUtf8 : public testing::TestWithParam<std::string> {};

TEST_P(Utf8, IsAccepted) { EXPECT_TRUE(is_valid_utf8(GetParam())); }
INSTANTIATE_TEST_SUITE_P(Text, Utf8,
                         testing::Values("", "abc", "小倉北区", "𠮷田", "Tiếng Việt", "辻󠄁", "\x7f",
                                         std::string("\0", 1), "\xF4\x8F\xBF\xBF"));

TEST_P(NotUtf8, IsRefused) { EXPECT_FALSE(is_valid_utf8(GetParam())); }
INSTANTIATE_TEST_SUITE_P(Text, NotUtf8,
                         testing::Values("\xFF", "\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF",
                                         "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
                                         "\xE5\xB0", "abc\xE3", "\xF8\x88\x80\x80\x80"));

TEST_P(NotUtf8, IsMadeValid) { EXPECT_TRUE(is_valid_utf8(to_valid_utf8(GetParam()))); }

TEST(Text, OnlyWrongBytesAreReplaced) {
  EXPECT_EQ(to_valid_utf8("小倉\xFF北\xE5\xB0"), "小倉\uFFFD北\uFFFD\uFFFD");
  EXPECT_EQ(to_valid_utf8("𠮷田"), "𠮷田");
}

TEST(Text, FullWidthBecomesAscii) {
  EXPECT_EQ(to_half_width("１２３４　５６７８"), "1234 5678");
  EXPECT_EQ(to_half_width("０９３（５８２）３３１１"), "093(582)3311");
  EXPECT_EQ(to_half_width("ａ＠ｅｘａｍｐｌｅ．ｊｐ"), "a@example.jp");
}

TEST(Text, EveryHyphenBecomesOne) {
  for (const auto* hyphen : {"-", "‐", "‑", "–", "—", "−", "ー", "－"}) {
    EXPECT_EQ(to_half_width("093" + std::string(hyphen) + "1"), "093-1") << hyphen;
  }
}

TEST(Text, OtherCharactersStay) { EXPECT_EQ(to_half_width("小倉 𠮷"), "小倉 𠮷"); }

}  // namespace
}  // namespace matanai
