// How the kiosk starts what nobody awaits: loops that run as long as the program, and errands.
// What such a coroutine throws is logged, never lost. Not for what a caller waits for. Network
// thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

namespace matanai::kiosk {

// Told why a loop ended that must not end: the program cannot do its work any more.
using OnBroken = std::function<void(std::string)>;

// Runs a coroutine that must never end by an exception; on_broken hears of it, once. name: for the
// log, "the loop that asks again".
void run_loop(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> loop,
              std::string name, OnBroken on_broken);

// Runs a coroutine whose exception only needs a line in the log.
void run_errand(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> errand,
                std::string name);

}  // namespace matanai::kiosk
