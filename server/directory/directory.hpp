// What an operator edits and everyone else only reads: offices, services, windows, hours, calendar,
// slot capacities and rules, as one immutable snapshot in memory. Not for anything that changes
// while people queue (that is booking, floor). Read from the database by load() (store.hpp) or from
// CSV by read_seed() (seed.hpp). Immutable: any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/time.hpp"
#include "server/directory/localized_text.hpp"

namespace matanai::directory {

// The grid of all capacities: a slot of 30 min takes two units.
inline constexpr TimeOfDay kSlotUnit{15};

struct Office {
  OfficeId id;
  std::string lg_code;  // 全国地方公共団体コード, 6 digits with check digit
  LocalizedText name;   // 小倉北区役所
  std::string kana;
  std::string postcode;  // 7 digits
  LocalizedText address;
  std::string phone;                // (093)582-3311; empty when unknown
  std::optional<double> latitude;   // degrees, WGS 84
  std::optional<double> longitude;  // degrees, WGS 84
  LocalizedText place;              // where its windows are: 1階 市民課
};

// One ticket series. The series of reservations (R) is listed too, without services of its own.
struct ServiceGroup {
  GroupId id;              // its letter: A
  int order = 0;           // as on kiosk and hall
  LocalizedText name;      // 住所・印鑑
  LocalizedText examples;  // 転入、転居、転出
  std::string zone;    // waiting zone: A (Aゾーン); empty for R: the zone is that of the service
  std::string spoken;  // kana of the letter for the voice: エー
  bool is_reservations = false;
};

struct Service {
  ServiceId id;
  GroupId group;
  int order = 0;
  LocalizedText name;         // 転入届(市外・国外から)
  LocalizedText examples;     // errands in plain words, for lists and search: 引っ越してきた、…
  LocalizedText deadline;     // 引っ越した日から14日以内; empty: none
  LocalizedText online_note;  // what can be done online; empty: nothing
  LocalizedText store_note;   // what a convenience store can do; empty: nothing
  Minutes typical{0};         // expected time at the window
  Minutes slot{0};  // length of its reservation, a multiple of kSlotUnit; 0: not reservable
  bool is_reservable = false;
  bool needs_national_system = false;  // not while the national card server is down
};

struct BringItem {
  ServiceId service;
  int order = 0;
  LocalizedText item;  // 本人確認書類
  LocalizedText note;  // 運転免許証、マイナンバーカードなど; may be empty
};

// A question in plain words on the booking screen, at most two levels. A leaf names its service.
struct Errand {
  std::string id;
  std::string parent;  // empty on the first level
  int order = 0;
  std::string icon;  // home card family health child paper help; empty on the second level
  LocalizedText label;
  LocalizedText hint;
  std::optional<ServiceId> service;
};

struct Window {
  OfficeId office;
  WindowId id;
  int number = 0;
  std::string zone;       // A
  std::string floor;      // 1
  LocalizedText section;  // 市民課
  std::vector<GroupId>
      groups;  // what it serves, most important first; reservations of these groups included
};

// Ordinary opening of one weekday. The office's own rows go before the rows for all; among them the
// latest valid_from.
struct Hours {
  std::optional<OfficeId> office;  // nullopt: all offices
  int weekday = 0;                 // 1 Monday … 7 Sunday
  LocalDay valid_from{};
  bool is_open = false;  // false: closed on this weekday from valid_from on; the times are then 0
  TimeOfDay opens{0};
  TimeOfDay closes{0};
  TimeOfDay first_start{0};  // of reservations
  TimeOfDay last_start{0};
};

enum class CalendarKind {
  holiday,    // a national holiday
  closed,     // an ordinance or the office says so (year-end)
  special,    // open although it would be closed
  extended,   // other hours on a day that is open anyway
  emergency,  // closed whatever else is said (storm); with `closes`: from that time on, with
              // `opens`: until then
};
BOOST_DESCRIBE_ENUM(CalendarKind, holiday, closed, special, extended, emergency)

struct CalendarEntry {
  std::optional<OfficeId> office;  // nullopt: all offices
  LocalDay first{};
  LocalDay last{};  // inclusive
  CalendarKind kind = CalendarKind::closed;
  std::optional<TimeOfDay> opens;
  std::optional<TimeOfDay> closes;
  std::optional<TimeOfDay>
      first_start;  // reservations of that day; nullopt: none (special) or as usual (extended)
  std::optional<TimeOfDay> last_start;
  LocalizedText name;
  std::string source;
};

// How many people may hold a reservation at once in every unit of a part of the day. The figures
// are limits of one common count: a channel books while fewer than its own limit are booked through
// all channels together, so web ≤ kiosk ≤ staff keeps the last places for those without a phone.
struct SlotPart {
  TimeOfDay from{0};
  TimeOfDay until{0};  // exclusive
  int web = 0;
  int kiosk = 0;  // same day, at the kiosk
  int staff = 0;  // by phone or desk
};
struct SlotRule {
  OfficeId office;
  GroupId group;
  LocalDay valid_from{};
  std::vector<SlotPart> parts;  // ascending, not overlapping

  // The limits at the unit that starts at `unit`; all 0 outside the parts.
  SlotPart at(TimeOfDay unit) const;
};

// One value of a rule. The most specific scope goes first (office and group, office, group, all),
// then the latest day.
struct Setting {
  std::string name;
  std::optional<OfficeId> office;
  std::optional<GroupId> group;
  LocalDay valid_from{};
  std::int64_t value = 0;
};

// Names of settings (⚙ in the product's rules). Every one has a value for all offices: read_seed()
// and load() see to it.
namespace settings {
inline constexpr std::string_view kHorizonDays = "horizon_days";
inline constexpr std::string_view kCutOffMinutes = "cut_off_minutes";
inline constexpr std::string_view kKioskCutOffMinutes = "kiosk_cut_off_minutes";
inline constexpr std::string_view kHoldMinutes = "hold_minutes";
inline constexpr std::string_view kCancelledSlotDelayMinutes = "cancelled_slot_delay_minutes";
inline constexpr std::string_view kMaxParty = "max_party";
inline constexpr std::string_view kPartyExtraPercent = "party_extra_percent";
inline constexpr std::string_view kContactErasedDays = "contact_erased_days";
inline constexpr std::string_view kContactErasedAfterCancelHours =
    "contact_erased_after_cancel_hours";
inline constexpr std::string_view kCheckInEarlyMinutes = "check_in_early_minutes";
inline constexpr std::string_view kCheckInLateMinutes = "check_in_late_minutes";
inline constexpr std::string_view kNoShowAfterMinutes = "no_show_after_minutes";
inline constexpr std::string_view kSlotLeadMinutes = "slot_lead_minutes";
inline constexpr std::string_view kPriorityLeadMinutes = "priority_lead_minutes";
inline constexpr std::string_view kAbsentAfterCalls = "absent_after_calls";
inline constexpr std::string_view kAbsentAfterSeconds = "absent_after_seconds";
inline constexpr std::string_view kUndoSeconds = "undo_seconds";
inline constexpr std::string_view kPassedLimit = "passed_limit";
inline constexpr std::string_view kCallRule = "call_rule";  // a CallRule's number; its name in CSV
inline constexpr std::string_view kCallSlackSeconds = "call_slack_seconds";
inline constexpr std::string_view kCallCreditMinutes = "call_credit_minutes";
inline constexpr std::string_view kCallAccumulation = "call_accumulation";
inline constexpr std::string_view kCallReservedPerWalkIn = "call_reserved_per_walk_in";
inline constexpr std::string_view kIssueFromMinutesBeforeOpening =
    "issue_from_minutes_before_opening";
inline constexpr std::string_view kIssueUntilMinutesBeforeClosing =
    "issue_until_minutes_before_closing";
inline constexpr std::string_view kTargetWaitMinutes = "target_wait_minutes";
inline constexpr std::string_view kTargetReservedWaitMinutes = "target_reserved_wait_minutes";
inline constexpr std::string_view kAll[] = {kHorizonDays,
                                            kCutOffMinutes,
                                            kKioskCutOffMinutes,
                                            kHoldMinutes,
                                            kCancelledSlotDelayMinutes,
                                            kMaxParty,
                                            kPartyExtraPercent,
                                            kContactErasedDays,
                                            kContactErasedAfterCancelHours,
                                            kCheckInEarlyMinutes,
                                            kCheckInLateMinutes,
                                            kNoShowAfterMinutes,
                                            kSlotLeadMinutes,
                                            kPriorityLeadMinutes,
                                            kAbsentAfterCalls,
                                            kAbsentAfterSeconds,
                                            kUndoSeconds,
                                            kPassedLimit,
                                            kCallRule,
                                            kCallSlackSeconds,
                                            kCallCreditMinutes,
                                            kCallAccumulation,
                                            kCallReservedPerWalkIn,
                                            kIssueFromMinutesBeforeOpening,
                                            kIssueUntilMinutesBeforeClosing,
                                            kTargetWaitMinutes,
                                            kTargetReservedWaitMinutes};
}  // namespace settings

// All rows, as read from CSV or the database.
struct Tables {
  std::vector<Office> offices;
  std::vector<ServiceGroup> groups;
  std::vector<Service> services;
  std::vector<BringItem> bring_items;
  std::vector<Errand> errands;
  std::vector<Window> windows;
  std::vector<Hours> hours;
  std::vector<CalendarEntry> calendar;
  std::vector<SlotRule> slot_rules;
  std::vector<Setting> settings;
};

class Directory {
 public:
  // Sorts and indexes the rows. Throws std::invalid_argument when a row names an unknown office,
  // group or service, when an id is there twice, or when a setting has no value for all.
  explicit Directory(Tables tables);

  const std::vector<Office>& offices() const { return tables_.offices; }
  const std::vector<ServiceGroup>& groups() const { return tables_.groups; }  // by order
  const std::vector<Service>& services() const { return tables_.services; }   // by order
  const std::vector<Errand>& errands() const { return tables_.errands; }  // parents first, by order
  const std::vector<CalendarEntry>& calendar() const { return tables_.calendar; }  // by first day
  const std::vector<Hours>& hours() const { return tables_.hours; }
  const Tables& tables() const { return tables_; }

  // nullptr when there is none.
  const Office* find_office(const OfficeId& office) const;
  const ServiceGroup* find_group(const GroupId& group) const;
  const Service* find_service(const ServiceId& service) const;
  const Window* find_window(const OfficeId& office, const WindowId& window) const;

  // Services that some window of the office serves, by order.
  std::vector<const Service*> services_of(const OfficeId& office) const;
  // The services of a first-level errand that the office offers: its own, or those of its second
  // level, by order.
  std::vector<const Service*> services_behind(const Errand& errand, const OfficeId& office) const;
  // Groups with a window in the office, by order; without the series of reservations.
  std::vector<const ServiceGroup*> groups_of(const OfficeId& office) const;
  bool offers(const OfficeId& office, const ServiceId& service) const;
  // By number.
  std::vector<const Window*> windows_of(const OfficeId& office) const;
  std::vector<const Window*> windows_for(const OfficeId& office, const GroupId& group) const;
  // By order.
  std::vector<const BringItem*> bring_items_of(const ServiceId& service) const;
  // The series that reservations are numbered in (R).
  const ServiceGroup& reservations_group() const;

  // The rule valid on that day; nullptr: no reservations there.
  const SlotRule* slot_rule(const OfficeId& office, const GroupId& group, LocalDay day) const;
  // The value valid on that day. Throws std::logic_error for a name that is not in settings::kAll.
  std::int64_t setting(std::string_view name, const OfficeId& office, const GroupId& group,
                       LocalDay day) const;
  // The same without a group.
  std::int64_t setting(std::string_view name, const OfficeId& office, LocalDay day) const;
  Minutes minutes_setting(std::string_view name, const OfficeId& office, const GroupId& group,
                          LocalDay day) const {
    return Minutes(setting(name, office, group, day));
  }

 private:
  void check() const;

  Tables tables_;
  std::map<OfficeId, std::size_t> office_index_;
  std::map<GroupId, std::size_t> group_index_;
  std::map<ServiceId, std::size_t> service_index_;
};

}  // namespace matanai::directory
