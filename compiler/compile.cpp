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
    std::vector<const Parsed*> chain;
    link_imports(parsed, chain);
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

void Workspace::link_imports(Parsed& parsed, std::vector<const Parsed*>& chain) {
    if (parsed.linked) return;
    parsed.linked = true;
    chain.push_back(&parsed);
    for (const ast::Item& item : parsed.file.block.items) {
        const auto* statement = std::get_if<ast::Statement>(&item.what);
        if (statement == nullptr) continue;
        if (const auto* import = std::get_if<ast::Import>(statement); import != nullptr && import->path.given()) link_import(parsed, *import, chain);
    }
    chain.pop_back();
}

void Workspace::link_import(Parsed& parsed, const ast::Import& import, std::vector<const Parsed*>& chain) {
    if (import.path.value.empty()) return;
    const std::string& from = sources_[parsed.file.id].path();
    auto answer = reader_.read_import(from, import.path.value);
    if (const auto* refusal = std::get_if<ImportRefusal>(&answer)) {
        // Kept with the file, so that every map that imports it says so.
        if (refusal->outside_root) {
            parsed.diagnostics.report(diag::import_outside_root, import.path.range, import.path.value, refusal->reason)
                .help("imports stay inside the folder of the nearest `.vsm.yaml` or `.git`, else the map's own");
        } else {
            parsed.diagnostics.report(diag::unreadable_import, import.path.range, import.path.value, refusal->reason).help("the path is relative to the file it stands in");
        }
        return;
    }
    LoadedSource& loaded = *std::get_if<LoadedSource>(&answer);
    Parsed& other = parse_once(loaded.path, std::move(loaded.text));
    const auto again = std::find(chain.begin(), chain.end(), &other);
    if (again != chain.end()) {
        std::string path;
        for (auto at = again; at != chain.end(); ++at) path += sources_[(*at)->file.id].path() + " -> ";
        parsed.diagnostics.report(diag::import_cycle, import.path.range, path + loaded.path).help("move what both need into a third file");
        return;
    }
    if (std::find(parsed.unit.imports.begin(), parsed.unit.imports.end(), &other.unit) == parsed.unit.imports.end()) parsed.unit.imports.push_back(&other.unit);
    link_imports(other, chain);
}

}  // namespace vsm
