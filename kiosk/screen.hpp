// One frame with everything that the touch screen shows, pushed by the kiosk's own hub on every
// change. Network thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "kiosk/journal/journal.hpp"
#include "kiosk/link/office_link.hpp"
#include "kiosk/print_queue.hpp"
#include "kiosk/staff_bell.hpp"
#include "server/http/hub.hpp"

namespace matanai::kiosk {

inline constexpr const char* kScreenTopic = "screen";

class Screen {
 public:
  // All outlive the screen. build: of the page's files, so that a page of an earlier build reloads.
  Screen(boost::asio::any_io_executor executor, http::Hub& hub, Journal& journal, OfficeLink& link,
         PrintQueue& prints, StaffBell& bell, ServerClock& clock, std::string office,
         std::string build);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  // Publishes now and after every change; changes of one turn make one frame.
  void start();
  // What would be published now, with the number of the frame published last.
  ScreenState state() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::kiosk
