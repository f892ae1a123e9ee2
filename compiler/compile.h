// Compiles a file and its imports to a checked model in one call. Does not read files: the caller provides a reader.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "base/diagnostics/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/lower/lower.h"
#include "ir/checked_model.h"

namespace vsm {

/// A file found for an import. `path` identifies the file: the same file must always have the same path.
struct LoadedSource {
    std::string path;
    std::string text;
};

/// Why an import was not read.
struct ImportRefusal {
    bool outside_root = false;
    std::string reason;     ///< the environment's error, or the name of the root
    std::string help = {};  ///< a remedy, if the environment knows a better one than the compiler
};

class SourceReader {
public:
    virtual ~SourceReader() = default;
    /// Reads the file that `written` means in an `import` of the file `from`.
    virtual std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from,
                                                                  const std::string& written) = 0;
};

struct Compilation {
    FileId file;
    std::optional<ir::CheckedModel> checked;  ///< nothing if there is an error
    std::vector<FileId> files;                ///< the map and everything that it imports, in the order of reading
};

/// A property changed to see its effect, without touching the file: `deploy.wait=1h`.
struct WhatIf {
    std::string text;                 ///< as given
    std::string element;              ///< before the point
    std::unique_ptr<ast::File> file;  ///< a future with only this change
    const ast::Change* change = nullptr;
    bool used = false;  ///< some stream has the element
};

/// The files of one run, each loaded once. The diagnostics of a map depend on it and its imports, not on maps compiled
/// before.
class Workspace {
public:
    explicit Workspace(SourceReader& reader) : reader_(reader) {}

    /// Replaces the text of a file, found by its displayed path. Has no effect on a file that was read before.
    void stand_in(const std::string& path, std::string text) { stand_ins_[path] = std::move(text); }

    /// Compiles one file. Reports errors in it and in its imports to `diagnostics`.
    Compilation compile(const std::string& path, std::string text, Diagnostics& diagnostics);
    const SourceSet& sources() const { return sources_; }

    /// Adds a change that applies to every map compiled from now on. Returns what is wrong with `text`, or nothing.
    std::optional<std::string> add_what_if(const std::string& text);
    const std::vector<WhatIf>& what_ifs() const { return what_ifs_; }

private:
    struct Parsed {
        ast::File file;
        bool used_up = false;     ///< its tree was moved out; parsed again when another map imports it
        Diagnostics diagnostics;  ///< of parsing the text
        // The rest belongs to the map being compiled: which file closes an import cycle depends on where the imports
        // begin.
        std::size_t map = 0;  ///< the map it was linked for, counted from 1
        lower::Unit unit;
        std::vector<const Parsed*> imports;
        std::map<std::string, Parsed*> imported;  ///< by the path as written in the import
        Diagnostics of_imports;
    };

    /// A file on the way from the map to the file being read, and the import that led to it (none for the map).
    struct Link {
        const Parsed* file;
        SourceRange import;
    };
    using Chain = std::vector<Link>;

    Parsed& parse_once(const std::string& path, std::string text);
    /// The imported file; null if it cannot be read (reported).
    Parsed* find_import(Parsed& parsed, const ast::Import& import, const Chain& chain);
    void link_imports(Parsed& parsed, SourceRange import, Chain& chain);
    void link_import(Parsed& parsed, const ast::Import& import, Chain& chain);
    void report_refusal(Parsed& parsed, const ast::Import& import, const ImportRefusal& refusal, const Chain& chain);
    void report_nameless(Parsed& parsed, const ast::Import& import);
    void report_too_many(Parsed& parsed, const ast::Import& import);
    void report_cycle(Parsed& parsed, const ast::Import& import, Chain::const_iterator again, const Chain& chain);
    void collect(const Parsed& parsed, Diagnostics& diagnostics, std::set<const Parsed*>& seen) const;

    SourceReader& reader_;
    SourceSet sources_;
    std::map<std::string, std::unique_ptr<Parsed>> files_;
    std::map<std::string, std::string> stand_ins_;
    std::vector<WhatIf> what_ifs_;
    std::size_t maps_ = 0;
    std::size_t imports_ = 0;  ///< of the map being compiled, including imports of imports
};

}  // namespace vsm
