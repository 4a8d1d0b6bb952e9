// From rows and reference data to messages in a reader's language. Secrets are derived here,
// contacts masked. Pure but for opening sealed contacts; any thread.
#pragma once

#include <string>
#include <vector>

#include "schema/types/messages_booking.hpp"
#include "server/booking/calendar_file.hpp"
#include "server/booking/rules.hpp"
#include "server/booking/secrets.hpp"
#include "server/booking/store.hpp"

namespace matanai::booking {

messages::OfficeList present_offices(const directory::Directory& directory, Locale locale);
// With its services, groups, errands and today's hours; an errand without a service that the office
// offers is left out.
messages::OfficeDetail present_office(const directory::Directory& directory,
                                      const directory::Office& office, LocalDay today,
                                      Locale locale, const std::string& public_url);

messages::SlotTime present_time(const FreeTime& time);
messages::Day present_day(const DaySummary& summary, Locale locale);

// Of a row that has been booked. `check_in_*` are the office's window around the start.
messages::Reservation present_reservation(const directory::Directory& directory,
                                          const Secrets& secrets, const Reservation& row,
                                          const std::vector<store::StoredContact>& contacts,
                                          Instant now);

// In the reservation's language. Without its secret: calendars are shared and synchronised.
CalendarEvent calendar_event(const directory::Directory& directory, const Reservation& row,
                             const std::string& public_url);

}  // namespace matanai::booking
