#include "tests/golden/ledger.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <vector>

#include "tests/golden/process.h"

namespace vsm::golden {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_lines_shown = 40;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    if (!text.empty() && text.back() != '\n') lines.back() += " (no line end)";
    return lines;
}

void show(char sign, const std::vector<std::string>& lines, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < from + most_lines_shown; ++i) std::cout << sign << ' ' << lines[i] << '\n';
    if (to > from + most_lines_shown) std::cout << sign << " … " << to - from - most_lines_shown << " more lines\n";
}

/// What differs: the lines between the common beginning and the common end.
void show_difference(const std::string& kept, const std::string& made) {
    const std::vector<std::string> old = lines_of(kept), now = lines_of(made);
    std::size_t begin = 0;
    while (begin < old.size() && begin < now.size() && old[begin] == now[begin]) ++begin;
    std::size_t old_end = old.size(), now_end = now.size();
    while (old_end > begin && now_end > begin && old[old_end - 1] == now[now_end - 1]) --old_end, --now_end;
    std::cout << "  from line " << begin + 1 << " (- kept, + made):\n";
    show('-', old, begin, old_end);
    show('+', now, begin, now_end);
}

/// What is said of a program, or of one in a pipe, that did not end by itself.
bool tells_of_a_crash(const std::string& made) {
    for (const std::string_view sign :
         {"terminate called", "Aborted\n", "Segmentation fault", "AddressSanitizer", "runtime error: "})
        if (made.find(sign) != std::string::npos) return true;
    for (const std::string& line : lines_of(made))
        if (line.starts_with("[exit ") && std::atoi(line.c_str() + 6) > 128) return true;
    return false;
}

}  // namespace

void Ledger::hold(const fs::path& file, const std::string& made) {
    held_.insert(file.lexically_normal());
    if (tells_of_a_crash(made)) return fail(file.string(), "it tells of a crash, which is never kept:\n" + made);
    const bool there = fs::exists(file);
    const std::string kept = read_file(file);
    if (there && kept == made) return;
    if (update_) {
        write_file(file, made);
        ++rewritten_;
        return;
    }
    ++differences_;
    std::cout << (there ? "DIFFERENT " : "MISSING ") << file.string() << '\n';
    show_difference(kept, made);
}

void Ledger::fail(const std::string& what, const std::string& why) {
    ++differences_;
    std::cout << "FAILED " << what << ": " << why << '\n';
}

void Ledger::refuse_leftovers(const fs::path& folder, const std::string& ending) {
    std::vector<fs::path> left;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().string().ends_with(ending) &&
            !held_.contains(entry.path().lexically_normal()))
            left.push_back(entry.path());
    std::sort(left.begin(), left.end());
    for (const fs::path& file : left) {
        if (update_) {
            fs::remove(file);
            ++rewritten_;
        } else {
            fail(file.string(), "no case makes this file any more");
        }
    }
}

bool Ledger::close(const std::string& name) const {
    std::cout << name << ": " << held_.size() << " held, " << differences_ << " different";
    if (update_) std::cout << ", " << rewritten_ << " rewritten";
    std::cout << '\n';
    if (held_.empty()) std::cout << "nothing was held: that is no test\n";
    return differences_ == 0 && !held_.empty();
}

}  // namespace vsm::golden
