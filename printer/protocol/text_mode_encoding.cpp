#include "printer/protocol/text_mode_encoding.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#ifdef _WIN32
#include <windows.h>
#else
#include <iconv.h>
#endif

namespace matanai::printer {
namespace {

struct Near {
  std::string_view sign;
  std::string_view instead;
};
// Signs that words and names bring and CP932 has no place for, or another place.
constexpr std::array kNear = {
    Near{"\u301C", "\uFF5E"},  // wave dash: CP932 calls the same sign a fullwidth tilde
    Near{"\u2212", "\uFF0D"},  // minus
    Near{"\u2014", "\u2015"},  // em dash
    Near{"\u2013", "-"},       // en dash
    Near{"\u2016", "\u2225"},  // double vertical line
    Near{"\u00A0", " "},      Near{"\u2009", " "},      Near{"\u00B7", "\u30FB"},
    Near{"\u2019", "'"},      Near{"\u2018", "'"},      Near{"\u201C", "\""},
    Near{"\u201D", "\""},     Near{"\u2193", "\u2193"}, Near{"\u00E9", "e"},
    Near{"\u00E8", "e"},      Near{"\u00FC", "u"},      Near{"\u00F6", "o"},
    Near{"\u00E4", "a"},      Near{"\u00A5", "\uFFE5"}, Near{"\U00020B9F", "\u53F1"},
    Near{"\uFE0E", ""},       Near{"\uFE0F", ""},
};

#ifdef _WIN32

std::optional<std::string> convert(std::string_view sign) {
  wchar_t wide[4];
  const int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, sign.data(),
                                         static_cast<int>(sign.size()), wide, 4);
  if (length <= 0) return std::nullopt;
  char out[8];
  BOOL is_default = FALSE;
  const int size = WideCharToMultiByte(932, WC_NO_BEST_FIT_CHARS, wide, length, out, sizeof out,
                                       nullptr, &is_default);
  if (size <= 0 || is_default) return std::nullopt;
  return std::string(out, static_cast<std::size_t>(size));
}

#else

class Converter {
 public:
  Converter() : handle_(iconv_open("CP932", "UTF-8")) {}
  ~Converter() {
    if (handle_ != kFailed) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  std::optional<std::string> convert(std::string_view sign) {
    if (handle_ == kFailed) return std::nullopt;
    std::string in(sign), out(8, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size(), room = out.size();
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    const bool is_done = iconv(handle_, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    if (!is_done || left > 0) return std::nullopt;
    out.resize(out.size() - room);
    return out;
  }

 private:
  static inline const iconv_t kFailed = reinterpret_cast<iconv_t>(-1);
  iconv_t handle_;
};

#endif

// Of the character that begins here; a broken one ends where the next begins.
std::size_t length_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

// Rows 1 to 8 and 16 to 84 of JIS X 0208. Every kanji ROM has those.
bool is_in_every_rom(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (lead < 0x80) return true;
  return (lead >= 0x81 && lead <= 0x84) || (lead >= 0x88 && lead <= 0x9F) ||
         (lead >= 0xE0 && lead <= 0xEA);
}

}  // namespace

ShiftJisText to_shift_jis(std::string_view utf8) {
#ifndef _WIN32
  Converter converter;
  const auto convert = [&](std::string_view sign) { return converter.convert(sign); };
#endif
  ShiftJisText text;
  const auto append = [&](std::string_view bytes) {
    for (char byte : bytes) text.bytes.push_back(static_cast<std::uint8_t>(byte));
  };
  for (std::size_t at = 0, length = 0; at < utf8.size(); at += length) {
    length = length_at(utf8, at);
    const auto sign = utf8.substr(at, length);
    if (length == 1 && static_cast<unsigned char>(sign[0]) < 0x80) {
      if (sign[0] >= ' ' && sign[0] != 0x7F) append(sign);
      continue;
    }
    const auto known = std::ranges::find(kNear, sign, &Near::sign);
    const auto written = known == kNear.end() ? sign : known->instead;
    if (written.empty()) continue;
    const auto bytes = static_cast<unsigned char>(written[0]) < 0x80
                           ? std::optional(std::string(written))
                           : convert(written);
    append(bytes ? *bytes : "?");
    if (!bytes) ++text.replaced;
    if (bytes && !is_in_every_rom(*bytes)) ++text.doubtful;
  }
  return text;
}

}  // namespace matanai::printer
