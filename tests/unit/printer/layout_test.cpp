#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <string>
#include <vector>

#include "printer/layout/dates.hpp"
#include "printer/layout/qr.hpp"
#include "printer/layout/renderer.hpp"
#include "schema/types/json.hpp"
#include "tickets.hpp"

namespace matanai::printer {
namespace {

// The longest of everything.
Ticket longest_ticket(const char* locale) {
  auto ticket = full_ticket(locale);
  ticket.number = "R1012";
  ticket.is_copy = true;
  return ticket;
}

// Heights of the runs of rows that carry ink, from the top.
std::vector<int> ink_runs(const Bitmap& bitmap) {
  std::vector<int> runs;
  bool was_ink = false;
  for (int y = 0; y < bitmap.height(); ++y) {
    bool is_ink = false;
    for (auto byte : bitmap.row(y)) is_ink = is_ink || byte != 0;
    if (is_ink && !was_ink) runs.push_back(0);
    if (is_ink) ++runs.back();
    was_ink = is_ink;
  }
  return runs;
}

TEST(TicketLayout, SameTicketGivesTheSameDotsFromAnyRenderer) {
  for (const auto& head : kHeads) {
    const TicketRenderer first(head), second(head);
    for (const char* locale : kLocales) {
      const auto ticket = longest_ticket(locale);
      const auto once = first.render(ticket);
      first.render(sample_ticket("ko"));
      EXPECT_EQ(once, first.render(ticket)) << locale << " " << head.dots;
      EXPECT_EQ(once, second.render(ticket)) << locale << " " << head.dots;
    }
  }
}

TEST(TicketLayout, IsAsWideAsTheHeadAndHasNoMissingGlyph) {
  for (const auto& head : kHeads) {
    const TicketRenderer renderer(head);
    for (const char* locale : kLocales) {
      for (const auto& ticket : {sample_ticket(locale), longest_ticket(locale)}) {
        const auto rendered = renderer.render_measured(ticket);
        EXPECT_EQ(rendered.bitmap.width(), head.dots);
        EXPECT_EQ(rendered.unknown_glyphs, 0) << locale;
      }
    }
  }
}

TEST(TicketLayout, NumberIsAtLeastFifteenMillimetresHigh) {
  for (const auto& head : kHeads) {
    const TicketRenderer renderer(head);
    for (const char* number : {"A012", "R1012", "Z9"}) {
      auto ticket = sample_ticket("ja");
      ticket.number = number;
      ticket.url.clear();  // the number is then the only tall thing
      int tallest = 0;
      for (int run : ink_runs(renderer.render(ticket))) tallest = std::max(tallest, run);
      EXPECT_GE(tallest * 25.4 / head.dpi, 15.0) << number << " on " << head.dots;
    }
  }
}

TEST(TicketLayout, CodeIsReadBackFromEveryHeadAndLanguage) {
  for (const auto& head : kHeads) {
    const TicketRenderer renderer(head);
    for (const char* locale : kLocales) {
      const auto ticket = longest_ticket(locale);
      EXPECT_EQ(read_qr(renderer.render(ticket)), ticket.url) << locale << " on " << head.dots;
    }
  }
}

TEST(TicketLayout, LongAndShortCodesAreReadBackToo) {
  const TicketRenderer renderer({384, 203});
  for (const std::size_t length : {5u, 60u, 200u}) {
    auto ticket = sample_ticket("en");
    ticket.url = "https://x.example/t/" + std::string(length, 'Q');
    EXPECT_EQ(read_qr(renderer.render(ticket)), ticket.url) << length;
  }
}

TEST(TicketLayout, TakesNoMoreRoomThanItsFactsNeed) {
  const TicketRenderer renderer({576, 203});
  auto ticket = sample_ticket("ja");
  const int told = renderer.render(ticket).height();
  ticket.estimate.reset();
  const int unknown = renderer.render(ticket).height();
  EXPECT_LT(unknown, told);
  ticket.people_ahead.reset();
  EXPECT_LT(renderer.render(ticket).height(), unknown);
}

TEST(TicketLayout, SaysSoonWithItsLatestInsteadOfMinutes) {
  for (const auto& head : {PaperSpec{576, 203}, PaperSpec{384, 203}}) {
    const TicketRenderer renderer(head);
    for (const char* locale : kLocales) {
      auto ticket = sample_ticket(locale);
      const auto minutes = range_text(locale_from_tag(locale), 10, 20);
      EXPECT_THAT(joined(renderer.render_measured(ticket).lines), testing::HasSubstr(minutes));
      ticket.estimate->is_soon = true;
      const auto soon = renderer.render_measured(ticket);
      EXPECT_EQ(soon.unknown_glyphs, 0) << locale;
      EXPECT_THAT(joined(soon.lines), testing::HasSubstr("10:55")) << locale;
      EXPECT_THAT(joined(soon.lines), testing::Not(testing::HasSubstr(minutes))) << locale;
    }
    auto ticket = sample_ticket("ja");
    ticket.estimate->is_soon = true;
    EXPECT_THAT(joined(renderer.render_measured(ticket).lines), testing::HasSubstr("まもなく"));
  }
}

TEST(TicketLayout, SaysThatNoEstimateCanBeGiven) {
  const TicketRenderer renderer({576, 203});
  for (const char* locale : kLocales) {
    auto ticket = sample_ticket(locale);
    ticket.estimate.reset();
    const auto rendered = renderer.render_measured(ticket);
    EXPECT_EQ(rendered.unknown_glyphs, 0) << locale;
    EXPECT_THAT(joined(rendered.lines),
                testing::HasSubstr(words(locale_from_tag(locale), "wait.label")));
  }
  auto ticket = sample_ticket("ja");
  ticket.estimate.reset();
  EXPECT_THAT(joined(renderer.render_measured(ticket).lines),
              testing::HasSubstr("目安は 出せません"));
}

// Where the code stands, found dot by dot; whole dots or it is not found.
struct Found {
  int x = -1, y = -1, module = 0;
};
Found find_code(const Bitmap& bitmap, const QrCode& code) {
  const auto matches = [&](int x, int y, int module) {
    for (int row = 0; row < code.modules * module; ++row) {
      for (int column = 0; column < code.modules * module; ++column) {
        if (bitmap.is_black(x + column, y + row) != code.is_black(column / module, row / module))
          return false;
      }
    }
    return true;
  };
  for (int module = 3; module <= 9; ++module) {
    const int side = code.modules * module;
    for (int y = 0; y + side <= bitmap.height(); ++y) {
      for (int x = 0; x + side <= bitmap.width(); ++x) {
        if (matches(x, y, module)) return {x, y, module};
      }
    }
  }
  return {};
}

TEST(TicketLayout, CodeHasWholeDotsItsSizeAndItsQuietZone) {
  for (const auto& head : kHeads) {
    const TicketRenderer renderer(head);
    for (const std::size_t length : {5u, 60u, 200u}) {
      auto ticket = full_ticket("en");
      ticket.url = "https://x.example/t/" + std::string(length, 'q');
      const auto code = make_qr(ticket.url).value();
      const auto bitmap = renderer.render(ticket);
      const auto found = find_code(bitmap, code);
      ASSERT_GT(found.module, 0) << head.dots << " " << length;
      const int side = code.modules * found.module, quiet = 4 * found.module;
      EXPECT_GE(side * 25.4 / head.dpi, 20.0);
      EXPECT_GE(found.x, quiet);
      EXPECT_LE(found.x + side + quiet, head.dots);
      for (int y = found.y - quiet; y < found.y + side + quiet; ++y) {
        for (int x = found.x - quiet; x < found.x + side + quiet; ++x) {
          const bool is_inside =
              x >= found.x && x < found.x + side && y >= found.y && y < found.y + side;
          if (!is_inside) {
            ASSERT_FALSE(bitmap.is_black(x, y)) << head.dots << " " << x << "," << y;
          }
        }
      }
    }
  }
}

TEST(TicketLayout, SaysEverythingThatTheTicketKnows) {
  for (const auto& head : {PaperSpec{576, 203}, PaperSpec{384, 203}}) {
    const TicketRenderer renderer(head);
    for (const char* locale : kLocales) {
      const auto ticket = longest_ticket(locale);
      const auto text = joined(renderer.render_measured(ticket).lines);
      for (const auto& part :
           {ticket.office, ticket.place, ticket.number, ticket.service_ja, std::string("10:55"),
            std::string("10:30"), std::string("10:32"), std::string("令和8年11月24日"),
            std::string("再発行"), "[QR " + ticket.url + "]"}) {
        EXPECT_THAT(text, testing::HasSubstr(part)) << locale << " on " << head.dots;
      }
      EXPECT_THAT(text, testing::ContainsRegex("10.*20")) << locale;
    }
  }
}

TEST(TicketLayout, KeepsItsDotsWhenManyOtherTextsPassedThrough) {
  const TicketRenderer renderer({576, 203});
  const auto ticket = full_ticket("en");
  const auto before = renderer.render(ticket);
  auto other = sample_ticket("ja");
  for (int i = 0; i < 700; ++i) {
    other.service_ja = "窓口 " + std::to_string(i);
    renderer.render(other);
  }
  EXPECT_EQ(renderer.render(ticket), before);
}

TEST(TicketLayout, CopyAndTestLookDifferent) {
  const TicketRenderer renderer({576, 203});
  auto ticket = sample_ticket("ja");
  const auto plain = renderer.render(ticket);
  ticket.is_copy = true;
  const auto copy = renderer.render(ticket);
  ticket.is_copy = false;
  ticket.is_test = true;
  const auto test = renderer.render(ticket);
  EXPECT_NE(plain, copy);
  EXPECT_NE(plain, test);
  EXPECT_NE(copy, test);
}

TEST(TicketLayout, StrangeTextNeverStopsATicket) {
  const TicketRenderer renderer({384, 203});
  auto ticket = sample_ticket("en");
  ticket.service_ja = std::string("\xF4\x8F\xBF\xBD", 4);  // U+10FFFD has no glyph
  EXPECT_GT(renderer.render_measured(ticket).unknown_glyphs, 0);

  Ticket empty;
  EXPECT_GT(renderer.render(empty).height(), 0);
  Ticket huge = longest_ticket("vi");
  huge.service = std::string(2000, 'W');
  huge.office = std::string(500, 'W');
  huge.number = std::string(40, '8');
  EXPECT_GT(renderer.render(huge).height(), 0);
  Ticket broken = sample_ticket("ja");
  broken.service_ja = "\xFF\xC0 half";
  EXPECT_GT(renderer.render(broken).height(), 0);
}

TEST(TicketLayout, RefusesHeadsThatNoTicketFits) {
  EXPECT_THROW(TicketRenderer({100, 203}), std::runtime_error);
  EXPECT_THROW(TicketRenderer({576, 20}), std::runtime_error);
}

TEST(TicketType, HasNoPlaceForAnythingPersonal) {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<
      boost::describe::describe_members<Ticket, boost::describe::mod_any_access>>(
      [&](auto member) { names.emplace_back(member.name); });
  EXPECT_THAT(names, testing::ElementsAre("office", "place", "number", "service_ja", "service",
                                          "issued_at", "zone", "people_ahead", "estimate",
                                          "reservation_at", "url", "locale", "is_copy", "is_test"));
}

TEST(TicketType, TravelsAsJson) {
  const auto ticket = full_ticket("vi");
  const auto read = read_json<Ticket>(write_json(ticket));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(write_json(*read), write_json(ticket));
}

TEST(PaperDate, IsReiwaAndTwentyFourHoursInTheOfficesZone) {
  EXPECT_EQ(paper_date(at("2026-11-24T01:32:00.000Z"), Locale::ja), "令和8年11月24日(火) 10:32");
  EXPECT_EQ(paper_date(at("2026-11-23T15:05:00.000Z"), Locale::en), "2026-11-24 00:05");
}

}  // namespace
}  // namespace matanai::printer
