// A citizen's phone number and mail address: one written form, its masked form. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace matanai::booking {

enum class ContactKind { phone, mail };
std::string_view name_of(ContactKind kind);

// Japanese numbers in any usual writing (full-width, hyphens, spaces, brackets, +81):
// "09012345678". nullopt unless it has 11 digits after 050/060/070/080/090 or 10 digits after any
// other 0X.
std::optional<std::string> normalise_phone(std::string_view typed);
// Width-folded, trimmed, lower case. nullopt unless local@domain.tld in ASCII, at most 254 bytes.
std::optional<std::string> normalise_mail(std::string_view typed);

struct NormalContact {
  ContactKind kind = ContactKind::phone;
  std::string text;
};
// Either of them, by whether there is an '@'.
std::optional<NormalContact> normalise_contact(std::string_view typed);
// What counts as the same contact: the mail without its "+tag".
std::string identity_of(const NormalContact& contact);

// "090-****-5678", "t***@e…"
std::string mask(const NormalContact& contact);

}  // namespace matanai::booking
