#include "printer/layout/page.hpp"

#include <algorithm>

#include "printer/layout/dates.hpp"

namespace matanai::printer {
namespace {

constexpr double kRuleMm = 0.375;
constexpr double kFrameMm = 0.5;
constexpr double kMinCodeMm = 20;
constexpr int kQuietModules = 4;

// A value that is set in the large size (canvas.hpp).
std::string large(const std::string& value) { return '\1' + value + '\2'; }

}  // namespace

const Page::Sizes& Page::sizes_of(PaperSpec paper) {
  static constexpr Sizes kWide{.margin = 3,
                               .office = 4,
                               .place = 3.5,
                               .number = 18,
                               .service = 4.25,
                               .label = 3.1,
                               .value = 5.25,
                               .unit = 3.5,
                               .zone = 4.25,
                               .small = 3.1,
                               .foot = 3};
  static constexpr Sizes kNarrow{.margin = 1,
                                 .office = 3.75,
                                 .place = 3.1,
                                 .number = 17,
                                 .service = 4,
                                 .label = 3.1,
                                 .value = 5.25,
                                 .unit = 3.5,
                                 .zone = 4.25,
                                 .small = 3.1,
                                 .foot = 3};
  return paper.is_narrow() ? kNarrow : kWide;
}

Page::Page(Canvas& canvas, PaperSpec paper, const Ticket& ticket)
    : canvas_(canvas),
      ticket_(ticket),
      sizes_(sizes_of(paper)),
      locale_(locale_from_tag(ticket.locale)),
      is_narrow_(paper.is_narrow()),
      is_bilingual_(locale_ != Locale::ja && locale_ != Locale::ja_x_easy),
      left_(canvas.dots(sizes_.margin)),
      width_(canvas.width() - 2 * left_) {}

TextStyle Page::own(double size, Align align) const {
  return {.size_mm = size, .locale = locale_, .align = align};
}

TextStyle Page::japanese(double size, Align align) const {
  return {.size_mm = size, .locale = Locale::ja, .align = align};
}

std::string Page::say(const char* key, WordValues values) const {
  return words(locale_, key, values);
}

void Page::rule() {
  const int thick = canvas_.dots(kRuleMm);
  canvas_.draw_rule(left_, y_, width_, thick);
  y_ += thick;
}

void Page::draw() {
  space(1);
  draw_office();
  draw_badge();
  draw_number();
  draw_service();
  draw_facts();
  draw_zone_and_code();
  draw_footer();
  space(2);
}

void Page::draw_office() {
  const auto office = japanese(sizes_.office, is_narrow_ ? Align::centre : Align::left);
  const auto place = japanese(sizes_.place, is_narrow_ ? Align::centre : Align::right);
  const int together = canvas_.measure_width(ticket_.office, office) + canvas_.dots(3) +
                       canvas_.measure_width(ticket_.place, place);
  if (is_narrow_ || together > width_) {
    y_ += canvas_.draw_text(ticket_.office, office, left_, y_, width_);
    y_ += canvas_.draw_text(ticket_.place, place, left_, y_, width_);
    return;
  }
  const int height = canvas_.draw_text(ticket_.office, office, left_, y_, width_);
  canvas_.draw_text(ticket_.place, place, left_, y_ + canvas_.dots(0.4), width_);
  y_ += height;
}

// 再発行 or 試し刷り, framed, so that nobody takes this paper for another number.
void Page::draw_badge() {
  if (!ticket_.is_copy && !ticket_.is_test) return;
  const char* key = ticket_.is_test ? "paper.test" : "paper.copy";
  std::string text = words(Locale::ja, key);
  if (is_bilingual_) text += "  " + say(key);
  const auto style = japanese(sizes_.service);
  const int pad = canvas_.dots(3);
  const int width = std::min(width_, canvas_.measure_width(text, style) + 2 * pad);
  const int height = canvas_.measure_height(text, style, width) + canvas_.dots(1);
  const int x = left_ + (width_ - width) / 2;
  space(1);
  canvas_.draw_frame(x, y_, width, height, canvas_.dots(kFrameMm), canvas_.dots(1));
  canvas_.draw_text(text, style, x, y_ + canvas_.dots(0.5), width);
  y_ += height;
  if (!ticket_.is_test) return;
  space(0.5);
  y_ += canvas_.draw_text(words(Locale::ja, "paper.test.note"), japanese(sizes_.small), left_, y_,
                          width_);
  if (is_bilingual_)
    y_ += canvas_.draw_text(say("paper.test.note"), own(sizes_.small), left_, y_, width_);
}

void Page::draw_number() {
  space(1);
  const int line = canvas_.dots(kFrameMm);
  const int pad = canvas_.dots(3.2);
  const int height = canvas_.dots(sizes_.number);
  const int side = canvas_.dots(is_narrow_ ? 1.6 : 3);
  canvas_.draw_open_frame(left_, y_, width_, height + 2 * (pad + line), line, canvas_.dots(1.6));
  number_height_ = canvas_.draw_number(ticket_.number, left_ + line + side, y_ + line + pad,
                                       width_ - 2 * (line + side), height);
  y_ += height + 2 * (pad + line);
}

void Page::draw_service() {
  space(1.2);
  const bool has_own =
      ticket_.service && !ticket_.service->empty() && *ticket_.service != ticket_.service_ja;
  if (has_own) y_ += canvas_.draw_text(*ticket_.service, own(sizes_.service), left_, y_, width_);
  const auto style = japanese(has_own ? sizes_.small : sizes_.service);
  y_ += canvas_.draw_text(ticket_.service_ja, style, left_, y_, width_);
}

Page::Cell Page::ahead_cell(int people) const {
  const std::string count = std::to_string(people);
  const char* key = people == 1 ? "paper.ahead.count_one" : "paper.ahead.count";
  return {.label = say("paper.ahead.label"),
          .value = say(key, {{"count", large(count)}}),
          .line = say("paper.ahead.line", {{"count", large(count)}}),
          .note = "",
          .japanese = words(Locale::ja, "paper.ahead.line", {{"count", count}})};
}

Page::Cell Page::estimate_cell(const TicketEstimate& estimate) const {
  const auto range = [&](Locale locale) {
    const std::string high = std::to_string(estimate.high_minutes);
    if (estimate.low_minutes >= estimate.high_minutes) return high;
    return std::to_string(estimate.low_minutes) + words(locale, "paper.estimate.to") + high;
  };
  const std::string time = paper_time(estimate.at_latest);
  const auto value = say("paper.estimate.range", {{"range", large(range(locale_))}});
  return {.label = say("paper.estimate.label"),
          .value = value,
          .line = value,
          .note = say("paper.estimate.latest", {{"time", time}}),
          .japanese = words(Locale::ja, "paper.estimate.line",
                            {{"range", range(Locale::ja)}, {"time", time}})};
}

Page::Cell Page::reservation_cell(Instant at) const {
  const std::string time = paper_time(at);
  return {.label = say("paper.reservation.label"),
          .value = say("paper.reservation.time", {{"time", large(time)}}),
          .line = say("paper.reservation.line", {{"time", large(time)}}),
          .note = "",
          .japanese = words(Locale::ja, "paper.reservation.line", {{"time", time}})};
}

std::vector<Page::Cell> Page::make_cells() const {
  std::vector<Cell> cells;
  if (ticket_.people_ahead) cells.push_back(ahead_cell(*ticket_.people_ahead));
  if (ticket_.estimate) cells.push_back(estimate_cell(*ticket_.estimate));
  if (ticket_.reservation_at) cells.push_back(reservation_cell(*ticket_.reservation_at));
  if (!is_bilingual_) {
    for (auto& cell : cells) cell.japanese.clear();
  }
  return cells;
}

void Page::draw_cell(const Cell& cell, bool is_column, int x, int y, int width) {
  TextStyle value = own(sizes_.unit);
  value.large_mm = sizes_.value;
  if (is_column) y += canvas_.draw_text(cell.label, own(sizes_.label), x, y, width);
  y += canvas_.draw_text(is_column ? cell.value : cell.line, value, x, y, width);
  y += canvas_.draw_text(cell.note, own(sizes_.label), x, y, width);
  y += canvas_.draw_text(cell.japanese, japanese(sizes_.label), x, y, width);
  y_ = std::max(y_, y);
}

// Both begin at the top, so that the values stand on one line.
void Page::draw_columns(const Cell& left, const Cell& right) {
  const bool is_estimate = !right.note.empty();
  const int first = is_estimate ? width_ * 34 / 100 : width_ / 2;
  const int thick = canvas_.dots(kRuleMm);
  const int pad = canvas_.dots(0.8);
  const int second = width_ - first - thick;
  const int top = y_;
  draw_cell(left, true, left_ + pad, top + pad, first - 2 * pad);
  draw_cell(right, true, left_ + first + thick + pad, top + pad, second - 2 * pad);
  y_ += pad;
  canvas_.draw_rule(left_ + first, top, thick, y_ - top);
}

void Page::draw_row(const Cell& cell) {
  const int pad = canvas_.dots(0.6);
  draw_cell(cell, false, left_, y_ + pad, width_);
  y_ += pad;
}

void Page::draw_facts() {
  const auto cells = make_cells();
  space(1.2);
  std::size_t next = 0;
  while (next < cells.size()) {
    rule();
    if (!is_narrow_ && next + 1 < cells.size()) {
      draw_columns(cells[next], cells[next + 1]);
      next += 2;
      continue;
    }
    draw_row(cells[next++]);
  }
  rule();
}

// Zone and what the code is for, one below the other; draws, or only measures. Returns the height.
int Page::zone_text(int x, int y, int width, Align align, bool is_measured,
                    const std::string& scan) {
  const int start = y;
  const auto put = [&](const std::string& text, const TextStyle& style) {
    y += is_measured ? canvas_.measure_height(text, style, width)
                     : canvas_.draw_text(text, style, x, y, width);
  };
  const auto zone = [&](Locale locale) {
    if (ticket_.zone.empty()) return words(locale, "paper.zone.none");
    return words(locale, "paper.zone", {{"zone", ticket_.zone}});
  };
  put(zone(locale_), own(sizes_.zone, align));
  if (is_bilingual_) put(zone(Locale::ja), japanese(sizes_.small, align));
  if (scan.empty()) return y - start;
  y += canvas_.dots(1.2);
  put(scan, own(sizes_.label, align));
  if (is_bilingual_) put(words(Locale::ja, "paper.scan.line"), japanese(sizes_.small, align));
  return y - start;
}

void Page::draw_zone_and_code() {
  const auto code = make_qr(ticket_.url);
  if (code && !is_narrow_) {
    draw_zone_beside(*code);
    return;
  }
  draw_zone_above(code ? &*code : nullptr);
}

void Page::draw_zone_beside(const QrCode& code) {
  const int module = (canvas_.dots(kMinCodeMm) + code.modules - 1) / code.modules;
  const int side = module * code.modules;
  const int quiet = kQuietModules * module;
  const int x = std::max(left_, quiet);
  const int text_x = x + side + std::max(quiet, canvas_.dots(3));
  const int text_width = canvas_.width() - left_ - text_x;
  const auto scan = say("paper.scan.beside");
  const int text_height = zone_text(text_x, 0, text_width, Align::left, true, scan);
  const int height = std::max(side + 2 * quiet, text_height + canvas_.dots(3));
  canvas_.draw_qr(code, x, y_ + (height - side) / 2, module);
  zone_text(text_x, y_ + (height - text_height) / 2, text_width, Align::left, false, scan);
  y_ += height;
}

void Page::draw_zone_above(const QrCode* code) {
  space(1.5);
  y_ += zone_text(left_, y_, width_, Align::centre, false, code ? say("paper.scan.above") : "");
  if (!code) {
    space(1.5);
    return;
  }
  const int module = (canvas_.dots(kMinCodeMm) + code->modules - 1) / code->modules;
  const int side = module * code->modules;
  const int quiet = kQuietModules * module;
  canvas_.draw_qr(*code, (canvas_.width() - side) / 2, y_ + quiet, module);
  y_ += side + 2 * quiet;
}

void Page::draw_footer() {
  rule();
  space(0.8);
  y_ += canvas_.draw_text(say("paper.passed"), own(sizes_.foot, Align::left), left_, y_, width_);
  if (is_bilingual_) {
    y_ += canvas_.draw_text(words(Locale::ja, "paper.passed"), japanese(sizes_.foot, Align::left),
                            left_, y_, width_);
  }
  const auto day = [&](Locale locale) {
    const auto style = [&](Align align) {
      return TextStyle{.size_mm = sizes_.foot, .locale = locale, .align = align};
    };
    const auto today = words(locale, "paper.today");
    const auto date = paper_date(ticket_.issued_at, locale);
    const int together = canvas_.measure_width(today, style(Align::left)) + canvas_.dots(2) +
                         canvas_.measure_width(date, style(Align::left));
    const int height = canvas_.draw_text(today, style(Align::left), left_, y_, width_);
    if (together > width_) y_ += height;
    y_ += canvas_.draw_text(date, style(together > width_ ? Align::left : Align::right), left_, y_,
                            width_);
  };
  if (is_bilingual_) {
    space(0.4);
    day(locale_);
  }
  day(Locale::ja);
}

}  // namespace matanai::printer
