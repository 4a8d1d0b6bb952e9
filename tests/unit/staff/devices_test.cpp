#include "tests/unit/staff/support.hpp"

namespace matanai::staff {
namespace {

constexpr const char* kKiosk = "kokurakita-kiosk-1";
constexpr const char* kHall = "kokurakita-hall-1";
const std::string kOther = "another-key-0123456789";

class Devices : public StaffTest {
 protected:
  void store(const std::vector<NewDevice>& devices) {
    write<int>([&](db::Transaction& tx) -> Result<int> {
      store_devices(tx, devices, clock_.now());
      return 0;
    });
  }
  static NewDevice device(const std::string& id, const std::string& kind, std::string key) {
    return {DeviceId(id), OfficeId("moji"), kind, std::move(key)};
  }
  std::string answer(std::string_view key) {
    return text(who({"matanai_device", std::string(key)}));
  }
};

TEST_F(Devices, AreChecked) {
  EXPECT_THROW(store({device("a", "kiosk", "too-short")}), std::invalid_argument);
  EXPECT_THROW(store({device("a", "kiosk", "with a space 0123456789")}), std::invalid_argument);
  EXPECT_THROW(store({device("a", "printer", kOther)}), std::invalid_argument);
}

TEST_F(Devices, GetAnotherKey) {
  store({device(kHall, "hall", kOther)});
  EXPECT_EQ(answer(kOther), "\"kokurakita-hall-1 moji hall\"");
  EXPECT_EQ(who({"matanai_device", std::string(kHallKey)}).status, 401);
}

TEST_F(Devices, MaySwapTheirKeys) {
  store({device(kKiosk, "kiosk", std::string(kHallKey)),
         device(kHall, "hall", std::string(kKioskKey))});
  EXPECT_EQ(answer(kHallKey), "\"kokurakita-kiosk-1 moji kiosk\"");
  EXPECT_EQ(answer(kKioskKey), "\"kokurakita-hall-1 moji hall\"");
}

TEST_F(Devices, NeverHaveTheSameKey) {
  EXPECT_THROW(store({device(kKiosk, "kiosk", kOther), device(kHall, "hall", kOther)}),
               std::invalid_argument);
  EXPECT_THROW(store({device("a", "kiosk", std::string(kKioskKey))}), std::invalid_argument)
      << "of a device that is not in the list";
  EXPECT_EQ(answer(kKioskKey), "\"kokurakita-kiosk-1 kokurakita kiosk\"") << "nothing changed";
}

}  // namespace
}  // namespace matanai::staff
