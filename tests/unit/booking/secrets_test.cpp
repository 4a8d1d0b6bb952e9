#include "server/booking/secrets.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "schema/types/codes.hpp"

namespace matanai::booking {
namespace {

const ReservationId kOne("0123456789ABCDEFGHJKMNPQRS");
const ReservationId kTwo("1123456789ABCDEFGHJKMNPQRS");

TEST(Secrets, AreRebuiltFromKeyAndIdAlone) {
  const Secrets first(db::ServerKey{{1}});
  const Secrets again(db::ServerKey{{1}});
  const Secrets other(db::ServerKey{{2}});
  EXPECT_EQ(first.reservation_secret(kOne), again.reservation_secret(kOne));
  EXPECT_NE(first.reservation_secret(kOne), other.reservation_secret(kOne));
  EXPECT_NE(first.reservation_secret(kOne), first.reservation_secret(kTwo));
  EXPECT_EQ(first.reservation_secret(kOne).size(), 26U);
  EXPECT_TRUE(parse_check_in_token(first.check_in_token(kOne)).has_value());
  EXPECT_EQ(first.check_in_token(kOne).find(first.reservation_secret(kOne)), std::string::npos);
}

TEST(Secrets, AHoldIsKnownByItsOwnSecretOnly) {
  const Secrets secrets(db::ServerKey{{1}});
  const auto secret = secrets.hold_secret(kOne);
  EXPECT_EQ(secrets.hold_of(secret), kOne);
  for (std::size_t i = 0; i < secret.size(); ++i) {
    auto forged = secret;
    forged[i] = forged[i] == 'Z' ? 'Y' : 'Z';
    EXPECT_EQ(secrets.hold_of(forged), std::nullopt) << i;
  }
  EXPECT_EQ(secrets.hold_of(""), std::nullopt);
  EXPECT_EQ(secrets.hold_of(secret + "0"), std::nullopt);
  EXPECT_EQ(Secrets(db::ServerKey{{2}}).hold_of(secret), std::nullopt);
}

TEST(Secrets, ASealedContactOpensInItsRowAndFieldOnly) {
  const Secrets secrets(db::ServerKey{{1}});
  const auto sealed = secrets.seal(kOne, "phone", "09012345678");
  EXPECT_EQ(secrets.open(kOne, "phone", sealed), "09012345678");
  EXPECT_EQ(sealed.find("09012345678"), std::string::npos);
  EXPECT_NE(sealed, secrets.seal(kOne, "phone", "09012345678")) << "a nonce of its own each time";
  EXPECT_THROW(secrets.open(kTwo, "phone", sealed), std::runtime_error);
  EXPECT_THROW(secrets.open(kOne, "mail", sealed), std::runtime_error);
  EXPECT_THROW(Secrets(db::ServerKey{{2}}).open(kOne, "phone", sealed), std::runtime_error);
  auto changed = sealed;
  changed[10] = changed[10] == 'A' ? 'B' : 'A';
  EXPECT_THROW(secrets.open(kOne, "phone", changed), std::runtime_error);
  EXPECT_THROW(secrets.open(kOne, "phone", ""), std::runtime_error);
  EXPECT_THROW(secrets.open(kOne, "phone", "g1:"), std::runtime_error);
}

TEST(Secrets, LookUpKeepsKindsApart) {
  const Secrets secrets(db::ServerKey{{1}});
  EXPECT_EQ(secrets.lookup("phone", "1"), secrets.lookup("phone", "1"));
  EXPECT_NE(secrets.lookup("phone", "1"), secrets.lookup("mail", "1"));
  EXPECT_NE(secrets.lookup("phone", "1"), Secrets(db::ServerKey{{2}}).lookup("phone", "1"));
}

}  // namespace
}  // namespace matanai::booking
