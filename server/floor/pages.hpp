// The ticket's status page: HTML that works without scripts, at the address its QR code holds.
// Network thread.
#pragma once

#include "server/floor/api.hpp"

namespace matanai::floor {

// GET /t/{token}, from the template server/web/pages/ticket.html. Conditional (ETag). Throws
// std::logic_error when the template is missing.
void add_pages(http::Router& router, const Services& services);

}  // namespace matanai::floor
