#include "server/http/router.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <stdexcept>

#include "schema/types/time.hpp"
#include "server/http/static_files.hpp"

namespace matanai::http {
namespace {

constexpr std::size_t kMethods = 7;

enum class Kind { slug, code, date, int_number, token, any };  // tried in this order at one place

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

template <class Predicate>
bool all(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

bool is_int(std::string_view text) {
  if (text.empty() || text.size() > 10 || !all(text, is_digit)) return false;
  if (text.size() > 1 && text.front() == '0') return false;
  return text.size() < 10 || text <= "2147483647";
}

bool fits(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::slug:
      return !text.empty() && text.size() <= 40 &&
             all(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-'; });
    case Kind::int_number:
      return is_int(text);
    case Kind::token:
      return text.size() >= 8 && text.size() <= 64 &&
             all(text, [](char c) { return is_lower(c) || is_digit(c) || is_upper(c); });
    case Kind::code:
      return text.size() == 8 && all(text, is_digit);
    case Kind::date:
      return parse_day(text).has_value();
    case Kind::any:
      return !text.empty() && text.size() <= 100;
  }
  return false;
}

std::optional<Kind> kind_named(std::string_view name) {
  constexpr std::pair<std::string_view, Kind> kNames[] = {
      {"slug", Kind::slug}, {"int", Kind::int_number}, {"token", Kind::token},
      {"code", Kind::code}, {"date", Kind::date},      {"any", Kind::any}};
  for (const auto& [known, kind] : kNames) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

bool is_secret(Kind kind) { return kind == Kind::token || kind == Kind::code; }

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  path.remove_prefix(1);
  while (true) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

struct Endpoint {
  Access access = Access::open;
  Handler handler;
};
struct SocketEndpoint {
  Access access = Access::open;
  SocketHandler handler;
};

// One pattern: what hangs at the end of a path through the tree.
struct Leaf {
  std::vector<std::string> names;
  std::vector<Kind> kinds;
  std::array<std::optional<Endpoint>, kMethods> methods;
  std::optional<SocketEndpoint> socket;
  std::string page;  // file of set_page

  std::string allow() const {
    std::string text;
    const auto add = [&](std::string_view name) {
      text += (text.empty() ? "" : ", ") + std::string(name);
    };
    for (std::size_t i = 0; i < kMethods; ++i) {
      if (methods[i] || (i == 0 && (!page.empty() || socket)))
        add(method_name(static_cast<Method>(i)));
      if (i == 0 && (methods[0] || !page.empty())) add("HEAD");
    }
    add("OPTIONS");
    return text;
  }
};

struct Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::map<Kind, std::unique_ptr<Node>> parameters;
  std::unique_ptr<Leaf> leaf;
};

struct Match {
  const Leaf* leaf = nullptr;
  std::vector<std::string_view> values;
};

// Literals win over parameters; a dead end goes back and tries the next kind.
bool find(const Node& node, std::span<const std::string_view> rest, Match& match) {
  if (rest.empty()) {
    match.leaf = node.leaf.get();
    return match.leaf != nullptr;
  }
  const auto literal = node.literals.find(rest.front());
  if (literal != node.literals.end() && find(*literal->second, rest.subspan(1), match)) return true;
  for (const auto& [kind, child] : node.parameters) {
    if (!fits(kind, rest.front())) continue;
    match.values.push_back(rest.front());
    if (find(*child, rest.subspan(1), match)) return true;
    match.values.pop_back();
  }
  return false;
}

struct Mount {
  std::string prefix;  // begins and ends with '/'
  std::unique_ptr<StaticFiles> files;
};

}  // namespace

struct Router::State {
  Node root;
  std::vector<Mount> mounts;
  Authenticator* authenticator = nullptr;

  Leaf& leaf_of(const std::string& pattern);
  Match match(std::string_view path) const;
  std::optional<Response> serve_static(const Request& request) const;
  boost::asio::awaitable<Response> dispatch(Request request) const;
};

namespace {

[[noreturn]] void malformed(const std::string& pattern, std::string_view why) {
  throw std::logic_error("route " + pattern + ": " + std::string(why));
}

void fill_parameters(Request& request, const Match& match) {
  for (std::size_t i = 0; i < match.values.size(); ++i) {
    request.parameters[match.leaf->names[i]] = match.values[i];
  }
}

}  // namespace

Leaf& Router::State::leaf_of(const std::string& pattern) {
  if (!pattern.starts_with('/')) malformed(pattern, "begins with '/'");
  Node* node = &root;
  std::vector<std::string> names;
  std::vector<Kind> kinds;
  for (const auto segment : segments_of(pattern)) {
    if (!segment.starts_with('{')) {
      if (segment.empty() && pattern != "/") malformed(pattern, "empty segment");
      if (segment.find_first_of("{}") != std::string_view::npos) malformed(pattern, "stray brace");
      auto& child = node->literals[std::string(segment)];
      if (!child) child = std::make_unique<Node>();
      node = child.get();
      continue;
    }
    const auto colon = segment.find(':');
    if (colon == std::string_view::npos || !segment.ends_with('}'))
      malformed(pattern, "{name:kind}");
    const auto kind = kind_named(segment.substr(colon + 1, segment.size() - colon - 2));
    const std::string name(segment.substr(1, colon - 1));
    if (!kind || name.empty()) malformed(pattern, "unknown kind");
    if (std::find(names.begin(), names.end(), name) != names.end())
      malformed(pattern, "name twice");
    names.push_back(name);
    kinds.push_back(*kind);
    auto& child = node->parameters[*kind];
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  if (!node->leaf) {
    node->leaf = std::make_unique<Leaf>();
    node->leaf->names = std::move(names);
    node->leaf->kinds = std::move(kinds);
  } else if (node->leaf->names != names) {
    malformed(pattern, "another route names these parameters differently");
  }
  return *node->leaf;
}

Match Router::State::match(std::string_view path) const {
  Match found;
  if (!path.starts_with('/')) return found;
  const auto segments = segments_of(path);
  if (segments.size() <= 32) find(root, segments, found);
  return found;
}

std::optional<Response> Router::State::serve_static(const Request& request) const {
  for (const auto& mount : mounts) {
    const std::string_view path = request.path;
    if (!path.starts_with(mount.prefix)) continue;
    std::string name(path.substr(mount.prefix.size()));
    if (name.empty() || name.ends_with('/')) name += "index.html";
    if (auto response = mount.files->serve(request, name)) return response;
  }
  return std::nullopt;
}

boost::asio::awaitable<Response> Router::State::dispatch(Request request) const {
  if (request.path == "*")
    co_return Response::no_content().with("Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
  const auto found = match(request.path);
  const bool reads = request.method == Method::get || request.method == Method::head;
  if (!found.leaf) {
    auto file = serve_static(request);
    if (file && reads) co_return *std::move(file);
    if (!file) co_return problem(request, RefusalCode::not_found);
    co_return problem(request, RefusalCode::method_not_allowed).with("Allow", "GET, HEAD");
  }
  const Leaf& leaf = *found.leaf;
  if (request.method == Method::options)
    co_return Response::no_content().with("Allow", leaf.allow());
  if (reads && !leaf.page.empty()) {
    for (const auto& mount : mounts) {
      if (auto page = mount.files->serve(request, leaf.page)) co_return *std::move(page);
    }
    co_return problem(request, RefusalCode::not_found);
  }
  const auto method = request.method == Method::head ? Method::get : request.method;
  const auto& endpoint = leaf.methods[static_cast<std::size_t>(method)];
  if (!endpoint && reads && leaf.socket) co_return problem(request, RefusalCode::bad_request);
  if (!endpoint)
    co_return problem(request, RefusalCode::method_not_allowed).with("Allow", leaf.allow());
  fill_parameters(request, found);
  if (endpoint->access != Access::open) {
    if (!authenticator) throw std::logic_error("router: no authenticator is set");
    auto identity = co_await authenticator->authenticate(request, endpoint->access);
    if (identity.has_error()) co_return problem(request, identity.error());
    request.identity = *std::move(identity);
  }
  co_return co_await endpoint->handler(std::move(request));
}

Router::Router() : state_(std::make_unique<State>()) {}
Router::~Router() = default;

void Router::add(Method method, std::string pattern, Access access, Handler handler) {
  if (method == Method::head || method == Method::options || method == Method::other) {
    malformed(pattern, "GET answers HEAD; OPTIONS is answered by the router");
  }
  auto& leaf = state_->leaf_of(pattern);
  auto& endpoint = leaf.methods[static_cast<std::size_t>(method)];
  if (endpoint || (method == Method::get && !leaf.page.empty()))
    malformed(pattern, "is there already");
  endpoint = Endpoint{access, std::move(handler)};
}

void Router::add_socket(std::string pattern, Access access, SocketHandler handler) {
  auto& leaf = state_->leaf_of(pattern);
  if (leaf.socket) malformed(pattern, "is there already");
  leaf.socket = SocketEndpoint{access, std::move(handler)};
}

void Router::set_static(std::string url_prefix, std::string folder) {
  if (!url_prefix.ends_with('/')) url_prefix += '/';
  state_->mounts.push_back(
      {std::move(url_prefix), std::make_unique<StaticFiles>(std::move(folder))});
  std::sort(state_->mounts.begin(), state_->mounts.end(),
            [](const Mount& a, const Mount& b) { return a.prefix.size() > b.prefix.size(); });
}

void Router::set_page(std::string pattern, std::string file) {
  auto& leaf = state_->leaf_of(pattern);
  if (!leaf.page.empty() || leaf.methods[0]) malformed(pattern, "is there already");
  leaf.page = std::move(file);
}

void Router::set_authenticator(Authenticator* authenticator) {
  state_->authenticator = authenticator;
}

boost::asio::awaitable<Response> Router::handle(Request request) const {
  const auto locale = request.locale();
  const auto id = request.id;
  Request shell;  // what the log needs, kept because the request moves on
  shell.method = request.method;
  shell.path = request.path;
  std::string what;
  try {
    co_return co_await state_->dispatch(std::move(request));
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {
    what = "not a std::exception";
  }
  spdlog::error("request {} {} {} failed: {}", id, method_name(shell.method), masked(shell), what);
  co_return problem(locale, id, RefusalCode::internal_error);
}

boost::asio::awaitable<Result<Watch>> Router::handle_socket(Request request) const {
  const auto id = request.id;
  const auto where = masked(request);
  std::string what;
  try {
    const auto found = state_->match(request.path);
    if (!found.leaf || !found.leaf->socket) co_return Refusal(RefusalCode::not_found);
    fill_parameters(request, found);
    const auto& endpoint = *found.leaf->socket;
    if (endpoint.access != Access::open) {
      if (!state_->authenticator) throw std::logic_error("router: no authenticator is set");
      auto identity = co_await state_->authenticator->authenticate(request, endpoint.access);
      if (identity.has_error()) co_return identity.error();
      request.identity = *std::move(identity);
    }
    const auto who = request.identity;
    auto topic = co_await endpoint.handler(std::move(request));
    if (topic.has_error()) co_return topic.error();
    const bool is_device = who.kind == Identity::Kind::device;
    co_return Watch{*std::move(topic), who.session, is_device ? who.id : ""};
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {
    what = "not a std::exception";
  }
  spdlog::error("socket {} {} failed: {}", id, where, what);
  co_return Refusal(RefusalCode::internal_error);
}

std::string Router::masked(const Request& request) const {
  if (!request.path.starts_with('/')) return request.path;
  const auto found = state_->match(request.path);
  std::string out;
  std::size_t parameter = 0;
  for (const auto segment : segments_of(request.path)) {
    bool hide = false;
    if (!found.leaf) {
      hide = fits(Kind::token, segment);  // an unknown address may be a mistyped secret one
    } else if (parameter < found.values.size() &&
               found.values[parameter].data() == segment.data()) {
      hide = is_secret(found.leaf->kinds[parameter++]);
    }
    out += '/';
    out += hide ? std::string_view("***") : segment;
  }
  return out;
}

void add_health_routes(Router& router, std::function<bool()> is_ready) {
  router.add(Method::get, "/healthz", Access::open,
             [](Request) -> boost::asio::awaitable<Response> {
               co_return Response::json(R"({"status":"ok"})");
             });
  router.add(Method::get, "/readyz", Access::open,
             [ready = std::move(is_ready)](Request request) -> boost::asio::awaitable<Response> {
               if (!ready()) co_return problem(request, RefusalCode::shutting_down);
               co_return Response::json(R"({"status":"ready"})");
             });
}

}  // namespace matanai::http
