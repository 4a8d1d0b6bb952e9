#include "server/http/logs.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <boost/json.hpp>

#include "schema/types/text.hpp"
#include "schema/types/time.hpp"

namespace matanai::http {
namespace {

class JsonLines : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    const auto level = spdlog::level::to_string_view(message.level);
    const boost::json::object object{
        {"time", to_wire(std::chrono::floor<Millis>(message.time))},
        {"level", boost::json::string_view(level.data(), level.size())},
        {"text", to_valid_utf8({message.payload.data(), message.payload.size()})}};
    const auto text = boost::json::serialize(object) + "\n";
    line.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonLines>();
  }
};

}  // namespace

Logs::Logs(LogOptions options)
    : options_(std::move(options)),
      pool_(std::make_shared<spdlog::details::thread_pool>(options_.queue, 1)) {
  const auto& sink = options_.sink;
  auto program =
      made(options_.name, sink ? sink() : std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  if (options_.is_json) program->set_formatter(std::make_unique<JsonLines>());
  spdlog::set_default_logger(std::move(program));
  auto access = made("access", sink ? sink() : std::make_shared<spdlog::sinks::stderr_sink_mt>());
  access->set_pattern("%v");  // is JSON already
  spdlog::register_logger(std::move(access));
}

Logs::~Logs() {
  const auto lost = pool_->overrun_counter();
  if (lost > 0) spdlog::warn("{} lines of the log were lost: it was not read fast enough", lost);
  pool_.reset();  // writes what is queued
  spdlog::drop_all();
  spdlog::set_default_logger(spdlog::stderr_color_mt(options_.name));
}

std::shared_ptr<spdlog::logger> Logs::made(const std::string& name, spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::async_logger>(
      name, std::move(sink), pool_, spdlog::async_overflow_policy::overrun_oldest);
  logger->flush_on(spdlog::level::err);
  return logger;
}

}  // namespace matanai::http
