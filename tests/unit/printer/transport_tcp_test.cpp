#include <gmock/gmock.h>

#include "printer/emulator/server.hpp"
#include "printer/transport/tcp.hpp"
#include "transport_support.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;

const Bytes kAsk = {0x10, 0x04, 0x01};  // DLE EOT 1

// The other end, read by the test.
class NetworkPrinter : public testing::Test {
 protected:
  asio::ip::tcp::socket accept() {
    auto peer = acceptor_.accept();
    peer.non_blocking(true);
    return peer;
  }
  // Reads to the end of the connection; how it ended.
  ErrorCode end_of(asio::ip::tcp::socket& peer) {
    Bytes buffer(65536);
    ErrorCode error;
    loop_.turn_until([&] {
      peer.read_some(asio::buffer(buffer), error);
      return error && error != asio::error::would_block;
    });
    return error;
  }

  Loop loop_;
  asio::ip::tcp::acceptor acceptor_{loop_.context(),
                                    asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  TcpTransport wire_{loop_.executor(), "127.0.0.1", acceptor_.local_endpoint().port()};
};

TEST_F(NetworkPrinter, EndsInOrderWhenEverythingWasTaken) {
  ASSERT_FALSE(loop_.run(wire_.open(kLong)));
  auto peer = accept();
  ASSERT_FALSE(loop_.run(wire_.write(ticket(1000), kLong)).error);
  ASSERT_FALSE(loop_.run(wire_.finish(kLong)));
  wire_.close();
  EXPECT_EQ(end_of(peer), asio::error::eof);
}

TEST_F(NetworkPrinter, TakesBackWhatABusyPrinterHasNotRead) {
  ASSERT_FALSE(loop_.run(wire_.open(kLong)));
  auto peer = accept();
  ASSERT_EQ(loop_.run(wire_.write(ticket(8'000'000), kShort)).error, asio::error::timed_out);
  EXPECT_EQ(end_of(peer), asio::error::connection_reset);
}

TEST_F(NetworkPrinter, SaysThatNobodyListens) {
  acceptor_.close();
  EXPECT_EQ(loop_.run(wire_.open(kLong)), asio::error::connection_refused);
  EXPECT_FALSE(wire_.is_open());
}

TEST_F(NetworkPrinter, GivesUpConnectingInTime) {
  // A full backlog: the system answers no further connection.
  acceptor_.listen(0);
  std::vector<std::unique_ptr<TcpTransport>> wires;
  ErrorCode error;
  for (int i = 0; i < 5 && !error; ++i) {
    wires.push_back(std::make_unique<TcpTransport>(loop_.executor(), "127.0.0.1",
                                                   acceptor_.local_endpoint().port()));
    error = loop_.run(wires.back()->open(milliseconds(300)));
  }
  EXPECT_EQ(error, asio::error::timed_out);
  EXPECT_FALSE(wires.back()->is_open());
}

// Two hosts and one printer: the second is connected and starves until the first leaves.
TEST(TcpPrinterOfTwoHosts, ServesTheSecondWhenTheFirstHasLeft) {
  Loop loop;
  emulator::Server server(loop.executor(), {});
  TcpTransport first(loop.executor(), "127.0.0.1", server.port());
  TcpTransport second(loop.executor(), "127.0.0.1", server.port());
  ASSERT_FALSE(loop.run(first.open(kLong)));
  ASSERT_FALSE(loop.run(first.write(kAsk, kLong)).error);
  EXPECT_EQ(loop.run(read_some(first)).size(), 1U);

  ASSERT_FALSE(loop.run(second.open(kLong)));
  ASSERT_FALSE(loop.run(second.write(kAsk, kLong)).error);
  const auto answer = loop.start(read_some(second));
  ASSERT_FALSE(loop.run(first.write(kAsk, kLong)).error);
  EXPECT_EQ(loop.run(read_some(first)).size(), 1U);
  EXPECT_TRUE(second.is_open());
  EXPECT_FALSE(answer->has_value());

  first.close();
  loop.turn_until([&] { return answer->has_value(); });
  EXPECT_EQ((*answer)->size(), 1U);
  second.close();
  server.stop();
  loop.drain();
}

}  // namespace
}  // namespace matanai::printer
