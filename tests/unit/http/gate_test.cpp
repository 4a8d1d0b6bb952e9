// Every way in which Beast's parser, or a proxy, could read a request differently from us, sent to
// a real listener over a raw socket. Each case ends in a smuggled "GET /": `handled` counts how
// many requests reached a handler.
#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {

using namespace std::string_literals;

struct Case {
  const char* name;
  std::string bytes;
  std::vector<int> statuses;
  int handled;
};

const std::string kNext = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string kPost = "POST /echo HTTP/1.1\r\nHost: h\r\n";
const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n";

// Refused with 400, and what follows is not read as a request.
Case bad(const char* name, std::string bytes) { return {name, std::move(bytes) + kNext, {400}, 0}; }
// Handled, and so is the request that follows.
Case good(const char* name, std::string bytes) {
  return {name, std::move(bytes) + kNext, {200, 200}, 2};
}

std::vector<Case> encoding_cases() {
  return {
      good("chunked", kPost + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
      good("ChunkedInCapitals", kPost + "TRANSFER-ENCODING: CHUNKED\r\n\r\n0\r\n\r\n"),
      good("ChunkExtension", kPost + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nab\r\n0\r\n\r\n"),
      good("Trailer", kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nX-T: 1\r\n\r\n"),
      bad("xchunked", kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
      bad("ChunkedIdentity", kPost + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
      bad("GzipChunked", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
      bad("ChunkedChunked", kPost + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
      bad("Identity", kPost + "Transfer-Encoding: identity\r\n\r\n"),
      bad("EmptyEncoding", kPost + "Transfer-Encoding:\r\n\r\n"),
      bad("QuotedChunked", kPost + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
      bad("ChunkedWithParameter", kPost + "Transfer-Encoding: chunked;a=b\r\n\r\n0\r\n\r\n"),
      bad("TwoEncodings",
          kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      bad("TwoEncodingsSecondOther",
          kPost + "Transfer-Encoding: chunked\r\nTransfer-encoding: x\r\n\r\n0\r\n\r\n"),
      bad("EncodingSpaceBeforeColon", kPost + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
      bad("EncodingVerticalTab", kPost + "Transfer-Encoding: \x0b"
                                         "chunked\r\n\r\n0\r\n\r\n"),
      bad("EncodingWithHttp10",
          "POST /echo HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      bad("EncodingThenLength",
          kPost + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
      bad("LengthThenEncoding",
          kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      bad("ChunkSizeNegative", kPost + "Transfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n"),
      bad("ChunkSizeHexPrefix", kPost + "Transfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n"),
      bad("ChunkSizeHuge",
          kPost + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nab\r\n0\r\n\r\n"),
      bad("ChunkSizeMissing", kPost + "Transfer-Encoding: chunked\r\n\r\n\r\nab\r\n0\r\n\r\n"),
      bad("ChunkLineBareLf", kPost + "Transfer-Encoding: chunked\r\n\r\n2\nab\r\n0\r\n\r\n"),
      bad("ChunkTooLong", kPost + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n"),
  };
}

std::vector<Case> length_cases() {
  return {
      good("Length", kPost + "Content-Length: 2\r\n\r\nab"),
      good("LengthZero", kPost + "Content-Length: 0\r\n\r\n"),
      good("GetWithBody", kGet + "Content-Length: 2\r\n\r\nab"),
      bad("LengthList", kPost + "Content-Length: 2, 2\r\n\r\nab"),
      bad("LengthTwice", kPost + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab"),
      bad("LengthsDiffer", kPost + "Content-Length: 2\r\nContent-Length: 0\r\n\r\nab"),
      bad("LengthPlus", kPost + "Content-Length: +2\r\n\r\nab"),
      bad("LengthMinus", kPost + "Content-Length: -2\r\n\r\nab"),
      bad("LengthHex", kPost + "Content-Length: 0x2\r\n\r\nab"),
      bad("LengthFraction", kPost + "Content-Length: 2.0\r\n\r\nab"),
      bad("LengthEmpty", kPost + "Content-Length:\r\n\r\n"),
      bad("LengthTwoWords", kPost + "Content-Length: 2 2\r\n\r\nab"),
      bad("Length2To64", kPost + "Content-Length: 18446744073709551618\r\n\r\nab"),
      bad("LengthSpaceBeforeColon", kPost + "Content-Length : 2\r\n\r\nab"),
      bad("LengthUnderscoreIsNoToken", kPost + "Content(Length: 2\r\n\r\nab"),
      {"LengthTooLarge", kPost + "Content-Length: 99999999\r\n\r\n" + kNext, {413}, 0},
      {"ChunkTooLarge", kPost + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n" + kNext, {413}, 0},
      {"ExpectOther", kPost + "Expect: 200-ok\r\nContent-Length: 2\r\n\r\nab" + kNext, {417}, 0},
      bad("ExpectTwice",
          kPost + "Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab"),
  };
}

std::vector<Case> line_cases() {
  return {
      bad("BareLf", "GET / HTTP/1.1\nHost: h\n\n"),
      bad("BareLfInHead", "GET / HTTP/1.1\r\nHost: h\nX: 1\r\n\r\n"),
      bad("BareCr", "GET / HTTP/1.1\r\nHost: h\rX: 1\r\n\r\n"),
      bad("CrCrLf", "GET / HTTP/1.1\r\r\nHost: h\r\n\r\n"),
      bad("NulInField", kGet + "X: a\0b\r\n\r\n"s),
      bad("NulInTarget", "GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n"s),
      bad("ObsoleteFold", kGet + "X: a\r\n b\r\n\r\n"),
      bad("FoldByTab", kGet + "X: a\r\n\tb\r\n\r\n"),
      bad("FoldBeforeFirstField", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"),
      bad("FieldWithoutColon", kGet + "X\r\n\r\n"),
      bad("FieldWithoutName", kGet + ": x\r\n\r\n"),
      bad("FieldNameNotToken", kGet + "X@Y: 1\r\n\r\n"),
      bad("FieldNameNotAscii", kGet + "\xc3\xa4: 1\r\n\r\n"),
      bad("SpaceBeforeColon", kGet + "X : 1\r\n\r\n"),
      bad("ControlInField", kGet + "X: a\x01"
                                   "b\r\n\r\n"),
      bad("DeleteInField", kGet + "X: a\x7f\r\n\r\n"),
      bad("EmptyLineFirst", "\r\n" + kNext),
      bad("TlsHello", "\x16\x03\x01\x02"s),
      bad("LowVersion", "GET / HTTP/0.9\r\nHost: h\r\n\r\n"),
      bad("HighVersion", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"),
      bad("OtherMinor", "GET / HTTP/1.2\r\nHost: h\r\n\r\n"),
      bad("LowerCaseVersion", "GET / http/1.1\r\nHost: h\r\n\r\n"),
      bad("NoVersion", "GET /\r\nHost: h\r\n\r\n"),
      bad("TwoSpaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("TabsForSpaces", "GET\t/\tHTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("SpaceAtEnd", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n"),
      bad("SpaceAtStart", " GET / HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("MethodNotToken", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  };
}

std::vector<Case> target_cases() {
  return {
      bad("AbsoluteForm", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("AuthorityForm", "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("StarWithGet", "GET * HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("RelativeTarget", "GET echo HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("RawUtf8", "GET /\xe5\x8c\xba HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("RawLatin1", "GET /\xe4 HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("ControlInTarget", "GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("DeleteInTarget", "GET /\x7f HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("Fragment", "GET /#a HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("Backslash", "GET /\\a HTTP/1.1\r\nHost: h\r\n\r\n"),
      bad("NoHost", "GET / HTTP/1.1\r\n\r\n"),
      bad("NoHostHttp10", "GET / HTTP/1.0\r\n\r\n"),
      bad("EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
      bad("TwoHosts", "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"),
      bad("TwoHostsByCase", "GET / HTTP/1.1\r\nHost: h\r\nhOST: i\r\n\r\n"),
      bad("HostList", "GET / HTTP/1.1\r\nHost: h, i\r\n\r\n"),
      bad("HostWithUser", "GET / HTTP/1.1\r\nHost: a@h\r\n\r\n"),
      bad("HostWithPath", "GET / HTTP/1.1\r\nHost: h/a\r\n\r\n"),
      bad("HostPortNotNumber", "GET / HTTP/1.1\r\nHost: h:8o\r\n\r\n"),
      bad("HostBracketOpen", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
      bad("TwoAuthorizations", kGet + "Authorization: a\r\nAuthorization: b\r\n\r\n"),
      bad("TwoOrigins", kGet + "Origin: http://h\r\nOrigin: http://evil\r\n\r\n"),
      good("HostPort", "GET / HTTP/1.1\r\nHost: h.example:8080\r\n\r\n"),
      good("HostIpv6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"),
      good("SpacesAroundValue", "GET / HTTP/1.1\r\nHost: \t h \r\n\r\n"),
      good("RepeatedOtherField", kGet + "X: 1\r\nX: 2\r\n\r\n"),
      {"EncodedNul", "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n" + kNext, {400, 200}, 1},
      {"EncodedDots", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: h\r\n\r\n" + kNext, {400, 200}, 1},
      {"EncodedSlash", "GET /a%2fb HTTP/1.1\r\nHost: h\r\n\r\n" + kNext, {400, 200}, 1},
      {"BadEscape", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n" + kNext, {400, 200}, 1},
      {"UnknownMethod", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n" + kNext, {405, 200}, 1},
      {"Trace", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n" + kNext, {405, 200}, 1},
      {"OptionsStar", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n" + kNext, {204, 200}, 1},
      {"Http10Closes", "GET / HTTP/1.0\r\nHost: h\r\n\r\n" + kNext, {200}, 1},
      {"CloseIsHonoured", kGet + "Connection: x, Close\r\n\r\n" + kNext, {200}, 1},
      {"HeadUnfinished", "GET / HTTP/1.1\r\nHost: h\r\nX: ", {}, 0},
      {"BodyUnfinished", kPost + "Content-Length: 9\r\n\r\nab", {}, 0},
      {"ThreePipelined", kNext + kNext + kNext, {200, 200, 200}, 3},
      {"TargetTooLong",
       "GET /" + std::string(2048, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n" + kNext,
       {414},
       0},
      {"TargetEndless", "GET /" + std::string(5000, 'a'), {414}, 0},
      {"HeadTooLarge", kGet + "X: " + std::string(20'000, 'a') + "\r\n\r\n" + kNext, {431}, 0},
  };
}

std::vector<Case> all_cases() {
  std::vector<Case> all;
  for (auto& part : {encoding_cases(), length_cases(), line_cases(), target_cases()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  std::string many = kGet;
  for (int i = 0; i < 64; ++i) many += "X" + std::to_string(i) + ": 1\r\n";
  all.push_back({"TooManyFields", many + "\r\n" + kNext, {431}, 0});
  return all;
}

class Gate : public testing::TestWithParam<Case> {
 protected:
  static void SetUpTestSuite() { server = new TestServer(); }
  static void TearDownTestSuite() {
    delete server;
    server = nullptr;
  }
  static TestServer* server;
};
TestServer* Gate::server = nullptr;

class GateInPieces : public Gate {};

std::vector<Case> short_cases() {
  auto cases = all_cases();
  std::erase_if(cases, [](const Case& c) { return c.bytes.size() > 400; });
  return cases;
}

TEST_P(Gate, ReadsOneWayOnly) {
  const int before = server->handled();
  RawClient client(server->port());
  client.send(GetParam().bytes);
  client.finish_sending();
  const auto stream = client.read_to_end();
  EXPECT_EQ(statuses_in(stream), GetParam().statuses) << stream;
  EXPECT_EQ(server->handled() - before, GetParam().handled);
  if (GetParam().statuses == std::vector<int>{400}) {
    EXPECT_NE(stream.find("application/problem+json"), std::string::npos);
    EXPECT_NE(stream.find("Connection: close"), std::string::npos);
  }
}

// The same bytes, one at a time: where the network cuts must not matter.
TEST_P(GateInPieces, ReadsTheSame) {
  const int before = server->handled();
  RawClient client(server->port());
  for (const char c : GetParam().bytes) client.send({&c, 1});
  client.finish_sending();
  EXPECT_EQ(statuses_in(client.read_to_end()), GetParam().statuses);
  EXPECT_EQ(server->handled() - before, GetParam().handled);
}

INSTANTIATE_TEST_SUITE_P(Framing, Gate, testing::ValuesIn(all_cases()),
                         [](const auto& entry) { return std::string(entry.param.name); });

INSTANTIATE_TEST_SUITE_P(Framing, GateInPieces, testing::ValuesIn(short_cases()),
                         [](const auto& entry) { return std::string(entry.param.name); });

}  // namespace
}  // namespace matanai::http::test
