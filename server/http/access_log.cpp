#include "server/http/access_log.hpp"

#include <boost/json.hpp>

#include "schema/types/time.hpp"
#include "server/http/address.hpp"
#include "server/http/session.hpp"

namespace matanai::http {

AccessEntry::AccessEntry(ServerState& server)
    : server_(server), begin_(std::chrono::steady_clock::now()) {}

void AccessEntry::finish(const Request& request, const Response& response) const {
  if (!server_.access) return;
  const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
  const std::chrono::duration<double, std::milli> passed =
      std::chrono::steady_clock::now() - begin_;
  const auto method = method_name(request.method);
  const boost::json::object line{{"time", to_wire(now)},
                                 {"method", boost::json::string_view(method.data(), method.size())},
                                 {"path", request.path},
                                 {"status", response.status},
                                 {"ms", std::round(passed.count() * 1000) / 1000},
                                 {"bytes", response.body ? response.body->size() : 0},
                                 {"id", request.id},
                                 {"from", network_of(request.remote_address)}};
  server_.access->info(boost::json::serialize(line));
}

}  // namespace matanai::http
