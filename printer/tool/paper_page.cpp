#include "printer/tool/paper_page.hpp"

#include <boost/mp11/algorithm.hpp>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "printer/layout/png.hpp"
#include "printer/tool/paper_view.hpp"
#include "schema/types/json.hpp"

namespace matanai::printer::tool {
namespace {

namespace asio = boost::asio;
using emulator::Faults;
using http::Request;
using http::Response;

constexpr const char* kTopic = "paper";

// Only what is to change: the fields of Faults, in their order.
struct FaultsChange {
  std::optional<bool> paper_out, cover_open, near_end, offline, jam_before_blade, jam_after_blade,
      overheated, unrecoverable, slow, powered_off, silent, late, split, noise, xon_xoff,
      wrong_baud, half_open, never_read, refusing;
};
BOOST_DESCRIBE_STRUCT(FaultsChange, (),
                      (paper_out, cover_open, near_end, offline, jam_before_blade, jam_after_blade,
                       overheated, unrecoverable, slow, powered_off, silent, late, split, noise,
                       xon_xoff, wrong_baud, half_open, never_read, refusing))

struct ScriptText {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ScriptText, (), (text))

struct ActionText {
  std::string action;
};
BOOST_DESCRIBE_STRUCT(ActionText, (), (action))

struct ScriptError {
  std::string error;
};
BOOST_DESCRIBE_STRUCT(ScriptError, (), (error))

Faults changed(Faults faults, const FaultsChange& change) {
  using From = boost::describe::describe_members<FaultsChange, boost::describe::mod_public>;
  using To = boost::describe::describe_members<Faults, boost::describe::mod_public>;
  static_assert(boost::mp11::mp_size<From>::value == boost::mp11::mp_size<To>::value);
  boost::mp11::mp_for_each<boost::mp11::mp_iota<boost::mp11::mp_size<To>>>([&](auto index) {
    const auto& wanted = change.*boost::mp11::mp_at<From, decltype(index)>::pointer;
    auto& fault = faults.*boost::mp11::mp_at<To, decltype(index)>::pointer;
    fault = wanted.value_or(fault);
  });
  return faults;
}

Response typed(std::string body, std::string_view type) {
  Response response = Response::html(std::move(body));
  for (auto& [header, value] : response.headers) {
    if (header == "Content-Type") value = type;
  }
  return response;
}

class PaperPage {
 public:
  PaperPage(http::Hub& hub, emulator::Server& printer) : hub_(hub), printer_(printer) {}

  void publish() { hub_.publish(kTopic, write_json(frame())); }

  StateFrame frame() {
    auto frame = state_frame(printer_);
    frame.epoch = hub_.epoch();
    frame.seq = static_cast<std::int64_t>(hub_.next_seq());
    return frame;
  }
  Response state() { return Response::json(write_json(frame())); }

  Response index(const Request& request) {
    const auto locale = request.locale() == Locale::ja ? Locale::ja : Locale::en;
    return Response::html(render_paper_page(locale, printer_));
  }

  Response file(const Request& request) {
    const auto& name = request.parameter("file");
    const auto text = page_file(name);
    if (text.empty() || name == "index.html") return problem(request, RefusalCode::not_found);
    return typed(std::string(text), name.ends_with(".css") ? "text/css; charset=utf-8"
                                                           : "text/javascript; charset=utf-8");
  }

  Response list() {
    PaperList list;
    const auto& papers = printer_.papers();
    for (auto paper = papers.rbegin(); paper != papers.rend(); ++paper) {
      list.papers.push_back(
          {paper->id, paper->at, paper->bitmap.height(), paper->bitmap.width(), paper->codes});
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
        if (paper.id == id) return typed(png_of(paper.bitmap), "image/png");
      }
    }
    return problem(request, RefusalCode::not_found);
  }

  Response hanging(const Request& request) {
    const auto& paper = printer_.device().hanging_paper();
    if (paper.height() == 0) return problem(request, RefusalCode::not_found);
    return typed(png_of(paper), "image/png");
  }

  Response set_faults(const Request& request) {
    const auto change = http::read_body<FaultsChange>(request);
    if (change.has_error()) return problem(request, change.error());
    printer_.set_faults(changed(printer_.faults(), *change));
    return state();
  }

  Response set_script(const Request& request) {
    const auto script = http::read_body<ScriptText>(request);
    if (script.has_error()) return problem(request, script.error());
    try {
      printer_.load_script(emulator::parse_script(script->text));
    } catch (const std::invalid_argument& error) {
      return Response::json(write_json(ScriptError{error.what()}), 422);
    }
    return state();
  }

  Response perform(const Request& request) {
    const auto wanted = http::read_body<ActionText>(request);
    if (wanted.has_error()) return problem(request, wanted.error());
    try {
      for (const auto& line : emulator::parse_script("now " + wanted->action))
        printer_.perform(line.action);
    } catch (const std::invalid_argument& error) {
      return Response::json(write_json(ScriptError{error.what()}), 422);
    }
    return state();
  }

  Response power_cycle() {
    printer_.power_cycle();
    return state();
  }

 private:
  http::Hub& hub_;
  emulator::Server& printer_;
};

}  // namespace

void add_paper_routes(http::Router& router, http::Hub& hub, emulator::Server& printer) {
  const auto page = std::make_shared<PaperPage>(hub, printer);
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
  add(Method::get, "/hanging.png",
      [](PaperPage& to, const Request& request) { return to.hanging(request); });
  add(Method::get, "/state", [](PaperPage& to, const Request&) { return to.state(); });
  add(Method::post, "/faults",
      [](PaperPage& to, const Request& request) { return to.set_faults(request); });
  add(Method::post, "/script",
      [](PaperPage& to, const Request& request) { return to.set_script(request); });
  add(Method::post, "/do",
      [](PaperPage& to, const Request& request) { return to.perform(request); });
  add(Method::post, "/power-cycle", [](PaperPage& to, const Request&) { return to.power_cycle(); });
  router.add_socket(
      "/live", http::Access::open,
      [](Request) -> asio::awaitable<Result<std::string>> { co_return std::string(kTopic); });
  printer.on_change([page] { page->publish(); });
  page->publish();
}

}  // namespace matanai::printer::tool
