// What is printed, where, and whether it arrived. The only place that writes to the standard streams.
#pragma once

#include <string_view>

namespace vsm::cli {

enum class ColorMode { automatic, always, never };

/// Opens what was handed over closed, so that no file of ours becomes a standard stream. A closed standard output stays unwritable.
void secure_standard_streams();

/// Whether to colour a stream (1: output, 2: errors): the flag, then NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR, then whether it is a terminal.
bool use_color(ColorMode mode, int descriptor);

/// Whether a stream is a terminal on which a line can be written anew.
bool is_terminal(int descriptor);

/// Collects output until flush_output().
void print(std::string_view text);
void print_error(std::string_view text);

/// Writes what was printed. False when it did not arrive (full disk, closed pipe): said on the standard error.
bool flush_output();

}  // namespace vsm::cli
