#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/args/command.h"
#include "cli/args/values.h"
#include "cli/explanation_pages.h"
#include "cli/session.h"
#include "config/config.h"

namespace vsm::cli {
namespace {

/// A message pattern for a table cell, with … for each `{}`.
std::string message_shape(std::string_view message) {
    std::string text;
    for (std::size_t at = 0; at < message.size(); ++at) {
        const char c = message[at];
        const bool doubled = at + 1 < message.size() && message[at + 1] == c;
        if ((c == '{' || c == '}') && doubled) {
            text += c;
            ++at;
        } else if (c == '{') {
            text += "…";
            at = message.find('}', at);
        } else {
            if (c == '|') text += '\\';
            text += c;
        }
    }
    return text;
}

std::string document() {
    std::string text = "# Diagnostics\n\n"
                       "Generated from the tables by `vsm explain --markdown`; `vsm explain CODE` shows one of them. "
                       "Codes and names are both accepted wherever\n"
                       "one is asked for, and neither is ever used again for something else. Errors are for maps that "
                       "are wrong; `allow RULE \"reason\"`, in the\n"
                       "block it concerns, accepts what a rule warns of.\n\n"
                       "| code | name | severity | message |\n|---|---|---|---|\n";
    for (const DiagnosticInfo& info : all_diagnostics()) {
        text +=
            fmt::format("| {} | [{}](#{}-{}) | {} | {} |\n", text_of(info.code), info.name,
                        lower_case(text_of(info.code)), info.name, name_of(info.severity), message_shape(info.message));
    }
    for (const DiagnosticInfo& info : all_diagnostics()) text += "\n" + as_markdown(page_of(info));
    return text;
}

struct ExplainOptions {
    std::string subject;
    bool list = false;
    bool markdown = false;       ///< print the whole table, for docs/diagnostics.md
    bool config_schema = false;  ///< print the JSON Schema of the configuration
};

int run(const ExplainOptions& options) {
    if (options.markdown) {
        print(document());
        return exit_clean;
    }
    if (options.config_schema) {
        print(config::config_schema());
        return exit_clean;
    }
    if (options.list) {
        for (const DiagnosticInfo& info : all_diagnostics())
            print(fmt::format("{} {:<24} {}\n", text_of(info.code), info.name, kind_of(info)));
        return exit_clean;
    }
    const DiagnosticInfo* info = find_diagnostic(options.subject);
    if (info == nullptr) {
        std::vector<std::string_view> names;
        for (const DiagnosticInfo& row : all_diagnostics()) names.push_back(row.name);
        const std::string guess = did_you_mean(options.subject, names);
        return trouble(fmt::format("no diagnostic is called `{}`; {}", options.subject,
                                   guess.empty() ? "`vsm explain --list` names them all" : guess));
    }
    print(as_text(page_of(*info)));
    return exit_clean;
}

class Explain final : public Command {
    void declare(Flags& flags) override {
        flags.argument("CODE", options_.subject, "A code (VSM1003) or a name (missing-timing)")
            .completes(Candidates{diagnostic_names(false), {}, {}, false});
        flags.toggle("--list", options_.list, "List all diagnostics, one per line");
        flags.toggle("--markdown", options_.markdown, "Print all diagnostics as a document");
        flags.toggle("--config-schema", options_.config_schema, "Print the JSON Schema of .vsm.yaml");
        flags.common();
    }
    UsageError settle() override {
        const int asked = int(!options_.subject.empty()) + options_.list + options_.markdown + options_.config_schema;
        if (asked == 0) return "explain needs a code or a name, such as `vsm explain missing-timing`, or --list";
        if (asked > 1) return "explain takes a code or a name, --list, --markdown or --config-schema, one of them";
        return std::nullopt;
    }
    int run(const CommonOptions&) override { return cli::run(options_); }

    ExplainOptions options_;
};

}  // namespace

extern const CommandInfo explain_command;
const CommandInfo explain_command{"explain",
                                  "Explain a diagnostic, with a bad and a good map",
                                  {"vsm explain missing-timing", "vsm explain VSM1003", "vsm explain --list"},
                                  make_command<Explain>};

}  // namespace vsm::cli
