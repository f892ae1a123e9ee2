#include "compiler/parse/repair/missing_colon.h"

#include <fmt/format.h>

#include "base/text.h"
#include "compiler/parse/tokens/tokens.h"
#include "diag/parse.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {

void report_missing_colon(Diagnostics& diagnostics, const SourceFile& source, const MissingColon& found) {
    const std::string_view written = source.text(found.name), meant = properties::misspelt_property(written);
    auto report = diagnostics.report(diag::missing_colon, found.where, written);
    if (meant.empty()) {
        report.help(fmt::format("write `{}: {}`", written, found.value))
            .fix(from_to(source, found.name.end, found.end), std::string(found.colon));
        return;
    }
    report.help(fmt::format("did you mean `{}: {}`?", meant, found.value));
    if (is_misspelling(written, meant, properties::names_in_order(properties::anywhere)))
        report.fix(from_to(source, found.name.begin, found.end), fmt::format("{}{}", meant, found.colon));
}

}  // namespace vsm::parse
