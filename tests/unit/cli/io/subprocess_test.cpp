#include "cli/io/subprocess.h"

#include <doctest/doctest.h>

namespace vsm::cli {
namespace {

using std::chrono::milliseconds;

const std::vector<std::string> plain{"PATH=/usr/bin:/bin"};

Result<ChildOutput> run_shell(const std::string& script, milliseconds patience) {
    return run_program({"sh", "-c", script}, plain, patience);
}

}  // namespace

TEST_CASE("a program's output and exit code are returned") {
    const auto said = run_shell("echo out; echo err >&2; exit 3", milliseconds(10'000));
    REQUIRE(said);
    CHECK(said.value().out == "out\n");
    CHECK(said.value().err == "err\n");
    CHECK(said.value().exit == 3);
}

TEST_CASE("words are passed to a program literally") {
    const auto said = run_program({"printf", "%s|", "a b", "$(id)", "`id`", "-x"}, plain);
    REQUIRE(said);
    CHECK(said.value().out == "a b|$(id)|`id`|-x|");
}

TEST_CASE("a program that is silent for too long is ended") {
    const auto begin = std::chrono::steady_clock::now();
    const auto said = run_shell("echo begun; exec sleep 60", milliseconds(200));
    REQUIRE_FALSE(said);
    CHECK(said.error() == "`sh` neither answered nor ended");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
}

TEST_CASE("a program that goes on writing may take longer than the patience with silence") {
    const auto said = run_shell("for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done", milliseconds(2500));
    REQUIRE(said);
    CHECK(said.value().out == "1\n2\n3\n4\n5\n6\n");
}

TEST_CASE("a program that does not exist is named") {
    const auto said = run_program({"no-such-program"}, plain);
    REQUIRE_FALSE(said);
    CHECK(said.error() == "there is no `no-such-program` here");
}

}  // namespace vsm::cli
