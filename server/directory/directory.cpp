#include "server/directory/directory.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace matanai::directory {
namespace {

template <class Row, class Key>
std::map<Key, std::size_t> index_of(const std::vector<Row>& rows, Key Row::* key,
                                    const char* what) {
  std::map<Key, std::size_t> index;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!index.emplace(rows[i].*key, i).second) {
      throw std::invalid_argument(std::string("directory: ") + what + " " + (rows[i].*key).value +
                                  " is there twice");
    }
  }
  return index;
}

template <class Row, class Key>
const Row* find_in(const std::vector<Row>& rows, const std::map<Key, std::size_t>& index,
                   const Key& key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : &rows[found->second];
}

bool serves(const Window& window, const GroupId& group) {
  return std::ranges::find(window.groups, group) != window.groups.end();
}

void sort_rows(Tables& tables) {
  std::ranges::sort(tables.groups, {}, &ServiceGroup::order);
  std::ranges::sort(tables.services, {}, &Service::order);
  std::ranges::sort(tables.bring_items, {},
                    [](const BringItem& item) { return std::tie(item.service, item.order); });
  std::ranges::sort(tables.errands, {}, [](const Errand& errand) {
    return std::pair(!errand.parent.empty(), errand.order);
  });
  std::ranges::sort(tables.windows, {},
                    [](const Window& window) { return std::tie(window.office, window.number); });
  std::ranges::sort(tables.calendar, {}, &CalendarEntry::first);
  // Newest first, so that the first row that is valid is the one.
  std::ranges::sort(tables.slot_rules, std::greater(), &SlotRule::valid_from);
  std::ranges::sort(tables.settings, std::greater(), &Setting::valid_from);
  std::ranges::sort(tables.hours, std::greater(), &Hours::valid_from);
}

// Office and group 3, office 2, group 1, all 0.
int specificity(const Setting& setting) {
  return (setting.office ? 2 : 0) + (setting.group ? 1 : 0);
}

bool applies(const Setting& setting, std::string_view name, const OfficeId& office,
             const GroupId& group, LocalDay day) {
  return setting.name == name && setting.valid_from <= day &&
         (!setting.office || *setting.office == office) &&
         (!setting.group || *setting.group == group);
}

}  // namespace

SlotPart SlotRule::at(TimeOfDay unit) const {
  for (const auto& part : parts) {
    if (unit >= part.from && unit < part.until) return part;
  }
  return SlotPart{.from = unit, .until = unit + kSlotUnit};
}

Directory::Directory(Tables tables) : tables_(std::move(tables)) {
  sort_rows(tables_);
  office_index_ = index_of(tables_.offices, &Office::id, "office");
  group_index_ = index_of(tables_.groups, &ServiceGroup::id, "group");
  service_index_ = index_of(tables_.services, &Service::id, "service");
  check();
}

void Directory::check() const {
  const auto need = [](bool is_true, const std::string& what) {
    if (!is_true) throw std::invalid_argument("directory: " + what);
  };
  for (const auto& service : tables_.services) {
    need(find_group(service.group), "service " + service.id.value + " is in no group");
  }
  for (const auto& item : tables_.bring_items) {
    need(find_service(item.service), "an item to bring for no service " + item.service.value);
  }
  for (const auto& errand : tables_.errands) {
    need(!errand.service || find_service(*errand.service),
         "errand " + errand.id + " leads to no service");
  }
  const Window* previous = nullptr;
  for (const auto& window : tables_.windows) {
    const auto name = "window " + window.office.value + "/" + window.id.value;
    need(find_office(window.office), name + " is in no office");
    need(!previous || previous->office != window.office || previous->id != window.id,
         name + " is there twice");
    for (const auto& group : window.groups)
      need(find_group(group), name + " serves no group " + group.value);
    previous = &window;
  }
  for (const auto& rule : tables_.slot_rules) {
    need(find_office(rule.office) && find_group(rule.group),
         "slots for " + rule.office.value + "/" + rule.group.value + ", which is not there");
  }
  for (const auto name : settings::kAll) {
    need(std::ranges::any_of(
             tables_.settings,
             [&](const Setting& row) { return row.name == name && specificity(row) == 0; }),
         "setting " + std::string(name) + " has no value for all");
  }
  need(std::ranges::count(tables_.groups, true, &ServiceGroup::is_reservations) == 1,
       "exactly one group must be the series of reservations");
}

const Office* Directory::find_office(const OfficeId& office) const {
  return find_in(tables_.offices, office_index_, office);
}
const ServiceGroup* Directory::find_group(const GroupId& group) const {
  return find_in(tables_.groups, group_index_, group);
}
const Service* Directory::find_service(const ServiceId& service) const {
  return find_in(tables_.services, service_index_, service);
}

const Window* Directory::find_window(const OfficeId& office, const WindowId& window) const {
  for (const auto* candidate : windows_of(office)) {
    if (candidate->id == window) return candidate;
  }
  return nullptr;
}

std::vector<const Window*> Directory::windows_of(const OfficeId& office) const {
  std::vector<const Window*> out;
  for (const auto& window : tables_.windows) {
    if (window.office == office) out.push_back(&window);
  }
  return out;
}

std::vector<const Window*> Directory::windows_for(const OfficeId& office,
                                                  const GroupId& group) const {
  auto out = windows_of(office);
  std::erase_if(out, [&](const Window* window) { return !serves(*window, group); });
  return out;
}

std::vector<const ServiceGroup*> Directory::groups_of(const OfficeId& office) const {
  std::vector<const ServiceGroup*> out;
  for (const auto& group : tables_.groups) {
    if (!group.is_reservations && !windows_for(office, group.id).empty()) out.push_back(&group);
  }
  return out;
}

std::vector<const Service*> Directory::services_of(const OfficeId& office) const {
  const auto groups = groups_of(office);
  std::vector<const Service*> out;
  for (const auto& service : tables_.services) {
    if (std::ranges::count(groups, service.group, &ServiceGroup::id) > 0) out.push_back(&service);
  }
  return out;
}

std::vector<const Service*> Directory::services_behind(const Errand& errand,
                                                       const OfficeId& office) const {
  std::vector<const Service*> out;
  for (const auto& row : tables_.errands) {
    const bool is_behind = row.id == errand.id || row.parent == errand.id;
    if (is_behind && row.service && offers(office, *row.service))
      out.push_back(find_service(*row.service));
  }
  return out;
}

bool Directory::offers(const OfficeId& office, const ServiceId& service) const {
  const auto* row = find_service(service);
  return row && !windows_for(office, row->group).empty();
}

std::vector<const BringItem*> Directory::bring_items_of(const ServiceId& service) const {
  std::vector<const BringItem*> out;
  for (const auto& item : tables_.bring_items) {
    if (item.service == service) out.push_back(&item);
  }
  return out;
}

const ServiceGroup& Directory::reservations_group() const {
  return *std::ranges::find(tables_.groups, true, &ServiceGroup::is_reservations);
}

const SlotRule* Directory::slot_rule(const OfficeId& office, const GroupId& group,
                                     LocalDay day) const {
  for (const auto& rule : tables_.slot_rules) {
    if (rule.office == office && rule.group == group && rule.valid_from <= day) return &rule;
  }
  return nullptr;
}

std::int64_t Directory::setting(std::string_view name, const OfficeId& office, const GroupId& group,
                                LocalDay day) const {
  const Setting* best = nullptr;
  for (const auto& row : tables_.settings) {
    if (!applies(row, name, office, group, day)) continue;
    if (!best || specificity(row) > specificity(*best)) best = &row;
  }
  if (!best) throw std::logic_error("no setting " + std::string(name) + " on " + to_wire(day));
  return best->value;
}

std::int64_t Directory::setting(std::string_view name, const OfficeId& office, LocalDay day) const {
  return setting(name, office, GroupId(), day);
}

}  // namespace matanai::directory
