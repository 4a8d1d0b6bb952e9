#include "server/http/static_files.hpp"

#include <filesystem>
#include <fstream>

#include "server/http/router.hpp"
#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {
namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() : root(fs::temp_directory_path() / ("matanai_files_" + std::to_string(::getpid()))) {
    fs::remove_all(root);
    write("web/index.html", "<p>index</p>");
    write("web/booking.html", "<p>booking</p>");
    write("web/assets/a-1.js", "let a = 1");
    write("web/assets/a-1.js.br", "BR");
    write("web/assets/a-1.js.gz", "GZ");
    write("web/.secret.html", "dot");
    write("web/.git/x.html", "dot");
    write("web/notes.md", "unknown kind");
    write("outside.html", "outside");
    fs::create_symlink(root / "outside.html", root / "web" / "link.html");
    fs::create_directory_symlink(root, root / "web" / "up");
  }
  ~Files() override { fs::remove_all(root); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name, std::ios::binary) << text;
  }
  static Request asking(std::string encodings = "", std::string etag = "") {
    Request request;
    if (!encodings.empty()) request.headers["accept-encoding"] = std::move(encodings);
    if (!etag.empty()) request.headers["if-none-match"] = std::move(etag);
    return request;
  }

  fs::path root;
  StaticFiles files{(root / "web").string()};
};

TEST_F(Files, NothingOutsideTheFolderIsServed) {
  for (const char* name : {"", "../outside.html", "up/outside.html", "link.html", "/etc/passwd",
                           ".secret.html", ".git/x.html", "assets/../../outside.html", "a\\b.html",
                           "notes.md", "absent.html", "assets", "assets/"}) {
    EXPECT_FALSE(files.serve(asking(), name)) << name;
  }
}

TEST_F(Files, PicksTheEncodingTheClientOffers) {
  const struct {
    const char* offer;
    const char* encoding;
    const char* body;
  } cases[] = {{"", "", "let a = 1"},         {"gzip, deflate, br", "br", "BR"},
               {"gzip", "gzip", "GZ"},        {"br;q=0, gzip;q=0.5", "gzip", "GZ"},
               {"br;q=0.1,gzip", "br", "BR"}, {"brotli", "", "let a = 1"},
               {"GZIP", "gzip", "GZ"}};
  for (const auto& c : cases) {
    const auto response = files.serve(asking(c.offer), "assets/a-1.js").value();
    EXPECT_EQ(response.header("content-encoding"), c.encoding) << c.offer;
    EXPECT_EQ(*response.body, c.body) << c.offer;
    EXPECT_EQ(response.header("vary"), "Accept-Encoding");
    EXPECT_EQ(response.header("content-type"), "text/javascript; charset=utf-8");
  }
}

TEST_F(Files, AssetsAreKeptAndPagesAreAskedForAgain) {
  EXPECT_EQ(files.serve(asking(), "assets/a-1.js")->header("cache-control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(files.serve(asking(), "booking.html")->header("cache-control"), "no-cache");
}

TEST_F(Files, AKnownEtagIsNotSentAgain) {
  const auto first = files.serve(asking("br"), "assets/a-1.js").value();
  const std::string etag(first.header("etag"));
  const auto again = files.serve(asking("br", etag), "assets/a-1.js").value();
  EXPECT_EQ(again.status, 304);
  EXPECT_FALSE(again.body);
  EXPECT_EQ(again.header("etag"), etag);
  EXPECT_EQ(files.serve(asking("gzip", etag), "assets/a-1.js")->status, 200)
      << "another form has another tag";
  EXPECT_EQ(files.serve(asking("br", "\"x\", W/" + etag), "assets/a-1.js")->status, 304);
}

TEST_F(Files, AChangedFileIsReadAgain) {
  EXPECT_EQ(*files.serve(asking(), "booking.html")->body, "<p>booking</p>");
  write("web/booking.html", "<p>new</p>");
  fs::last_write_time(root / "web/booking.html",
                      fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_EQ(*files.serve(asking(), "booking.html")->body, "<p>new</p>");
  fs::remove(root / "web/booking.html");
  EXPECT_FALSE(files.serve(asking(), "booking.html"));
}

TEST_F(Files, TheRouterServesPagesAndFiles) {
  TestServer server({}, [&](Router& router) {
    router.set_static("/", (root / "web").string());
    router.set_page("/booking", "booking.html");
    router.set_page("/ticket/{token:token}", "index.html");
  });
  EXPECT_EQ(get(server.port(), "/booking").body, "<p>booking</p>");
  EXPECT_EQ(get(server.port(), "/ticket/abcdefgh").body, "<p>index</p>");
  EXPECT_EQ(get(server.port(), "/ticket/short").status, 404);
  EXPECT_EQ(get(server.port(), "/assets/a-1.js").body, "let a = 1");
  EXPECT_EQ(get(server.port(), "/assets/a-1.js", "Accept-Encoding: br\r\n").body, "BR");
  EXPECT_EQ(get(server.port(), "/../outside.html").status, 400);
  EXPECT_EQ(get(server.port(), "/%2e%2e/outside.html").status, 400);
  EXPECT_EQ(get(server.port(), "/up/outside.html").status, 404);
  const auto page =
      get(server.port(), "/missing.html", "Accept: text/html\r\nAccept-Language: en\r\n");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.field("Content-Language"), "en");
  EXPECT_NE(page.body.find("<h1>Page not found</h1>"), std::string::npos);
}

}  // namespace
}  // namespace matanai::http::test
