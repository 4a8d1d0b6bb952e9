// Messages of offices and booking as in openapi.yaml, field for field. Values, any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "schema/types/json.hpp"

namespace matanai::messages {

struct OfficeSummary {
  std::string id;
  std::string name;
  std::string name_en;
  std::string address;
  std::string phone;
  std::optional<double> latitude;
  std::optional<double> longitude;
};
BOOST_DESCRIBE_STRUCT(OfficeSummary, (), (id, name, name_en, address, phone, latitude, longitude))

struct OfficeList {
  std::vector<OfficeSummary> offices;
};
BOOST_DESCRIBE_STRUCT(OfficeList, (), (offices))

struct OpeningDay {
  LocalDay date{};
  bool is_open = false;
  std::optional<std::string> opens;  // "08:30"
  std::optional<std::string> closes;
  std::optional<std::string> reason;  // why it is closed, or what is special
};
BOOST_DESCRIBE_STRUCT(OpeningDay, (), (date, is_open, opens, closes, reason))

struct ServiceGroup {
  std::string id;
  std::string name;
  std::string name_ja;
  std::string zone;
};
BOOST_DESCRIBE_STRUCT(ServiceGroup, (), (id, name, name_ja, zone))

struct BringItem {
  std::string item;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(BringItem, (), (item, note))

struct Service {
  std::string id;
  std::string group;
  std::string name;
  std::string name_ja;
  int minutes = 0;
  std::optional<int> slot_minutes;
  bool reservable = false;
  std::vector<BringItem> bring;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Service, (),
                      (id, group, name, name_ja, minutes, slot_minutes, reservable, bring, note))

struct Errand {
  std::string id;
  std::string name;
  std::string examples;
  std::string icon;
  std::vector<std::string> services;
};
BOOST_DESCRIBE_STRUCT(Errand, (), (id, name, examples, icon, services))

struct OfficeDetail : OfficeSummary {
  std::optional<std::string> section;  // where its windows are: 1階 市民課
  std::string booking_url;             // of the booking page, with this office chosen
  OpeningDay today;
  std::vector<ServiceGroup> groups;
  std::vector<Service> services;
  std::vector<Errand> errands;
};
BOOST_DESCRIBE_STRUCT(OfficeDetail, (OfficeSummary),
                      (section, booking_url, today, groups, services, errands))

enum class DayState { many, few, full, closed, not_yet, past };
BOOST_DESCRIBE_ENUM(DayState, many, few, full, closed, not_yet, past)

struct Day {
  LocalDay date{};
  int weekday = 1;
  DayState state = DayState::closed;
  int free = 0;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(Day, (), (date, weekday, state, free, reason))

struct SlotTime {
  LocalDay date{};
  std::string time;
  Instant start{};
  Instant end{};
  int free = 0;
};
BOOST_DESCRIBE_STRUCT(SlotTime, (), (date, time, start, end, free))

struct DayList {
  std::vector<Day> days;
  std::vector<SlotTime> soonest;
  std::optional<LocalDay> bookable_until;
};
BOOST_DESCRIBE_STRUCT(DayList, (), (days, soonest, bookable_until))

struct TimeList {
  LocalDay date{};
  bool is_open = false;
  std::optional<std::string> reason;
  std::vector<SlotTime> times;
};
BOOST_DESCRIBE_STRUCT(TimeList, (), (date, is_open, reason, times))

struct HoldRequest {
  OfficeId office;
  ServiceId service;
  LocalDay date{};
  std::string time;
  std::optional<int> party;
  std::optional<std::string> replaces;
};
BOOST_DESCRIBE_STRUCT(HoldRequest, (), (office, service, date, time, party, replaces))

struct HoldSecret {
  std::string hold;
};
BOOST_DESCRIBE_STRUCT(HoldSecret, (), (hold))

struct Hold {
  std::string hold;
  OfficeId office;
  ServiceId service;
  LocalDay date{};
  std::string time;
  Instant start{};
  Instant end{};
  Instant expires_at{};
  Instant extendable_until{};
};
BOOST_DESCRIBE_STRUCT(Hold, (),
                      (hold, office, service, date, time, start, end, expires_at, extendable_until))

struct Contact {
  std::optional<std::string> phone;
  std::optional<std::string> mail;
};
BOOST_DESCRIBE_STRUCT(Contact, (), (phone, mail))

enum class Help { wheelchair, sign_language, writing, interpreter };
BOOST_DESCRIBE_ENUM(Help, wheelchair, sign_language, writing, interpreter)

struct ReservationRequest {
  std::string hold;
  std::optional<Contact> contact;
  std::optional<std::vector<Help>> help;
  std::string locale;
};
BOOST_DESCRIBE_STRUCT(ReservationRequest, (), (hold, contact, help, locale))

struct ReservationProof {
  std::optional<std::string> secret;
  std::optional<std::string> code;
  std::optional<std::string> contact;
  std::optional<LocalDay> date;
  std::optional<std::string> time;
};
BOOST_DESCRIBE_STRUCT(ReservationProof, (), (secret, code, contact, date, time))

struct Reservation {
  ReservationId id;
  ReservationCode code;
  std::string secret;
  std::string check_in_token;
  std::string state;
  OfficeId office;
  ServiceId service;
  LocalDay date{};
  std::string time;
  Instant start{};
  Instant end{};
  int party = 1;
  std::vector<Help> help;
  std::string locale;
  std::optional<std::string> contact;  // masked
  Instant check_in_from{};
  Instant check_in_until{};
  bool cancellable = false;
};
BOOST_DESCRIBE_STRUCT(Reservation, (),
                      (id, code, secret, check_in_token, state, office, service, date, time, start,
                       end, party, help, locale, contact, check_in_from, check_in_until,
                       cancellable))

}  // namespace matanai::messages
