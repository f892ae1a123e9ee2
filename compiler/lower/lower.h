// Lowers syntax to the model: names become ids, literals become quantities, futures become streams with their edits
// applied.
// Reports and omits what cannot be resolved; compiler/check decides whether the result is valid.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "ir/model.h"

namespace vsm::lower {

/// A parsed file and the files that it imports, each once; the graph has no cycles.
struct Unit {
    const ast::File* file = nullptr;
    std::vector<const Unit*> imports;
    struct Linked {
        const ast::Import* import;
        const Unit* unit;
    };
    std::vector<Linked> linked;  ///< each `import` that was read, with its unit
    bool incomplete = false;     ///< an import could not be read (reported): names may be missing
};

/// A change to try on every stream that has the element.
struct Trial {
    std::string element;
    const ast::Change* change = nullptr;
    bool used = false;
};

/// The model of a file. Includes streams of imported files, marked as imported, so that futures and recoveries can
/// refer to them.
ir::Model lower(const Unit& unit, Diagnostics& diagnostics, std::span<Trial> trials = {});

}  // namespace vsm::lower
