#include "printer/layout/text_ticket.hpp"

#include <algorithm>

#include "printer/layout/dates.hpp"
#include "printer/layout/qr.hpp"

namespace matanai::printer {
namespace {

constexpr int kCharacterDots = 12;
constexpr int kNumberHeight = 8;  // of 24 dots: 18 mm of ink at 203 dpi
constexpr double kMinCodeMm = 20;

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

// In widths of a Latin letter.
int columns_of(std::string_view text) {
  int columns = 0;
  for (std::size_t at = 0; at < text.size(); at += length_at(text, at))
    columns += length_at(text, at) == 1 ? 1 : 2;
  return columns;
}

class Writer {
 public:
  Writer(const Ticket& ticket, PaperSpec paper)
      : ticket_(ticket),
        columns_(std::max(1, paper.dots / kCharacterDots)),
        own_(locale_from_tag(ticket.locale)),
        locale_(is_written_as_text(own_) ? own_ : Locale::en) {
    if (const auto code = make_qr(ticket.url)) {
      page_.url = ticket.url;
      const double dots = kMinCodeMm * paper.dpi / 25.4;
      page_.module = std::clamp(static_cast<int>(dots / code->modules) + 1, 1, 16);
      page_.code_side = page_.module * code->modules;
    }
  }

  TextPage write(const PaperDecor& decor) {
    put_head();
    put_facts();
    lines_ = &page_.foot;
    if (!page_.url.empty()) put(say("paper.scan.line"));
    if (const auto notice = decor.notice.find(std::string(tag_of(locale_)));
        notice != decor.notice.end()) {
      put(notice->second);
    }
    put(say("paper.passed"));
    put(say("paper.today"));
    const auto day = locale_ == Locale::en ? "| " + paper_day(ticket_.issued_at) : "";
    put(paper_date(ticket_.issued_at, locale_ == Locale::en ? locale_ : Locale::ja) + day);
    return std::move(page_);
  }

 private:
  std::string say(const char* key, WordValues values = {}) const {
    return words(locale_, key, values);
  }

  // Phrases are joined as long as they fit; one that is too long by itself is cut between letters.
  void put(std::string_view text, int size = 1) {
    std::string line;
    const auto flush = [&] {
      while (!line.empty() && line.back() == ' ') line.pop_back();
      if (!line.empty()) lines_->push_back({line, size, size});
      line.clear();
    };
    for (std::size_t start = 0; start <= text.size();) {
      const auto end = std::min(text.find_first_of("|\n", start), text.size());
      const auto phrase = text.substr(start, end - start);
      if ((columns_of(line) + columns_of(phrase)) * size > columns_) flush();
      for (std::size_t at = 0; at < phrase.size(); at += length_at(phrase, at)) {
        const auto letter = phrase.substr(at, length_at(phrase, at));
        if ((columns_of(line) + columns_of(letter)) * size > columns_) flush();
        line += letter;
      }
      if (end < text.size() && text[end] == '\n') flush();
      start = end + 1;
    }
    flush();
  }

  void put_head() {
    if (ticket_.is_test) put(say("paper.test"), 2);
    if (ticket_.is_copy) put(say("paper.copy"), 2);
    put(ticket_.office + (ticket_.place.empty() ? "" : "| ") + ticket_.place);
    const int letters = std::max(1, columns_of(ticket_.number));
    page_.head.push_back(
        {ticket_.number, std::clamp(columns_ / letters, 1, kNumberHeight), kNumberHeight});
    if (ticket_.service && own_ == locale_) put(*ticket_.service, fitting(*ticket_.service));
    if (!ticket_.service || own_ != locale_ || own_ != Locale::ja)
      put(ticket_.service_ja, ticket_.service && own_ == locale_ ? 1 : fitting(ticket_.service_ja));
  }

  int fitting(std::string_view text) const { return columns_of(text) * 2 <= columns_ ? 2 : 1; }

  void put_facts() {
    if (ticket_.people_ahead)
      put(say("paper.ahead.line", {{"count", std::to_string(*ticket_.people_ahead)}}));
    put_estimate();
    if (ticket_.reservation_at)
      put(say("paper.reservation.line", {{"time", paper_time(*ticket_.reservation_at)}}));
    if (ticket_.zone.empty()) return put(say("paper.zone.none"));
    put(say("paper.zone", {{"zone", ticket_.zone}}));
  }

  void put_estimate() {
    if (!ticket_.estimate) {
      if (ticket_.people_ahead) put(say("wait.unknown"));
      return;
    }
    const auto& told = *ticket_.estimate;
    const auto time = paper_time(told.at_latest);
    if (told.is_soon) {
      put(say("paper.estimate.soon"));
      put(say("wait.latest", {{"time", time}}));
      return;
    }
    const auto range = range_text(locale_, told.low_minutes, told.high_minutes);
    put(say("paper.estimate.line", {{"range", range}, {"time", time}}));
  }

  const Ticket& ticket_;
  int columns_;
  Locale own_;
  Locale locale_;
  TextPage page_;
  std::vector<TextPage::Line>* lines_ = &page_.head;
};

}  // namespace

bool is_written_as_text(Locale locale) {
  return locale == Locale::ja || locale == Locale::ja_x_easy || locale == Locale::en;
}

TextPage text_page_of(const Ticket& ticket, PaperSpec paper, const PaperDecor& decor) {
  return Writer(ticket, paper).write(decor);
}

}  // namespace matanai::printer
