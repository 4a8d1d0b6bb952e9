#include "printer/protocol/raster.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <tuple>

#include "printer/protocol/escpos.hpp"
#include "printer/protocol/starprnt_raster.hpp"
#include "raster_reader.hpp"
#include "tickets.hpp"

namespace matanai::printer {
namespace {

const std::vector<std::uint8_t> kNone;

struct Way {
  const char* name;
  Encoded (*encode)(const Bitmap&, const EncodeOptions&);
  std::size_t (*find)(std::span<const std::uint8_t>, std::size_t);
  RasterCommand command = RasterCommand::gs_v_0;
  bool may_double = true;
  bool may_place = true;

  Encoded operator()(const Bitmap& picture, EncodeOptions options = {}) const {
    options.raster = command;
    options.may_double = may_double;
    options.may_place = may_place;
    return encode(picture, options);
  }
};
void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

class EachWay : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(
    Raster, EachWay,
    testing::Values(Way{"GsV0", escpos::encode, escpos::find_realtime},
                    Way{"GsV0Undoubled", escpos::encode, escpos::find_realtime,
                        RasterCommand::gs_v_0, false},
                    Way{"Gs8L", escpos::encode, escpos::find_realtime, RasterCommand::gs_8_l},
                    Way{"StarPrnt", encode_starprnt, find_starprnt_realtime},
                    Way{"StarPrntUnplaced", encode_starprnt, find_starprnt_realtime,
                        RasterCommand::gs_v_0, true, false}),
    [](const auto& info) { return info.param.name; });

int different_dots(const Bitmap& one, const Bitmap& other) {
  int count = 0;
  for (int y = 0; y < one.height(); ++y) {
    for (int x = 0; x < one.width(); ++x)
      count += one.is_black(x, y) != other.is_black(x, y) ? 1 : 0;
  }
  return count;
}

const TicketRenderer& renderer_of(PaperSpec paper) {
  static std::map<std::pair<int, int>, std::unique_ptr<TicketRenderer>> all;
  auto& one = all[{paper.dots, paper.dpi}];
  if (!one) one = std::make_unique<TicketRenderer>(paper);
  return *one;
}

// Drawn once for all ways.
const Bitmap& picture_of(PaperSpec paper, const std::string& locale) {
  static std::map<std::tuple<int, int, std::string>, Bitmap> all;
  auto& one = all[{paper.dots, paper.dpi, locale}];
  if (one.height() == 0) one = renderer_of(paper).render(full_ticket(locale));
  return one;
}

TEST_P(EachWay, TicketsOfEveryHeadAndLanguageArriveDotForDot) {
  for (int dots = 320; dots <= 832; dots += 64) {
    for (const int dpi : {203, 180}) {
      if (dpi == 180 && dots != 512) continue;
      for (const char* locale : kLocales) {
        const auto& picture = picture_of({dots, dpi}, locale);
        const auto encoded = GetParam()(picture, {.dpi = dpi});
        EXPECT_EQ(GetParam().find(encoded.bytes, 0), encoded.bytes.size()) << locale << dots;
        const auto paper = RasterReader(encoded.bytes, dots).read();
        if (encoded.dots_changed == 0) {
          EXPECT_EQ(paper, picture) << locale << " " << dots;
        }
        EXPECT_LE(different_dots(paper, picture), encoded.dots_changed) << locale << " " << dots;
      }
    }
  }
}

// The same ticket at each place of the dots in their bytes and on heads of any width.
TEST_P(EachWay, NothingIsExecutedWhateverTheWidth) {
  const auto ticket = renderer_of({384, 203}).render(full_ticket("ja"));
  for (int dots = 300; dots <= 832; dots += 7) {
    Bitmap picture(dots, ticket.height());
    picture.blend(ticket, (dots - 300) % 37, 0);
    const auto encoded = GetParam()(picture);
    EXPECT_EQ(GetParam().find(encoded.bytes, 0), encoded.bytes.size()) << dots;
    EXPECT_LE(different_dots(RasterReader(encoded.bytes, dots).read(), picture),
              encoded.dots_changed)
        << dots;
  }
}

TEST_P(EachWay, NoCommandIsLongerThanTheLimit) {
  Bitmap black(576, 700);
  black.fill(0, 0, 576, 700);
  for (int y = 0; y < 700; ++y) black.set(y % 576, y, false);  // nothing stands twice
  for (const std::size_t limit : {kBandLimit, std::size_t{2000}}) {
    const auto encoded = GetParam()(black, {.band_limit = limit});
    RasterReader reader(encoded.bytes, 576);
    EXPECT_EQ(reader.read(), black);
    EXPECT_GE(reader.lengths().size(), 700 * 72 / limit);
    for (auto length : reader.lengths()) EXPECT_LE(length, limit);
  }
}

TEST_P(EachWay, WhitePaperIsFedAndNotSent) {
  Bitmap picture(576, 1000);
  picture.set(300, 500, true);
  const auto encoded = GetParam()(picture);
  EXPECT_LT(encoded.bytes.size(), 100u);
  EXPECT_EQ(RasterReader(encoded.bytes, 576).read(), picture);
  const auto empty = GetParam()(Bitmap(576, 30));
  EXPECT_EQ(empty.bands, 0);
  EXPECT_EQ(empty.last_band, 0u);
  EXPECT_EQ(RasterReader(empty.bytes, 576).read(), Bitmap(576, 30));
}

TEST_P(EachWay, CutComesLastAndOnlyWhenAskedFor) {
  const Bitmap picture(384, 40);
  RasterReader cut(kNone, 0), uncut(kNone, 0);
  const auto with = GetParam()(picture), without = GetParam()(picture, {.cut = false});
  cut = RasterReader(with.bytes, 384);
  uncut = RasterReader(without.bytes, 384);
  cut.read();
  uncut.read();
  EXPECT_TRUE(cut.is_cut());
  EXPECT_FALSE(uncut.is_cut());
}

// The lowest band can only be read from last_band on.
TEST_P(EachWay, TicketIsNotWholeBeforeItsLastBand) {
  const auto picture = renderer_of({576, 203}).render(full_ticket("en"));
  const auto encoded = GetParam()(picture);
  const auto before = std::span(encoded.bytes).first(encoded.last_band);
  const auto part = RasterReader(before, 576).read();
  EXPECT_LT(part.height(), picture.height());
  EXPECT_GT(part.height(), picture.height() / 2);
  EXPECT_GT(different_dots(picture, part), 0);
}

TEST_P(EachWay, NoiseArrivesWithoutExecutedBytes) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 60; ++round) {
    const int width = 300 + static_cast<int>(random() % 300);
    const auto density = 2 + random() % 9;
    Bitmap picture(width, 60);
    for (int y = 0; y < 60; ++y) {
      for (int x = 0; x < width; ++x) picture.set(x, y, random() % density == 0);
    }
    const auto encoded = GetParam()(picture);
    EXPECT_EQ(GetParam().find(encoded.bytes, 0), encoded.bytes.size());
    const auto back = RasterReader(encoded.bytes, width).read();
    ASSERT_EQ(back.height(), picture.height());
    EXPECT_LE(different_dots(picture, back), encoded.dots_changed);
  }
}

// Pictures of random rectangles at odd and even places, doubled and not.
TEST_P(EachWay, DoubledDotsArriveDotForDot) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const int scale_x = 1 + static_cast<int>(random() % 2), scale_y = 1 + round % 2;
    Bitmap small(100, 40), picture(301, 120);
    for (int i = 0; i < 12; ++i)
      small.fill(static_cast<int>(random() % 90), static_cast<int>(random() % 35),
                 static_cast<int>(1 + random() % 30), static_cast<int>(1 + random() % 5));
    const int left = static_cast<int>(random() % 100), top = static_cast<int>(random() % 30);
    for (int y = 0; y < 40 * scale_y; ++y) {
      for (int x = 0; x < 100 * scale_x; ++x)
        picture.set(left + x, top + y, small.is_black(x / scale_x, y / scale_y));
    }
    const auto encoded = GetParam()(picture);
    EXPECT_EQ(encoded.dots_changed, 0);
    EXPECT_EQ(RasterReader(encoded.bytes, 301).read(), picture) << round;
  }
}

TEST(Raster, WhatStandsTwiceIsSentOnce) {
  Bitmap picture(576, 160);
  std::mt19937 random(1);
  for (int y = 0; y < 160; y += 4) {
    for (int x = 0; x < 576; x += 4) {
      if (random() % 2 == 0) picture.fill(x, y, 4, 4);
    }
  }
  const auto once = escpos::encode(picture, {.may_double = false}).bytes.size();
  EXPECT_LT(escpos::encode(picture).bytes.size() * 7 / 2, once);
}

TEST(Raster, TicketStaysBelowItsShareOfBytesInEveryLanguage) {
  for (const char* locale : kLocales) {
    const auto picture = renderer_of({576, 203}).render(full_ticket(locale));
    EXPECT_LE(escpos::encode(picture).bytes.size(), 25'000u) << locale;
    EXPECT_LE(escpos::encode(picture, {.may_double = false}).bytes.size(), 25'000u) << locale;
    EXPECT_LE(escpos::encode(picture, {.raster = RasterCommand::gs_8_l}).bytes.size(), 25'000u)
        << locale;
    EXPECT_LE(encode_starprnt(picture, {}).bytes.size(), 25'000u) << locale;
  }
}

TEST(StarPrntRaster, KnowsWhatIsExecutedOnArrival) {
  const std::vector<Bytes> commands = {
      {0x1B, 0x1D, 0x03, 0x04}, {0x1B, 0x1D, 0x03, 0x01}, {0x1B, 0x06, 0x01}, {0x1B, 0x06, 0x18}};
  for (const auto& command : commands) EXPECT_EQ(find_starprnt_realtime(command), 0u);
  const std::vector<Bytes> others = {{0x1B, 0x1D, 0x04}, {0x1B, 0x06, 0x02}, {0x1B, 0x1D}};
  for (const auto& bytes : others) EXPECT_EQ(find_starprnt_realtime(bytes), bytes.size());
  EXPECT_EQ(find_starprnt_realtime(Bytes{0x1B, 0x1B, 0x06, 0x01}), 1u);
}

// Where bands begin at the left edge always a code inside a row costs one dot.
TEST(StarPrntRaster, EndCodeInsideARowIsBroken) {
  Bitmap picture(576, 4);
  const Bytes code{0x1B, 0x1D, 0x03, 0x04};
  std::copy(code.begin(), code.end(), picture.row(1).begin() + 20);
  EXPECT_EQ(encode_starprnt(picture, {}).dots_changed, 0);
  const auto encoded = encode_starprnt(picture, {.may_place = false});
  EXPECT_EQ(find_starprnt_realtime(encoded.bytes), encoded.bytes.size());
  EXPECT_EQ(encoded.dots_changed, 1);
  EXPECT_EQ(different_dots(picture, RasterReader(encoded.bytes, 576).read()), 1);
}

// Across two rows: a wider band is enough.
TEST(StarPrntRaster, EndCodeAcrossRowsIsBrokenWithoutLoss) {
  Bitmap picture(576, 2);
  const Bytes end{0x1B, 0x1D}, start{0x03, 0x04};
  std::copy(end.begin(), end.end(), picture.row(0).begin() + 50);
  std::copy(start.begin(), start.end(), picture.row(1).begin());
  picture.row(1)[51] = 1;
  const auto encoded = encode_starprnt(picture, {.may_place = false});
  EXPECT_EQ(find_starprnt_realtime(encoded.bytes), encoded.bytes.size());
  EXPECT_EQ(encoded.dots_changed, 0);
  EXPECT_EQ(RasterReader(encoded.bytes, 576).read(), picture);
}

}  // namespace
}  // namespace matanai::printer
