// Looks at the lines of reports: none may have a fault, and each sentence template in the sources must be seen.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/project.h"
#include "tests/unit/runtime/reports/line_faults.h"

namespace vsm::tests {

using Lines = std::vector<std::string>;

inline Lines lines_of(const std::string& text) {
    Lines lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// A sentence in the sources: the words between placeholders.
struct Template {
    std::string written;
    Lines pieces;
    std::size_t seen = 0;
};

inline Lines pieces_of(std::string_view written) {
    Lines pieces(1);
    int depth = 0;
    for (std::size_t at = 0; at < written.size(); ++at) {
        if (written[at] == '{') ++depth;
        if (depth == 0) pieces.back() += written[at];
        if (written[at] == '}' && --depth == 0) pieces.emplace_back();
    }
    std::erase_if(pieces, [](const std::string& piece) {
        return std::none_of(piece.begin(), piece.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    });
    return pieces;
}

/// Adds the string literals of a source file that contain words: letters and a blank.
inline void add_templates(const std::string& path, std::map<std::string, Template>& all) {
    std::ifstream file(project_root() / path);
    REQUIRE(file);
    for (std::string line; std::getline(file, line);) {
        const std::size_t text = line.find_first_not_of(' ');
        if (text == std::string::npos || line.compare(text, 2, "//") == 0 || line.compare(text, 1, "#") == 0) continue;
        for (std::size_t at = line.find('"'); at != std::string::npos; at = line.find('"', at + 1)) {
            std::string literal;
            for (++at; at < line.size() && line[at] != '"'; ++at) {
                if (line[at] == '\\') ++at;
                literal += line[at - 1] == '\\' && line[at] == 'n' ? '\n' : line[at];
            }
            Lines pieces = pieces_of(literal);
            if (pieces.empty() || literal.find(' ') == std::string::npos || literal.find('\n') != std::string::npos)
                continue;
            all.emplace(literal, Template{literal, std::move(pieces)});
        }
    }
}

class Sentences {
public:
    Sentences() {
        for (const std::string_view path :
             {"runtime/reports/diff/diff_news.cpp", "runtime/reports/diff/diff_words.cpp",
              "runtime/reports/diff/diff_text.cpp", "runtime/reports/metrics/report_sections.cpp",
              "runtime/reports/metrics/report_comparison.cpp", "runtime/reports/metrics/report_summary.cpp",
              "runtime/reports/metrics/report_overview.cpp", "runtime/reports/metrics/report_markdown.cpp",
              "runtime/reports/metrics/report_table.cpp", "runtime/reports/metrics/report_targets.cpp",
              "backends/support/headline.cpp"})
            add_templates(std::string(path), templates_);
    }

    void look(const std::string& text, double hours_per_day = 8) {
        for (const std::string& line : lines_of(text)) {
            if (!looked_.insert(line).second) continue;
            const std::string_view fault = fault_of(line);
            CHECK_MESSAGE(fault.empty(), fault, " in: ", line);
            CHECK_MESSAGE(
                !contradicts_verdict(line.substr(std::min(line.find_first_not_of(" -*"), line.size())), hours_per_day),
                line);
            CHECK_MESSAGE(!is_inverted(line), line);
            CHECK_MESSAGE(!overstates(line), line);
            count(line);
        }
    }

    void look_at_news(const std::string& news) {
        CHECK_MESSAGE(fault_of(news).empty(), fault_of(news), " in: ", news);
        CHECK_MESSAGE(!contradicts_speed(news), news);
        count(news);
    }

    /// The templates that match no line.
    Lines unseen() const {
        Lines all;
        for (const auto& [written, one] : templates_)
            if (one.seen == 0) all.push_back(written);
        return all;
    }

private:
    void count(std::string_view line) {
        for (auto& [written, one] : templates_) {
            if (one.seen > 0) continue;
            std::size_t at = 0;
            const bool made = std::all_of(one.pieces.begin(), one.pieces.end(), [&](const std::string& piece) {
                const std::size_t found = line.find(piece, at);
                if (found == std::string_view::npos) return false;
                at = found + piece.size();
                return true;
            });
            one.seen += made;
        }
    }

    std::map<std::string, Template> templates_;
    std::set<std::string> looked_;
};

}  // namespace vsm::tests
