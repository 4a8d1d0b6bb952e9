// Messages of signing in, for people and devices; field names as in schema/openapi.yaml. Values,
// any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

namespace matanai::messages {

struct SignIn {
  std::string name;      // at most 64 bytes
  std::string password;  // at most 256 bytes
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (name, password))

struct PasswordChange {
  std::string old_password;
  std::string new_password;  // at least 12 characters
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (old_password, new_password))

struct StaffSession {
  std::string name;
  std::string display_name;
  std::optional<std::string> office{};  // absent: every office
  bool must_change_password = false;
};
BOOST_DESCRIBE_STRUCT(StaffSession, (), (name, display_name, office, must_change_password))

struct DeviceKey {
  std::string key;
};
BOOST_DESCRIBE_STRUCT(DeviceKey, (), (key))

struct Device {
  std::string id;
  std::string office;
  std::string kind;  // kiosk | hall
};
BOOST_DESCRIBE_STRUCT(Device, (), (id, office, kind))

}  // namespace matanai::messages
