// Tests the examples of the documentation: every map compiles or has exactly the stated errors, every output shown is
// the actual one, every link has a target. docs/diagnostics.md is generated; its maps are tested with their table.
//
// Comments on the lines before a block describe it:
//   <!-- file: samples/checkout.vsm -->       the entire file
//   <!-- part of: stream -->                  a part of an otherwise complete stream
//   <!-- part of: samples/checkout.vsm -->    a part of the stream at the end of that file
//   <!-- after: samples/checkout.vsm -->      follows the text of that file
//   <!-- errors: VSM0203 VSM1003 -->          the map has exactly these errors, in this order
//   <!-- name: broken.vsm -->                 the name of the map in outputs
//   <!-- output: vsm lint broken.vsm -->      the output of that command
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "backends/backend.h"
#include "base/diagnostics/render/render.h"
#include "base/text.h"
#include "compiler/compile.h"
#include "compiler/format/format.h"
#include "compiler/lint/observe.h"
#include "runtime/reports/metrics/report.h"
#include "tests/support/project.h"

namespace {

using namespace vsm;
namespace fs = std::filesystem;

const fs::path root = tests::project_root();

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file, path.string(), " cannot be read");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Block {
    std::string page;
    int line = 0;  ///< of its first line
    std::string language;
    std::map<std::string, std::string> said;  ///< values of the comments before it, by key
    std::string text;

    std::string about(const std::string& key) const {
        const auto found = said.find(key);
        return found == said.end() ? std::string() : found->second;
    }
};

std::vector<std::string> pages() {
    std::vector<std::string> found{"README.md", "CONTRIBUTING.md", "SECURITY.md"};
    for (const auto& entry : fs::directory_iterator(root / "docs"))
        if (entry.path().extension() == ".md") found.push_back("docs/" + entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<Block> blocks_of(const std::string& page) {
    static const std::regex comment("<!-- ([a-z ]+): (.*) -->");
    std::vector<Block> found;
    std::istringstream lines(read(root / page));
    Block block;
    bool inside = false;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::smatch match;
        if (inside && line == "```") {
            found.push_back(std::exchange(block, {}));
            inside = false;
        } else if (inside) {
            block.text += line + "\n";
        } else if (line.starts_with("```")) {
            block.page = page;
            block.line = number + 1;
            block.language = line.substr(3);
            inside = true;
        } else if (std::regex_match(line, match, comment)) {
            block.said[match[1]] = match[2];
        } else if (!line.empty()) {
            block.said.clear();
        }
    }
    CHECK_FALSE(inside);
    return found;
}

std::vector<Block> all_blocks() {
    std::vector<Block> found;
    for (const std::string& page : pages()) {
        if (page == "docs/diagnostics.md") continue;
        for (Block& block : blocks_of(page)) found.push_back(std::move(block));
    }
    return found;
}

/// Resolves imports to files in samples/.
class Samples final : public SourceReader {
public:
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string&, const std::string& written) override {
        const fs::path path = root / "samples" / written;
        if (!fs::exists(path)) return ImportRefusal{false, "no such file"};
        return LoadedSource{written, read(path)};
    }
};

struct Compiled {
    Samples reader;
    Workspace workspace{reader};
    Diagnostics diagnostics;
    std::optional<ir::CheckedModel> model;

    Compiled(const std::string& path, const std::string& text) {
        model = workspace.compile(path, text, diagnostics).checked;
    }
    std::vector<Diagnostic> found() const { return sorted(diagnostics, workspace.sources()); }
};

/// The complete map for a block.
std::string map_of(const Block& block) {
    if (const std::string file = block.about("after"); !file.empty()) return read(root / file) + block.text;
    const std::string whole = block.about("part of");
    if (whole.empty()) return block.text;
    if (whole == "stream") return "stream example {\ndemand: 40/w\n" + block.text + "}\n";
    const std::string text = read(root / whole);
    return text.substr(0, text.rfind('}')) + block.text + "}\n";
}

std::string codes_of(const std::vector<Diagnostic>& diagnostics) {
    std::string codes;
    for (const Diagnostic& one : diagnostics) codes += (codes.empty() ? "" : " ") + text_of(one.code);
    return codes;
}

/// The map named in an output: a block of the same page, or a file.
std::string map_named(const std::string& name, const std::string& page) {
    for (const Block& block : blocks_of(page))
        if (block.about("name") == name) return block.text;
    return read(root / name);
}

std::string lint_output(Compiled& compiled) {
    if (compiled.model) lint::lint(*compiled.model, {}, compiled.diagnostics);
    return render_text(compiled.found(), compiled.workspace.sources());
}

std::string metrics_output(const Compiled& compiled, const std::string& path, const std::string& stream) {
    REQUIRE(compiled.model);
    lint::SharedFigures figures(*compiled.model);
    runtime::FileMetrics file{path, &*compiled.model, figures.all()};
    const auto& streams = compiled.model->model().streams;
    for (std::size_t i = 0; i < streams.size(); ++i)
        if (streams[streams.id_at(i)].name.value == stream) file.only = streams.id_at(i);
    for (const lint::Finding& found : lint::observe(*compiled.model, {}, figures))
        file.observations.change()[found.place.stream].push_back({std::string(info_of(found.diagnostic.code).name),
                                                                  found.diagnostic.severity, found.diagnostic.message,
                                                                  found.diagnostic.help});
    return runtime::metrics_text({&file, 1});
}

std::string build_output(Compiled& compiled, const std::string& target) {
    REQUIRE(compiled.model);
    const backends::Backend* backend = backends::find_backend(target);
    REQUIRE(backend != nullptr);
    const backends::BackendOptions options;
    const auto files = backend->emit({*compiled.model, ir::StreamId{0}, options}, compiled.diagnostics);
    REQUIRE(files.size() == 1);
    return files.front().content;
}

/// The standard output of `vsm …`.
std::string output_of(const std::string& command, const std::string& page) {
    std::istringstream words(command);
    std::string vsm, verb, path, flag, target;
    words >> vsm >> verb >> path >> flag >> target;
    REQUIRE(vsm == "vsm");
    Compiled compiled(path, map_named(path, page));
    if (verb == "lint" && flag.empty()) return lint_output(compiled);
    if (verb == "metrics" && (flag.empty() || flag == "--stream")) return metrics_output(compiled, path, target);
    if (verb == "build" && flag == "-t") return build_output(compiled, target);
    FAIL("no such command: ", command);
    return {};
}

/// The errors of a fragment in its place: in a stream, or in a step that it completes.
std::string codes_in(const std::string& words) {
    const auto begins = [&](std::string_view keyword) { return words.starts_with(keyword); };
    std::string map = "stream s {\ndemand: 1/d\nstep build { process: 1h, lead: 9w }\n";
    if (begins("step ")) {
        map += words + " { process: 1h, lead: 9w }\n}\n";
    } else if (begins("queue ") || begins("trigger: ") || begins("deploys: ") || begins("calendar: ") ||
               begins("wait ") || words == "wait: 1d") {
        map += words + "\n}\n";
    } else {
        const bool process = begins("proces"), other = begins("lead") || begins("wait");
        map += "step x { " + words + (other ? "" : ", lead: 9w") + (process ? "" : ", process: 1h") + " }\n}\n";
    }
    const Compiled compiled("map.vsm", map);
    INFO(map, render_text(compiled.found(), compiled.workspace.sources()));
    CHECK(compiled.found().size() <= 1);
    return codes_of(compiled.found());
}

std::optional<std::string> formatted_text(const std::string& text) {
    const SourceFile source(FileId{0}, "map.vsm", text);
    Diagnostics ignored;
    const auto made = format::format(source, ignored);
    return made && made->sound ? std::optional(made->text) : std::nullopt;
}

std::set<std::string> matches_of(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::set<std::string> found;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), expression); at != std::sregex_iterator(); ++at)
        found.insert((*at)[1]);
    return found;
}

/// The anchors of the headings, as repository hosts generate them: letters and digits in lower case, a hyphen for each
/// blank.
std::set<std::string> anchors_of(const std::string& markdown) {
    std::set<std::string> found;
    for (const std::string& heading : matches_of(markdown, "(?:^|\n)#+ +([^\n]+)")) {
        std::string anchor;
        for (const char c : heading) {
            if (c == ' ') anchor += '-';
            if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_')
                anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        found.insert(anchor);
    }
    return found;
}

std::string section_of(const std::string& page, const std::string& heading) {
    const std::string text = read(root / page);
    const std::size_t begin = text.find(heading);
    REQUIRE(begin != std::string::npos);
    return text.substr(begin, text.find("\n#", begin) - begin);
}

}  // namespace

TEST_CASE("every map of the documentation compiles, or has exactly the errors that the page says") {
    std::size_t maps = 0;
    for (const Block& block : all_blocks()) {
        if (block.language != "vsm") continue;
        ++maps;
        Compiled compiled("map.vsm", map_of(block));
        INFO(block.page, ":", block.line, "\n", render_text(compiled.found(), compiled.workspace.sources()));
        CHECK(codes_of(compiled.found()) == block.about("errors"));
    }
    CHECK(maps > 10);
}

TEST_CASE("files shown in the documentation are the files of the project") {
    std::size_t files = 0;
    for (const Block& block : all_blocks()) {
        if (block.about("file").empty()) continue;
        ++files;
        INFO(block.page, ":", block.line);
        CHECK(block.text == read(root / block.about("file")));
    }
    CHECK(files >= 4);
}

TEST_CASE("outputs shown in the documentation are what vsm prints") {
    std::size_t outputs = 0;
    for (const Block& block : all_blocks()) {
        if (block.about("output").empty()) continue;
        ++outputs;
        INFO(block.page, ":", block.line);
        CHECK(block.text == output_of(block.about("output"), block.page));
    }
    CHECK(outputs >= 3);
}

TEST_CASE("every map of the documentation that can be read is in its canonical form") {
    std::size_t maps = 0;
    for (const Block& block : all_blocks()) {
        if (block.language != "vsm") continue;
        INFO(block.page, ":", block.line);
        const auto formatted = formatted_text(block.text);
        CHECK((formatted.has_value() || !block.about("errors").empty()));
        if (!formatted) continue;
        ++maps;
        CHECK(*formatted == block.text);
    }
    CHECK(maps > 10);
}

TEST_CASE("the page on the canonical form shows a map before and after") {
    const std::vector<Block> blocks = blocks_of("docs/format.md");
    REQUIRE(blocks.size() >= 2);
    REQUIRE(blocks[1].language == "vsm");
    CHECK(formatted_text(blocks[0].text) == blocks[1].text);
    CHECK(blocks[0].text != blocks[1].text);
}

TEST_CASE("links between the pages lead to files and headings that are there") {
    std::size_t headings = 0;
    for (const std::string& page : pages()) {
        for (const std::string& link : matches_of(read(root / page), R"(\]\(([A-Za-z0-9_./-]*(#[^)]*)?)\))")) {
            INFO(page, ": ", link);
            const std::size_t mark = std::min(link.find('#'), link.size());
            const fs::path file = mark == 0 ? root / page : (root / page).parent_path() / link.substr(0, mark);
            CHECK(fs::exists(file));
            if (mark == link.size()) continue;
            ++headings;
            CHECK(anchors_of(read(file)).contains(link.substr(mark + 1)));
        }
    }
    CHECK(headings > 10);
}

TEST_CASE("the grammar for readers has the keywords of the parser's") {
    const std::string shown = section_of("docs/language.md", "## 8. The grammar");
    const std::set<std::string> listed = matches_of(read(root / "grammar/Vsm.g4"), R"(tokens \{([^}]*)\})");
    REQUIRE(listed.size() == 1);
    const std::set<std::string> keywords = matches_of(lower_case(*listed.begin()), R"(\b([a-z]+)\b)");
    std::set<std::string> words = matches_of(shown, R"re("([a-z]+)")re");
    for (const char* const unit : {"s", "min", "h", "d", "w"}) words.erase(unit);
    CHECK(keywords.size() > 30);
    CHECK(words == keywords);
}

TEST_CASE("the page on the language has every capability of the compiler") {
    const std::string table = read(root / "compiler/lower/property_words.h");
    const std::size_t begin = table.find("capabilities{");
    REQUIRE(begin != std::string::npos);
    const std::string known = table.substr(begin, table.find("};", begin) - begin);
    const std::set<std::string> capabilities = matches_of(known, R"re("([a-z_]+)")re");
    CHECK(capabilities.size() > 30);
    CHECK(matches_of(section_of("docs/language.md", "### DORA capabilities"), "`([a-z]+_[a-z_]+)`") == capabilities);
}

TEST_CASE("what the page on the language refuses is one error each, and what it says to write instead is none") {
    const std::string section = section_of("docs/language.md", "## 6. What is refused");
    std::size_t rows = 0;
    for (const std::string& row : matches_of(section, "\n(\\| `[^\n]*)")) {
        ++rows;
        const std::size_t second = row.find(" | "), third = row.find(" | ", second + 3);
        REQUIRE(third != std::string::npos);
        for (const std::string& written : matches_of(row.substr(0, second), "`([^`]+)`"))
            CHECK(codes_in(written).size() == std::string_view("VSM0301").size());
        if (row.compare(third + 3, 1, "`") != 0) continue;
        for (const std::string& instead : matches_of(row.substr(third), "`([^`]+)`")) CHECK(codes_in(instead).empty());
    }
    CHECK(rows > 15);
}
