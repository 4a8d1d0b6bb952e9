#include "server/http/static_files.hpp"

#include <sodium.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/http/decode.hpp"

namespace matanai::http {
namespace fs = std::filesystem;
namespace {

using Body = std::shared_ptr<const std::string>;

struct Kind {
  std::string_view suffix;
  std::string_view type;
};
constexpr Kind kKinds[] = {{".html", "text/html; charset=utf-8"},
                           {".js", "text/javascript; charset=utf-8"},
                           {".mjs", "text/javascript; charset=utf-8"},
                           {".css", "text/css; charset=utf-8"},
                           {".svg", "image/svg+xml"},
                           {".png", "image/png"},
                           {".jpg", "image/jpeg"},
                           {".webp", "image/webp"},
                           {".ico", "image/x-icon"},
                           {".woff2", "font/woff2"},
                           {".json", "application/json"},
                           {".map", "application/json"},
                           {".webmanifest", "application/manifest+json"},
                           {".txt", "text/plain; charset=utf-8"},
                           {".xml", "application/xml"},
                           {".pdf", "application/pdf"},
                           {".mp3", "audio/mpeg"},
                           {".ogg", "audio/ogg"},
                           {".wav", "audio/wav"},
                           {".wasm", "application/wasm"}};

Body read_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return nullptr;
  std::ifstream in(path, std::ios::binary);
  if (!in) return nullptr;
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                             std::istreambuf_iterator<char>());
}

std::string hash_of(const std::string& bytes) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::array<char, 33> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

bool is_safe_name(std::string_view name) {
  return !name.empty() &&
         name.find_first_of(std::string_view("\\\0", 2)) == std::string_view::npos &&
         !name.starts_with('.') && !name.starts_with('/') &&
         name.find("/.") == std::string_view::npos;
}

// True when `path`, links resolved, lies in `folder`.
bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  const auto real = fs::canonical(path, error);
  if (error) return false;
  const auto root = fs::canonical(folder, error);
  if (error) return false;
  const auto relative = real.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

struct StaticFiles::File {
  fs::file_time_type changed;
  Body plain;
  Body brotli;
  Body gzip;
  std::string hash;
};

StaticFiles::StaticFiles(std::string folder) : folder_(std::move(folder)) {}
StaticFiles::~StaticFiles() = default;

const StaticFiles::File* StaticFiles::load(std::string_view name) {
  if (!is_safe_name(name) || content_type_of(name).empty()) return nullptr;
  const fs::path path = fs::path(folder_) / fs::path(name);
  std::error_code error;
  const auto changed = fs::last_write_time(path, error);
  const auto known = files_.find(name);
  if (error) {
    if (known != files_.end()) files_.erase(known);
    return nullptr;
  }
  if (known != files_.end() && known->second->changed == changed) return known->second.get();
  if (!lies_in(path, folder_)) return nullptr;
  auto plain = read_file(path);
  if (!plain) return nullptr;
  auto hash = hash_of(*plain);
  auto file =
      std::make_unique<File>(File{changed, std::move(plain), read_file(path.string() + ".br"),
                                  read_file(path.string() + ".gz"), hash});
  return (files_[std::string(name)] = std::move(file)).get();
}

std::optional<Response> StaticFiles::serve(const Request& request, std::string_view name) {
  const auto* file = load(name);
  if (!file) return std::nullopt;
  const auto offered = request.header("accept-encoding");
  Response response;
  std::string etag = '"' + file->hash;
  if (file->brotli && accepts_encoding(offered, "br")) {
    response.body = file->brotli;
    response.headers.emplace_back("Content-Encoding", "br");
    etag += "-br";
  } else if (file->gzip && accepts_encoding(offered, "gzip")) {
    response.body = file->gzip;
    response.headers.emplace_back("Content-Encoding", "gzip");
    etag += "-gz";
  } else {
    response.body = file->plain;
  }
  etag += '"';
  if (file->brotli || file->gzip) response.headers.emplace_back("Vary", "Accept-Encoding");
  const bool is_hashed =
      name.starts_with("assets/") || name.find("/assets/") != std::string_view::npos;
  response.headers.emplace_back("Cache-Control",
                                is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.emplace_back("ETag", etag);
  if (etag_matches(request.header("if-none-match"), etag)) {
    response.status = 304;
    response.body.reset();
    std::erase_if(response.headers,
                  [](const auto& field) { return field.first == "Content-Encoding"; });
    return response;
  }
  response.headers.emplace_back("Content-Type", content_type_of(name));
  return response;
}

std::string_view content_type_of(std::string_view name) {
  for (const auto& kind : kKinds) {
    if (name.ends_with(kind.suffix)) return kind.type;
  }
  return {};
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
  const auto list = to_lower(accept_encoding);
  std::string_view rest = list;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    auto item = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    const auto semicolon = item.find(';');
    auto token = item.substr(0, semicolon);
    while (token.starts_with(' ')) token.remove_prefix(1);
    while (token.ends_with(' ')) token.remove_suffix(1);
    if (token != coding) continue;
    if (semicolon == std::string_view::npos) return true;
    const auto weight = item.substr(semicolon + 1);
    return weight.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

}  // namespace matanai::http
