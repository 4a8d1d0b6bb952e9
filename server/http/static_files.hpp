// A folder of built web files, served from memory: read at first use, read again when the file on
// disk changed. assets/* (names with a content hash) may be kept a year, everything else is asked
// for again each time (ETag, 304). x.br and x.gz beside x are its compressed forms, made by the web
// build. Only known file types are served; names that begin with a dot, and links that lead out of
// the folder, are not. Network thread only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace matanai::http {

class StaticFiles {
 public:
  // A folder that does not exist (yet) serves nothing.
  explicit StaticFiles(std::string folder);
  ~StaticFiles();

  // The answer to GET for a file by its path below the folder, "assets/a.js"; nullopt when there is
  // none.
  std::optional<Response> serve(const Request& request, std::string_view name);

 private:
  struct File;
  const File* load(std::string_view name);

  std::string folder_;
  std::map<std::string, std::unique_ptr<File>, std::less<>> files_;
};

// "text/html; charset=utf-8" for "x.html"; empty for a kind that is not served.
std::string_view content_type_of(std::string_view name);
// True when an Accept-Encoding value offers `coding` (q > 0).
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

}  // namespace matanai::http
