// The log of a serving program: spdlog's default logger and the logger "access" (access_log.hpp),
// both to stderr, as text or as one JSON object a line. Lines pass through a bounded queue to a
// thread of their own, so that whoever reads stderr slowly never holds up the network thread: when
// the queue is full the oldest lines are lost, and how many is said at the end. Make one in main()
// before anything that logs; it must outlive it.
#pragma once

#include <spdlog/spdlog.h>

#include <functional>
#include <memory>
#include <string>

namespace spdlog::details {
class thread_pool;
}

namespace matanai::http {

struct LogOptions {
  std::string name;  // of the program
  bool is_json =
      false;  // {"time":…,"level":…,"text":…} for every message, whatever bytes are in it
  std::size_t queue = 8192;                     // lines
  std::function<spdlog::sink_ptr()> sink = {};  // for tests; made once for each logger
};

class Logs {
 public:
  explicit Logs(LogOptions options);
  // Writes out what is queued. Later messages go to stderr directly.
  ~Logs();
  Logs(const Logs&) = delete;
  Logs& operator=(const Logs&) = delete;

 private:
  std::shared_ptr<spdlog::logger> made(const std::string& name, spdlog::sink_ptr sink);

  LogOptions options_;
  std::shared_ptr<spdlog::details::thread_pool> pool_;
};

}  // namespace matanai::http
