#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <iostream>
#include <stdexcept>

#include "printer/emulator/server.hpp"
#include "printer/tool/commands.hpp"
#include "printer/tool/paper_page.hpp"
#include "server/http/hub.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"

namespace matanai::printer::tool {
namespace asio = boost::asio;

int emulate(const EmulateOptions& options) {
  asio::io_context context(1);
  emulator::Server printer(context.get_executor(), {.port = options.port,
                                                    .keep = static_cast<std::size_t>(options.keep),
                                                    .device = {.dots = options.dots}});
  http::Hub hub(context);
  http::Router router;
  add_paper_routes(router, hub, printer, options.dots);
  http::ListenerOptions page;
  page.port = options.page_port;
  http::Listener listener(context, page, router, hub);
  listener.start();
  std::cout << "matanai-print ready printer 127.0.0.1:" << printer.port()
            << " page http://127.0.0.1:" << listener.port() << std::endl;

  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code& error, int) {
    if (error) return;
    printer.stop();
    listener.stop([&] { context.stop(); });
  });
  context.run();
  return kDone;
}

}  // namespace matanai::printer::tool
