#include "server/booking/contact.hpp"

#include <gtest/gtest.h>

namespace matanai::booking {
namespace {

TEST(Phone, EveryUsualWritingIsOneNumber) {
  for (const auto* typed :
       {"09012345678", "090-1234-5678", "０９０－１２３４－５６７８", "090 1234 5678",
        "+81 90-1234-5678", "+81(0)90-1234-5678", "090ー1234ー5678", "090−1234−5678",
        "　090.1234.5678 ", "＋８１９０１２３４５６７８"}) {
    EXPECT_EQ(normalise_phone(typed), "09012345678") << typed;
  }
  EXPECT_EQ(normalise_phone("（０９３）５８２－３３１１"), "0935823311");
  EXPECT_EQ(normalise_phone("060-1234-5678"), "06012345678");
  EXPECT_EQ(normalise_phone("0120-123-456"), "0120123456");
}

TEST(Phone, AnythingElseIsRefused) {
  for (const auto* typed :
       {"", "110", "9012345678", "0901234567", "090123456789", "09312345678", "0012345678",
        "090-abcd-5678", "+1 202 555 0100", "090-1234-5678\r\nX: y", "+", "−−−"}) {
    EXPECT_EQ(normalise_phone(typed), std::nullopt) << typed;
  }
}

TEST(Mail, FoldsWidthAndCase) {
  EXPECT_EQ(normalise_mail(" Taro.Yamada@Example.JP "), "taro.yamada@example.jp");
  EXPECT_EQ(normalise_mail("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ"), "taro@example.jp");
}

TEST(Mail, AnythingElseIsRefused) {
  for (const auto* typed :
       {"", "@", "a@b", "a@b.", "a@.b", "a b@c.jp", "a@b@c.jp", "a@-b.jp", "a@b_c.jp",
        "太郎@example.jp", "a@b.jp\nBcc: c@d.jp", "\"a\"@b.jp", "<a@b.jp>"}) {
    EXPECT_EQ(normalise_mail(typed), std::nullopt) << typed;
  }
  EXPECT_EQ(normalise_mail(std::string(65, 'a') + "@b.jp"), std::nullopt);
  EXPECT_EQ(normalise_mail("a@" + std::string(64, 'b') + ".jp"), std::nullopt);
}

TEST(Contact, TheSamePersonWithATagIsTheSame) {
  const auto identity = [](std::string_view typed) {
    return identity_of(normalise_contact(typed).value());
  };
  EXPECT_EQ(identity("taro+ward@example.jp"), identity("TARO@example.jp"));
  EXPECT_EQ(identity("090-1234-5678"), "09012345678");
}

TEST(Contact, IsMasked) {
  EXPECT_EQ(mask({ContactKind::phone, "09012345678"}), "090-****-5678");
  EXPECT_EQ(mask({ContactKind::phone, "0935823311"}), "093-***-3311");
  EXPECT_EQ(mask({ContactKind::mail, "taro@example.jp"}), "t***@e…");
}

}  // namespace
}  // namespace matanai::booking
