#include "printer/emulator/device.hpp"

#include <gtest/gtest.h>

#include <random>

#include "printer/protocol/escpos.hpp"

namespace matanai::printer::emulator {
namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::uint8_t>;

Bitmap stripes(int dots, int rows) {
  Bitmap picture(dots, rows);
  for (int y = 0; y < rows; ++y) {
    for (int x = y % 40; x < dots; x += 5) picture.set(x, y, true);
  }
  return picture;
}

Bytes job(const Bitmap& picture) { return escpos::encode(picture).bytes; }

TEST(Device, PacketBordersMeanNothing) {
  const auto picture = stripes(384, 300);
  const auto bytes = job(picture);
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    Device device({.dots = 384});
    for (std::size_t at = 0; at < bytes.size();) {
      const auto size =
          std::min<std::size_t>(1 + random() % (round == 0 ? 1 : 700), bytes.size() - at);
      device.receive(std::span(bytes).subspan(at, size));
      at += size;
    }
    const auto tickets = device.take_tickets();
    ASSERT_EQ(tickets.size(), 1u);
    EXPECT_EQ(tickets[0], picture);
    EXPECT_EQ(device.unknown_commands(), 0);
  }
}

TEST(Device, AnswersStatusEvenInsideImageData) {
  Device device({.dots = 384});
  device.receive(Bytes{0x1D, 'v', '0', 0, 3, 0, 2, 0, 0x10, 0x04, 0x04});
  EXPECT_EQ(device.take_replies(), (Bytes{0x12}));
  device.receive(Bytes{0xFF, 0xFF, 0xFF});
  EXPECT_EQ(device.hanging_paper().height(), 2);
  EXPECT_TRUE(device.hanging_paper().is_black(3, 0)) << "the bytes are printed all the same";
}

TEST(Device, OutOfPaperKeepsTheRestAndGoesOnWithANewRoll) {
  const auto picture = stripes(384, 300);
  Device device({.dots = 384});
  device.set_paper_left(100);
  device.receive(job(picture));
  EXPECT_TRUE(device.take_tickets().empty());
  EXPECT_TRUE(device.faults().paper_out);
  EXPECT_EQ(device.hanging_paper().height(), 100);
  device.set_faults({});
  const auto tickets = device.take_tickets();
  ASSERT_EQ(tickets.size(), 1u);
  EXPECT_EQ(tickets[0], picture);
}

TEST(Device, ClearedBufferNeverComesOut) {
  Device device({.dots = 384});
  device.set_paper_left(100);
  device.receive(job(stripes(384, 300)));
  device.receive(escpos::clear_buffer());
  EXPECT_EQ(device.take_replies(), (Bytes{0x37, 0x25, 0x00}));
  device.set_faults({});
  EXPECT_TRUE(device.take_tickets().empty());
  EXPECT_EQ(device.hanging_paper().height(), 100);
}

TEST(Device, NoticesComeOnlyWhenAskedForAndOnEveryChange) {
  Device device({.dots = 384});
  device.set_faults({.cover_open = true});
  EXPECT_TRUE(device.take_replies().empty());
  device.set_faults({});
  device.receive(escpos::enable_asb());
  EXPECT_EQ(device.take_replies(), (Bytes{0x10, 0x00, 0x00, 0x0F}));
  device.set_faults({.paper_out = true});
  EXPECT_EQ(device.take_replies(), (Bytes{0x18, 0x00, 0x0C, 0x0F}));
  device.set_faults({});
  device.take_replies();
  device.receive(escpos::initialize());
  device.set_faults({.paper_out = true});
  EXPECT_TRUE(device.take_replies().empty()) << "ESC @ switches notices off";
}

TEST(Device, ConfirmsAnIdentityOnlyAfterEverythingBeforeItIsPrinted) {
  Device device({.dots = 384, .mm_per_s = 100});
  device.receive(job(stripes(384, 300)));
  device.receive(escpos::ask_process_id({'a', 'b', 'c', 'd'}));
  while (device.hanging_paper().height() < 300) device.advance(1ms);
  EXPECT_TRUE(device.take_replies().empty());
  while (device.take_tickets().empty()) device.advance(1ms);
  EXPECT_TRUE(device.take_replies().empty()) << "the blade is still moving";
  device.advance(300ms);
  EXPECT_EQ(device.take_replies(), (Bytes{0x37, 0x22, 'a', 'b', 'c', 'd', 0x00}));
}

TEST(Device, OfflineAnswersOnlyInRealTime) {
  Device device({.dots = 384});
  device.set_faults({.offline = true});
  device.receive(escpos::ask_paper_sensor());
  device.receive(escpos::ask_status(1));
  EXPECT_EQ(device.take_replies(), (Bytes{0x1A}));
  device.set_faults({});
  EXPECT_EQ(device.take_replies(), (Bytes{0x00})) << "the queued question is answered now";
}

TEST(Device, PowerCycleForgetsAllButThePaper) {
  Device device({.dots = 384});
  const auto bytes = job(stripes(384, 300));
  device.receive(std::span(bytes).first(bytes.size() / 2));
  const int hanging = device.hanging_paper().height();
  EXPECT_GT(hanging, 0);
  device.power_cycle();
  const auto picture = stripes(384, 90);
  device.receive(Bytes{0x1D, 'V', 'B', 0});
  device.receive(job(picture));
  const auto tickets = device.take_tickets();
  ASSERT_EQ(tickets.size(), 2u);
  EXPECT_EQ(tickets[0].height(), hanging);
  EXPECT_EQ(tickets[1], picture);
}

TEST(Device, SurvivesAnyBytes) {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    Device device({.dots = 384});
    Bytes bytes(2000);
    for (auto& byte : bytes)
      byte = static_cast<std::uint8_t>(random() % 3 == 0 ? random() % 0x20 : random());
    device.receive(bytes);
    device.take_tickets();
    device.power_cycle();
    device.take_replies();
    device.receive(escpos::ask_status(1));
    EXPECT_EQ(device.take_replies(), (Bytes{0x12}));
  }
}

}  // namespace
}  // namespace matanai::printer::emulator
