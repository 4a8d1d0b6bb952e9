#include "printer/protocol/text_mode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include "printer/layout/text_ticket.hpp"
#include "printer/protocol/escpos.hpp"
#include "printer/protocol/text_mode_encoding.hpp"
#include "tickets.hpp"

namespace matanai::printer::escpos {
namespace {

constexpr PaperSpec kWide{576, 203}, kSmall{384, 203};

// As the system reads CP932.
std::string from_shift_jis(std::string bytes) {
  const auto handle = iconv_open("UTF-8", "CP932");
  std::string text(bytes.size() * 3 + 1, '\0');
  char* from = bytes.data();
  char* to = text.data();
  std::size_t left = bytes.size(), room = text.size();
  EXPECT_NE(iconv(handle, &from, &left, &to, &room), static_cast<std::size_t>(-1)) << bytes;
  iconv_close(handle);
  text.resize(text.size() - room);
  return text;
}

struct Paper {
  std::vector<std::string> lines;
  std::vector<int> sizes;  // the argument of GS ! while the line was written
  std::string code;
  int module = 0;
  bool is_cut = false;
  int size = 0;
  int alignment = 0;
  bool is_kanji = false;
};

// Reads text mode as Epson's reference describes it.
Paper read(const Bytes& bytes) {
  Paper paper;
  std::string line;
  std::size_t at = 0;
  const auto is = [&](std::initializer_list<int> start) {
    std::size_t i = at;
    for (int value : start) {
      if (i >= bytes.size() || bytes[i++] != value) return false;
    }
    return true;
  };
  while (at < bytes.size()) {
    if (is({0x1C, '&'}) || is({0x1C, '.'})) {
      paper.is_kanji = bytes[at + 1] == '&';
      at += 2;
    } else if (is({0x1C, 'C', 1})) {
      at += 3;
    } else if (is({0x1B, 'a'})) {
      EXPECT_TRUE(line.empty());  // only at the beginning of a line
      paper.alignment = bytes[at + 2];
      at += 3;
    } else if (is({0x1D, '!'})) {
      paper.size = bytes[at + 2];
      at += 3;
    } else if (is({0x1D, '(', 'k'})) {
      const auto length = static_cast<std::size_t>(bytes[at + 3] + 256 * bytes[at + 4]);
      if (bytes[at + 6] == 67) paper.module = bytes[at + 7];
      if (bytes[at + 6] == 80)
        paper.code.assign(bytes.begin() + static_cast<std::ptrdiff_t>(at) + 8,
                          bytes.begin() + static_cast<std::ptrdiff_t>(at + 5 + length));
      at += 5 + length;
    } else if (is({0x1D, 'V', 'B', 0})) {
      paper.is_cut = true;
      at += 4;
    } else if (is({0x0A})) {
      if (!line.empty()) {
        paper.lines.push_back(from_shift_jis(line));
        paper.sizes.push_back(paper.size);
      }
      line.clear();
      ++at;
    } else {
      EXPECT_GE(bytes[at], 0x20) << "unknown command";
      line += static_cast<char>(bytes[at++]);
    }
  }
  EXPECT_TRUE(line.empty());
  return paper;
}

TEST(TextMode, JapaneseTicketIsBelowFourHundredBytesWithEverythingOnIt) {
  EXPECT_LE(encode_text(text_page_of(full_ticket("ja"), kWide)).bytes.size(), 400u);
  EXPECT_LE(encode_text(text_page_of(sample_ticket("ja"), kWide)).bytes.size(), 380u);
}

TEST(TextMode, SaysWhatThePictureSays) {
  const auto ticket = full_ticket("ja");
  const auto paper = read(encode_text(text_page_of(ticket, kWide)).bytes);
  EXPECT_THAT(paper.lines,
              testing::ElementsAre("小倉北区役所 1階 市民課", "A012", "引っ越し・住所の変更",
                                   "まえに 5人", "約10～20分(遅くとも10:55ごろ)", "ご予約 10:30",
                                   "Aゾーンでお待ちください", "スマホで順番を見る",
                                   "番号が過ぎたときは、職員にお声がけください。", "本日のみ有効",
                                   "令和8年11月24日(火) 10:32"));
  EXPECT_EQ(paper.sizes[1], 0x77);  // eight times: 18 mm
  EXPECT_EQ(paper.code, ticket.url);
  EXPECT_TRUE(paper.is_cut);
}

TEST(TextMode, SaysSoonAndSaysWhenItCannotSay) {
  auto ticket = sample_ticket("ja");
  ticket.estimate->is_soon = true;
  const auto soon = read(encode_text(text_page_of(ticket, kWide)).bytes);
  EXPECT_THAT(soon.lines, testing::Contains("まもなくお呼びします"));
  EXPECT_THAT(soon.lines, testing::Contains("遅くとも 10:55ごろ"));
  ticket.estimate.reset();
  const auto unknown = read(encode_text(text_page_of(ticket, kWide)).bytes);
  EXPECT_THAT(unknown.lines, testing::Contains("目安は 出せません"));
  ticket.people_ahead.reset();
  const auto alone = read(encode_text(text_page_of(ticket, kWide)).bytes);
  EXPECT_THAT(alone.lines, testing::Not(testing::Contains("目安は 出せません")));
}

TEST(TextMode, LeavesTheLineAsItFoundIt) {
  const auto paper = read(encode_text(text_page_of(full_ticket("en"), kWide), false).bytes);
  EXPECT_EQ(paper.size, 0);
  EXPECT_EQ(paper.alignment, 0);
  EXPECT_FALSE(paper.is_kanji);
  EXPECT_FALSE(paper.is_cut);
}

TEST(TextMode, EveryLanguageIsWrittenWithoutASignMissing) {
  for (const auto& head : kHeads) {
    for (const char* locale : kLocales) {
      auto ticket = full_ticket(locale);
      ticket.is_copy = true;
      const auto encoded = encode_text(text_page_of(ticket, head));
      EXPECT_EQ(encoded.replaced, 0) << locale;
      EXPECT_LE(encoded.bytes.size(), 550u) << locale;
      EXPECT_EQ(find_realtime(encoded.bytes), encoded.bytes.size()) << locale;
      const auto paper = read(encoded.bytes);
      EXPECT_THAT(paper.lines, testing::Contains("引っ越し・住所の変更")) << locale;
      EXPECT_THAT(paper.lines, testing::Contains(testing::HasSubstr("10:55"))) << locale;
    }
  }
  EXPECT_FALSE(is_written_as_text(Locale::ko));
  EXPECT_TRUE(is_written_as_text(Locale::ja_x_easy));
}

TEST(TextMode, LinesFitThePaper) {
  for (const auto& head : kHeads) {
    for (const char* locale : kLocales) {
      auto ticket = full_ticket(locale);
      ticket.number = "R1012";
      ticket.service_ja = "とても長い名前の手続きとその変更と廃止の届出";
      const auto page = text_page_of(ticket, head);
      for (const auto& lines : {page.head, page.foot}) {
        for (const auto& line : lines) {
          const auto columns = static_cast<int>(to_shift_jis(line.text).bytes.size());
          EXPECT_LE(columns * line.width * 12, head.dots) << line.text;
        }
      }
      EXPECT_GE(page.module, 1);
    }
  }
  EXPECT_EQ(text_page_of(full_ticket("ja"), kSmall).head[1].width, 8);
}

TEST(TextMode, CodeIsAtLeastTwentyMillimetres) {
  for (const auto& head : kHeads) {
    const auto page = text_page_of(full_ticket("ja"), head);
    const auto module = read(encode_text(page).bytes).module;
    EXPECT_GE(29 * module * 25.4 / head.dpi, 20.0) << head.dots;  // the ticket's code has 29
  }
}

TEST(ShiftJis, CountsWhatNotEveryKanjiRomHas) {
  EXPECT_EQ(to_shift_jis("受付A～ヶ澤Ω").doubtful, 0);
  EXPECT_EQ(to_shift_jis("髙①ｱ").doubtful, 3);  // IBM's, NEC's, half-width
  EXPECT_EQ(to_shift_jis("한").doubtful, 0) << "it is replaced";
}

TEST(TextMode, KnowsWhereItsLastLineBegins) {
  for (const char* locale : kLocales) {
    const auto page = text_page_of(full_ticket(locale), kWide);
    const auto encoded = encode_text(page, false);
    const Bytes before(encoded.bytes.begin(),
                       encoded.bytes.begin() + static_cast<std::ptrdiff_t>(encoded.last_line));
    EXPECT_EQ(read(before).lines.size() + 1, page.head.size() + page.foot.size()) << locale;
    EXPECT_EQ(encoded.bytes[encoded.last_line - 1], 0x0A) << "between two lines";
    EXPECT_EQ(encoded.doubtful, 0) << locale;
  }
}

TEST(ShiftJis, WritesKanjiAndWhatIsNearAndCountsTheRest) {
  EXPECT_EQ(to_shift_jis("受付A").bytes, (Bytes{0x8E, 0xF3, 0x95, 0x74, 'A'}));
  EXPECT_EQ(to_shift_jis("髙①").bytes, (Bytes{0xFB, 0xFC, 0x87, 0x40}));  // IBM's and NEC's
  EXPECT_EQ(to_shift_jis("〜–\u00A0é").bytes, (Bytes{0x81, 0x60, '-', ' ', 'e'}));
  const auto strange = to_shift_jis("한\x1B@\n");
  EXPECT_EQ(strange.bytes, (Bytes{'?', '@'}));
  EXPECT_EQ(strange.replaced, 1);
  EXPECT_FALSE((EncodedText{.bytes = {}, .replaced = 1}.is_sure()));
  EXPECT_EQ(to_shift_jis("\xFF\xC0 half").bytes, (Bytes{'?', '?', ' ', 'h', 'a', 'l', 'f'}));
}

}  // namespace
}  // namespace matanai::printer::escpos
