#include "printer/tool/paper_page.hpp"

#include <boost/describe.hpp>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "printer/layout/png.hpp"
#include "printer/protocol/state.hpp"
#include "schema/types/embedded.hpp"
#include "schema/types/json.hpp"
#include "server/http/page.hpp"

namespace matanai::embedded {
std::span<const File> paper_page();  // printer/tool/page/*
}

namespace matanai::printer::tool {
namespace {

namespace asio = boost::asio;
using emulator::Faults;
using http::Request;
using http::Response;

constexpr const char* kTopic = "paper";

struct PaperEntry {
  std::int64_t id = 0;
  Instant at{};
  int rows = 0;
  int dots = 0;
};
BOOST_DESCRIBE_STRUCT(PaperEntry, (), (id, at, rows, dots))

struct PaperList {
  std::vector<PaperEntry> papers;  // newest first
};
BOOST_DESCRIBE_STRUCT(PaperList, (), (papers))

struct StateFrame {
  std::string epoch;
  std::int64_t seq = 0;
  PrinterState state = PrinterState::ready;
  Faults faults;
  bool has_client = false;
  std::int64_t cut = 0;       // tickets cut since the start
  std::int64_t received = 0;  // bytes received since the start
  int dots = 0;
};
BOOST_DESCRIBE_STRUCT(StateFrame, (), (epoch, seq, state, faults, has_client, cut, received, dots))

// Only what is to change.
struct FaultsChange {
  std::optional<bool> paper_out, cover_open, near_end, offline, silent, slow;
};
BOOST_DESCRIBE_STRUCT(FaultsChange, (), (paper_out, cover_open, near_end, offline, silent, slow))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

PrinterState state_of(const Faults& faults) {
  if (faults.silent) return PrinterState::not_answering;
  const PrinterFlags flags{.is_offline = faults.offline,
                           .is_cover_open = faults.cover_open,
                           .is_paper_out = faults.paper_out,
                           .is_paper_near_end = faults.near_end};
  return flags.state();
}

std::string_view page_file(std::string_view name) {
  for (const auto& file : embedded::paper_page()) {
    if (file.name.ends_with("/page/" + std::string(name))) return file.text;
  }
  return {};
}

boost::json::array choices(Locale locale, const std::string& prefix,
                           std::span<const char* const> codes) {
  boost::json::array out;
  for (const char* code : codes) {
    out.push_back({{"code", code}, {"name", words(locale, prefix + code)}});
  }
  return out;
}

std::string render_index(Locale locale, int dots, std::uint16_t port) {
  static constexpr const char* kFaults[] = {"paper_out", "cover_open", "near_end",
                                            "offline",   "silent",     "slow"};
  static constexpr const char* kStates[] = {"ready",     "paper_near_end", "offline",
                                            "paper_out", "cover_open",     "cutter_error",
                                            "error",     "not_answering"};
  const auto say = [&](const char* key, WordValues values = {}) {
    return boost::json::value(words(locale, std::string("paper.page.") + key, values));
  };
  return http::render_page(
      page_file("index.html"),
      {{"lang", std::string(tag_of(locale))},
       {"title", say("title")},
       {"dots", std::to_string(dots)},
       {"device", say("device", {{"dots", std::to_string(dots)}, {"port", std::to_string(port)}})},
       {"papers", say("papers")},
       {"empty", say("empty")},
       {"empty_next", say("empty_next")},
       {"state", say("state")},
       {"client", say("client")},
       {"no_client", say("no_client")},
       {"gone", say("gone")},
       {"count", say("count", {{"count", "{count}"}})},
       {"alt", say("alt", {{"time", "{time}"}, {"id", "{id}"}})},
       {"faults_title", say("faults")},
       {"faults_note", say("faults_note")},
       {"power_cycle", say("power_cycle")},
       {"states", choices(locale, "paper.printer.", kStates)},
       {"faults", choices(locale, "paper.page.fault.", kFaults)}});
}

class PaperPage {
 public:
  PaperPage(http::Hub& hub, emulator::Server& printer, int dots)
      : hub_(hub), printer_(printer), dots_(dots) {}

  void publish() { hub_.publish(kTopic, write_json(frame())); }

  StateFrame frame() {
    return {.epoch = hub_.epoch(),
            .seq = static_cast<std::int64_t>(hub_.next_seq()),
            .state = state_of(printer_.faults()),
            .faults = printer_.faults(),
            .has_client = printer_.has_client(),
            .cut = printer_.cut_count(),
            .received = static_cast<std::int64_t>(printer_.received()),
            .dots = dots_};
  }

  Response index(const Request& request) {
    const auto locale = request.locale() == Locale::ja ? Locale::ja : Locale::en;
    return Response::html(render_index(locale, dots_, printer_.port()));
  }

  Response file(const Request& request) {
    const auto& name = request.parameter("file");
    const auto text = page_file(name);
    if (text.empty() || name == "index.html") return problem(request, RefusalCode::not_found);
    auto response = Response::html(std::string(text));
    for (auto& [header, value] : response.headers) {
      if (header != "Content-Type") continue;
      value = name.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    }
    return response;
  }

  Response list() {
    PaperList list;
    const auto& papers = printer_.papers();
    for (auto paper = papers.rbegin(); paper != papers.rend(); ++paper) {
      list.papers.push_back({paper->id, paper->at, paper->bitmap.height(), paper->bitmap.width()});
    }
    return Response::json(write_json(list));
  }

  // "12.png".
  Response picture(const Request& request) {
    const auto& name = request.parameter("file");
    std::int64_t id = 0;
    const auto* end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data(), end, id);
    if (error == std::errc() && std::string_view(rest, end) == ".png") {
      for (const auto& paper : printer_.papers()) {
        if (paper.id != id) continue;
        Response response = Response::html(png_of(paper.bitmap));
        for (auto& [header, value] : response.headers) {
          if (header == "Content-Type") value = "image/png";
        }
        return response;
      }
    }
    return problem(request, RefusalCode::not_found);
  }

  Response set_faults(const Request& request) {
    const auto change = http::read_body<FaultsChange>(request);
    if (change.has_error()) return problem(request, change.error());
    Faults faults = printer_.faults();
    faults.paper_out = change->paper_out.value_or(faults.paper_out);
    faults.cover_open = change->cover_open.value_or(faults.cover_open);
    faults.near_end = change->near_end.value_or(faults.near_end);
    faults.offline = change->offline.value_or(faults.offline);
    faults.silent = change->silent.value_or(faults.silent);
    faults.slow = change->slow.value_or(faults.slow);
    printer_.set_faults(faults);
    return Response::json(write_json(frame()));
  }

  Response power_cycle() {
    printer_.power_cycle();
    return Response::json(write_json(frame()));
  }

 private:
  http::Hub& hub_;
  emulator::Server& printer_;
  int dots_;
};

}  // namespace

void add_paper_routes(http::Router& router, http::Hub& hub, emulator::Server& printer, int dots) {
  const auto page = std::make_shared<PaperPage>(hub, printer, dots);
  const auto add = [&](http::Method method, std::string pattern,
                       Response (*handle)(PaperPage&, const Request&)) {
    router.add(method, std::move(pattern), http::Access::open,
               [page, handle](Request request) -> asio::awaitable<Response> {
                 co_return handle(*page, request);
               });
  };
  using http::Method;
  add(Method::get, "/", [](PaperPage& to, const Request& request) { return to.index(request); });
  add(Method::get, "/page/{file:any}",
      [](PaperPage& to, const Request& request) { return to.file(request); });
  add(Method::get, "/papers", [](PaperPage& to, const Request&) { return to.list(); });
  add(Method::get, "/papers/{file:any}",
      [](PaperPage& to, const Request& request) { return to.picture(request); });
  add(Method::get, "/state",
      [](PaperPage& to, const Request&) { return Response::json(write_json(to.frame())); });
  add(Method::post, "/faults",
      [](PaperPage& to, const Request& request) { return to.set_faults(request); });
  add(Method::post, "/power-cycle", [](PaperPage& to, const Request&) { return to.power_cycle(); });
  router.add_socket(
      "/live", http::Access::open,
      [](Request) -> asio::awaitable<Result<std::string>> { co_return std::string(kTopic); });
  printer.on_change([page] { page->publish(); });
  page->publish();
}

}  // namespace matanai::printer::tool
