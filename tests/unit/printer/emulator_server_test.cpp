// The virtual printer on a real socket: what each fault of the wire does to whoever is connected.
// Under virtual time.
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <system_error>

#include "printer/emulator/server.hpp"
#include "printer/protocol/escpos.hpp"
#include "tests/unit/printer/virtual_time.hpp"

namespace matanai::printer::emulator {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;
using ErrorCode = boost::system::error_code;

const Bytes kAsk = escpos::ask_status(1), kReady = {0x12};
const Bytes kQuestion = {0x1D, '(', 'H', 6, 0, 48, 48, 'a', 'b', 'c', 'd'};
const Bytes kConfirmed = {0x37, 0x22, 'a', 'b', 'c', 'd', 0};

class EmulatorServer : public ::testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    options.device.dots = 384;
    server_.emplace(context_.get_executor(), options);
  }
  void TearDown() override {
    server_.reset();
    for (int i = 0; i < 10; ++i) turner_.turn();
  }

  // Real sockets need a moment of real time, virtual time stands still meanwhile.
  void turn_until(const std::function<bool()>& is_true) {
    for (int round = 0; !is_true(); ++round) {
      ASSERT_LT(round, 200'000) << "it never happens";
      turner_.turn();
    }
  }
  // After this everything that was under way on the loopback has arrived.
  void settle() {
    for (int i = 0; i < 2000; ++i) turner_.turn();
  }
  void pass(std::chrono::microseconds time) {
    for (auto left = time; left > 0us; left -= 100ms) {
      time_.advance(std::min<std::chrono::microseconds>(left, 100ms));
      turner_.wake();
      turner_.turn();
    }
    settle();
  }
  void script(const std::string& text) { server_->load_script(parse_script(text)); }

  class Client : public std::enable_shared_from_this<Client> {
   public:
    explicit Client(asio::io_context& context) : socket(context) {}

    tcp::socket socket;
    Bytes heard;
    ErrorCode ended;  // eof, reset …

    void read() {
      socket.async_read_some(asio::buffer(piece_),
                             [self = shared_from_this()](ErrorCode error, std::size_t count) {
                               const auto& piece = self->piece_;
                               self->heard.insert(self->heard.end(), piece.begin(),
                                                  piece.begin() + static_cast<long>(count));
                               self->ended = error;
                               if (!error) self->read();
                             });
    }
    // Bytes that the system took; it takes no more when the printer reads none.
    std::size_t send(const Bytes& bytes) {
      socket.non_blocking(true);
      ErrorCode error;
      return socket.write_some(asio::buffer(bytes), error);
    }

   private:
    std::array<std::uint8_t, 256> piece_{};
  };

  // Not connected yet.
  std::shared_ptr<Client> stranger() { return std::make_shared<Client>(context_); }
  ErrorCode connect(Client& client) {
    ErrorCode error;
    client.socket.connect({asio::ip::make_address("127.0.0.1"), server_->port()}, error);
    ErrorCode ignored;  // less of it takes less time to fill
    client.socket.set_option(asio::socket_base::send_buffer_size(8192), ignored);
    if (!error) client.read();
    return error;
  }
  std::shared_ptr<Client> connected() {
    auto client = stranger();
    EXPECT_FALSE(connect(*client));
    turn_until([&] { return server_->has_client(); });
    return client;
  }
  void hears(Client& client, const Bytes& answer) {
    turn_until([&] { return client.heard.size() >= answer.size(); });
    EXPECT_EQ(client.heard, answer);
    client.heard.clear();
  }

  matanai::testing::VirtualTime time_;
  asio::io_context context_{1};
  matanai::testing::Turner turner_{context_};
  std::optional<Server> server_;
};

TEST_F(EmulatorServer, AnswersAndKeepsWhatWasCut) {
  start();
  const auto client = connected();
  client->send(kAsk);
  hears(*client, kReady);
  client->send(Bytes{0x1B, 'J', 200, 0x1D, 'V', 'B', 0});
  client->send(kQuestion);
  hears(*client, kConfirmed);
  ASSERT_EQ(server_->papers().size(), 1u);
  EXPECT_EQ(server_->papers()[0].id, 1);
  EXPECT_EQ(server_->papers()[0].bitmap.height(), 200);
  EXPECT_EQ(server_->received(), kAsk.size() + 7 + kQuestion.size());
}

TEST_F(EmulatorServer, KeepsTheNewestOnly) {
  start({.keep = 2});
  const auto client = connected();
  for (int i = 0; i < 3; ++i) client->send(Bytes{0x1B, 'J', 200, 0x1D, 'V', 'B', 0});
  turn_until([&] { return server_->cut_count() == 3; });
  ASSERT_EQ(server_->papers().size(), 2u);
  EXPECT_EQ(server_->papers()[0].id, 2);
}

TEST_F(EmulatorServer, RefusesAPortThatIsTaken) {
  start();
  EXPECT_THROW(Server(context_.get_executor(), {.port = server_->port()}), std::system_error);
}

TEST_F(EmulatorServer, RstBreaksTheConnectionAndANewOneIsTaken) {
  start();
  const auto client = connected();
  script("now rst");
  turn_until([&] { return bool(client->ended); });
  EXPECT_EQ(client->ended, asio::error::connection_reset);
  const auto next = connected();
  next->send(kAsk);
  hears(*next, kReady);
}

TEST_F(EmulatorServer, RstAfterTheCutLosesTheAnswerOnly) {
  start();
  const auto client = connected();
  script("cut 1 rst");
  client->send(Bytes{0x1B, 'J', 200, 0x1D, 'V', 'B', 0});
  client->send(kQuestion);
  turn_until([&] { return bool(client->ended); });
  EXPECT_TRUE(client->heard.empty());
  EXPECT_EQ(server_->cut_count(), 1);
}

TEST_F(EmulatorServer, RefusesConnectionsForItsTime) {
  start();
  script("now refuse 30s");
  const auto refused = stranger();
  EXPECT_EQ(connect(*refused), asio::error::connection_refused);
  pass(30s);
  const auto client = connected();
  client->send(kAsk);
  hears(*client, kReady);
}

TEST_F(EmulatorServer, PowerThatIsOffBreaksTheConnectionAndRefuses) {
  start();
  const auto client = connected();
  script("now power_cycle 5s");
  turn_until([&] { return bool(client->ended); });
  const auto refused = stranger();
  EXPECT_EQ(connect(*refused), asio::error::connection_refused);
  pass(5s);
  connected();
}

TEST_F(EmulatorServer, ServesOneClientAfterTheOther) {
  start();
  auto first = connected();
  const auto second = stranger();
  ASSERT_FALSE(connect(*second)) << "the system accepts it";
  second->send(kAsk);
  settle();
  EXPECT_TRUE(second->heard.empty()) << "and nobody answers";
  first->send(kAsk);
  hears(*first, kReady);
  first->socket.close();
  hears(*second, kReady);
}

TEST_F(EmulatorServer, AnotherHostIsServedWhenOursLeavesAndThenStays) {
  start();
  auto ours = connected();
  script("now second_client 20s");
  settle();
  ours->send(kAsk);
  hears(*ours, kReady);
  ours->socket.close();
  turn_until([&] { return ours->ended && server_->has_client(); });
  const auto again = stranger();
  ASSERT_FALSE(connect(*again));
  again->send(kAsk);
  pass(19s);
  EXPECT_TRUE(again->heard.empty()) << "the other host has it";
  pass(2s);
  hears(*again, kReady);
}

TEST_F(EmulatorServer, ClosesAConnectionThatSaysNothing) {
  start({.idle_close = 300s});
  const auto client = connected();
  pass(299s);
  EXPECT_FALSE(client->ended);
  client->send(kAsk);
  hears(*client, kReady);
  pass(299s);
  EXPECT_FALSE(client->ended) << "it counts from the last byte";
  pass(2s);
  EXPECT_EQ(client->ended, asio::error::eof);
}

TEST_F(EmulatorServer, NeverClosesWhenToldSo) {
  start({.idle_close = 0s});
  const auto client = connected();
  pass(400s);
  EXPECT_FALSE(client->ended);
}

TEST_F(EmulatorServer, SilencePrintsAndAnswersNothing) {
  start();
  const auto client = connected();
  script("now silent");
  client->send(Bytes{0x1B, 'J', 200, 0x1D, 'V', 'B', 0});
  client->send(kQuestion);
  turn_until([&] { return server_->cut_count() == 1; });
  pass(10s);
  EXPECT_TRUE(client->heard.empty());
}

TEST_F(EmulatorServer, LateAnswersComeLate) {
  start();
  const auto client = connected();
  script("now late 5s");
  client->send(kAsk);
  settle();
  pass(4900ms);
  EXPECT_TRUE(client->heard.empty());
  pass(200ms);
  hears(*client, kReady);
}

TEST_F(EmulatorServer, OneLostAnswerIsOne) {
  start();
  const auto client = connected();
  script("now lost_answer");
  client->send(kQuestion);
  client->send(kAsk);
  hears(*client, kReady);
  client->send(kQuestion);
  hears(*client, kConfirmed);
}

TEST_F(EmulatorServer, SplitAnswersComeByteByByte) {
  start();
  const auto client = connected();
  script("now split_answers");
  client->send(kQuestion);
  turn_until([&] { return !client->heard.empty(); });
  settle();
  EXPECT_EQ(client->heard.size(), 1u);
  pass(100ms);
  EXPECT_EQ(client->heard, kConfirmed);
}

// Sends until the system takes no more; returns how much it took.
std::size_t fill(const std::function<std::size_t(const Bytes&)>& send,
                 const std::function<void()>& settle) {
  std::size_t sent = 0;
  for (int idle = 0; idle < 3;) {
    const auto count = send(Bytes(65'536, 0));
    sent += count;
    idle = count == 0 ? idle + 1 : 0;
    settle();
  }
  return sent;
}

TEST_F(EmulatorServer, FullBufferStopsTheHostUntilItDrains) {
  start({.device = {.buffer_bytes = 1024}});
  const auto client = connected();
  script("now paper_out");
  const auto sent =
      fill([&](const Bytes& bytes) { return client->send(bytes); }, [&] { settle(); });
  EXPECT_EQ(server_->received(), 1024u);
  EXPECT_GT(sent, 1024u) << "the rest waits in the wire";
  script("now heal");
  turn_until([&] { return server_->received() == sent; });
  EXPECT_EQ(server_->device().bytes_lost(), 0);
}

TEST_F(EmulatorServer, SlowPaperDrainsItSlowly) {
  start({.device = {.buffer_bytes = 64, .rows_ahead = 34}});
  const auto client = connected();
  script("now slow");
  client->send(Bytes(200, 0x0A));  // 33 rows each
  settle();
  const auto at_once = server_->received();
  EXPECT_LT(at_once, 100u);
  pass(5s);
  EXPECT_GT(server_->received(), at_once + 20);
  EXPECT_LT(server_->received(), at_once + 50) << "150 mm are 36 lines";
}

TEST_F(EmulatorServer, NeverReadTakesNotOneByteAndHalfOpenIsNotNoticed) {
  for (const char* fault : {"now never_read", "now half_open"}) {
    start();
    const auto client = connected();
    script(fault);
    client->send(kAsk);
    pass(10s);
    EXPECT_TRUE(client->heard.empty()) << fault;
    EXPECT_FALSE(client->ended) << fault;
    EXPECT_EQ(server_->received(), 0u) << fault;
    script("now heal");
    turn_until([&] { return !client->heard.empty(); });
    EXPECT_EQ(client->heard, kReady) << "what waited in the wire is taken";
    server_.reset();
  }
}

TEST_F(EmulatorServer, WithoutHandshakeAFullBufferLosesButHears) {
  start({.device = {.buffer_bytes = 64, .has_handshake = false, .baud = 9600}});
  const auto client = connected();
  script("now paper_out");
  client->send(Bytes(200, 'A'));
  client->send(escpos::ask_status(4));
  pass(1s);
  EXPECT_EQ(client->heard, (Bytes{0x72}));
  EXPECT_EQ(server_->device().bytes_lost(), 200 + 3 - 64);
}

TEST_F(EmulatorServer, WrongBaudIsUnderstoodByNobody) {
  start();
  const auto client = connected();
  script("now wrong_baud");
  client->send(kAsk);
  pass(100ms);
  EXPECT_NE(client->heard, kReady);
}

TEST_F(EmulatorServer, AHostThatBreaksOffWhileTheBufferIsFullMakesRoomForTheNext) {
  start({.device = {.buffer_bytes = 64}});
  auto client = connected();
  script("now paper_out");
  client->send(Bytes(4096, 'A'));
  turn_until([&] { return server_->received() == 64; });
  client->socket.set_option(asio::socket_base::linger(true, 0));
  client->socket.close();
  turn_until([&] { return !server_->has_client(); });
}

TEST_F(EmulatorServer, TellsEveryChange) {
  start();
  int changes = 0;
  server_->on_change([&] { ++changes; });
  const auto client = connected();
  turn_until([&] { return changes >= 1; });
  const auto before = changes;
  server_->set_faults({.paper_out = true});
  EXPECT_GT(changes, before);
  server_->on_change(nullptr);
}

}  // namespace
}  // namespace matanai::printer::emulator
