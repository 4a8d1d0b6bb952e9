#include "kiosk/program.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <charconv>

#include "kiosk/api/api.hpp"
#include "kiosk/printer_setup.hpp"
#include "server/db/database.hpp"
#include "server/http/listener.hpp"

namespace matanai::kiosk {
namespace asio = boost::asio;
namespace {

constexpr std::chrono::milliseconds kStopLook{20};
constexpr int kStopLooks = 100;  // 2 s beyond the listener's 8

db::Options journal_file(const Config& config, std::function<void(std::string)> on_fatal) {
  std::filesystem::create_directories(config.data);
  std::filesystem::permissions(config.data, std::filesystem::perms::owner_all);
  db::Options options;
  options.file = config.data / "kiosk.sqlite3";
  options.migration_sets = {"common", "kiosk"};
  options.on_fatal = std::move(on_fatal);
  return options;
}

LinkOptions link_options(const Config& config, LinkOptions options) {
  options.server = config.server;
  options.device_key = config.device_key;
  options.office = config.office;
  return options;
}

http::ListenerOptions screen_address(const Config& config) {
  http::ListenerOptions options;
  options.address = "127.0.0.1";
  options.port = static_cast<std::uint16_t>(config.port);
  return options;
}

// Changes when the page's files do.
std::string build_of(const std::filesystem::path& web) {
  std::error_code missing;
  const auto time = std::filesystem::last_write_time(web / "index.html", missing);
  return missing ? "none" : std::to_string(time.time_since_epoch().count());
}

// What an earlier run kept, before the journal can be asked; 0 = nothing. The journal needs a clock
// before the link can tell it the server's: what was measured then.
std::int64_t kept_number(db::Database& database, const char* name) {
  auto kept = database.read_blocking<std::optional<std::string>>(
      [name](db::Transaction& tx) -> Result<std::optional<std::string>> {
        return store::kept(tx, name);
      });
  std::int64_t number = 0;
  if (kept.has_value() && kept->has_value()) {
    std::from_chars((*kept)->data(), (*kept)->data() + (*kept)->size(), number);
  }
  return number;
}

}  // namespace

struct Program::State {
  State(asio::io_context& its_context, const Config& config, const Pace& pace)
      : context(its_context),
        database(journal_file(
            config,
            [this](const std::string& why) { end("the journal cannot be written: " + why); })),
        clock(Millis(kept_number(database, "clock_difference_ms"))),
        journal(database, clock, [this] { return clock.is_set(); }),
        device(context.get_executor(), printer_setup(config),
               printer_options(config, pace.printer, kept_number(database, kKeptPaper),
                               journal.recover())),
        link(context.get_executor(), link_options(config, pace.link), journal, clock),
        prints(context.get_executor(), device, journal, pace.prints),
        desk(context.get_executor(), journal, link, prints, pace.desk),
        bell(context.get_executor(), journal, link, prints, pace.bell),
        reporter(context.get_executor(), link, prints, clock, pace.reporter),
        hub(context),
        screen(context.get_executor(), hub, journal, link, prints, bell, clock, config.office,
               build_of(config.web)),
        stop_timer(context) {
    add_routes(router, desk, bell, screen, link);
    router.set_page("/", "index.html");
    router.set_static("/", config.web.string());
    listener.emplace(context, screen_address(config), router, hub);
  }

  asio::io_context& context;
  std::string fatal;
  db::Database database;
  ServerClock clock;
  Journal journal;
  printer::AnyPrinter device;
  OfficeLink link;
  PrintQueue prints;
  Desk desk;
  StaffBell bell;
  PrinterReporter reporter;
  http::Hub hub;
  Screen screen;
  http::Router router;
  asio::steady_timer stop_timer;
  std::optional<http::Listener> listener;

  // Any thread. Without its journal or one of its loops the kiosk would look alive and do nothing.
  void end(std::string why) {
    asio::post(context, [this, why = std::move(why)] {
      if (fatal.empty()) fatal = why;
      context.stop();
    });
  }

  void wait_for_print(int looks_left, std::function<void()> done) {
    if (prints.is_idle() || looks_left == 0) {
      device.close();
      done();
      return;
    }
    stop_timer.expires_after(kStopLook);
    stop_timer.async_wait(
        [this, looks_left, done = std::move(done)](boost::system::error_code) mutable {
          wait_for_print(looks_left - 1, std::move(done));
        });
  }
};

Program::Program(asio::io_context& context, Config config, Pace pace)
    : state_(std::make_unique<State>(context, config, pace)) {}

Program::~Program() = default;

void Program::start() {
  const auto on_broken = [state = state_.get()](std::string why) { state->end(std::move(why)); };
  state_->screen.start();
  state_->prints.start(on_broken);
  state_->link.start(on_broken);
  state_->desk.start(on_broken);
  state_->reporter.start(on_broken);
  state_->listener->start();
}

const std::string& Program::fatal() const { return state_->fatal; }
std::uint16_t Program::port() const { return state_->listener->port(); }

void Program::stop(std::function<void()> done) {
  state_->listener->stop([state = state_.get(), done = std::move(done)]() mutable {
    state->wait_for_print(kStopLooks, std::move(done));
  });
}

Journal& Program::journal() { return state_->journal; }
OfficeLink& Program::link() { return state_->link; }
PrintQueue& Program::prints() { return state_->prints; }
Desk& Program::desk() { return state_->desk; }
StaffBell& Program::bell() { return state_->bell; }
ScreenState Program::screen() const { return state_->screen.state(); }

}  // namespace matanai::kiosk
