// A stranger's bytes as the target of a request line and as a Cookie header: what comes out is
// clean text that leads nowhere but down.
#include <string>

#include "schema/types/text.hpp"
#include "server/http/decode.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace matanai::http {
namespace {

using fuzz::must;

bool is_clean(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  }
  return is_valid_utf8(text);
}

void check_path(std::string_view path) {
  must(is_clean(path), "a path is clean text");
  must(path.find('\\') == std::string_view::npos, "a path has no backslash");
  const auto framed = std::string(path) + "/";
  must(framed.find("/../") == std::string::npos && framed.find("/./") == std::string::npos,
       "a path has no dot segments");
}

}  // namespace
}  // namespace matanai::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matanai::http;
  const auto bytes = matanai::fuzz::text_of(data, size);
  if (const auto target = decode_target(bytes)) {
    if (target->path != "*") check_path(target->path);
    for (const auto& [name, value] : target->query)
      matanai::fuzz::must(is_clean(name) && is_clean(value), "a query is clean text");
  }
  for (const auto& [name, value] : parse_cookies(bytes))
    matanai::fuzz::must(!name.empty(), "a cookie has a name");
  for (const bool is_form : {false, true}) {
    if (const auto text = percent_decode(bytes, is_form))
      matanai::fuzz::must(is_clean(*text) && text->size() <= size, "decoded text is clean");
  }
  return 0;
}
