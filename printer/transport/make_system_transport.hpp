// The wires that one operating system has and the other has not: posix/ and windows/ each define
// it. Internal to printer/transport.
#pragma once

#include "printer/transport/make_transport.hpp"

namespace matanai::printer {

// The system that this program does not run on.
extern const std::string_view kOtherSystem;

// nullptr: a wire of the other system.
std::unique_ptr<Transport> make_system_transport(const boost::asio::any_io_executor& executor,
                                                 const Wire& wire);

}  // namespace matanai::printer
