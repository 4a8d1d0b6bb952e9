#include "server/booking/present.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/booking/commands.hpp"

namespace matanai::booking {
namespace {

namespace settings = directory::settings;

std::optional<std::string> unless_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

void fill(messages::OfficeSummary& out, const directory::Office& office, Locale locale) {
  out.id = office.id.value;
  out.name = office.name.in(locale);
  out.name_en = office.name.in(Locale::en);
  out.address = office.address.in(locale);
  out.phone = office.phone;
  out.latitude = office.latitude;
  out.longitude = office.longitude;
}

messages::OpeningDay present_opening(const directory::DayPlan& plan, Locale locale) {
  messages::OpeningDay out;
  out.date = plan.day;
  out.is_open = plan.is_open;
  if (plan.is_open) {
    out.opens = to_wire(plan.opens);
    out.closes = to_wire(plan.closes);
  }
  out.reason = unless_empty((plan.is_open ? plan.note : plan.reason).in(locale));
  return out;
}

messages::Service present_service(const directory::Directory& directory,
                                  const directory::Service& service, Locale locale) {
  messages::Service out;
  out.id = service.id.value;
  out.group = service.group.value;
  out.name = service.name.in(locale);
  out.name_ja = service.name.in(Locale::ja);
  out.minutes = static_cast<int>(service.typical.count());
  out.reservable = service.is_reservable;
  if (service.is_reservable) out.slot_minutes = static_cast<int>(service.slot.count());
  for (const auto* item : directory.bring_items_of(service.id)) {
    out.bring.push_back({item->item.in(locale), unless_empty(item->note.in(locale))});
  }
  std::string note = service.online_note.in(locale);
  const auto& store_note = service.store_note.in(locale);
  if (!note.empty() && !store_note.empty()) note += '\n';
  out.note = unless_empty(note + store_note);
  return out;
}

// First-level entries; the services of their second level in its order.
std::vector<messages::Errand> present_errands(const directory::Directory& directory,
                                              const OfficeId& office, Locale locale) {
  std::vector<messages::Errand> out;
  for (const auto& top : directory.errands()) {
    if (!top.parent.empty()) continue;
    messages::Errand errand{top.id, top.label.in(locale), top.hint.in(locale), top.icon, {}};
    for (const auto& leaf : directory.errands()) {
      if (leaf.id != top.id && leaf.parent != top.id) continue;
      if (leaf.service && directory.offers(office, *leaf.service))
        errand.services.push_back(leaf.service->value);
    }
    if (!errand.services.empty()) out.push_back(std::move(errand));
  }
  return out;
}

}  // namespace

messages::OfficeList present_offices(const directory::Directory& directory, Locale locale) {
  messages::OfficeList list;
  for (const auto& office : directory.offices()) fill(list.offices.emplace_back(), office, locale);
  return list;
}

messages::OfficeDetail present_office(const directory::Directory& directory,
                                      const directory::Office& office, LocalDay today,
                                      Locale locale, const std::string& public_url) {
  messages::OfficeDetail out;
  fill(out, office, locale);
  out.section = unless_empty(office.place.in(locale));
  out.booking_url = public_url + "/?office=" + office.id.value;
  out.today = present_opening(directory::day_plan(directory, office.id, today), locale);
  for (const auto* group : directory.groups_of(office.id)) {
    out.groups.push_back(
        {group->id.value, group->name.in(locale), group->name.in(Locale::ja), group->zone});
  }
  for (const auto* service : directory.services_of(office.id))
    out.services.push_back(present_service(directory, *service, locale));
  out.errands = present_errands(directory, office.id, locale);
  return out;
}

messages::SlotTime present_time(const FreeTime& time) {
  return {time.slot.day, to_wire(time.slot.time), time.slot.start, time.slot.end, time.free};
}

messages::Day present_day(const DaySummary& summary, Locale locale) {
  const auto& reason = summary.plan.is_open ? summary.plan.note : summary.plan.reason;
  return {summary.day, iso_weekday(summary.day), summary.state, summary.free_times,
          unless_empty(reason.in(locale))};
}

messages::Reservation present_reservation(const directory::Directory& directory,
                                          const Secrets& secrets, const Reservation& row,
                                          const std::vector<store::StoredContact>& contacts,
                                          Instant now) {
  const auto minutes = [&](std::string_view name) {
    return directory.minutes_setting(name, row.office, row.group, row.day);
  };
  messages::Reservation out;
  out.id = row.id;
  out.code = row.code.value();
  out.secret = secrets.reservation_secret(row.id);
  out.check_in_token = secrets.check_in_token(row.id);
  out.state = name_of(row.state);
  out.office = row.office;
  out.service = row.service;
  out.date = row.day;
  out.time = to_wire(local_time_of_day(row.start));
  out.start = row.start;
  out.end = row.end;
  out.party = row.party;
  out.help = row.help;
  out.locale = tag_of(row.locale);
  for (const auto& contact : contacts) {
    const auto masked =
        mask({contact.kind, secrets.open(row.id, name_of(contact.kind), contact.sealed)});
    out.contact = out.contact ? *out.contact + ", " + masked : masked;
  }
  out.check_in_from = row.start - minutes(settings::kCheckInEarlyMinutes);
  out.check_in_until = row.start + minutes(settings::kCheckInLateMinutes);
  out.cancellable = is_cancellable(row, now);
  return out;
}

CalendarEvent calendar_event(const directory::Directory& directory, const Reservation& row,
                             const std::string& public_url) {
  const auto* office = directory.find_office(row.office);
  const auto* service = directory.find_service(row.service);
  if (!office || !service)
    throw std::runtime_error("reservation of an office or service that is gone");
  const auto locale = row.locale;
  const auto local = [&](std::string_view name, int sign) {
    return to_wire(local_time_of_day(
        row.start + sign * directory.minutes_setting(name, row.office, row.group, row.day)));
  };
  CalendarEvent event;
  event.uid = row.id.value + "@matanai";
  event.sequence = row.revision;
  event.changed_at = row.changed_at;
  event.start = row.start;
  event.end = row.end;
  event.is_cancelled = row.state == State::cancelled;
  event.summary =
      words(locale, "booking.calendar.summary",
            {{"service", service->name.in(locale)}, {"office", office->name.in(locale)}});
  event.location = office->name.in(locale) + ", " + office->address.in(locale);
  event.description = words(locale, "booking.calendar.code", {{"code", row.code.value().value}}) +
                      "\n" +
                      words(locale, "booking.calendar.check_in",
                            {{"from", local(settings::kCheckInEarlyMinutes, -1)},
                             {"until", local(settings::kCheckInLateMinutes, 1)}});
  const auto items = directory.bring_items_of(row.service);
  if (!items.empty()) event.description += "\n" + words(locale, "booking.calendar.bring");
  for (const auto* item : items) {
    event.description += "\n- " + item->item.in(locale);
    if (!item->note.is_empty()) event.description += " (" + item->note.in(locale) + ")";
  }
  if (!public_url.empty()) {
    event.url = public_url + (public_url.ends_with('/') ? "r" : "/r");
    event.description += "\n" + words(locale, "booking.calendar.manage", {{"url", event.url}});
  }
  return event;
}

}  // namespace matanai::booking
