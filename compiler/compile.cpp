#include "compiler/compile.h"

#include <algorithm>

#include "compiler/check/check.h"
#include "compiler/parse/parse.h"

namespace vsm {

Workspace::Parsed& Workspace::parse_once(const std::string& path, std::string text) {
    std::unique_ptr<Parsed>& slot = files_[path];
    if (slot) return *slot;
    slot = std::make_unique<Parsed>();
    const SourceFile& source = sources_.add(path, std::move(text));
    slot->file = parse::parse(source, slot->diagnostics);
    slot->unit.file = &slot->file;
    return *slot;
}

Compilation Workspace::compile(const std::string& path, std::string text, Diagnostics& diagnostics) {
    Parsed& parsed = parse_once(path, std::move(text));
    Diagnostics own;
    Chain chain;
    link_imports(parsed, {}, chain);
    std::map<const Parsed*, bool> seen;
    collect(parsed, own, seen);
    Compilation made{&parsed.file, std::nullopt};
    made.checked = check::check(lower::lower(parsed.unit, own), own);
    diagnostics.append(own);
    return made;
}

/// The reports of a file and of all it imports.
void Workspace::collect(const Parsed& parsed, Diagnostics& diagnostics, std::map<const Parsed*, bool>& seen) const {
    if (!seen.emplace(&parsed, true).second) return;
    diagnostics.append(parsed.diagnostics);
    for (const lower::Unit* unit : parsed.unit.imports)
        for (const auto& [path, other] : files_)
            if (&other->unit == unit) collect(*other, diagnostics, seen);
}

void Workspace::link_imports(Parsed& parsed, SourceRange import, Chain& chain) {
    if (parsed.linked) return;
    parsed.linked = true;
    chain.push_back({&parsed, import});
    for (const ast::Item& item : parsed.file.block.items) {
        const auto* statement = std::get_if<ast::Statement>(&item.what);
        if (statement == nullptr) continue;
        if (const auto* said = std::get_if<ast::Import>(statement); said != nullptr && said->path.given()) link_import(parsed, *said, chain);
    }
    chain.pop_back();
}

void Workspace::link_import(Parsed& parsed, const ast::Import& import, Chain& chain) {
    if (import.path.range.begin == import.path.range.end) {  // left out; reported already
        parsed.unit.incomplete = true;
        return;
    }
    if (import.path.value.empty()) return report_refusal(parsed, import, {false, "it names no file"}, chain);
    auto answer = reader_.read_import(sources_[parsed.file.id].path(), import.path.value);
    if (const auto* refusal = std::get_if<ImportRefusal>(&answer)) return report_refusal(parsed, import, *refusal, chain);
    LoadedSource& loaded = *std::get_if<LoadedSource>(&answer);
    Parsed& other = parse_once(loaded.path, std::move(loaded.text));
    const auto again = std::find_if(chain.begin(), chain.end(), [&](const Link& link) { return link.file == &other; });
    if (again != chain.end()) return report_cycle(parsed, import, again, chain);
    if (std::find(parsed.unit.imports.begin(), parsed.unit.imports.end(), &other.unit) == parsed.unit.imports.end()) parsed.unit.imports.push_back(&other.unit);
    link_imports(other, import.path.range, chain);
}

/// Kept with the file, so that every map that imports it says so.
void Workspace::report_refusal(Parsed& parsed, const ast::Import& import, const ImportRefusal& refusal, const Chain& chain) {
    parsed.unit.incomplete = true;
    auto report = refusal.outside_root ? parsed.diagnostics.report(diag::import_outside_root, import.path.range, import.path.value, refusal.reason)
                                       : parsed.diagnostics.report(diag::unreadable_import, import.path.range, import.path.value, refusal.reason);
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) report.label(link->import, fmt::format("`{}` is imported here", sources_[link->file->file.id].path()));
    report.help(refusal.outside_root ? "imports stay inside the folder of the nearest `.vsm.yaml` or `.git`, else the map's own" : "the path is relative to the file it stands in");
}

void Workspace::report_cycle(Parsed& parsed, const ast::Import& import, Chain::const_iterator again, const Chain& chain) {
    parsed.unit.incomplete = true;
    const auto path_of = [&](const Link& link) { return sources_[link.file->file.id].path(); };
    std::string path;
    for (auto at = again; at != chain.end(); ++at) path += path_of(*at) + " -> ";
    auto report = parsed.diagnostics.report(diag::import_cycle, import.path.range, path + path_of(*again));
    for (auto at = again + 1; at != chain.end(); ++at) report.label(at->import, fmt::format("`{}` is imported here", path_of(*at)));
    report.help("move what both need into a third file");
}

}  // namespace vsm
