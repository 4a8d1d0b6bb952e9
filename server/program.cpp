#include "server/program.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>
#include <sstream>

#include "server/access.hpp"
#include "server/booking/api.hpp"
#include "server/booking/commands.hpp"
#include "server/db/once.hpp"
#include "server/demo_clock.hpp"
#include "server/directory/store.hpp"
#include "server/floor/api.hpp"
#include "server/floor/connections.hpp"
#include "server/floor/estimate_loop.hpp"
#include "server/floor/store.hpp"
#include "server/floor/sweep.hpp"
#include "server/http/address.hpp"
#include "server/http/listener.hpp"
#include "server/link/link.hpp"
#include "server/staff/api.hpp"

namespace matanai {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kSweepEvery{2};
constexpr int kSweepLimit = 200;

fs::path made_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw std::runtime_error("the data folder " + folder.string() +
                             " cannot be made: " + error.message());
  fs::permissions(folder, fs::perms::owner_all, error);
  return folder;
}

directory::Directory open_directory(db::Database& database, const fs::path& seed) {
  return *database.write_blocking<directory::Directory>(
      [seed](db::Transaction& tx) -> Result<directory::Directory> {
        if (!directory::has_rows(tx)) directory::import_seed(tx, seed);
        return directory::load(tx);
      });
}

bool has_history(db::Database& database) {
  return *database.read_blocking<bool>(
      [](db::Transaction& tx) { return Result<bool>(floor::store::has_events(tx)); });
}

std::string public_url_of(const ServerConfig& config, std::uint16_t port) {
  auto url =
      config.public_url.empty() ? "http://localhost:" + std::to_string(port) : config.public_url;
  while (url.ends_with('/')) url.pop_back();
  return url;
}

// As configured, but database, pages and log must find descriptors too.
std::size_t connection_limit(const ServerConfig& config) {
  constexpr rlim_t kOtherFiles = 512;
  const auto wanted = static_cast<rlim_t>(config.connections);
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur <= kOtherFiles) return wanted;
  return std::min(wanted, files.rlim_cur - kOtherFiles);
}

// Whose X-Forwarded-For counts.
std::set<std::string> proxies_of(const ServerConfig& config) {
  std::set<std::string> proxies;
  if (config.behind_proxy) proxies = {"127.0.0.1", "::1"};
  std::istringstream list(config.proxies);
  for (std::string item; std::getline(list, item, ',');) {
    const auto first = item.find_first_not_of(' ');
    const auto text =
        first == item.npos ? "" : item.substr(first, item.find_last_not_of(' ') + 1 - first);
    const auto address = http::normal_address(text);
    if (!address) throw std::runtime_error("proxies has \"" + text + "\", which is no address");
    proxies.insert(*address);
  }
  return proxies;
}

http::ListenerOptions listener_options(const ServerConfig& config) {
  http::ListenerOptions options;
  options.address = config.listen;
  options.port = static_cast<std::uint16_t>(config.port);
  options.public_url = config.public_url;
  options.access_log = !config.quiet;
  options.proxies = proxies_of(config);
  options.connection_limit = connection_limit(config);
  if (!config.unlimited)
    options.connection_limit_per_network = static_cast<std::size_t>(config.connections_per_network);
  return options;
}

}  // namespace

db::Options database_options(const fs::path& data, std::function<void(std::string)> on_fatal) {
  db::Options options;
  options.file = data / "matanai.db";
  options.migration_sets = {"common", "city", "office"};
  options.on_fatal = std::move(on_fatal);
  return options;
}

struct ServerProgram::State {
  State(boost::asio::io_context& network_in, ServerConfig config_in);
  // Queued works refer to the other members: they end before those are gone.
  ~State() { database.stop(); }
  void add_all_routes();
  void add_pages();
  static boost::asio::awaitable<void> sweep_for_ever(State* state);
  boost::asio::awaitable<void> sweep_once();
  boost::asio::awaitable<void> note_kiosks();
  boost::asio::awaitable<void> end_sockets();
  void end(std::string why);

  boost::asio::io_context& network;
  ServerConfig config;
  fs::path data;
  std::string fatal;
  db::Database database;
  db::ServerKey key;
  directory::Directory directory;
  DemoClock demo;
  OffsetClock real_clock;
  http::Router router;
  http::Hub hub;
  http::Listener listener;
  std::string public_url;
  floor::Estimates estimates;
  link::BookingSidePtr booking_side;
  floor::Context floor_context;
  floor::Publisher publisher;
  floor::EstimateLoop estimate_loop;
  staff::Services staff_services;
  boost::asio::steady_timer sweep_timer;
  bool is_stopping = false;
};

ServerProgram::State::State(boost::asio::io_context& network_in, ServerConfig config_in)
    : network(network_in),
      config(std::move(config_in)),
      data(made_folder(config.data)),
      database(database_options(data, [this](std::string why) { end(std::move(why)); })),
      key(db::load_server_key(data / "server.key")),
      directory(open_directory(database, config.seed)),
      demo(data, config.demo, has_history(database), directory),
      hub(network),
      listener(network, listener_options(config), router, hub),
      public_url(public_url_of(config, listener.port())),
      estimates(directory),
      booking_side(std::make_shared<link::BookingSide>(
          directory, booking::Secrets(key), link::keep_expected([this](const OfficeId& office) {
            boost::asio::post(network, [this, office] { publisher.changed(office); });
          }))),
      floor_context{directory,
                    demo.clock(),
                    estimates,
                    key,
                    db::system_random(),
                    public_url,
                    link::keep_attendance(booking_side),
                    link::earlier_times(booking_side),
                    link::move_earlier(booking_side)},
      publisher(network, database, hub, floor_context, db::random_id(db::system_random())),
      estimate_loop(network, database, floor_context,
                    [this](const OfficeId& office) { publisher.push(office); }),
      staff_services(database, real_clock, public_url, first_passwords(data)),
      sweep_timer(network) {
  prepare_devices(database, list_devices(directory, key, config.device_keys), data,
                  real_clock.now());
  prepare_staff(database, directory, staff_services.first_passwords, real_clock.now());
  publisher.on_change([this](const OfficeId& office) { estimate_loop.changed(office); });
  add_all_routes();
}

void ServerProgram::State::add_all_routes() {
  router.set_authenticator(&staff_services.authenticator);
  http::add_health_routes(router, [this] { return database.is_writable() && !is_stopping; });
  add_clock_routes(router, demo, [this] {
    for (const auto& office : directory.offices()) publisher.changed(office.id);
  });
  booking::BookingServices services{
      .db = database, .directory = directory, .clock = demo.clock(), .key = key};
  services.public_url = public_url;
  services.limit_rates = !config.unlimited;
  services.hold_share = config.hold_share;
  services.on_change = booking_side->on_change;
  booking::add_routes(router, std::move(services));
  staff_services.on_sessions_ended = [this] {
    boost::asio::co_spawn(network, end_sockets(), [](std::exception_ptr) {});
  };
  staff::add_routes(router, staff_services);
  floor::add_routes(router, {database, floor_context, publisher, config.demo});
  add_pages();
}

void ServerProgram::State::add_pages() {
  router.set_static("/", config.web.string());
  router.set_page("/", "booking.html");
  router.set_page("/r", "reservation.html");
  router.set_page("/counter", "counter.html");
  router.set_page("/hall/{office:slug}", "hall.html");
}

boost::asio::awaitable<void> ServerProgram::State::note_kiosks() {
  const auto connected = listener.socket_devices();
  std::function<Result<bool>(db::Transaction&)> look =
      [connected](db::Transaction& tx) -> Result<bool> {
    return floor::has_new_connections(tx, connected);
  };
  const auto is_news = co_await database.read<bool>(std::move(look));
  if (is_news.has_error() || !*is_news) co_return;
  std::function<Result<std::vector<OfficeId>>(db::Transaction&)> work =
      [connected, context = &floor_context](db::Transaction& tx) {
        return Result<std::vector<OfficeId>>(
            floor::note_connections(tx, connected, context->clock.now()));
      };
  const auto offices = co_await database.write<std::vector<OfficeId>>(std::move(work));
  if (offices.has_error()) co_return;
  for (const auto& office : *offices) publisher.changed(office);
}

boost::asio::awaitable<void> ServerProgram::State::sweep_once() {
  const auto* context = &floor_context;
  std::function<Result<bool>(db::Transaction&)> look =
      [context](db::Transaction& tx) -> Result<bool> {
    return floor::has_something_to_sweep(tx, *context, context->clock.now());
  };
  const auto is_due = co_await database.read<bool>(std::move(look));
  if (is_due.has_value() && *is_due) {
    std::function<Result<std::vector<OfficeId>>(db::Transaction&)> work =
        [context](db::Transaction& tx) {
          return Result<std::vector<OfficeId>>(
              floor::sweep(tx, *context, context->clock.now(), kSweepLimit));
        };
    const auto offices = co_await database.write<std::vector<OfficeId>>(std::move(work));
    if (offices.has_value()) {
      for (const auto& office : *offices) publisher.changed(office);
    }
  }
  std::function<Result<bool>(db::Transaction&)> tidy =
      [context](db::Transaction& tx) -> Result<bool> {
    const auto now = context->clock.now();
    booking::sweep(tx, now, kSweepLimit);
    db::forget_old_answers(tx, now, kSweepLimit);
    return true;
  };
  co_await database.write<bool>(std::move(tidy));
  co_await note_kiosks();
  co_await end_sockets();
}

// A clerk's screen is live as long as the session: not after signing out, a new password or hours
// without a request.
boost::asio::awaitable<void> ServerProgram::State::end_sockets() {
  auto followed = listener.socket_sessions();
  if (followed.empty()) co_return;
  const auto over = co_await staff_services.authenticator.ended_of(std::move(followed));
  if (over.has_value()) listener.end_sockets(*over);
}

boost::asio::awaitable<void> ServerProgram::State::sweep_for_ever(State* state) {
  while (!state->is_stopping) {
    state->sweep_timer.expires_after(kSweepEvery);
    boost::system::error_code error;
    co_await state->sweep_timer.async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable, error));
    if (error || state->is_stopping) co_return;
    try {
      co_await state->sweep_once();
    } catch (const std::exception& problem) {
      spdlog::error("sweep failed: {}", problem.what());
    }
  }
}

// Writer thread: the storage cannot be trusted any more. The supervisor starts the server anew.
void ServerProgram::State::end(std::string why) {
  boost::asio::post(network, [this, why = std::move(why)] {
    fatal = why;
    network.stop();
  });
}

ServerProgram::ServerProgram(boost::asio::io_context& network, ServerConfig config)
    : state_(std::make_unique<State>(network, std::move(config))) {}

ServerProgram::~ServerProgram() = default;

void ServerProgram::start() {
  state_->publisher.start();
  state_->estimate_loop.start();
  boost::asio::co_spawn(state_->network, State::sweep_for_ever(state_.get()),
                        [](std::exception_ptr) {});
  state_->listener.start();
}

std::uint16_t ServerProgram::port() const { return state_->listener.port(); }

const std::string& ServerProgram::fatal() const { return state_->fatal; }

void ServerProgram::stop(std::function<void()> done) {
  state_->is_stopping = true;
  state_->sweep_timer.cancel();
  state_->estimate_loop.stop();
  state_->publisher.stop();
  state_->listener.stop(std::move(done));
}

}  // namespace matanai
