#include "printer/tool/commands.hpp"

#include <iostream>
#include <stdexcept>

#include "printer/layout/png.hpp"
#include "printer/layout/renderer.hpp"
#include "printer/layout/svg.hpp"
#include "printer/layout/text_ticket.hpp"
#include "printer/protocol/dialect.hpp"
#include "printer/protocol/text_mode.hpp"
#include "printer/tool/files.hpp"
#include "schema/types/json.hpp"

namespace matanai::printer::tool {

namespace {

PaperSpec spec_of(const PaperOptions& paper) { return {.dots = paper.dots, .dpi = paper.dpi}; }

RenderedTicket render(const std::string& ticket, const PaperOptions& paper) {
  const TicketRenderer renderer(spec_of(paper), read_decor(paper.logo, paper.notice));
  return renderer.render_measured(read_ticket(ticket));
}

int report_glyphs(int unknown) {
  if (unknown == 0) return kDone;
  std::cerr << "matanai-print: " << unknown << " characters have no glyph\n";
  return kNoGlyph;
}

std::string format_of(const PreviewOptions& options) {
  if (!options.format.empty()) return options.format;
  for (const char* one : {"png", "svg", "txt"}) {
    if (options.output.ends_with(std::string(".") + one)) return one;
  }
  return "png";
}

std::string picture_of(const RenderedTicket& rendered, const std::string& format, int dpi) {
  if (format == "svg") return svg_of(rendered.bitmap, dpi);
  if (format == "png") return png_of(rendered.bitmap);
  std::string text;
  for (const auto& line : rendered.lines) text += line + "\n";
  return text;
}

void write_bytes(const std::string& file, const Bytes& bytes) {
  write_all(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// In the printer's own characters.
int encode_as_text(const EncodeOptions& options) {
  const auto page = text_page_of(read_ticket(options.ticket), spec_of(options.paper),
                                 read_decor(options.paper.logo, options.paper.notice));
  auto bytes = dialect_for(Protocol::escpos).begin_ticket();
  const auto text = escpos::encode_text(page);
  bytes.insert(bytes.end(), text.bytes.begin(), text.bytes.end());
  write_bytes(options.output, bytes);
  return report_glyphs(text.replaced);
}

}  // namespace

int sample(const std::string& locale) {
  write_all("-", write_json(sample_ticket(locale)) + "\n");
  return kDone;
}

int preview(const PreviewOptions& options) {
  const auto rendered = render(options.ticket, options.paper);
  write_all(options.output, picture_of(rendered, format_of(options), options.paper.dpi));
  return report_glyphs(rendered.unknown_glyphs);
}

int encode(const EncodeOptions& options) {
  if (options.protocol == "text") return encode_as_text(options);
  const auto& dialect =
      dialect_for(options.protocol == "starprnt" ? Protocol::starprnt : Protocol::escpos);
  const auto rendered = render(options.ticket, options.paper);
  printer::EncodeOptions how{.dpi = options.paper.dpi};
  if (options.raster == "gs_8_l") how.raster = RasterCommand::gs_8_l;
  auto bytes = dialect.begin_ticket();
  for (const auto& part : {dialect.encode(rendered.bitmap, how).bytes, dialect.end_ticket()})
    bytes.insert(bytes.end(), part.begin(), part.end());
  write_bytes(options.output, bytes);
  return report_glyphs(rendered.unknown_glyphs);
}

}  // namespace matanai::printer::tool
