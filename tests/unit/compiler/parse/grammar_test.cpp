// What ANTLR makes of the grammar.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/project.h"

using namespace vsm;

TEST_CASE("the next token makes every decision of the parser") {
    std::ifstream file(tests::generated_parser());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    REQUIRE(text.find("switch (_input->LA(1))") != std::string::npos);
    // Rules with a decision that ANTLR has to predict, by simulating its automaton.
    std::vector<std::string> predicting;
    std::string rule;
    const std::regex either(R"(Context\* VsmParser::(\w+)\(|adaptivePredict\()");
    for (std::sregex_iterator found(text.begin(), text.end(), either), end; found != end; ++found) {
        if ((*found)[1].matched)
            rule = (*found)[1];
        else
            predicting.push_back(rule);
    }
    CHECK(predicting == std::vector<std::string>{});
}
