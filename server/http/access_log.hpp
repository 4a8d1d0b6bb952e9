// Inside of server/http: one JSON line a request on the spdlog logger "access": time, method, path
// without query and without secret segments, status, milliseconds, body bytes, request id, the
// client's network (/24 or /64). Nothing about a person. Network thread only.
#pragma once

#include <chrono>

#include "server/http/message.hpp"

namespace matanai::http {

struct ServerState;

// Starts when a head has been read, is written when the answer is out.
class AccessEntry {
 public:
  explicit AccessEntry(ServerState& server);
  // request.path must be masked already.
  void finish(const Request& request, const Response& response) const;

 private:
  ServerState& server_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace matanai::http
