// Builds one output of the first stream of a map, for tests, and parses the result with an independent YAML reader.
#pragma once

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "tests/support/compile.h"

namespace vsm::tests {

struct Built {
    std::vector<backends::OutputFile> files;
    Diagnostics diagnostics;

    /// The names of the reported diagnostics, in order.
    std::vector<std::string> reported() const {
        std::vector<std::string> names;
        for (const Diagnostic& diagnostic : diagnostics.all()) names.emplace_back(info_of(diagnostic.code).name);
        return names;
    }
    YAML::Node yaml() const {
        REQUIRE(files.size() == 1);
        return YAML::Load(files.front().content);
    }
};

inline Built build(std::string_view target, std::string_view text, const backends::BackendOptions& options = {}) {
    Diagnostics errors;
    const std::optional<ir::CheckedModel> model = compile_text(text, &errors);
    for (const Diagnostic& diagnostic : errors.all()) CAPTURE(diagnostic.message);
    REQUIRE(model.has_value());
    const backends::Backend* backend = backends::find_backend(target);
    REQUIRE(backend != nullptr);
    Built built;
    built.files = backend->emit({*model, ir::StreamId{0}, options}, built.diagnostics);
    return built;
}

/// `text` as a quoted text of a map.
inline std::string quoted(std::string_view text) {
    std::string literal = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') literal += '\\';
        if (c == '\n') {
            literal += "\\n";
        } else {
            literal += c;
        }
    }
    return literal + "\"";
}

/// Texts with a meaning to a shell, AWS, GitHub, YAML or a browser, except characters that a map must write as \u{…}.
inline const std::vector<std::string> hostile_texts = {"'; touch PWNED; $(touch PWNED) `touch PWNED`",
                                                       "${{ secrets.X }}",
                                                       "${AWS::AccountId} ${Pipeline}",
                                                       "#{codepipeline.PipelineExecutionId} #{variables.x}",
                                                       "{{resolve:ssm:/x}}",
                                                       "\"]; click n1 \"javascript:alert(1)\"",
                                                       "%%{init: {}}%%",
                                                       "</script><script>alert(1)</script>",
                                                       "::error::x",
                                                       "a\n::error::x\n##[add-mask]y",
                                                       "no",
                                                       "1e3",
                                                       "1.10",
                                                       "=",
                                                       "<<",
                                                       "- a: b",
                                                       "a: b # c",
                                                       "*a",
                                                       "&a",
                                                       "!!python/object:x",
                                                       "|",
                                                       "---",
                                                       "😀 日本語",
                                                       "| a | b |",
                                                       "```",
                                                       "EOF\n'''\n\"\"\"",
                                                       std::string(1000, 'x'),
                                                       std::string(1000, '$') + "{x}",
                                                       "\\",
                                                       "\tx\t"};

/// A map with a text in every place that accepts one.
inline std::string map_with(std::string_view text) {
    const std::string t = quoted(text);
    return "team dev " + t + " {}\n" + "stream s " + t + " {\n  outcome: " + t + " owner: " + t + " trigger: " + t +
           " customer: " + t + " supplier: " + t + "\n  demand: 10/w  note " + t + "  kaizen " + t + " { owner: " + t +
           " }\n  x_more: " + t + "\n  queue q 3 " + t + "\n  stage one " + t + " {\n    step a " + t +
           " { team: dev, process: 5min, wait: 1h, ca: 90%, tool: " + t + ", measured: 2026-01-01 " + t +
           ", x_note: " + t + " note " + t + " }\n    wait w 1h " + t + "\n    step b " + t +
           " { team: dev, kind: approval, process: 5min, wait: 1h, ca: 90%, rework 5% to a, rework 5% { process: 5min, "
           "wait: 1h, "
           "team: dev } }\n  }\n  parallel p " +
           t + " { branch p1 " + t + " { step c " + t + " { process: 5min, wait: 1h } } step d " + t +
           " { process: 5min, wait: 1h } }\n  choose k " + t + " { branch 60% k1 " + t + " { step e " + t +
           " { process: 5min, wait: 1h } } branch k2 " + t + " { step f " + t + " { process: 5min, wait: 1h } } }\n}\n";
}

}  // namespace vsm::tests
