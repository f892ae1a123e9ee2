#include <doctest/doctest.h>

#include <variant>

#include "tests/support/compile.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

TEST_CASE("a text of nothing but blanks names nothing, wherever it stands") {
    const auto model = compile_text(R"(team t " " { link: "https://example.invalid/" }
        stream s "\n\n" { demand: 5/w trigger: "  " customer: "\u{3000}" owner: "\u{200B}"
            stage g "\u{A0}\t" { step a "   " { process: 1h, wait: 1h, team: t, note "" note " x " } note "  " }
            wait 2h "  " step b " B " { process: 1h, wait: 0s } })");
    REQUIRE(model.has_value());
    const ir::Stream& stream = model->stream(ir::StreamId{0});
    CHECK(model->model().teams[ir::TeamId{0}].title.value == "");
    for (const ir::Text* text : {&stream.title, &stream.trigger, &stream.customer, &stream.owner})
        CHECK(text->value == "");
    std::size_t notes = 0;
    for (const ir::Element& element : stream.elements) {
        CHECK(element.title.value == (element.label == "b" ? " B " : ""));
        notes += element.remarks.notes.size();
    }
    CHECK(notes == 1);
}

}  // namespace
