#include "kiosk/loop.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <exception>

namespace matanai::kiosk {
namespace {

std::string what_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& known) {
    return known.what();
  } catch (...) {
    return "an unknown exception";
  }
}

}  // namespace

void run_loop(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> loop,
              std::string name, OnBroken on_broken) {
  boost::asio::co_spawn(
      executor, std::move(loop),
      [name = std::move(name), on_broken = std::move(on_broken)](const std::exception_ptr& error) {
        if (!error) return;
        auto why = name + " ended: " + what_of(error);
        spdlog::critical(why);
        if (on_broken) on_broken(std::move(why));
      });
}

void run_errand(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> errand,
                std::string name) {
  boost::asio::co_spawn(executor, std::move(errand),
                        [name = std::move(name)](const std::exception_ptr& error) {
                          if (error) spdlog::error("{}: {}", name, what_of(error));
                        });
}

}  // namespace matanai::kiosk
