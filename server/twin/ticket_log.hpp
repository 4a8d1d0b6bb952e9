// The tickets of an office's database, for scoring what they were told. One thread.
#pragma once

#include <filesystem>
#include <vector>

#include "server/queue/score/ticket_score.hpp"

namespace matanai::twin {

// By day, line and issue. The database is only read; its server may go on. Throws
// std::runtime_error that names the file: it cannot be read, or is no office's database.
std::vector<queue::TicketRecord> read_tickets(const std::filesystem::path& database);

}  // namespace matanai::twin
