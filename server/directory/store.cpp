#include "server/directory/store.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "server/directory/seed.hpp"

namespace matanai::directory {
namespace {

using db::Row;
using db::Transaction;

constexpr std::string_view kAllScopes = "*";

// Children first: foreign keys are on.
constexpr std::string_view kDeletes[] = {
    "DELETE FROM directory_setting",      "DELETE FROM directory_slot",
    "DELETE FROM directory_calendar",     "DELETE FROM directory_hours",
    "DELETE FROM directory_window_group", "DELETE FROM directory_window",
    "DELETE FROM directory_errand",       "DELETE FROM directory_bring_item",
    "DELETE FROM directory_service",      "DELETE FROM directory_group",
    "DELETE FROM directory_office"};

constexpr std::string_view kInsertOffice = R"(
INSERT INTO directory_office
  (id, position, lg_code, name, kana, postcode, address, phone, latitude, longitude, place)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))";
constexpr std::string_view kSelectOffices = R"(
SELECT id, lg_code, name, kana, postcode, address, phone, latitude, longitude, place
FROM directory_office
ORDER BY position)";

constexpr std::string_view kInsertGroup = R"(
INSERT INTO directory_group (id, position, name, examples, zone, spoken, is_reservations)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr std::string_view kSelectGroups = R"(
SELECT id, position, name, examples, zone, spoken, is_reservations
FROM directory_group
ORDER BY position)";

constexpr std::string_view kInsertService = R"(
INSERT INTO directory_service
  (id, group_id, position, name, examples, deadline, online_note, store_note,
   typical_minutes, slot_minutes, is_reservable, needs_national_system)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))";
constexpr std::string_view kSelectServices = R"(
SELECT id, group_id, position, name, examples, deadline, online_note, store_note,
       typical_minutes, slot_minutes, is_reservable, needs_national_system
FROM directory_service
ORDER BY position)";

constexpr std::string_view kInsertBringItem = R"(
INSERT INTO directory_bring_item (service_id, position, item, note)
VALUES (?1, ?2, ?3, ?4))";
constexpr std::string_view kSelectBringItems = R"(
SELECT service_id, position, item, note
FROM directory_bring_item
ORDER BY service_id, position)";

constexpr std::string_view kInsertErrand = R"(
INSERT INTO directory_errand (id, parent, position, icon, label, hint, service_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr std::string_view kSelectErrands = R"(
SELECT id, parent, position, icon, label, hint, service_id
FROM directory_errand
ORDER BY position)";

constexpr std::string_view kInsertWindow = R"(
INSERT INTO directory_window (office_id, number, zone, floor, section)
VALUES (?1, ?2, ?3, ?4, ?5))";
constexpr std::string_view kSelectWindows = R"(
SELECT office_id, number, zone, floor, section
FROM directory_window
ORDER BY office_id, number)";
constexpr std::string_view kInsertWindowGroup = R"(
INSERT INTO directory_window_group (office_id, number, position, group_id)
VALUES (?1, ?2, ?3, ?4))";
constexpr std::string_view kSelectWindowGroups = R"(
SELECT office_id, number, group_id
FROM directory_window_group
ORDER BY office_id, number, position)";

constexpr std::string_view kInsertHours = R"(
INSERT INTO directory_hours (office, weekday, valid_from, is_open, opens, closes, first_start, last_start)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))";
constexpr std::string_view kSelectHours = R"(
SELECT office, weekday, valid_from, is_open, opens, closes, first_start, last_start
FROM directory_hours
ORDER BY office, weekday, valid_from)";

constexpr std::string_view kInsertCalendar = R"(
INSERT INTO directory_calendar
  (office, first_day, last_day, kind, opens, closes, first_start, last_start, name, source)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))";
constexpr std::string_view kSelectCalendar = R"(
SELECT office, first_day, last_day, kind, opens, closes, first_start, last_start, name, source
FROM directory_calendar
ORDER BY id)";

constexpr std::string_view kInsertSlot = R"(
INSERT INTO directory_slot (office_id, group_id, valid_from, from_time, until_time, web, kiosk, staff)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))";
constexpr std::string_view kSelectSlots = R"(
SELECT office_id, group_id, valid_from, from_time, until_time, web, kiosk, staff
FROM directory_slot
ORDER BY office_id, group_id, valid_from, from_time)";

constexpr std::string_view kInsertSetting = R"(
INSERT INTO directory_setting (name, office, group_id, valid_from, value)
VALUES (?1, ?2, ?3, ?4, ?5))";
constexpr std::string_view kSelectSettings = R"(
SELECT name, office, group_id, valid_from, value
FROM directory_setting
ORDER BY name, office, group_id, valid_from)";

constexpr std::string_view kHasRows = "SELECT EXISTS (SELECT 1 FROM directory_office)";

std::string to_column(const LocalizedText& text) {
  boost::json::object object;
  for (const auto locale : kLocales) {
    if (!text.exactly(locale).empty()) object[std::string(tag_of(locale))] = text.exactly(locale);
  }
  return boost::json::serialize(object);
}

LocalizedText to_text(const std::string& column) {
  LocalizedText text;
  const auto document = boost::json::parse(column);
  for (const auto locale : kLocales) {
    const auto tag = tag_of(locale);
    if (const auto* value = document.as_object().if_contains({tag.data(), tag.size()})) {
      text.set(locale, std::string(value->as_string()));
    }
  }
  return text;
}

template <class T>
std::string scope_of(const std::optional<T>& id) {
  return id ? id->value : std::string(kAllScopes);
}
template <class T>
std::optional<T> to_scope(const std::string& column) {
  if (column == kAllScopes) return std::nullopt;
  return T(column);
}

LocalDay to_day(const std::string& column) {
  const auto day = parse_day(column);
  if (!day) throw std::invalid_argument("directory: \"" + column + "\" is not a day");
  return *day;
}

TimeOfDay to_time(std::int64_t column) { return TimeOfDay(static_cast<TimeOfDay::rep>(column)); }
std::optional<TimeOfDay> to_optional_time(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return to_time(row.integer(column));
}
std::optional<std::int64_t> minutes_of(const std::optional<TimeOfDay>& time) {
  if (!time) return std::nullopt;
  return time->count();
}
std::optional<double> to_degrees(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.real(column);
}

void store_services(Transaction& tx, const Tables& tables) {
  for (const auto& row : tables.groups) {
    tx.run(kInsertGroup, row.id, row.order, to_column(row.name), to_column(row.examples), row.zone,
           row.spoken, row.is_reservations);
  }
  for (const auto& row : tables.services) {
    tx.run(kInsertService, row.id, row.group, row.order, to_column(row.name),
           to_column(row.examples), to_column(row.deadline), to_column(row.online_note),
           to_column(row.store_note), std::int64_t{row.typical.count()},
           std::int64_t{row.slot.count()}, row.is_reservable, row.needs_national_system);
  }
  for (const auto& row : tables.bring_items) {
    tx.run(kInsertBringItem, row.service, row.order, to_column(row.item), to_column(row.note));
  }
  for (const auto& row : tables.errands) {
    tx.run(kInsertErrand, row.id, row.parent, row.order, row.icon, to_column(row.label),
           to_column(row.hint), row.service);
  }
}

void store_offices(Transaction& tx, const Tables& tables) {
  int position = 0;
  for (const auto& row : tables.offices) {
    tx.run(kInsertOffice, row.id, position++, row.lg_code, to_column(row.name), row.kana,
           row.postcode, to_column(row.address), row.phone, row.latitude, row.longitude,
           to_column(row.place));
  }
}

void store_windows(Transaction& tx, const Tables& tables) {
  for (const auto& row : tables.windows) {
    tx.run(kInsertWindow, row.office, row.number, row.zone, row.floor, to_column(row.section));
    int order = 0;
    for (const auto& group : row.groups)
      tx.run(kInsertWindowGroup, row.office, row.number, order++, group);
  }
}

void store_days(Transaction& tx, const Tables& tables) {
  for (const auto& row : tables.hours) {
    tx.run(kInsertHours, scope_of(row.office), row.weekday, to_wire(row.valid_from), row.is_open,
           std::int64_t{row.opens.count()}, std::int64_t{row.closes.count()},
           std::int64_t{row.first_start.count()}, std::int64_t{row.last_start.count()});
  }
  for (const auto& row : tables.calendar) {
    tx.run(kInsertCalendar, scope_of(row.office), to_wire(row.first), to_wire(row.last),
           boost::describe::enum_to_string(row.kind, "?"), minutes_of(row.opens),
           minutes_of(row.closes), minutes_of(row.first_start), minutes_of(row.last_start),
           to_column(row.name), row.source);
  }
  for (const auto& rule : tables.slot_rules) {
    for (const auto& part : rule.parts) {
      tx.run(kInsertSlot, rule.office, rule.group, to_wire(rule.valid_from),
             std::int64_t{part.from.count()}, std::int64_t{part.until.count()}, part.web,
             part.kiosk, part.staff);
    }
  }
  for (const auto& row : tables.settings) {
    tx.run(kInsertSetting, row.name, scope_of(row.office), scope_of(row.group),
           to_wire(row.valid_from), row.value);
  }
}

void load_offices(Transaction& tx, Tables& tables) {
  tx.each(kSelectOffices, [&](const Row& row) {
    tables.offices.push_back({.id = OfficeId(row.text(0)),
                              .lg_code = row.text(1),
                              .name = to_text(row.text(2)),
                              .kana = row.text(3),
                              .postcode = row.text(4),
                              .address = to_text(row.text(5)),
                              .phone = row.text(6),
                              .latitude = to_degrees(row, 7),
                              .longitude = to_degrees(row, 8),
                              .place = to_text(row.text(9))});
  });
}

void load_services(Transaction& tx, Tables& tables) {
  tx.each(kSelectGroups, [&](const Row& row) {
    tables.groups.push_back({.id = GroupId(row.text(0)),
                             .order = static_cast<int>(row.integer(1)),
                             .name = to_text(row.text(2)),
                             .examples = to_text(row.text(3)),
                             .zone = row.text(4),
                             .spoken = row.text(5),
                             .is_reservations = row.boolean(6)});
  });
  tx.each(kSelectServices, [&](const Row& row) {
    tables.services.push_back({.id = ServiceId(row.text(0)),
                               .group = GroupId(row.text(1)),
                               .order = static_cast<int>(row.integer(2)),
                               .name = to_text(row.text(3)),
                               .examples = to_text(row.text(4)),
                               .deadline = to_text(row.text(5)),
                               .online_note = to_text(row.text(6)),
                               .store_note = to_text(row.text(7)),
                               .typical = to_time(row.integer(8)),
                               .slot = to_time(row.integer(9)),
                               .is_reservable = row.boolean(10),
                               .needs_national_system = row.boolean(11)});
  });
}

void load_guides(Transaction& tx, Tables& tables) {
  tx.each(kSelectBringItems, [&](const Row& row) {
    tables.bring_items.push_back({.service = ServiceId(row.text(0)),
                                  .order = static_cast<int>(row.integer(1)),
                                  .item = to_text(row.text(2)),
                                  .note = to_text(row.text(3))});
  });
  tx.each(kSelectErrands, [&](const Row& row) {
    std::optional<ServiceId> service;
    if (!row.is_null(6)) service = ServiceId(row.text(6));
    tables.errands.push_back({.id = row.text(0),
                              .parent = row.text(1),
                              .order = static_cast<int>(row.integer(2)),
                              .icon = row.text(3),
                              .label = to_text(row.text(4)),
                              .hint = to_text(row.text(5)),
                              .service = service});
  });
}

void load_windows(Transaction& tx, Tables& tables) {
  std::map<std::pair<std::string, std::int64_t>, std::vector<GroupId>> groups;
  tx.each(kSelectWindowGroups, [&](const Row& row) {
    groups[{row.text(0), row.integer(1)}].push_back(GroupId(row.text(2)));
  });
  tx.each(kSelectWindows, [&](const Row& row) {
    const auto number = row.integer(1);
    tables.windows.push_back({.office = OfficeId(row.text(0)),
                              .id = WindowId(std::to_string(number)),
                              .number = static_cast<int>(number),
                              .zone = row.text(2),
                              .floor = row.text(3),
                              .section = to_text(row.text(4)),
                              .groups = groups[{row.text(0), number}]});
  });
}

void load_days(Transaction& tx, Tables& tables) {
  tx.each(kSelectHours, [&](const Row& row) {
    tables.hours.push_back({.office = to_scope<OfficeId>(row.text(0)),
                            .weekday = static_cast<int>(row.integer(1)),
                            .valid_from = to_day(row.text(2)),
                            .is_open = row.boolean(3),
                            .opens = to_time(row.integer(4)),
                            .closes = to_time(row.integer(5)),
                            .first_start = to_time(row.integer(6)),
                            .last_start = to_time(row.integer(7))});
  });
  tx.each(kSelectCalendar, [&](const Row& row) {
    CalendarEntry entry{.office = to_scope<OfficeId>(row.text(0)),
                        .first = to_day(row.text(1)),
                        .last = to_day(row.text(2)),
                        .kind = {},
                        .opens = to_optional_time(row, 4),
                        .closes = to_optional_time(row, 5),
                        .first_start = to_optional_time(row, 6),
                        .last_start = to_optional_time(row, 7),
                        .name = to_text(row.text(8)),
                        .source = row.text(9)};
    boost::describe::enum_from_string(row.text(3).c_str(), entry.kind);
    tables.calendar.push_back(std::move(entry));
  });
}

void load_rules(Transaction& tx, Tables& tables) {
  auto& rules = tables.slot_rules;
  tx.each(kSelectSlots, [&](const Row& row) {
    SlotRule rule{.office = OfficeId(row.text(0)),
                  .group = GroupId(row.text(1)),
                  .valid_from = to_day(row.text(2)),
                  .parts = {}};
    const bool is_next_part = !rules.empty() && rules.back().office == rule.office &&
                              rules.back().group == rule.group &&
                              rules.back().valid_from == rule.valid_from;
    if (!is_next_part) rules.push_back(std::move(rule));
    rules.back().parts.push_back({.from = to_time(row.integer(3)),
                                  .until = to_time(row.integer(4)),
                                  .web = static_cast<int>(row.integer(5)),
                                  .kiosk = static_cast<int>(row.integer(6)),
                                  .staff = static_cast<int>(row.integer(7))});
  });
  tx.each(kSelectSettings, [&](const Row& row) {
    tables.settings.push_back({.name = row.text(0),
                               .office = to_scope<OfficeId>(row.text(1)),
                               .group = to_scope<GroupId>(row.text(2)),
                               .valid_from = to_day(row.text(3)),
                               .value = row.integer(4)});
  });
}

}  // namespace

void store(Transaction& tx, const Tables& tables) {
  for (const auto sql : kDeletes) tx.run(sql);
  store_offices(tx, tables);
  store_services(tx, tables);
  store_windows(tx, tables);
  store_days(tx, tables);
}

void import_seed(Transaction& tx, const std::filesystem::path& folder) {
  store(tx, read_seed(folder));
}

bool has_rows(Transaction& tx) {
  return tx.first(kHasRows, [](const Row& row) { return row.boolean(0); }).value_or(false);
}

Directory load(Transaction& tx) {
  Tables tables;
  load_offices(tx, tables);
  load_services(tx, tables);
  load_guides(tx, tables);
  load_windows(tx, tables);
  load_days(tx, tables);
  load_rules(tx, tables);
  return Directory(std::move(tables));
}

}  // namespace matanai::directory
