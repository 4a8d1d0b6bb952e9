// Long random sequences of commands against a reference model that knows nothing of SQL: every
// answer and every free place must agree. The seed is printed with a failure.
#include <map>
#include <random>

#include "booking_fixture.hpp"

namespace matanai::booking {
namespace {

// What the model knows of one reservation.
struct Known {
  State state = State::held;
  int first = 0;  // unit of the day
  int units = 1;
  Instant held_at{};
  std::optional<Instant> until;  // end of the hold, or of the rest after a cancel
  int contact = -1;
};

struct Wanted {
  int first = 0;
  int units = 1;
};

constexpr int kFirstUnit = 36;  // 9:00 in units of 15 minutes
constexpr int kLastUnit = 43;   // 10:45, so that the places are scarce

class Model {
 public:
  Instant start_of(int unit) const { return instant_at(kTuesday, TimeOfDay(15 * unit)); }

  bool has_place(const Known& known, Instant now) const {
    switch (known.state) {
      case State::held:
      case State::cancelled:
        return known.until && *known.until > now;
      case State::expired:
        return false;
      default:
        return true;
    }
  }
  int taken(int unit, Instant now, const std::string& but = "") const {
    int count = 0;
    for (const auto& [id, known] : rows) {
      if (id != but && known.first <= unit && unit < known.first + known.units &&
          has_place(known, now))
        ++count;
    }
    return count;
  }
  int free(const Wanted& wanted, int limit, Instant now, const std::string& but = "") const {
    int least = limit;
    for (int unit = wanted.first; unit < wanted.first + wanted.units; ++unit)
      least = std::min(least, limit - taken(unit, now, but));
    return std::max(0, least);
  }

  std::string hold(const std::string& id, const Wanted& wanted, const std::string& replaces,
                   int limit, Instant now) {
    if (start_of(wanted.first) < now + Minutes(60)) return "too_late_to_book";
    const bool is_swap = rows.contains(replaces) && rows[replaces].state == State::held;
    if (free(wanted, limit, now, is_swap ? replaces : "") == 0) return "slot_full";
    if (is_swap) rows[replaces].state = State::expired;
    const auto until = std::min(now + Minutes(10), start_of(wanted.first));
    rows[id] = {State::held, wanted.first, wanted.units, now, until, -1};
    return "ok";
  }
  bool is_live_hold(const Known& known, Instant now) const {
    return known.state == State::held && *known.until > now;
  }

  std::string extend(const std::string& id, Instant now) {
    auto& known = rows[id];
    if (!is_live_hold(known, now)) return "hold_expired";
    const auto end =
        std::min({now + Minutes(10), known.held_at + Minutes(60), start_of(known.first)});
    known.until = std::max(*known.until, end);
    return "ok";
  }
  void release(const std::string& id) {
    auto& known = rows[id];
    if (known.state == State::held) known.state = State::expired;
  }
  std::string book(const std::string& id, int contact, Instant now) {
    auto& known = rows[id];
    if (known.state == State::booked || known.state == State::checked_in) return "ok";
    if (!is_live_hold(known, now)) return "hold_expired";
    for (const auto& [other, row] : rows) {
      const bool is_active = row.state == State::booked || row.state == State::checked_in;
      if (contact >= 0 && is_active && row.contact == contact) return "already_booked";
    }
    known.state = State::booked;
    known.contact = contact;
    known.until.reset();
    return "ok";
  }
  std::string cancel(const std::string& id, Instant now) {
    auto& known = rows[id];
    if (known.state == State::held || known.state == State::expired) return "reservation_not_found";
    if (known.state == State::cancelled) return "ok";
    if (known.state != State::booked || start_of(known.first) <= now) return "not_cancellable";
    known.state = State::cancelled;
    known.until = now + Minutes(10);
    return "ok";
  }
  std::string attend(const std::string& id, State to) {
    auto& known = rows[id];
    if (known.state == State::held || known.state == State::expired) return "reservation_not_found";
    if (known.state == to) return "ok";
    if (known.state == State::cancelled) return "reservation_cancelled";
    const bool is_legal = (known.state == State::booked && to != State::served) ||
                          (known.state == State::checked_in && to != State::booked);
    if (!is_legal) return "illegal_move";
    known.state = to;
    return "ok";
  }

  std::map<std::string, Known> rows;
};

template <class T>
std::string outcome_of(const Result<T>& result) {
  return result.has_error() ? std::string(entry_of(result.error().code).name) : "ok";
}

class RandomSequence : public BookingTest, public testing::WithParamInterface<unsigned> {
 protected:
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(dice_); }

  std::string any_id() {
    return ids_.empty() ? "" : ids_[static_cast<std::size_t>(below(static_cast<int>(ids_.size())))];
  }

  void step(int number) {
    const auto now = clock_.now();
    const int choice = below(100);
    if (choice < 30 || ids_.empty()) return try_hold(now);
    const auto id = any_id();
    const ReservationId row(id);
    if (choice < 38)
      return expect(number, "extend", model_.extend(id, now), outcome_of(extend(row)));
    if (choice < 44) {
      model_.release(id);
      return expect(number, "release", "ok", outcome_of(release(row)));
    }
    if (choice < 62) return try_book(number, id, now);
    if (choice < 72)
      return expect(number, "cancel", model_.cancel(id, now), outcome_of(cancel(row)));
    if (choice < 77) return try_attend(number, id, now);
    if (choice < 82) return (void)sweep();
    if (choice < 84) return change_capacity();
    clock_.advance(Millis(below(choice < 98 ? 20'000 : 240'000)));
  }

  void try_hold(Instant now) {
    const int units = 1 + below(2);
    const Wanted wanted{kFirstUnit + (units == 2 ? 2 * below(4) : below(8)), units};
    auto made = order(to_wire(TimeOfDay(15 * wanted.first)), units == 2 ? kLong : kShort);
    const auto replaces = below(4) == 0 ? any_id() : "";
    if (!replaces.empty()) made.replaces = ReservationId(replaces);
    expect(0, "hold", model_.hold(made.id.value, wanted, replaces, limit_, now),
           outcome_of(hold(made)));
    if (model_.rows.contains(made.id.value)) ids_.push_back(made.id.value);
  }

  void try_book(int number, const std::string& id, Instant now) {
    const int contact = below(12) - 4;  // some without
    std::vector<NormalContact> contacts;
    if (contact >= 0)
      contacts.push_back({ContactKind::phone, "0901234000" + std::to_string(contact)});
    expect(number, "book", model_.book(id, contact, now),
           outcome_of(book(ReservationId(id), contacts)));
  }

  void try_attend(int number, const std::string& id, Instant now) {
    const State targets[] = {State::checked_in, State::served, State::no_show};
    const auto to = targets[below(3)];
    const auto marked = write<bool>([=](db::Transaction& tx) -> Result<bool> {
      const ReservationId row(id);
      const auto done = to == State::checked_in ? mark_checked_in(tx, row, now)
                        : to == State::served   ? mark_served(tx, row, now)
                                                : mark_no_show(tx, row, now);
      if (done.has_error()) return done.error();
      return true;
    });
    expect(number, "attend", model_.attend(id, to), outcome_of(marked));
  }

  void change_capacity() {
    limit_ = 1 + below(5);
    directory_ = directory::Directory(tiny::tables(limit_));
  }

  void expect(int number, const char* command, const std::string& model, const std::string& real) {
    ASSERT_EQ(model, real) << command << " at step " << number << ", seed " << GetParam() << ", "
                           << to_wire(clock_.now());
  }

  void compare(int number) {
    const auto now = clock_.now();
    const auto usage = *write<Usage>([&](db::Transaction& tx) -> Result<Usage> {
      return store::usage(tx, kNorth, kGroup, model_.start_of(kFirstUnit),
                          model_.start_of(kLastUnit + 2), now);
    });
    for (int unit = kFirstUnit; unit <= kLastUnit; ++unit) {
      ASSERT_EQ(usage.taken(model_.start_of(unit)), model_.taken(unit, now))
          << "unit " << unit << ", step " << number << ", seed " << GetParam();
    }
    ASSERT_EQ(miscounted(), 0) << "step " << number << ", seed " << GetParam();
    for (const auto& [id, known] : model_.rows) {
      const auto real = find(ReservationId(id));
      ASSERT_TRUE(real.has_value());
      const bool is_ended_hold = known.state == State::held && *known.until <= now;
      if (!is_ended_hold)
        ASSERT_EQ(name_of(real->state), name_of(known.state))
            << "step " << number << ", seed " << GetParam();
    }
  }

  std::mt19937 dice_{GetParam()};
  Model model_;
  std::vector<std::string> ids_;
  int limit_ = 1;
};

TEST_P(RandomSequence, AgreesWithTheModel) {
  constexpr int kSteps = 2500;
  for (int number = 1; number <= kSteps && !HasFatalFailure(); ++number) {
    step(number);
    if (number % 50 == 0) compare(number);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, RandomSequence, testing::Range(1U, 11U));

}  // namespace
}  // namespace matanai::booking
