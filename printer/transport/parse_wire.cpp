#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

#include "printer/transport/make_transport.hpp"

namespace matanai::printer {
namespace {

constexpr std::array kSpeeds = {9600, 19200, 38400, 57600, 115200};

[[noreturn]] void refuse(std::string_view spec, std::string_view why) {
  throw std::invalid_argument("printer \"" + std::string(spec) + "\": " + std::string(why));
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (text.empty() || result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

Wire parse_tcp(std::string_view spec, std::string_view rest) {
  std::string_view port = "9100";
  auto host = rest;
  if (rest.starts_with('[')) {
    const auto end = rest.find(']');
    if (end == std::string_view::npos) refuse(spec, "the bracket of the address is not closed");
    host = rest.substr(1, end - 1);
    const auto tail = rest.substr(end + 1);
    if (!tail.empty() && !tail.starts_with(':')) refuse(spec, "after \"]\" only :PORT may follow");
    if (!tail.empty()) port = tail.substr(1);
  } else if (const auto colon = rest.find(':'); colon != std::string_view::npos) {
    if (rest.find(':', colon + 1) != std::string_view::npos)
      refuse(spec, "write an IPv6 address in brackets: tcp:[::1]:9100");
    host = rest.substr(0, colon);
    port = rest.substr(colon + 1);
  }
  if (host.empty()) refuse(spec, "no host: tcp:HOST[:PORT]");
  const auto value = number(port);
  if (!value || *value < 1 || *value > 65535) refuse(spec, "the port must be 1 to 65535");
  return TcpWire{std::string(host), static_cast<std::uint16_t>(*value)};
}

Wire parse_usb(std::string_view spec, std::string_view rest) {
  constexpr std::string_view kSerial = "serial=";
  if (rest.starts_with(kSerial) && rest.size() > kSerial.size())
    return UsbWire{"", std::string(rest.substr(kSerial.size()))};
  if (rest.starts_with('/')) return UsbWire{std::string(rest), ""};
  refuse(spec, "usb:/dev/usb/lp0 or usb:serial=NUMBER");
}

Wire parse_serial(std::string_view spec, std::string_view rest) {
  SerialWire wire;
  auto text = rest;
  const auto next = [&text] {
    const auto part = text.substr(0, text.find(':'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    return part;
  };
  wire.path = next();
  if (!wire.path.starts_with('/')) refuse(spec, "serial:/dev/ttyUSB0[:BAUD[:none]]");
  if (!text.empty()) {
    wire.baud = number(next()).value_or(0);
    if (std::find(kSpeeds.begin(), kSpeeds.end(), wire.baud) == kSpeeds.end())
      refuse(spec, "the speed must be 9600, 19200, 38400, 57600 or 115200");
  }
  if (!text.empty()) {
    const auto handshake = next();
    if (handshake != "none" && handshake != "rtscts")
      refuse(spec, "the handshake must be rtscts or none");
    wire.has_handshake = handshake == "rtscts";
  }
  if (!text.empty()) refuse(spec, "too many parts: serial:/dev/ttyUSB0[:BAUD[:none]]");
  return wire;
}

}  // namespace

Wire parse_wire(std::string_view spec) {
  const auto colon = spec.find(':');
  const auto kind = spec.substr(0, colon);
  const auto rest = colon == std::string_view::npos ? "" : spec.substr(colon + 1);
  if (colon != std::string_view::npos) {
    if (kind == "tcp") return parse_tcp(spec, rest);
    if (kind == "usb") return parse_usb(spec, rest);
    if (kind == "serial") return parse_serial(spec, rest);
    if (kind == "usbprint") return UsbPrintWire{std::string(rest)};
    if (kind == "file" && !rest.empty()) return FileWire{std::string(rest)};
    if (kind == "spool" && !rest.empty()) return SpoolWire{std::string(rest)};
    if (kind == "file") refuse(spec, "no path: file:PATH or file:FOLDER/");
    if (kind == "spool") refuse(spec, "no queue: spool:QUEUE");
  }
  refuse(spec,
         "must begin with tcp: usb: serial: file: (on Windows tcp: spool: usbprint:), as in "
         "tcp:192.0.2.7:9100");
}

}  // namespace matanai::printer
