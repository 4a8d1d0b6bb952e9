#include "server/directory/seed.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "schema/types/call_rule.hpp"
#include "server/directory/csv.hpp"

namespace matanai::directory {
namespace {

constexpr std::string_view kAllOffices = "*";

// Reads the files in an order in which every reference is already known.
class Reader {
 public:
  explicit Reader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Tables read() {
    read_offices();
    read_groups();
    read_services();
    read_service_notes();
    read_bring_items();
    read_errands();
    read_windows();
    read_hours();
    read_holidays();
    read_calendar();
    read_slots();
    read_settings();
    return std::move(tables_);
  }

 private:
  CsvFile open(const char* name, std::vector<std::string> columns,
               std::vector<std::string> texts = {}) const {
    return CsvFile(folder_ / name, std::move(columns), std::move(texts));
  }

  void read_offices();
  void read_groups();
  void read_services();
  void read_service_notes();
  void read_bring_items();
  void read_errands();
  void read_windows();
  void read_hours();
  void read_holidays();
  void read_calendar();
  void read_slots();
  void read_settings();

  OfficeId office(const CsvRow& row) const {
    return known(row, "office", OfficeId(row.required("office")), offices_);
  }
  GroupId group(const CsvRow& row) const {
    return known(row, "group", GroupId(row.required("group")), groups_);
  }
  ServiceId service(const CsvRow& row) const {
    return known(row, "service", ServiceId(row.required("service")), services_);
  }
  std::optional<OfficeId> office_or_all(const CsvRow& row) const {
    if (row.required("office") == kAllOffices) return std::nullopt;
    return office(row);
  }

  template <class T>
  static T known(const CsvRow& row, const char* column, T id, const std::set<T>& ids) {
    if (!ids.contains(id)) row.fail(column, "unknown " + std::string(column) + " " + id.value);
    return id;
  }
  template <class T>
  static T added(const CsvRow& row, const char* column, T id, std::set<T>& ids) {
    if (!ids.insert(id).second)
      row.fail(column, "a second row for the same " + std::string(column));
    return id;
  }

  std::filesystem::path folder_;
  Tables tables_;
  std::set<OfficeId> offices_;
  std::set<GroupId> groups_;
  std::set<ServiceId> services_;
};

void Reader::read_offices() {
  const auto file =
      open("offices.csv", {"slug", "lg_code", "kana", "postcode", "phone", "lat", "lon"},
           {"name", "address", "place"});
  file.each([&](const CsvRow& row) {
    tables_.offices.push_back({.id = added(row, "slug", OfficeId(row.required("slug")), offices_),
                               .lg_code = row.required("lg_code"),
                               .name = row.required_localized("name"),
                               .kana = row.required("kana"),
                               .postcode = row.required("postcode"),
                               .address = row.required_localized("address"),
                               .phone = row.text("phone"),
                               .latitude = row.degrees("lat"),
                               .longitude = row.degrees("lon"),
                               .place = row.localized("place")});
  });
}

void Reader::read_groups() {
  const auto file =
      open("groups.csv", {"group", "zone", "spoken", "reservations"}, {"name", "examples"});
  file.each([&](const CsvRow& row) {
    const auto id = added(row, "group", GroupId(row.required("group")), groups_);
    if (id.value.size() != 1 || id.value[0] < 'A' || id.value[0] > 'Z') {
      row.fail("group", "must be one letter A to Z");
    }
    tables_.groups.push_back({.id = id,
                              .order = static_cast<int>(tables_.groups.size()),
                              .name = row.required_localized("name"),
                              .examples = row.localized("examples"),
                              .zone = row.text("zone"),
                              .spoken = row.required("spoken"),
                              .is_reservations = row.yes_no("reservations")});
  });
}

void Reader::read_services() {
  const auto file =
      open("services.csv",
           {"slug", "group", "minutes", "slot_minutes", "reservable", "needs_national_system"},
           {"name"});
  file.each([&](const CsvRow& row) {
    const Minutes slot(row.integer("slot_minutes", 0, 240));
    if (slot.count() % kSlotUnit.count() != 0) row.fail("slot_minutes", "must be a multiple of 15");
    const bool is_reservable = row.yes_no("reservable");
    if (is_reservable != (slot.count() > 0)) {
      row.fail("slot_minutes", "must be 0 exactly when the service is not reservable");
    }
    tables_.services.push_back(
        {.id = added(row, "slug", ServiceId(row.required("slug")), services_),
         .group = group(row),
         .order = static_cast<int>(tables_.services.size()),
         .name = row.required_localized("name"),
         .examples = {},
         .deadline = {},
         .online_note = {},
         .store_note = {},
         .typical = Minutes(row.integer("minutes", 1, 240)),
         .slot = slot,
         .is_reservable = is_reservable,
         .needs_national_system = row.yes_no("needs_national_system")});
  });
}

void Reader::read_service_notes() {
  const auto file = open("service_notes.csv", {"service", "kind"}, {"text"});
  file.each([&](const CsvRow& row) {
    const auto id = service(row);
    auto& target = *std::ranges::find(tables_.services, id, &Service::id);
    const auto& kind = row.required("kind");
    const auto text = row.required_localized("text");
    auto* slot = kind == "examples"   ? &target.examples
                 : kind == "deadline" ? &target.deadline
                 : kind == "online"   ? &target.online_note
                 : kind == "store"    ? &target.store_note
                                      : nullptr;
    if (!slot) row.fail("kind", "\"" + kind + "\" is none of examples, deadline, online, store");
    if (!slot->is_empty()) row.fail("kind", "a second " + kind + " for the same service");
    *slot = text;
  });
}

void Reader::read_bring_items() {
  const auto file = open("bring.csv", {"service", "order"}, {"item", "note"});
  std::set<std::pair<ServiceId, std::int64_t>> seen;
  file.each([&](const CsvRow& row) {
    const auto order = row.integer("order", 1, 20);
    const auto id = service(row);
    if (!seen.emplace(id, order).second)
      row.fail("order", "a second row for the same service and order");
    tables_.bring_items.push_back({.service = id,
                                   .order = static_cast<int>(order),
                                   .item = row.required_localized("item"),
                                   .note = row.localized("note")});
  });
}

void Reader::read_errands() {
  const auto file = open("errands.csv", {"id", "parent", "icon", "service"}, {"label", "hint"});
  std::set<std::string> top, all;
  file.each([&](const CsvRow& row) {
    const auto& id = row.required("id");
    const auto& parent = row.text("parent");
    if (!all.insert(id).second) row.fail("id", "a second row for the same id");
    if (parent.empty()) top.insert(id);
    if (!parent.empty() && !top.contains(parent)) {
      row.fail("parent", "\"" + parent + "\" is not an earlier row of the first level");
    }
    if (!parent.empty() && row.text("service").empty())
      row.fail("service", "must not be empty here");
    std::optional<ServiceId> leaf;
    if (!row.text("service").empty()) leaf = service(row);
    tables_.errands.push_back({.id = id,
                               .parent = parent,
                               .order = static_cast<int>(tables_.errands.size()),
                               .icon = row.text("icon"),
                               .label = row.required_localized("label"),
                               .hint = row.localized("hint"),
                               .service = leaf});
  });
}

void Reader::read_windows() {
  const auto file =
      open("windows.csv", {"office", "number", "zone", "floor", "groups"}, {"section"});
  std::set<std::pair<OfficeId, std::int64_t>> seen;
  file.each([&](const CsvRow& row) {
    const auto number = row.integer("number", 1, 999);
    Window window{.office = office(row),
                  .id = WindowId(std::to_string(number)),
                  .number = static_cast<int>(number),
                  .zone = row.required("zone"),
                  .floor = row.required("floor"),
                  .section = row.required_localized("section"),
                  .groups = {}};
    if (!seen.emplace(window.office, number).second) {
      row.fail("number", "a second row for the same office and number");
    }
    std::istringstream letters(row.required("groups"));
    for (std::string letter; letters >> letter;) {
      window.groups.push_back(known(row, "groups", GroupId(letter), groups_));
    }
    tables_.windows.push_back(std::move(window));
  });
}

void Reader::read_hours() {
  const auto file = open("hours.csv", {"office", "weekday", "valid_from", "open", "close",
                                       "reserve_from", "reserve_last"});
  file.each([&](const CsvRow& row) {
    Hours hours{.office = office_or_all(row),
                .weekday = static_cast<int>(row.integer("weekday", 1, 7)),
                .valid_from = row.day("valid_from")};
    hours.is_open = !row.text("open").empty();
    if (hours.is_open) {
      hours.opens = row.time("open");
      hours.closes = row.time("close");
      hours.first_start = row.time("reserve_from");
      hours.last_start = row.time("reserve_last");
      if (hours.opens >= hours.closes) row.fail("close", "must be later than open");
      if (hours.first_start < hours.opens) row.fail("reserve_from", "must not be before open");
      if (hours.last_start >= hours.closes) row.fail("reserve_last", "must be before close");
    }
    tables_.hours.push_back(std::move(hours));
  });
}

void Reader::read_holidays() {
  open("holidays.csv", {"date"}, {"name"}).each([&](const CsvRow& row) {
    const auto day = row.day("date");
    tables_.calendar.push_back({.office = std::nullopt,
                                .first = day,
                                .last = day,
                                .kind = CalendarKind::holiday,
                                .opens = {},
                                .closes = {},
                                .first_start = {},
                                .last_start = {},
                                .name = row.required_localized("name"),
                                .source = "holidays.csv"});
  });
}

void Reader::read_calendar() {
  const auto file = open("calendar.csv",
                         {"office", "first", "last", "kind", "open", "close", "reserve_from",
                          "reserve_last", "source"},
                         {"name"});
  file.each([&](const CsvRow& row) {
    CalendarEntry entry{.office = office_or_all(row),
                        .first = row.day("first"),
                        .last = row.day("last"),
                        .kind = {},
                        .opens = row.optional_time("open"),
                        .closes = row.optional_time("close"),
                        .first_start = row.optional_time("reserve_from"),
                        .last_start = row.optional_time("reserve_last"),
                        .name = row.required_localized("name"),
                        .source = row.text("source")};
    if (!boost::describe::enum_from_string(row.required("kind").c_str(), entry.kind)) {
      row.fail("kind", "\"" + row.text("kind") +
                           "\" is none of holiday, closed, special, extended, emergency");
    }
    if (entry.last < entry.first) row.fail("last", "must not be before first");
    const bool has_hours = entry.opens && entry.closes;
    if (entry.kind == CalendarKind::special && !has_hours)
      row.fail("open", "a special opening needs its hours");
    if (has_hours && *entry.opens >= *entry.closes) row.fail("close", "must be later than open");
    if (entry.first_start.has_value() != entry.last_start.has_value()) {
      row.fail("reserve_last", "needs reserve_from, and the other way round");
    }
    tables_.calendar.push_back(std::move(entry));
  });
}

void Reader::read_slots() {
  const auto file = open(
      "slots.csv", {"office", "group", "valid_from", "from", "until", "web", "kiosk", "staff"});
  file.each([&](const CsvRow& row) {
    const auto of = office(row);
    const auto series = group(row);
    const auto valid_from = row.day("valid_from");
    const SlotPart part{.from = row.time("from"),
                        .until = row.time("until"),
                        .web = static_cast<int>(row.integer("web", 0, 999)),
                        .kiosk = static_cast<int>(row.integer("kiosk", 0, 999)),
                        .staff = static_cast<int>(row.integer("staff", 0, 999))};
    if (part.from >= part.until) row.fail("until", "must be later than from");
    if (part.web > part.kiosk || part.kiosk > part.staff) {
      row.fail("web", "limits must not fall from web to kiosk to staff");
    }
    auto& rules = tables_.slot_rules;
    auto rule = std::ranges::find_if(rules, [&](const SlotRule& other) {
      return other.office == of && other.group == series && other.valid_from == valid_from;
    });
    if (rule == rules.end()) {
      rule = rules.insert(rules.end(),
                          {.office = of, .group = series, .valid_from = valid_from, .parts = {}});
    }
    if (!rule->parts.empty() && part.from < rule->parts.back().until) {
      row.fail("from", "overlaps the part before it");
    }
    rule->parts.push_back(part);
  });
}

std::int64_t call_rule(const CsvRow& row) {
  const auto rule = parse_call_rule(row.required("value"));
  if (!rule) row.fail("value", "no call rule: " + row.text("value"));
  return static_cast<std::int64_t>(*rule);
}

void Reader::read_settings() {
  const auto file =
      open("settings.csv", {"name", "office", "group", "valid_from", "value", "note"});
  std::set<std::string_view> with_default;
  file.each([&](const CsvRow& row) {
    const auto known_name = std::ranges::find(settings::kAll, row.required("name"));
    if (known_name == std::end(settings::kAll))
      row.fail("name", "unknown setting " + row.text("name"));
    Setting setting{.name = row.text("name"),
                    .office = office_or_all(row),
                    .group = {},
                    .valid_from = row.day("valid_from"),
                    .value = *known_name == settings::kCallRule
                                 ? call_rule(row)
                                 : row.integer("value", 0, 1'000'000)};
    if (row.required("group") != kAllOffices) setting.group = group(row);
    if (!setting.office && !setting.group) with_default.insert(*known_name);
    tables_.settings.push_back(std::move(setting));
  });
  for (const auto name : settings::kAll) {
    if (!with_default.contains(name)) {
      throw SeedError("settings.csv: " + std::string(name) +
                      " has no row for all offices and groups");
    }
  }
}

}  // namespace

Tables read_seed(const std::filesystem::path& folder) { return Reader(folder).read(); }

}  // namespace matanai::directory
