// Writes to the standard streams and reports failed writes. No other code writes to them.
#pragma once

#include <string_view>

namespace vsm::cli {

enum class ColorMode { automatic, always, never };

/// Opens closed standard streams, so that no other file gets their descriptors; a closed standard output stays
/// unwritable. Ignores SIGPIPE and SIGXFSZ, so that writes fail with an error instead.
void secure_standard_streams();

/// Whether to colour a stream (1: output, 2: errors): decided by the flag, then NO_COLOR, then CLICOLOR_FORCE or
/// FORCE_COLOR, then by whether it is a terminal.
bool use_color(ColorMode mode, int descriptor);

/// Whether a stream is a terminal that can rewrite a line.
bool is_terminal(int descriptor);

/// Buffers output until flush_output().
void print(std::string_view text);
void print_error(std::string_view text);

/// Writes the buffered output. Returns false and reports it on standard error if that fails (full disk, closed pipe).
bool flush_output();

}  // namespace vsm::cli
