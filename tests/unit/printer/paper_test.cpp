// What is on paper besides tickets: an office's mark and notice, the test page; and previews.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <stdexcept>

#include "printer/layout/svg.hpp"
#include "tickets.hpp"

namespace matanai::printer {
namespace {

// A PNG of a black square with a white border of a quarter.
std::string mark_png(int side) {
  Bitmap mark(side, side);
  mark.fill(side / 4, side / 4, side / 2, side / 2);
  return png_of(mark);
}

TEST(PaperDecor, MarkStandsBesideTheOfficeInItsTrueShape) {
  const PaperSpec head{576, 203};
  const TicketRenderer plain(head), marked(head, {.logo_png = mark_png(200), .notice = {}});
  const auto ticket = sample_ticket("ja");
  const auto with = marked.render(ticket);
  // 8 mm = 64 dots at the left margin; its middle half is black.
  const int left = 24;
  int black = 0;
  for (int y = 0; y < 80; ++y) {
    for (int x = left; x < left + 64; ++x) black += with.is_black(x, y) ? 1 : 0;
  }
  EXPECT_NEAR(black, 32 * 32, 150);
  EXPECT_NE(with, plain.render(ticket));
}

TEST(PaperDecor, WideMarkAndNarrowPaperPutItAbove) {
  for (const auto& head : {PaperSpec{576, 203}, PaperSpec{384, 203}}) {
    const TicketRenderer plain(head), marked(head, {.logo_png = mark_png(40), .notice = {}});
    const auto ticket = sample_ticket("ja");
    EXPECT_GE(marked.render(ticket).height(), plain.render(ticket).height());
  }
}

TEST(PaperDecor, RefusesWhatIsNoPng) {
  EXPECT_THROW(TicketRenderer({576, 203}, {.logo_png = "GIF89a", .notice = {}}),
               std::runtime_error);
}

TEST(PaperDecor, NoticeIsInTheVisitorsLanguageElseInJapanese) {
  const TicketRenderer renderer(
      {576, 203}, {.logo_png = "", .notice = {{"ja", "年末は休みます"}, {"en", "Closed in May"}}});
  const auto text = [&](const char* locale) {
    return joined(renderer.render_measured(sample_ticket(locale)).lines);
  };
  EXPECT_THAT(text("ja"), testing::HasSubstr("年末は休みます"));
  EXPECT_THAT(text("ko"), testing::HasSubstr("年末は休みます"));
  EXPECT_THAT(text("en"), testing::HasSubstr("Closed in May"));
  EXPECT_THAT(text("en"), testing::Not(testing::HasSubstr("年末")));
}

TestPageFacts facts() {
  TestPageFacts facts;
  facts.maker = "EPSON";
  facts.model = "TM-T88VI";
  facts.firmware = "50.02";
  facts.connection = "tcp:192.0.2.7:9100";
  facts.confirms = "GS ( H";
  facts.printed_at = at("2026-11-24T01:32:00.000Z");
  return facts;
}

TEST(TestPage, NamesThePrinterAndHasNoMissingGlyph) {
  for (const auto& head : kHeads) {
    const TicketRenderer renderer(head);
    for (const Locale locale : {Locale::ja, Locale::en}) {
      auto about = facts();
      about.locale = locale;
      const auto page = renderer.render_test_page(about);
      EXPECT_EQ(page.unknown_glyphs, 0);
      EXPECT_EQ(page.bitmap.width(), head.dots);
      const auto text = joined(page.lines);
      for (const auto& part :
           {std::string("EPSON TM-T88VI"), std::string("50.02"), std::string("192.0.2.7"),
            std::to_string(head.dots), std::to_string(head.dpi), std::string("10:32")}) {
        EXPECT_THAT(text, testing::HasSubstr(part)) << head.dots;
      }
      EXPECT_EQ(read_qr(page.bitmap), "matanai-print") << head.dots;
    }
  }
}

TEST(TestPage, UsesEveryDotOfTheHeadOnce) {
  for (const auto& head : kHeads) {
    const auto page = TicketRenderer(head).render_test_page(facts()).bitmap;
    const auto is_saw = [&](int top) {
      for (int x = 0; x < page.width(); ++x) {
        int black = 0;
        for (int y = top; y < top + 16; ++y) black += page.is_black(x, y) ? 1 : 0;
        if (black != 1) return false;
      }
      return true;
    };
    bool is_found = false;
    for (int top = 0; top + 16 <= page.height(); ++top) is_found = is_found || is_saw(top);
    EXPECT_TRUE(is_found) << head.dots;
  }
}

// "M24 63h528v4H24z": read back, the picture is the same.
TEST(Svg, HoldsEveryDotInItsTrueSize) {
  const auto bitmap = TicketRenderer({512, 180}).render(full_ticket("ko"));
  const auto svg = svg_of(bitmap, 180);
  EXPECT_THAT(svg, testing::HasSubstr("width=\"72.25mm\""));
  Bitmap read(bitmap.width(), bitmap.height());
  auto at = svg.find("<path d=");
  ASSERT_NE(at, std::string::npos);
  while ((at = svg.find('M', at)) != std::string::npos) {
    int x = 0, y = 0, width = 0, height = 0;
    ASSERT_EQ(std::sscanf(svg.c_str() + at, "M%d %dh%dv%dH", &x, &y, &width, &height), 4);
    read.fill(x, y, width, height);
    ++at;
  }
  EXPECT_EQ(read, bitmap);
}

TEST(Png, IsReadBackAndScaledIntoItsBox) {
  const auto bitmap = TicketRenderer({384, 203}).render(sample_ticket("ja"));
  EXPECT_EQ(bitmap_of_png(png_of(bitmap), bitmap.width(), bitmap.height()), bitmap);
  const auto half = bitmap_of_png(mark_png(100), 50, 400);
  EXPECT_EQ(half.width(), 50);
  EXPECT_EQ(half.height(), 50);
}

}  // namespace
}  // namespace matanai::printer
