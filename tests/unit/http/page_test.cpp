#include "server/http/page.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace matanai::http {
namespace {

TEST(Page, Table) {
  const boost::json::value places = boost::json::parse(R"({
    "name": "<b>&\"'", "n": 3, "zero": 0, "yes": true, "no": false, "empty": "", "nothing": null,
    "list": [{"x": 1, "sub": ["a", "b"]}, {"x": 2, "sub": []}], "none": [], "words": ["<", ">"],
    "inner": {"name": "inside"}})");
  const struct {
    const char* page;
    const char* html;
  } cases[] = {
      {"plain", "plain"},
      {"", ""},
      {"{{name}}", "&lt;b&gt;&amp;&quot;&#39;"},
      {"<a title=\"{{name}}\">", "<a title=\"&lt;b&gt;&amp;&quot;&#39;\">"},
      {"{{n}} {{yes}}", "3 true"},
      {"[{{nothing}}]", "[]"},
      {"{{#list}}{{x}},{{/list}}", "1,2,"},
      {"{{#list}}{{x}}{{#sub}}{{.}}{{/sub}}{{^sub}}-{{/sub}};{{/list}}", "1ab;2-;"},
      {"{{#list}}{{n}}{{/list}}", "33"},
      {"{{#words}}{{.}}{{/words}}", "&lt;&gt;"},
      {"{{#none}}x{{/none}}{{^none}}empty{{/none}}", "empty"},
      {"{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}not{{/no}}", "ynot"},
      {"{{#empty}}x{{/empty}}{{#zero}}x{{/zero}}{{#nothing}}x{{/nothing}}{{#absent}}x{{/absent}}",
       ""},
      {"{{^absent}}gone{{/absent}}", "gone"},
      {"{{#inner}}{{name}}{{n}}{{/inner}}", "inside3"},
      {"a } {b} {c", "a } {b} {c"},
  };
  for (const auto& c : cases) EXPECT_EQ(render_page(c.page, places), c.html) << c.page;
}

TEST(Page, RefusesWhatIsABug) {
  const boost::json::value places{{"list", boost::json::array{1}}};
  for (const char* page : {"{{absent}}", "{{list}}", "{{#list}}", "{{/list}}",
                           "{{#list}}{{/other}}", "{{x", "{{}}", "{{#list}}{{#list}}{{/list}}"}) {
    EXPECT_THROW(render_page(page, places), std::logic_error) << page;
  }
}

TEST(Page, AValueIsNeverReadAsATemplate) {
  EXPECT_EQ(render_page("{{a}}", {{"a", "{{b}}"}, {"b", "x"}}), "{{b}}");
}

}  // namespace
}  // namespace matanai::http
