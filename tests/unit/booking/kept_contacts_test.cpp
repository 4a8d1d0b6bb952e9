// What is kept of a visitor's phone and mail (never in clear on disk, masked when shown, erased in
// time) and of the help wanted.
#include <fstream>
#include <sstream>

#include "booking_fixture.hpp"
#include "server/booking/commands.hpp"
#include "server/booking/present.hpp"

namespace matanai::booking {
namespace {

const NormalContact kPhone{ContactKind::phone, "09077712345"};
const NormalContact kMail{ContactKind::mail, "canary.bird@example.jp"};
constexpr Millis kMs{1};

class Contacts : public BookingTest {
 protected:
  std::size_t stored(const ReservationId& id) {
    return *write<std::size_t>(
        [=](db::Transaction& tx) -> Result<std::size_t> { return store::contacts(tx, id).size(); });
  }
  // Whether the text stands anywhere in the database's files.
  bool is_on_disk(const std::string& text) {
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      std::ifstream in(entry.path(), std::ios::binary);
      std::stringstream bytes;
      bytes << in.rdbuf();
      if (bytes.str().find(text) != std::string::npos) return true;
    }
    return false;
  }
};

TEST_F(Contacts, AreNeverOnDiskInClear) {
  const auto row = booked("10:00", {kPhone, kMail});
  ASSERT_EQ(stored(row.id), 2U);
  EXPECT_TRUE(is_on_disk(row.code->value)) << "the search must be able to find something";
  for (const auto* text : {"09077712345", "90777", "canary", "bird@"})
    EXPECT_FALSE(is_on_disk(text)) << text;
  EXPECT_FALSE(is_on_disk(secrets_.reservation_secret(row.id)));
  EXPECT_FALSE(is_on_disk(secrets_.check_in_token(row.id)));
  database_->stop();
  for (const auto* text : {"09077712345", "canary"}) EXPECT_FALSE(is_on_disk(text)) << text;
}

TEST_F(Contacts, AreShownMasked) {
  const auto row = booked("10:00", {kPhone, kMail});
  const auto shown =
      *write<messages::Reservation>([&](db::Transaction& tx) -> Result<messages::Reservation> {
        return present_reservation(directory_, secrets_, row, store::contacts(tx, row.id),
                                   clock_.now());
      });
  EXPECT_EQ(shown.contact, "090-****-2345, c***@e…");
  EXPECT_EQ(shown.check_in_from, row.start - Minutes(15));
  EXPECT_EQ(shown.check_in_until, row.start + Minutes(10));
  EXPECT_TRUE(shown.cancellable);
}

TEST_F(Contacts, AreErasedSevenDaysAfterTheVisit) {
  const auto row = booked("10:00", {kPhone});
  clock_.set(row.end + std::chrono::days(7) - kMs);
  EXPECT_EQ(sweep().contacts_erased, 0);
  clock_.set(row.end + std::chrono::days(7));
  EXPECT_EQ(sweep().contacts_erased, 1);
  EXPECT_EQ(stored(row.id), 0U);
  EXPECT_TRUE(find(row.id)->has_contact) << "so that date and time do not become a proof";
}

TEST_F(Contacts, AreErasedADayAfterACancel) {
  const auto row = booked("10:00", {kPhone});
  ASSERT_TRUE(cancel(row.id).has_value());
  clock_.advance(std::chrono::hours(24) - kMs);
  EXPECT_EQ(sweep().contacts_erased, 0);
  clock_.advance(kMs);
  EXPECT_EQ(sweep().contacts_erased, 1);
}

// With help wanted and without a contact.
class HelpWanted : public BookingTest {
 protected:
  Reservation booked_with_help() {
    auto order = book_order(hold("10:00").value().id, {});
    order.help = {Help::wheelchair};
    return book(order).value();
  }
};

TEST_F(HelpWanted, IsErasedSevenDaysAfterTheVisit) {
  const auto row = booked_with_help();
  clock_.set(row.end + std::chrono::days(7) - kMs);
  EXPECT_EQ(sweep().help_erased, 0);
  EXPECT_EQ(find(row.id)->help.size(), 1U);
  clock_.advance(kMs);
  EXPECT_EQ(sweep().help_erased, 1);
  EXPECT_TRUE(find(row.id)->help.empty());
  EXPECT_EQ(sweep().help_erased, 0);
}

TEST_F(HelpWanted, IsErasedADayAfterACancel) {
  const auto row = booked_with_help();
  ASSERT_TRUE(cancel(row.id).has_value());
  clock_.advance(std::chrono::hours(24) - kMs);
  EXPECT_EQ(sweep().help_erased, 0);
  clock_.advance(kMs);
  EXPECT_EQ(sweep().help_erased, 1);
}

}  // namespace
}  // namespace matanai::booking
