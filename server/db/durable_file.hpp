// A small file that must survive a power cut: whole, old or new, never half. Any thread; it waits
// for the disk.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace matanai::db {

// Replaces `file` by `bytes`: written beside it as "<file>.new", fsynced, renamed, its folder
// fsynced, so that it is on disk under its name when this returns. Throws std::runtime_error with
// one sentence; the file is then the old or the new one, whole, and which of them after a power
// cut is not known.
void write_durably(const std::filesystem::path& file, std::string_view bytes, mode_t mode = 0600);

// Removes `file`, and its folder knows it for good when this returns. Nothing to do when it is not
// there. Throws as above.
void remove_durably(const std::filesystem::path& file);

}  // namespace matanai::db
