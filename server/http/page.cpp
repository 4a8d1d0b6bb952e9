#include "server/http/page.hpp"

#include <boost/json.hpp>
#include <stdexcept>
#include <vector>

namespace matanai::http {
namespace {

using boost::json::value;
using Scope = std::vector<const value*>;

const value* find(const Scope& scope, std::string_view name) {
  if (name == ".") return scope.back();
  for (auto level = scope.rbegin(); level != scope.rend(); ++level) {
    const auto* object = (*level)->if_object();
    if (!object) continue;
    if (const auto* found = object->if_contains({name.data(), name.size()})) return found;
  }
  return nullptr;
}

bool is_filled(const value& v) {
  if (const auto* flag = v.if_bool()) return *flag;
  if (const auto* text = v.if_string()) return !text->empty();
  if (const auto* list = v.if_array()) return !list->empty();
  if (const auto* number = v.if_int64()) return *number != 0;
  return !v.is_null();
}

std::string text_of(const value* v, std::string_view name) {
  if (!v || v->is_object() || v->is_array()) {
    throw std::logic_error("page: no text for {{" + std::string(name) + "}}");
  }
  if (v->is_null()) return {};
  if (const auto* text = v->if_string()) return escape_html({text->data(), text->size()});
  return boost::json::serialize(*v);
}

// The next {{tag}}; text before it goes to `before`. False at the end.
bool next_tag(std::string_view& rest, std::string_view& before, std::string_view& tag) {
  const auto open = rest.find("{{");
  before = rest.substr(0, open);
  if (open == std::string_view::npos) {
    rest = {};
    return false;
  }
  const auto close = rest.find("}}", open);
  if (close == std::string_view::npos) throw std::logic_error("page: {{ without }}");
  tag = rest.substr(open + 2, close - open - 2);
  rest.remove_prefix(close + 2);
  return true;
}

// The section's inside; `rest` moves behind its end tag.
std::string_view take_section(std::string_view& rest, std::string_view name) {
  const auto start = rest;
  int depth = 1;
  std::string_view before;
  std::string_view tag;
  while (true) {
    const auto length = start.size() - rest.size();
    if (!next_tag(rest, before, tag)) break;
    if (tag.starts_with('#') || tag.starts_with('^')) ++depth;
    if (!tag.starts_with('/') || --depth > 0) continue;
    if (tag.substr(1) != name) break;
    return start.substr(0, length + before.size());
  }
  throw std::logic_error("page: section " + std::string(name) + " is not closed");
}

void render_into(std::string& out, std::string_view page, Scope& scope);

void render_section(std::string& out, std::string_view inside, const value& v, Scope& scope) {
  const auto render_with = [&](const value& item) {
    scope.push_back(&item);
    render_into(out, inside, scope);
    scope.pop_back();
  };
  if (const auto* list = v.if_array()) {
    for (const auto& item : *list) render_with(item);
    return;
  }
  render_with(v);
}

void render_into(std::string& out, std::string_view page, Scope& scope) {
  std::string_view before;
  std::string_view tag;
  while (next_tag(page, before, tag)) {
    out += before;
    if (tag.empty() || tag.front() == '/')
      throw std::logic_error("page: stray {{" + std::string(tag) + "}}");
    if (tag.front() != '#' && tag.front() != '^') {
      out += text_of(find(scope, tag), tag);
      continue;
    }
    const auto name = tag.substr(1);
    const bool is_inverse = tag.front() == '^';
    const auto inside = take_section(page, name);
    const auto* v = find(scope, name);
    const bool has_value = v && is_filled(*v);
    if (is_inverse && !has_value) render_into(out, inside, scope);
    if (!is_inverse && has_value) render_section(out, inside, *v, scope);
  }
  out += before;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string render_page(std::string_view page, const boost::json::value& places) {
  std::string out;
  Scope scope{&places};
  render_into(out, page, scope);
  return out;
}

}  // namespace matanai::http
