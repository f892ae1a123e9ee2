// Pairs the streams of two versions across files.
#include "runtime/diff/file_pairs.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>

#include "compiler/compile.h"
#include "runtime/diff/stream_pairs.h"

namespace vsm {
namespace {

struct NoImports final : SourceReader {
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string&, const std::string&) override {
        return ImportRefusal{false, "no such file"};
    }
};

/// The files of a version, compiled, by path.
class Files {
public:
    explicit Files(const std::vector<std::pair<std::string, std::string>>& texts) : texts_(texts), workspace_(reader_) {
        for (const auto& [path, text] : texts_) {
            Diagnostics diagnostics;
            models_.push_back(workspace_.compile(path, text, diagnostics).checked);
        }
        for (std::size_t i = 0; i < texts_.size(); ++i)
            sides_.push_back({texts_[i].first, texts_[i].second, models_[i] ? &*models_[i] : nullptr, true});
    }
    std::vector<runtime::FileSide>& sides() { return sides_; }
    const ir::CheckedModel& model(std::size_t i) const { return *models_[i]; }

private:
    std::vector<std::pair<std::string, std::string>> texts_;
    NoImports reader_;
    Workspace workspace_;
    std::vector<std::optional<ir::CheckedModel>> models_;
    std::vector<runtime::FileSide> sides_;
};

/// `a.vsm:s -> b.vsm:t`, `-> b.vsm:new`, `a.vsm:gone ->`; for a pair without streams `a.vsm -> b.vsm`. A `*` marks a
/// move.
std::vector<std::string> told(Files before, Files after) {
    std::vector<std::string> lines;
    for (const runtime::FilePair& pair : runtime::pair_files(before.sides(), after.sides())) {
        const std::string from = pair.before ? before.sides()[*pair.before].path : "",
                          to = pair.after ? after.sides()[*pair.after].path : "";
        const std::string mark = pair.moved ? "*" : "";
        if (pair.moved && pair.scope.before.empty() && pair.scope.after.empty())
            lines.push_back(fmt::format("{} -> {}{}", from, to, mark));
        for (const ir::StreamId id : pair.scope.before) {
            const std::string name = before.model(*pair.before).stream(id).name.value;
            const auto found = pair.scope.pairs.find(id);
            lines.push_back(found == pair.scope.pairs.end()
                                ? fmt::format("{}:{} ->", from, name)
                                : fmt::format("{}:{} -> {}:{}{}", from, name, to,
                                              after.model(*pair.after).stream(found->second).name.value, mark));
        }
        for (const ir::StreamId id : pair.scope.after)
            if (std::none_of(pair.scope.pairs.begin(), pair.scope.pairs.end(),
                             [&](const auto& one) { return one.second == id; }))
                lines.push_back(fmt::format("-> {}:{}", to, after.model(*pair.after).stream(id).name.value));
    }
    return lines;
}

std::string stream(const std::string& name, int hours = 1) {
    return fmt::format(
        "stream {0} {{ step {0}_a {{ process: 1h, wait: {1}h }} step {0}_b {{ process: 1h, wait: 1h }} }}\n", name,
        hours);
}

/// A stream whose elements do not depend on its name.
std::string alike(const std::string& name, int hours = 1) {
    return fmt::format("stream {} {{ step plan {{ process: 1h, wait: {}h }} step build {{ process: 1h, wait: 1h }} "
                       "step test {{ process: 1h, wait: 1h }} }}\n",
                       name, hours);
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a stream is the one of its name in its file, whatever else changed") {
    CHECK(told(Files({{"a", stream("s") + stream("t")}}), Files({{"a", stream("t", 9) + stream("s", 5)}})) ==
          Lines{"a:s -> a:s", "a:t -> a:t"});
    CHECK(told(Files({{"a", stream("s")}}), Files({{"a", stream("t")}})) == Lines{"a:s ->", "-> a:t"});
    CHECK(told(Files({{"a", alike("s")}}), Files({{"a", alike("t", 7)}})) == Lines{"a:s -> a:t"});
}

TEST_CASE("a stream that moved to another file is that stream") {
    CHECK(told(Files({{"a", stream("s") + stream("t")}}), Files({{"a", stream("s")}, {"b", stream("t", 50)}})) ==
          Lines{"a:s -> a:s", "a:t -> b:t*"});
    CHECK(told(Files({{"a", stream("s")}, {"b", stream("t")}}), Files({{"b", stream("t") + stream("s", 3)}})) ==
          Lines{"b:t -> b:t", "a:s -> b:s*"});
    CHECK(told(Files({{"a", stream("s")}, {"b", stream("t")}}), Files({{"a", stream("t")}, {"b", stream("s")}})) ==
          Lines{"b:t -> a:t", "a:s -> b:s"});
}

TEST_CASE("a file with another path is that file, and its stream that stream, under whatever name") {
    CHECK(told(Files({{"a", stream("s", 1)}}), Files({{"b", stream("s", 4)}})) == Lines{"a:s -> b:s*"});
    CHECK(told(Files({{"a", alike("s", 1)}}), Files({{"b", alike("t", 4)}})) == Lines{"a:s -> b:t*"});
    CHECK(told(Files({{"a", std::string("team x { people: 1 }")}}),
               Files({{"b", std::string("team x { people: 2 }")}})) == Lines{"a -> b*"});
}

TEST_CASE("a new stream is not a removed one because their steps have the same names") {
    const auto of_times = [](const std::string& name, const std::string& title, int hours) {
        return fmt::format("stream {0} \"{1}\" {{ step plan {{ process: 1h, wait: {2}h }} step build {{ process: 2h, "
                           "wait: {2}h }} step test {{ process: 3h, wait: {2}h }} }}\n",
                           name, title, hours);
    };
    CHECK(told(Files({{"a", of_times("s", "S", 5)}}), Files({{"b", of_times("t", "T", 9)}})) ==
          Lines{"-> b:t", "a:s ->"});
    CHECK(told(Files({{"a", of_times("s", "Idea to production", 5)}}),
               Files({{"b", of_times("t", "Idea to production", 9)}})) == Lines{"-> b:t", "a:s ->"});
    // in its own file, a stream may get other names and other times
    CHECK(told(Files({{"a", of_times("s", "S", 5)}}), Files({{"a", of_times("t", "T", 9)}})) == Lines{"a:s -> a:t"});
}

TEST_CASE("of streams that share a name, those of one file are one, unless files were swapped") {
    const std::string slow = alike("s", 9), fast = alike("s", 1);
    CHECK(told(Files({{"a", slow}, {"b", fast}}), Files({{"a", fast}, {"b", slow}})) ==
          Lines{"b:s -> a:s", "a:s -> b:s"});
    CHECK(told(Files({{"a", slow}, {"b", fast}}), Files({{"a", slow}, {"b", alike("s", 2)}})) ==
          Lines{"a:s -> a:s", "b:s -> b:s"});
    // the copy in a new file is new, so the original stays what it was
    CHECK(told(Files({{"a", fast}}), Files({{"a", slow}, {"b", fast}})) == Lines{"a:s -> a:s", "-> b:s"});
}

/// A stream "deploy" whose title and steps tell which one it is.
std::string deploy(const std::string& what, int hours) {
    return fmt::format("stream deploy \"Deploy the {0}\" {{ step {0}_plan {{ process: 1h, wait: {1}h }} step {0}_build "
                       "{{ process: 1h, wait: 1h }} step {0}_test {{ process: 1h, wait: 2h }} }}\n",
                       what, hours);
}

TEST_CASE("of streams that share a name in new files, the most similar are one") {
    CHECK(told(Files({{"a", deploy("shop", 8)}}), Files({{"b", deploy("payroll", 2)}, {"c", deploy("shop", 72)}})) ==
          Lines{"-> b:deploy", "a:deploy -> c:deploy*"});
    // the order of the files does not count
    CHECK(told(Files({{"a", deploy("shop", 8)}, {"b", deploy("payroll", 2)}}),
               Files({{"c", deploy("payroll", 3)}, {"d", deploy("shop", 9)}})) ==
          Lines{"b:deploy -> c:deploy*", "a:deploy -> d:deploy*"});
    // nor does it if a file went
    CHECK(told(Files({{"a", deploy("shop", 8)}, {"b", deploy("payroll", 2)}}), Files({{"c", deploy("payroll", 3)}})) ==
          Lines{"b:deploy -> c:deploy*", "a:deploy ->"});
    // without anything in common, the name still is the stream's own
    CHECK(told(Files({{"a", deploy("shop", 8)}}), Files({{"b", deploy("payroll", 2)}})) ==
          Lines{"a:deploy -> b:deploy*"});
}

TEST_CASE("of many streams that are much alike, all are found under their new names") {
    std::string before, after;
    Lines expected;
    for (int i = 0; i < 180; ++i) {
        before += alike(fmt::format("s{}", i));
        after += alike(fmt::format("t{}", i), 2);
        expected.push_back(fmt::format("a:s{0} -> a:t{0}", i));
    }
    CHECK(told(Files({{"a", before}}), Files({{"a", after}})) == expected);
}

TEST_CASE("nothing is told of a map that was not asked for unless something of it is elsewhere now") {
    Files before({{"a", stream("s")}, {"b", stream("t")}});
    for (runtime::FileSide& one : before.sides()) one.requested = false;
    Files after({{"c", stream("s")}});
    const auto pairs = runtime::pair_files(before.sides(), after.sides());
    REQUIRE(pairs.size() == 1);
    CHECK(pairs.front().before == 0);
    CHECK(pairs.front().after == 0);
}

TEST_CASE("a stream whose file cannot be read in the other version is not taken for another stream") {
    const std::string broken = "stream s { step";
    // s may still be in its file, and what is new elsewhere is new
    CHECK(told(Files({{"a", alike("s")}}), Files({{"a", broken}, {"b", alike("u", 7)}})) == Lines{"a:s ->", "-> b:u"});
    CHECK(told(Files({{"a", broken}, {"b", alike("u", 7)}}), Files({{"a", alike("s")}})) == Lines{"-> a:s", "b:u ->"});
    // its own name still finds it
    CHECK(told(Files({{"a", alike("s")}}), Files({{"a", broken}, {"b", alike("s", 7)}})) == Lines{"a:s -> b:s*"});
}

TEST_CASE("a stream that may be in another file that cannot be read is not gone") {
    const auto may_hold = [](Files before, Files after) {
        Lines lines;
        for (const runtime::FilePair& pair : runtime::pair_files(before.sides(), after.sides()))
            for (const auto& [file, id] : pair.may_hold)
                lines.push_back(fmt::format("{}:{} in {}", before.sides()[file].path,
                                            before.model(file).stream(id).name.value, after.sides()[*pair.after].path));
        return lines;
    };
    const std::string broken = "stream s { step";
    // the whole file moved
    CHECK(told(Files({{"a", alike("s")}}), Files({{"b", broken}})) == Lines{"a -> b*"});
    // one of its streams moved
    const std::string both = alike("s") + stream("t");
    CHECK(told(Files({{"a", both}}), Files({{"a", stream("t")}, {"b", broken}})) == Lines{"a:t -> a:t"});
    CHECK(may_hold(Files({{"a", both}}), Files({{"a", stream("t")}, {"b", broken}})) == Lines{"a:s in b"});
    CHECK(may_hold(Files({{"a", both}}), Files({{"a", stream("t")}, {"b", std::string("stream u { # s\n step")}})) ==
          Lines{"a:s in b"});
    // the name is that of its own stream, or not there
    CHECK(told(Files({{"a", alike("s")}, {"b", alike("s", 3)}}), Files({{"b", broken}})) == Lines{"b:s ->", "a:s ->"});
    CHECK(told(Files({{"a", alike("s")}}), Files({{"b", std::string("stream u { step")}})) == Lines{"a:s ->"});
    // nobody touched the file
    CHECK(told(Files({{"a", alike("s")}, {"b", broken}}), Files({{"b", broken}})) == Lines{"a:s ->"});
}

TEST_CASE("of streams that may be the same, the most similar are paired first") {
    const std::string near = alike("u", 1), far =
                                                "stream s { step plan { process: 1h, wait: 1h } step build { process: "
                                                "1h, wait: 1h } step sell { process: 1h, wait: 1h } }\n";
    CHECK(told(Files({{"a", far}, {"b", near}}), Files({{"c", alike("v", 3)}})) == Lines{"b:u -> c:v*", "a:s ->"});
}

TEST_CASE("futures go with what they are based on") {
    const std::string future = "future spring of s { change s_a { wait: 0min } }\n",
                      other = "future spring of t { change t_a { wait: 0min } }\n";
    CHECK(told(Files({{"a", stream("s") + future}, {"b", stream("t") + other}}),
               Files({{"a", stream("t") + other}, {"b", stream("s") + future}})) ==
          Lines{"b:t -> a:t", "b:spring -> a:spring", "a:s -> b:s", "a:spring -> b:spring"});
    CHECK(told(Files({{"a", stream("s") + future}}),
               Files({{"a", stream("s") + "future summer of s { change s_a { wait: 0min } }\n"}})) ==
          Lines{"a:s -> a:s", "a:spring -> a:summer"});
}

}  // namespace vsm
