#include "printer/layout/page.hpp"

#include <algorithm>

#include "printer/layout/dates.hpp"

namespace matanai::printer {
namespace {

constexpr double kThickMm = 0.4;
constexpr double kRuleMm = 0.25;
constexpr double kRunGapMm = 2.5;
constexpr double kMinCodeMm = 20;
constexpr int kQuietModules = 4;

// A value that is set in the large size (text.hpp).
std::string large(const std::string& value) { return '\1' + value + '\2'; }

}  // namespace

const Page::Sizes& Page::sizes_of(PaperSpec paper) {
  static constexpr Sizes kWide{.margin = 3,
                               .office = 3.75,
                               .place = 3.25,
                               .number = 16,
                               .service = 4,
                               .label = 3,
                               .value = 5,
                               .unit = 3.5,
                               .zone = 4,
                               .small = 3,
                               .foot = 3};
  static constexpr Sizes kNarrow{.margin = 1,
                                 .office = 3.75,
                                 .place = 3.1,
                                 .number = 16,
                                 .service = 4,
                                 .label = 3.1,
                                 .value = 5.25,
                                 .unit = 3.5,
                                 .zone = 4.25,
                                 .small = 3.1,
                                 .foot = 3};
  return paper.is_narrow() ? kNarrow : kWide;
}

Page::Page(Canvas& canvas, PaperSpec paper, const Ticket& ticket, const Bitmap& logo,
           const std::string& notice)
    : canvas_(canvas),
      ticket_(ticket),
      logo_(logo),
      notice_(notice),
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

void Page::rule(double mm) {
  const int thick = canvas_.dots(mm);
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

int Page::draw_run(const std::vector<Part>& parts, int x, int y, int width) {
  int together = 0, baseline = 0;
  for (const auto& part : parts) {
    if (part.text.empty()) continue;
    if (together > 0) together += canvas_.dots(kRunGapMm);
    together += canvas_.measure_width(part.text, part.style);
    baseline = std::max(baseline, canvas_.baseline(part.style));
  }
  const bool is_one_line = together <= width;
  const auto align = parts.front().style.align;
  int at = align == Align::centre ? (width - together) / 2 : 0;
  int height = 0;
  for (auto [text, style] : parts) {
    if (text.empty()) continue;
    if (!is_one_line) {
      height += canvas_.draw_text(text, style, x, y + height, width);
      continue;
    }
    style.align = Align::left;
    const int drop = baseline - canvas_.baseline(style);
    height = std::max(height, drop + canvas_.draw_text(text, style, x + at, y + drop, -1));
    at += canvas_.measure_width(text, style) + canvas_.dots(kRunGapMm);
  }
  return height;
}

void Page::draw_office() {
  const bool is_beside = logo_.width() > 0 && logo_.width() < width_ / 2 && !is_narrow_;
  if (logo_.width() > 0 && !is_beside) {
    canvas_.draw_picture(logo_, (canvas_.width() - logo_.width()) / 2, y_);
    y_ += logo_.height() + canvas_.dots(1);
  }
  const std::vector<Part> parts{{ticket_.office, japanese(sizes_.office, text_align())},
                                {ticket_.place, japanese(sizes_.place, text_align())}};
  if (!is_beside) {
    y_ += draw_run(parts, left_, y_, width_);
    return;
  }
  canvas_.draw_picture(logo_, left_, y_);
  const int shift = logo_.width() + canvas_.dots(kRunGapMm);
  const int down =
      (logo_.height() - canvas_.measure_height(ticket_.office, parts[0].style, -1)) / 2;
  const int height = draw_run(parts, left_ + shift, y_ + std::max(0, down), width_ - shift);
  y_ += std::max(logo_.height(), std::max(0, down) + height);
}

// 再発行 or 試し刷り, framed, so that nobody takes this paper for another number.
void Page::draw_badge() {
  if (!ticket_.is_copy && !ticket_.is_test) return;
  const char* key = ticket_.is_test ? "paper.test" : "paper.copy";
  std::vector<Part> parts{{say(key), own(sizes_.service)}};
  if (is_bilingual_)
    parts.insert(parts.begin(), {words(Locale::ja, key), japanese(sizes_.service)});
  const int pad = canvas_.dots(2);
  int inner = canvas_.dots(kRunGapMm) * static_cast<int>(parts.size() - 1);
  for (const auto& part : parts) inner += canvas_.measure_width(part.text, part.style);
  const int width = std::min(width_, inner + 2 * pad);
  const int x = left_ + (width_ - width) / 2;
  space(1);
  const int top = y_;
  y_ += canvas_.dots(0.5);
  y_ += draw_run(parts, x + pad, y_, width - 2 * pad) + canvas_.dots(0.5);
  canvas_.draw_frame(x, top, width, y_ - top, canvas_.dots(kThickMm));
  if (!ticket_.is_test) return;
  space(0.5);
  y_ += canvas_.draw_text(words(Locale::ja, "paper.test.note"), japanese(sizes_.small), left_, y_,
                          width_);
  if (is_bilingual_)
    y_ += canvas_.draw_text(say("paper.test.note"), own(sizes_.small), left_, y_, width_);
}

void Page::draw_number() {
  space(1);
  rule(kThickMm);
  space(3);
  number_height_ = canvas_.dots(sizes_.number) / 2 * 2;
  canvas_.draw_number(ticket_.number, left_, y_, width_, number_height_);
  y_ += number_height_;
  space(3);
}

void Page::draw_service() {
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
          .note = ""};
}

Page::Cell Page::estimate_cell(const TicketEstimate& estimate) const {
  Cell cell{.label = say("wait.label"),
            .value = large(say("wait.soon")),
            .line = say("paper.estimate.soon"),
            .note = say("wait.latest", {{"time", paper_time(estimate.at_latest)}})};
  if (estimate.is_soon) return cell;
  const auto range = range_text(locale_, estimate.low_minutes, estimate.high_minutes);
  cell.value = cell.line = say("wait.range", {{"range", large(range)}});
  return cell;
}

Page::Cell Page::unknown_cell() const {
  const auto words = say("wait.unknown");
  return {.label = say("wait.label"), .value = words, .line = words, .note = ""};
}

Page::Cell Page::reservation_cell(Instant at) const {
  const std::string time = large(paper_time(at));
  return {.label = say("paper.reservation.label"),
          .value = say("paper.reservation.time", {{"time", time}}),
          .line = say("paper.reservation.line", {{"time", time}}),
          .note = ""};
}

std::vector<Page::Cell> Page::make_cells() const {
  std::vector<Cell> cells;
  if (ticket_.people_ahead) cells.push_back(ahead_cell(*ticket_.people_ahead));
  if (ticket_.estimate)
    cells.push_back(estimate_cell(*ticket_.estimate));
  else if (ticket_.people_ahead)
    cells.push_back(unknown_cell());
  if (ticket_.reservation_at) cells.push_back(reservation_cell(*ticket_.reservation_at));
  return cells;
}

void Page::draw_cell(const Cell& cell, bool is_column, int x, int y, int width) {
  TextStyle value = own(sizes_.unit);
  value.large_mm = sizes_.value;
  value.line_height = 1.2;
  if (is_column) y += canvas_.draw_text(cell.label, own(sizes_.label), x, y, width);
  y += canvas_.draw_text(is_column ? cell.value : cell.line, value, x, y, width);
  y += canvas_.draw_text(cell.note, own(sizes_.label), x, y, width);
  y_ = std::max(y_, y);
}

// Both begin at the top, so that the values stand on one line.
void Page::draw_columns(const Cell& left, const Cell& right) {
  const bool is_count = left.note.empty();  // people ahead: a short one
  const int first = is_count ? width_ * 38 / 100 : width_ / 2;
  const int pad = canvas_.dots(0.8);
  const int second = width_ - first;
  const int top = y_ + pad;
  draw_cell(left, true, left_ + pad, top, first - 2 * pad);
  draw_cell(right, true, left_ + first + pad, top, second - 2 * pad);
  y_ += pad;
  canvas_.draw_rule(left_ + first, top - pad, canvas_.dots(kRuleMm), y_ - top + pad);
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
    rule(kRuleMm);
    if (!is_narrow_ && next + 1 < cells.size()) {
      draw_columns(cells[next], cells[next + 1]);
      next += 2;
      continue;
    }
    draw_row(cells[next++]);
  }
  rule(kRuleMm);
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

int Page::module_of(const QrCode& code) const {
  return (canvas_.dots(kMinCodeMm) + code.modules - 1) / code.modules;
}

void Page::draw_code(const QrCode& code, int x, int y, int module) {
  canvas_.draw_qr(code, x, y, module);
  canvas_.note("[QR " + ticket_.url + "]", x, y + code.modules * module / 2);
}

void Page::draw_zone_beside(const QrCode& code) {
  const int module = module_of(code);
  const int side = module * code.modules;
  const int quiet = kQuietModules * module;
  const int x = std::max(left_, quiet);
  const int text_x = x + side + std::max(quiet, canvas_.dots(3));
  const int text_width = canvas_.width() - left_ - text_x;
  const auto scan = say("paper.scan.beside");
  const int text_height = zone_text(text_x, 0, text_width, Align::left, true, scan);
  const int height = std::max(side + 2 * quiet, text_height + canvas_.dots(3));
  draw_code(code, x, y_ + (height - side) / 2, module);
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
  const int module = module_of(*code);
  const int side = module * code->modules;
  const int quiet = kQuietModules * module;
  draw_code(*code, (canvas_.width() - side) / 2, y_ + quiet, module);
  y_ += side + 2 * quiet;
}

void Page::draw_footer() {
  const auto left = [&](Locale locale) {
    return TextStyle{.size_mm = sizes_.foot, .locale = locale, .align = Align::left};
  };
  rule(kRuleMm);
  space(0.8);
  y_ += canvas_.draw_text(notice_, own(sizes_.label, Align::left), left_, y_, width_);
  y_ += canvas_.draw_text(say("paper.passed"), left(locale_), left_, y_, width_);
  const auto day = [&](Locale locale) {
    return Part{paper_date(ticket_.issued_at, locale), left(locale)};
  };
  const auto today = [&](Locale locale) {
    return Part{words(locale, "paper.today"), left(locale)};
  };
  if (!is_bilingual_) {
    y_ += draw_run({today(locale_), day(Locale::ja)}, left_, y_, width_);
    return;
  }
  y_ += draw_run({today(locale_), today(Locale::ja)}, left_, y_, width_);
  y_ +=
      draw_run({day(locale_), {paper_day(ticket_.issued_at), left(Locale::ja)}}, left_, y_, width_);
}

}  // namespace matanai::printer
