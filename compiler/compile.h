// The compiler as one call: a file and what it imports, to a checked model. Reads no file itself: whoever calls it brings a reader.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "base/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/lower/lower.h"
#include "ir/checked_model.h"

namespace vsm {

/// A file found for an import. `path` says which file it is: the same file must always get the same path.
struct LoadedSource {
    std::string path;
    std::string text;
};

/// Why an import was not read.
struct ImportRefusal {
    bool outside_root = false;
    std::string reason;  ///< what the environment said, or the root's name
    std::string help = {};  ///< what to do, where the environment knows better than the compiler
};

class SourceReader {
public:
    virtual ~SourceReader() = default;
    /// Reads what `written` means in an `import` of the file `from`.
    virtual std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) = 0;
};

struct Compilation {
    FileId file;
    std::optional<ir::CheckedModel> checked;  ///< nothing when there is an error
    std::vector<FileId> files;                ///< the map and all that it imports, in the order in which they were read
};

/// A figure changed to see what comes of it, without touching the file: `deploy.wait=1h`.
struct WhatIf {
    std::string text;     ///< as given
    std::string element;  ///< before the point
    std::unique_ptr<ast::File> file;  ///< a future that holds the change alone
    const ast::Change* change = nullptr;
    bool used = false;  ///< some stream has the element
};

/// The files of one run, each parsed once. What is said of a map depends on it and on what it imports, not on the maps compiled before.
class Workspace {
public:
    explicit Workspace(SourceReader& reader) : reader_(reader) {}

    /// A text that stands in for that of a file, by the path the file is shown by, in all that is compiled from now on.
    void stand_in(const std::string& path, std::string text) { stand_ins_[path] = std::move(text); }

    /// Compiles one file. What is wrong with it, or with what it imports, goes to `diagnostics`.
    Compilation compile(const std::string& path, std::string text, Diagnostics& diagnostics);
    const SourceSet& sources() const { return sources_; }

    /// A change that every map compiled from now on is read with. Gives what is wrong with the words, or nothing.
    std::optional<std::string> add_what_if(const std::string& text);
    const std::vector<WhatIf>& what_ifs() const { return what_ifs_; }

private:
    struct Parsed {
        ast::File file;
        bool used_up = false;     ///< its tree was taken away, and comes back when another map imports it
        Diagnostics diagnostics;  ///< of the text
        // The rest is of the map that is being compiled: which file closes a circle of imports depends on where one begins.
        std::size_t map = 0;  ///< the map it was linked for, counted from 1
        lower::Unit unit;
        std::vector<const Parsed*> imports;
        std::map<std::string, Parsed*> imported;  ///< by what an import says
        Diagnostics of_imports;
    };

    /// A file on the way from the map to what is being read, and the import by which it was reached (none for the map).
    struct Link {
        const Parsed* file;
        SourceRange import;
    };
    using Chain = std::vector<Link>;

    Parsed& parse_once(const std::string& path, std::string text);
    /// The file that an import means, or nothing (reported).
    Parsed* find_import(Parsed& parsed, const ast::Import& import, const Chain& chain);
    void link_imports(Parsed& parsed, SourceRange import, Chain& chain);
    void link_import(Parsed& parsed, const ast::Import& import, Chain& chain);
    void report_refusal(Parsed& parsed, const ast::Import& import, const ImportRefusal& refusal, const Chain& chain);
    void report_too_many(Parsed& parsed, const ast::Import& import);
    void report_cycle(Parsed& parsed, const ast::Import& import, Chain::const_iterator again, const Chain& chain);
    void collect(const Parsed& parsed, Diagnostics& diagnostics, std::set<const Parsed*>& seen) const;

    SourceReader& reader_;
    SourceSet sources_;
    std::map<std::string, std::unique_ptr<Parsed>> files_;
    std::map<std::string, std::string> stand_ins_;
    std::vector<WhatIf> what_ifs_;
    std::size_t maps_ = 0;
    std::size_t imports_ = 0;  ///< of the map that is being compiled, with those of what it imports
};

}  // namespace vsm
