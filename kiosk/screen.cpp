#include "kiosk/screen.hpp"

#include <sodium.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "schema/types/codes.hpp"

namespace matanai::kiosk {
namespace asio = boost::asio;
namespace {

// The page counts on from each frame, so a frame now and then is enough for its clock.
constexpr std::chrono::seconds kTick{10};

std::string draw_epoch() {
  std::array<std::uint8_t, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return to_base32(bytes);
}

}  // namespace

struct Screen::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor runs_on, http::Hub& its_hub, Journal& its_journal,
        OfficeLink& its_link, PrintQueue& its_prints, StaffBell& its_bell, ServerClock& its_clock,
        std::string its_office, std::string its_build)
      : executor(std::move(runs_on)),
        hub(its_hub),
        journal(its_journal),
        link(its_link),
        prints(its_prints),
        bell(its_bell),
        clock(its_clock),
        office(std::move(its_office)),
        build(std::move(its_build)),
        timer(executor) {}

  asio::any_io_executor executor;
  http::Hub& hub;
  Journal& journal;
  OfficeLink& link;
  PrintQueue& prints;
  StaffBell& bell;
  ServerClock& clock;
  std::string office;
  std::string build;
  asio::steady_timer timer;
  std::string epoch = draw_epoch();
  std::int64_t seq = 0;
  bool is_due = false;

  ScreenState now() const {
    ScreenState frame;
    frame.epoch = epoch;
    frame.seq = seq;
    frame.build = build;
    frame.now = clock.now();
    frame.is_demo = clock.is_demo();
    frame.office = office;
    frame.office_version = link.office_version();
    frame.server_up = link.is_up();
    frame.printer = printer::code_of(prints.printer_state());
    frame.can_print = prints.can_print();
    const auto facts = prints.facts();
    frame.printer_model = facts.model;
    if (facts.confirms)
      frame.printer_confirms = boost::describe::enum_to_string(*facts.confirms, "");
    frame.printer_mode = boost::describe::enum_to_string(facts.form, "");
    frame.paper_metres = facts.paper_metres;
    if (const auto& board = link.board()) {
      frame.is_open = board->is_open;
      frame.opens = board->opens;
      frame.closes = board->closes;
      for (const auto& group : board->waiting)
        frame.waiting.push_back({group.group, group.waiting, group.estimate});
    }
    for (const auto locale : OfficeLink::locales()) frame.locales.emplace_back(tag_of(locale));
    frame.papers = journal.papers();
    frame.question = journal.question();
    frame.staff_call = bell.stage();
    return frame;
  }

  void publish() {
    ++seq;
    hub.publish(kScreenTopic, write_json(now()));
  }

  void publish_soon() {
    if (is_due) return;
    is_due = true;
    asio::post(executor, [weak = weak_from_this()] {
      const auto state = weak.lock();
      if (!state) return;
      state->is_due = false;
      state->publish();
    });
  }

  void tick() {
    timer.expires_after(kTick);
    timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
      const auto state = weak.lock();
      if (error || !state) return;
      state->publish();
      state->tick();
    });
  }
};

Screen::Screen(asio::any_io_executor executor, http::Hub& hub, Journal& journal, OfficeLink& link,
               PrintQueue& prints, StaffBell& bell, ServerClock& clock, std::string office,
               std::string build)
    : state_(std::make_shared<State>(std::move(executor), hub, journal, link, prints, bell, clock,
                                     std::move(office), std::move(build))) {}

Screen::~Screen() = default;

void Screen::start() {
  const auto changed = [weak = state_->weak_from_this()] {
    if (const auto state = weak.lock()) state->publish_soon();
  };
  state_->journal.on_change(changed);
  state_->link.on_change(changed);
  state_->prints.on_change(changed);
  state_->bell.on_change(changed);
  state_->publish();
  state_->tick();
}

ScreenState Screen::state() const { return state_->now(); }

}  // namespace matanai::kiosk
