// Compares what was made with what is kept, or keeps it. Knows files and their texts; not where the texts come from.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace vsm::golden {

class Ledger {
public:
    /// With `update`, files are rewritten instead of compared.
    explicit Ledger(bool update) : update_(update) {}

    /// One text and the file that keeps it; a missing file is a difference.
    void hold(const std::filesystem::path& file, const std::string& made);
    /// Something that no file keeps is wrong.
    void fail(const std::string& what, const std::string& why);
    /// Files with this ending below a folder that nothing was held against: left over from a case that is gone.
    void refuse_leftovers(const std::filesystem::path& folder, const std::string& ending);

    /// Says how many were held and how many differ. Gives whether all is well: something was held and nothing differs.
    bool close(const std::string& name) const;

private:
    bool update_;
    std::set<std::filesystem::path> held_;
    int differences_ = 0;
    int rewritten_ = 0;
};

}  // namespace vsm::golden
