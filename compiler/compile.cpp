#include "compiler/compile.h"

#include <algorithm>
#include <utility>

#include "compiler/check/check_model.h"
#include "compiler/parse/parse.h"
#include "diag/lower.h"

namespace vsm {
namespace {

/// Limit for one map, including imports of imports: each may read a file.
constexpr std::size_t most_imports = 1'000;

}  // namespace

Workspace::Parsed& Workspace::parse_once(const std::string& path, std::string text) {
    std::unique_ptr<Parsed>& slot = files_[path];
    if (slot) {
        Diagnostics known;
        if (std::exchange(slot->used_up, false)) slot->file = parse::parse(sources_[slot->file.id], known);
        return *slot;
    }
    slot = std::make_unique<Parsed>();
    const auto instead = stand_ins_.find(path);
    const SourceFile& source = sources_.add(path, instead == stand_ins_.end() ? std::move(text) : instead->second);
    slot->file = parse::parse(source, slot->diagnostics);
    return *slot;
}

Compilation Workspace::compile(const std::string& path, std::string text, Diagnostics& diagnostics) {
    Parsed& parsed = parse_once(path, std::move(text));
    ++maps_;
    imports_ = 0;
    Diagnostics own;
    Chain chain;
    link_imports(parsed, {}, chain);
    std::set<const Parsed*> seen;
    collect(parsed, own, seen);
    Compilation made{parsed.file.id, std::nullopt, {}};
    for (const Parsed* one : seen) made.files.push_back(one->file.id);
    std::sort(made.files.begin(), made.files.end());
    std::vector<lower::Trial> trials;
    for (const WhatIf& one : what_ifs_) trials.push_back({one.element, one.change});
    ir::Model model = lower::lower(parsed.unit, own, trials);
    parsed.file.block = {};
    parsed.used_up = true;
    made.checked = check::check(std::move(model), own);
    for (std::size_t i = 0; i < trials.size(); ++i) what_ifs_[i].used = what_ifs_[i].used || trials[i].used;
    diagnostics.append(own);
    return made;
}

namespace {

std::string said(const Diagnostic& diagnostic) {
    return diagnostic.message + (diagnostic.help.empty() ? "" : "; " + diagnostic.help);
}

/// The change of a future that contains nothing else; null if the file is anything else.
const ast::Change* only_change_of(const ast::File& file, const std::string& element, const std::string& property) {
    const auto only = [](const ast::Block& block) {
        return block.items.size() == 1 ? block.items.front().statement() : nullptr;
    };
    const ast::Statement* outer = only(file.block);
    const auto* future = outer == nullptr ? nullptr : std::get_if<ast::Future>(outer);
    const ast::Statement* inner = future == nullptr ? nullptr : only(future->block);
    const auto* change = inner == nullptr ? nullptr : std::get_if<ast::Change>(inner);
    if (change == nullptr || change->element.text != element || change->block.items.size() != 1) return nullptr;
    const auto* given = change->block.items.front().property();
    return given != nullptr && given->name.text == property ? change : nullptr;
}

}  // namespace

std::optional<std::string> Workspace::add_what_if(const std::string& text) {
    const std::size_t equals = text.find('='), point = text.find('.');
    if (equals == std::string::npos || point >= equals || point == 0 || point + 1 == equals ||
        equals + 1 == text.size())
        return "takes ELEMENT.PROPERTY=VALUE, such as `deploy.wait=1h`; to change anything else, such as a wait or "
               "rework, write a future";
    WhatIf made;
    made.text = text;
    made.element = text.substr(0, point);
    const std::string property = text.substr(point + 1, equals - point - 1);
    if (property == "rework")
        return fmt::format(
            "a rework is not a property; write a future, `future trial of STREAM {{ change {} {{ rework … to … }} }}`",
            made.element);
    const SourceFile& source =
        sources_.add("--what-if", fmt::format("future what_if of map {{ change {} {{ {}: {} }} }}", made.element,
                                              property, text.substr(equals + 1)));
    Diagnostics wrong;
    made.file = std::make_unique<ast::File>(parse::parse(source, wrong));
    if (wrong.has_errors()) return said(wrong.all().front());
    made.change = only_change_of(*made.file, made.element, property);
    if (made.change == nullptr) return "takes one property of one element, such as `deploy.wait=1h`";
    what_ifs_.push_back(std::move(made));
    return std::nullopt;
}

/// Collects the diagnostics of a file and of everything that it imports.
void Workspace::collect(const Parsed& parsed, Diagnostics& diagnostics, std::set<const Parsed*>& seen) const {
    if (!seen.insert(&parsed).second) return;
    diagnostics.append(parsed.diagnostics);
    diagnostics.append(parsed.of_imports);
    for (const Parsed* other : parsed.imports) collect(*other, diagnostics, seen);
}

void Workspace::link_imports(Parsed& parsed, SourceRange import, Chain& chain) {
    if (parsed.map == maps_) return;
    parsed.map = maps_;
    parsed.unit = {};
    parsed.unit.file = &parsed.file;
    parsed.imports.clear();
    parsed.imported.clear();
    parsed.of_imports = {};
    chain.push_back({&parsed, import});
    for (const ast::Item& item : parsed.file.block.items) {
        const auto* statement = item.statement();
        if (statement == nullptr) continue;
        if (const auto* said = std::get_if<ast::Import>(statement); said != nullptr && said->path.given())
            link_import(parsed, *said, chain);
    }
    chain.pop_back();
}

void Workspace::link_import(Parsed& parsed, const ast::Import& import, Chain& chain) {
    if (import.path.range.begin == import.path.range.end) {  // missing; the parser reported it
        parsed.unit.incomplete = true;
        return;
    }
    if (import.path.value.empty()) return report_nameless(parsed, import);
    if (chain.size() > parse::deepest_nesting)
        return report_refusal(
            parsed, import, {false, fmt::format("imports are nested more than {} levels deep", parse::deepest_nesting)},
            {});
    if (++imports_ > most_imports) return report_too_many(parsed, import);
    Parsed* found = find_import(parsed, import, chain);
    if (found == nullptr) return;
    Parsed& other = *found;
    const auto again = std::find_if(chain.begin(), chain.end(), [&](const Link& link) { return link.file == &other; });
    if (again != chain.end()) return report_cycle(parsed, import, again, chain);
    if (std::find(parsed.imports.begin(), parsed.imports.end(), &other) == parsed.imports.end()) {
        parsed.imports.push_back(&other);
        parsed.unit.imports.push_back(&other.unit);
    }
    parsed.unit.linked.push_back({&import, &other.unit});
    link_imports(other, import.path.range, chain);
}

/// Reads each path that a file imports only once.
Workspace::Parsed* Workspace::find_import(Parsed& parsed, const ast::Import& import, const Chain& chain) {
    if (const auto known = parsed.imported.find(import.path.value); known != parsed.imported.end())
        return known->second;
    auto answer = reader_.read_import(sources_[parsed.file.id].path(), import.path.value);
    if (const auto* refusal = std::get_if<ImportRefusal>(&answer)) {
        report_refusal(parsed, import, *refusal, chain);
        return nullptr;
    }
    LoadedSource& loaded = *std::get_if<LoadedSource>(&answer);
    return parsed.imported[import.path.value] = &parse_once(loaded.path, std::move(loaded.text));
}

void Workspace::report_nameless(Parsed& parsed, const ast::Import& import) {
    parsed.unit.incomplete = true;
    parsed.of_imports.report(diag::wrong_value, import.path.range, "import", "the path of a file", "an empty text")
        .help("write the path from the folder of this file, such as `import \"teams.vsm\"`");
}

void Workspace::report_too_many(Parsed& parsed, const ast::Import& import) {
    parsed.unit.incomplete = true;
    if (imports_ > most_imports + 1) return;
    parsed.of_imports.report(diag::out_of_range, import.path.range, fmt::format("a map with {} imports", imports_),
                             fmt::format("the {} that one map may have", most_imports));
}

/// Stored with the file, so that it is reported for every map that imports it.
void Workspace::report_refusal(Parsed& parsed, const ast::Import& import, const ImportRefusal& refusal,
                               const Chain& chain) {
    parsed.unit.incomplete = true;
    auto report =
        refusal.outside_root
            ? parsed.of_imports.report(diag::import_outside_root, import.path.range, import.path.value, refusal.reason)
            : parsed.of_imports.report(diag::unreadable_import, import.path.range, import.path.value, refusal.reason);
    for (auto link = chain.rbegin(); link != chain.rend(); ++link)
        report.label(link->import, fmt::format("`{}` is imported here", sources_[link->file->file.id].path()));
    if (!refusal.help.empty())
        report.help(refusal.help);
    else
        report.help(
            refusal.outside_root
                ? "imports must stay inside the folder of the nearest `.vsm.yaml` or `.git`, or else the map's own"
                : "the path is relative to the file that contains it");
}

void Workspace::report_cycle(Parsed& parsed, const ast::Import& import, Chain::const_iterator again,
                             const Chain& chain) {
    parsed.unit.incomplete = true;
    const auto path_of = [&](const Link& link) { return sources_[link.file->file.id].path(); };
    std::string path;
    for (auto at = again; at != chain.end(); ++at) path += path_of(*at) + " -> ";
    auto report = parsed.of_imports.report(diag::import_cycle, import.path.range, path + path_of(*again));
    for (auto at = again + 1; at != chain.end(); ++at)
        report.label(at->import, fmt::format("`{}` is imported here", path_of(*at)));
    report.help("move what both need into a third file");
}

}  // namespace vsm
