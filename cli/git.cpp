#include "cli/git.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "cli/child.h"
#include "compiler/parse/parse.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// What a repository's configuration could have git run, switched off; and its colours and renames, so that output is the same everywhere.
const std::vector<std::string>& safe_settings() {
    static const std::vector<std::string> words{
        "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.sshCommand=false",
        "-c", "core.askPass=", "-c", "credential.helper=", "-c", "protocol.allow=never", "-c", "diff.external=", "-c", "log.showSignature=false",
        "-c", "safe.bareRepository=explicit", "-c", "log.mailmap=false", "-c", "diff.orderFile=/dev/null", "-c", "color.ui=false", "-c", "core.quotePath=false", "-c", "diff.renameLimit=1000", "-c", "log.showRoot=true", "-c", "log.follow=false"};
    return words;
}

/// Our environment without what would make git say other things, fetch or ask.
std::vector<std::string> environment() {
    static constexpr std::string_view dropped[] = {"GIT_DIR=", "GIT_COMMON_DIR=", "GIT_OBJECT_DIRECTORY=", "GIT_ALTERNATE_OBJECT_DIRECTORIES=", "GIT_GRAFT_FILE=", "GIT_SHALLOW_FILE=", "GIT_REPLACE_REF_BASE=",
                                                   "GIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_PREFIX=", "GIT_NAMESPACE=", "GIT_EXTERNAL_DIFF=", "GIT_PAGER=",
                                                   "GIT_LITERAL_PATHSPECS=", "GIT_GLOB_PATHSPECS=", "GIT_NOGLOB_PATHSPECS=", "GIT_ICASE_PATHSPECS=", "GIT_OPTIONAL_LOCKS=",
                                                   "GIT_TERMINAL_PROMPT=", "GIT_ALLOW_PROTOCOL=", "GIT_NO_LAZY_FETCH=", "GIT_DIFF_OPTS=", "GIT_TRACE", "LC_ALL=", "LANGUAGE=", "TZ="};
    std::vector<std::string> kept;
    for (char** one = ::environ; *one != nullptr; ++one) {
        const std::string_view line = *one;
        if (std::none_of(std::begin(dropped), std::end(dropped), [&](std::string_view name) { return line.starts_with(name); })) kept.emplace_back(line);
    }
    for (const char* line : {"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1"}) kept.emplace_back(line);
    return kept;
}

std::vector<std::string> words_of(const std::string& folder, std::vector<std::string> arguments) {
    std::vector<std::string> words{"git", "-C", folder};
    words.insert(words.end(), safe_settings().begin(), safe_settings().end());
    words.insert(words.end(), std::make_move_iterator(arguments.begin()), std::make_move_iterator(arguments.end()));
    return words;
}

/// The first thing that git said, without its prefix.
std::string said(const std::string& text) {
    std::string line = text.substr(0, text.find('\n'));
    for (const std::string_view prefix : {"fatal: ", "error: "})
        if (line.starts_with(prefix)) line.erase(0, prefix.size());
    return line.empty() ? "it says nothing" : line;
}

std::string without_line_end(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

/// A path as it stands in a pattern of git's.
std::string without_patterns(const std::string& path) {
    std::string plain;
    for (const char c : path) {
        if (std::string_view("*?[]\\").find(c) != std::string_view::npos) plain += '\\';
        plain += c;
    }
    return plain;
}

Failure no_git(const std::string& why) { return Failure{why + "; it is needed for the history of a map. Install git, or compare two files: `vsm diff OLD NEW`"}; }

/// Calls `use` with each part that a NUL ends.
template <class Use>
void for_each_part(std::string_view text, Use use) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\0'), text.size());
        use(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

class Tree::Reader {
public:
    explicit Reader(std::string top) : top_(std::move(top)) {}

    Result<std::string> read(const std::string& object) {
        if (!child_) {
            auto started = Child::start(words_of(top_, {"cat-file", "--batch"}), environment());
            if (!started) return Failure{started.error()};
            child_.emplace(std::move(started.value()));
        }
        // `<object> blob <size>`, the bytes, a line end
        const auto head = child_->write(object + "\n") ? child_->read_line() : std::nullopt;
        const std::size_t space = head ? head->rfind(' ') : std::string::npos;
        std::size_t size = 0;
        if (space == std::string::npos || head->find(" blob ") == std::string::npos ||
            std::from_chars(head->data() + space + 1, head->data() + head->size(), size).ec != std::errc())
            return Failure{"this clone does not hold its content"};
        // no more than shows that it is too long for a map
        constexpr std::size_t most = parse::most_bytes + 1;
        auto text = child_->read(std::min(size, most));
        if (!text || !child_->skip(size - text->size() + 1)) return Failure{"git ended before all of it was read"};
        return std::move(*text);
    }

private:
    std::string top_;
    std::optional<Child> child_;
};

Result<std::string> Tree::read(const std::string& path) {
    fs::path at = path;
    for (int links = 0; links < 8; ++links) {
        const auto found = entries_.find(at.generic_string());
        if (found == entries_.end()) return Failure{"no such file"};
        auto text = reader_->read(found->second.object);
        if (!text || !found->second.link) return text;
        const fs::path to = text.value();
        at = (at.parent_path() / to).lexically_normal();
        if (to.is_absolute() || at.generic_string().starts_with("..")) return Failure{"it is a link that leads out of the repository"};
    }
    return Failure{"too many links"};
}

Result<std::string> Repository::run(std::vector<std::string> arguments) const {
    auto done = run_program(words_of(top_, std::move(arguments)), environment());
    if (!done) return no_git(done.error());
    if (done.value().exit != 0) return Failure{said(done.value().err)};
    return std::move(done.value().out);
}

Result<Repository> Repository::open(const std::string& folder) {
    Repository repository;
    repository.top_ = folder.empty() ? "." : folder;
    auto done = run_program(words_of(repository.top_, {"rev-parse", "--is-inside-work-tree", "--show-toplevel"}), environment());
    if (!done) return no_git(done.error());
    const std::string& out = done.value().out;
    // A folder of a repository may look like a bare one, and say what git is to do: such a one is not even looked into.
    if (out.starts_with("false") || said(done.value().err).starts_with("cannot use bare repository"))
        return Failure{"this is a bare repository, or its .git folder: there are no maps to compare with. Run it in a clone with its files, or compare two files: `vsm diff OLD NEW`"};
    if (done.value().exit != 0) {
        const std::string why = said(done.value().err);
        if (why.starts_with("not a git repository"))
            return Failure{"this folder is in no git repository, so there is no earlier version to compare with; compare two files: `vsm diff OLD NEW`"};
        if (why.starts_with("detected dubious ownership"))
            return Failure{"the repository belongs to somebody else, so git does not read it; if you trust it: `git config --global --add safe.directory FOLDER`, with its absolute path"};
        return Failure{"git refuses: " + why};
    }
    repository.top_ = without_line_end(out.substr(out.find('\n') + 1));
    return repository;
}

Result<std::string> Repository::inside(const std::string& path) const {
    std::error_code failed;
    // A link to a map is the file that stands in the tree; links among the folders above it are resolved.
    const fs::path absolute = fs::absolute(path, failed).lexically_normal();
    const fs::path folder = failed ? absolute : fs::weakly_canonical(absolute.has_filename() ? absolute.parent_path() : absolute.parent_path().parent_path(), failed);
    const fs::path name = absolute.has_filename() ? absolute.filename() : absolute.parent_path().filename();
    const fs::path whole = fs::is_directory(absolute, failed) ? fs::weakly_canonical(absolute, failed) : folder / name;
    const fs::path relative = whole.lexically_relative(top_);
    if (relative.empty() || *relative.begin() == "..") return Failure{fmt::format("{} lies outside the repository `{}`", path, fs::path(top_).filename().string())};
    return relative == "." ? "" : relative.generic_string();
}

bool Repository::is_in_another(const std::string& path) const {
    std::error_code failed;
    for (fs::path folder = fs::path(path).parent_path(); !folder.empty(); folder = folder.parent_path())
        if (fs::exists(fs::path(top_) / folder / ".git", failed)) return true;
    return false;
}

bool Repository::is_shallow() const {
    const auto answer = run({"rev-parse", "--is-shallow-repository"});
    return answer && answer.value().starts_with("true");
}

Result<Revision> Repository::resolve(const std::string& name) const {
    if (name.empty() || name.starts_with("-")) return Failure{fmt::format("`{}` is no revision: give a branch, a tag or a commit, such as `origin/main`", name)};
    const auto find = [&](const std::string& word) { return run({"rev-parse", "--verify", "--quiet", "--end-of-options", word + "^{commit}"}); };
    if (const auto found = find(name)) return Revision{without_line_end(found.value())};
    if (!find("HEAD")) return Failure{"this repository has no commit yet, so there is no earlier version to compare with"};
    if (find("origin/" + name)) return Failure{fmt::format("there is no revision `{}` here; did you mean `origin/{}`?", name, name)};
    const std::string fetch = is_shallow() ? "this clone is shallow: fetch more of it with `git fetch --unshallow` (`fetch-depth: 0` of actions/checkout), then `git fetch origin`"
                                           : "see `git branch -a`, or get it with `git fetch origin`";
    return Failure{fmt::format("there is no revision `{}` here; {}", name, fetch)};
}

Result<Revision> Repository::merge_base(const std::string& name) const {
    auto revision = resolve(name);
    if (!revision) return revision;
    const auto head = resolve("HEAD");
    if (!head) return head;
    if (const auto found = run({"merge-base", "--end-of-options", revision.value().id, head.value().id})) return Revision{without_line_end(found.value())};
    if (is_shallow())
        return Failure{fmt::format("this clone is shallow and does not hold the commit where HEAD and `{}` parted; get it with `git fetch --unshallow` (`fetch-depth: 0` of actions/checkout)", name)};
    return Failure{fmt::format("HEAD and `{}` have no commit in common; compare two files: `vsm diff OLD NEW`", name)};
}

Result<Tree> Repository::tree(const Revision& revision) const {
    auto list = run({"ls-tree", "-r", "-z", "--full-tree", revision.id});
    if (!list) return Failure{list.error()};
    Tree tree;
    tree.reader_ = std::make_shared<Tree::Reader>(top_);
    for_each_part(list.value(), [&](std::string_view row) {
        // `100644 blob <object>\t<path>`
        const std::size_t tab = row.find('\t'), space = row.rfind(' ', tab);
        if (tab == std::string_view::npos || space == std::string_view::npos || row.find(" blob ") == std::string_view::npos) return;
        tree.entries_.emplace(std::string(row.substr(tab + 1)), Tree::Entry{std::string(row.substr(space + 1, tab - space - 1)), row.starts_with("120000")});
    });
    return tree;
}

Result<std::vector<Commit>> Repository::commits(const std::string& path, bool is_file, std::size_t last) const {
    if (auto head = resolve("HEAD"); !head) return Failure{head.error()};
    std::vector<std::string> words{"log", fmt::format("-{}", last), "-z", "--format=%x01%H%x02%ad%x02%s", "--date=short", "--no-ext-diff", "--no-textconv",
                                   "--no-show-signature", "--no-notes", "--no-color", "--encoding=UTF-8"};
    if (is_file) {
        words.insert(words.end(), {"--follow", "--name-only", "HEAD", "--", ":(top,literal)" + path});
    } else {
        words.insert(words.end(), {"HEAD", "--", fmt::format(":(top,glob){}**/*.vsm", path.empty() ? "" : without_patterns(path) + "/")});
    }
    auto said = run(std::move(words));
    if (!said) return Failure{said.error()};
    std::vector<Commit> commits;
    for_each_part(said.value(), [&](std::string_view part) {
        // `<0x01><id><0x02><date><0x02><subject>`, and, on a line of its own, the path then.
        if (part.starts_with('\n')) {
            if (is_file && !commits.empty()) commits.back().path = std::string(part.substr(1));
            return;
        }
        const std::size_t date = part.find('\x02'), subject = part.find('\x02', date + 1);
        if (!part.starts_with('\x01') || subject == std::string_view::npos) return;
        commits.push_back({{std::string(part.substr(1, date - 1))}, std::string(part.substr(date + 1, subject - date - 1)), without_line_end(std::string(part.substr(subject + 1))), path});
    });
    std::reverse(commits.begin(), commits.end());
    return commits;
}

std::variant<LoadedSource, ImportRefusal> RevisionReader::read_import(const std::string& from, const std::string& written) {
    const fs::path folder = fs::path(from).parent_path();
    fs::path root = folder;
    while (!root.empty() && !tree_.entries().contains((root / ".vsm.yaml").generic_string())) root = root.parent_path();
    if (written.find('\0') != std::string::npos) return ImportRefusal{false, "no such file"};
    const fs::path path = (folder / written).lexically_normal();
    const fs::path below = path.lexically_relative(root.empty() ? "." : root);
    if (fs::path(written).is_absolute() || below.empty() || *below.begin() == "..")
        return ImportRefusal{true, root.empty() ? "the repository" : fmt::format("the folder `{}`", root.filename().string())};
    auto text = tree_.read(path.generic_string());
    if (!text) return ImportRefusal{false, text.error()};
    return LoadedSource{path.generic_string(), std::move(text.value())};
}

}  // namespace vsm::cli
