// An office as a JSON file, for simulate, plan and what calibrate writes: times of day as "09:00",
// durations in minutes. Values; any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "server/queue/day/ward_day.hpp"

namespace matanai::twin {

struct ServiceEntry {
  std::string id;
  std::string group;
  double mean_minutes = 0;
  double cv = 0;
  double share = 0;  // of the visitors, any scale
};
BOOST_DESCRIBE_STRUCT(ServiceEntry, (), (id, group, mean_minutes, cv, share))

struct OpenEntry {
  std::string from;
  std::string until;
};
BOOST_DESCRIBE_STRUCT(OpenEntry, (), (from, until))

struct WindowEntry {
  std::string id;
  std::vector<std::string> groups;  // in order of preference
  std::vector<OpenEntry> open;
  std::optional<int> pool;  // windows of one pool stand in for each other at their closing
};
BOOST_DESCRIBE_STRUCT(WindowEntry, (), (id, groups, open, pool))

struct QuarterEntry {
  std::string at;  // start of a quarter hour
  double people = 0;
};
BOOST_DESCRIBE_STRUCT(QuarterEntry, (), (at, people))

struct TransferEntry {
  std::string from;  // services
  std::string to;
  double probability = 0;
};
BOOST_DESCRIBE_STRUCT(TransferEntry, (), (from, to, probability))

struct RuleEntry {
  CallRule rule = CallRule::slack;
  int max_passed = 4;
  double slack_minutes = 4.5;
  bool has_guarantees = true;
  bool calls_before_ready = true;
};
BOOST_DESCRIBE_STRUCT(RuleEntry, (),
                      (rule, max_passed, slack_minutes, has_guarantees, calls_before_ready))

struct OfficeFile {
  std::string name;
  std::vector<std::string> groups;
  std::vector<ServiceEntry> services;
  std::vector<WindowEntry> windows;
  std::vector<QuarterEntry> walk_ins;               // expected on an average day
  std::optional<std::vector<QuarterEntry>> booked;  // expected reservations, no-shows included
  std::optional<std::vector<double>> weekday;       // seven factors, Monday first
  std::optional<std::vector<double>> month;         // twelve factors
  std::optional<double> day_cv;                     // of the Gamma day factor
  std::optional<double> no_show;                    // share
  std::optional<double> punctuality_mean;           // arrival − slot
  std::optional<double> punctuality_sd;
  std::optional<double> priority;       // share of walk-ins
  std::optional<double> patience_mean;  // none: nobody leaves
  std::optional<double> way;            // call to start
  std::optional<double> way_cv;
  std::optional<std::vector<TransferEntry>> transfers;
  std::optional<RuleEntry> rule;
};
BOOST_DESCRIBE_STRUCT(OfficeFile, (),
                      (name, groups, services, windows, walk_ins, booked, weekday, month, day_cv,
                       no_show, punctuality_mean, punctuality_sd, priority, patience_mean, way,
                       way_cv, transfers, rule))

// Throw std::runtime_error whose text names what is wrong and where.
OfficeFile read_office_file(const std::string& path);
void write_office_file(const std::string& path, const OfficeFile& file);
queue::DayModel model_of(const OfficeFile& file);

OfficeFile file_of(const std::string& name, const queue::DayModel& model);
// The office in `path`, or the ward day when it is empty.
queue::DayModel model_or_ward(const std::string& path, const queue::WardOptions& ward);

}  // namespace matanai::twin
