#include "server/twin/text_file.hpp"

#include <lzma.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace matanai::twin {
namespace {

// liblzma, the library of xz itself: no program to find, no pipe whose failure goes unseen.
std::string unpacked(const std::string& packed, const std::string& name) {
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, UINT64_MAX, LZMA_CONCATENATED) != LZMA_OK)
    throw std::runtime_error("no memory to unpack " + name);
  stream.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
  stream.avail_in = packed.size();
  std::string text;
  std::array<std::uint8_t, 65536> piece{};
  lzma_ret state = LZMA_OK;
  while (state == LZMA_OK) {
    stream.next_out = piece.data();
    stream.avail_out = piece.size();
    state = lzma_code(&stream, LZMA_FINISH);
    text.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
  }
  lzma_end(&stream);
  if (state != LZMA_STREAM_END) throw std::runtime_error(name + " is no xz file, or is damaged");
  return text;
}

}  // namespace

std::string read_text_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    throw std::runtime_error("cannot read " + path.string());
  std::string text{std::istreambuf_iterator<char>(file), {}};
  return path.extension() == ".xz" ? unpacked(text, path.string()) : text;
}

}  // namespace matanai::twin
