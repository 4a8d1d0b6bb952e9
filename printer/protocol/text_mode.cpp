#include "printer/protocol/text_mode.hpp"

#include <algorithm>
#include <string_view>

#include "printer/protocol/text_mode_encoding.hpp"

namespace matanai::printer::escpos {
namespace {

constexpr int kSpacing = 34;  // dots from line to line at 203 dpi: 1/6 inch
constexpr int kLetterHeight = 24;
constexpr std::uint8_t kEsc = 0x1B, kGs = 0x1D, kFs = 0x1C, kLf = 0x0A;

void append(Bytes& out, std::initializer_list<int> bytes) {
  for (int byte : bytes) out.push_back(static_cast<std::uint8_t>(byte));
}

class Writer {
 public:
  EncodedText write(const TextPage& page, bool cut) {
    auto& bytes = out_.bytes;
    append(bytes, {kFs, '&', kFs, 'C', 1});  // kanji, as Shift_JIS
    append(bytes, {kEsc, 'a', 1});           // centred
    put(page.head);
    if (!page.url.empty()) put_code(page);
    put(page.foot);
    resize(1, 1);
    append(bytes, {kEsc, 'a', 0, kFs, '.'});
    if (cut) append(bytes, {kGs, 'V', 'B', 0});
    return std::move(out_);
  }

 private:
  // GS !: b4-6 width, b0-2 height, each less one.
  void resize(int width, int height) {
    const int size = (std::clamp(width, 1, 8) - 1) << 4 | (std::clamp(height, 1, 8) - 1);
    if (size == size_) return;
    size_ = size;
    append(out_.bytes, {kGs, '!', size});
  }

  void put(const std::vector<TextPage::Line>& lines) {
    for (const auto& line : lines) {
      out_.last_line = out_.bytes.size();
      resize(line.width, line.height);
      const auto text = to_shift_jis(line.text);
      out_.replaced += text.replaced;
      out_.doubtful += text.doubtful;
      out_.bytes.insert(out_.bytes.end(), text.bytes.begin(), text.bytes.end());
      end_line(line.height * kLetterHeight);
    }
  }

  void end_line(int height = 0) {
    out_.bytes.push_back(kLf);
    out_.rows += std::max(height, kSpacing);
  }

  void code_function(int function, std::initializer_list<int> arguments,
                     std::string_view data = {}) {
    const auto length = static_cast<int>(2 + arguments.size() + data.size());
    append(out_.bytes, {kGs, '(', 'k', length & 0xFF, length >> 8, '1', function});
    append(out_.bytes, arguments);
    for (char byte : data) out_.bytes.push_back(static_cast<std::uint8_t>(byte));
  }

  void put_code(const TextPage& page) {
    resize(1, 1);
    end_line();
    out_.last_line = out_.bytes.size();
    code_function(65, {'2', 0});         // model 2
    code_function(67, {page.module});    // dots of a module
    code_function(69, {'1'});            // error correction M
    code_function(80, {'0'}, page.url);  // store
    code_function(81, {'0'});            // print
    out_.rows += page.code_side;
    end_line();
  }

  EncodedText out_;
  int size_ = 0;
};

}  // namespace

EncodedText encode_text(const TextPage& page, bool cut) { return Writer().write(page, cut); }

}  // namespace matanai::printer::escpos
