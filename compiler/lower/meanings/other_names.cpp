#include "compiler/lower/meanings/other_names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ir/properties/property_table.h"

namespace vsm::lower {
namespace {

struct Row {
    std::string_view ours;    ///< or the suggestion
    std::string_view others;  ///< bare names, each between two spaces
};

bool holds(std::string_view words, std::string_view word) {
    return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

constexpr auto names = std::to_array<Row>({
    {"process", " pt processtime processing processingtime touchtime handson handsontime effort work worktime "
                "workingtime bearbeitung bearbeitungszeit prozesszeit "
                "ct cycle cycletime duration time takes dauer durée duree "},
    {"lead", " lt leadtime elapsed elapsedtime turnaround turnaroundtime durchlauf durchlaufzeit délai delai "
             "ct cycle cycletime duration time takes dauer durée duree total totaltime "},
    {"wait", " wt waittime waiting waitingtime delay queuetime idle idletime wartezeit liegezeit attente "},
    {"ca", " pca cna canda quality percentca pctca candaccurate completeaccurate completeandaccurate "
           "percentcompleteaccurate percentcompleteandaccurate complete accurate accuracy fpy "
           "firstpassyield yield passrate pct percent "},
    {"share", " pct percent percentage probability likelihood weight ratio chance "},
    {"team", " who teams role actor responsible assignee department lane performer équipe equipe by "},
    {"kind", " type mode "},
    {"tool", " tools system systems application software "},
    {"after", " dependson needs requires previous predecessor predecessors follows dependencies "},
    {"link", " url href "},
    {"people", " staff operators fte ftes headcount persons size teamsize members employees heads count number "},
    {"cost", " rate hourly hourlyrate costperhour price wage salary "},
    {"available", " availability capacity allocation "},
    {"batch", " batchsize lotsize lot "},
    {"wip", " wiplimit workinprogress workinprocess "},
    {"demand", " rate volume arrivals arrivalrate takt throughput "},
    {"calendar", " hours workinghours workingtime shift shifts "},
    {"customer", " customers client clients "},
    {"supplier", " suppliers vendor "},
    {"outcome", " purpose goal objective "},
    {"reviewed", " date asof updated "},
    {"due", " by deadline until date "},
    {"change_failure", " changefailurerate failurerate cfr "},
    {"deploys", " deployments deploymentfrequency "},
});

static_assert(std::ranges::all_of(names, [](const Row& row) {
    return std::ranges::any_of(vsm::properties::rows, [&](const auto& ours) { return ours.name == row.ours; });
}));

constexpr auto statements = std::to_array<Row>({
    {"a title is written in quotes after the name, as in `step review \"Review the change\" { … }`",
     " title name label caption heading "},
    {"write it as a remark: `note \"…\"`",
     " description desc comment comments notes remark remarks info details text summary "},
    {"the name follows the keyword, as in `step review { … }`", " id key identifier "},
    {"steps are written in the stream one below the other: `step review { … }`", " steps activities tasks stages "},
    {"write `rework 15% to NAME` in the step that finds the defect",
     " rework loop loopback reworkrate defects defectrate errorrate "},
    {"elements run in the order written; for another order, add `after: NAME`", " next successor successors goto "},
});

constexpr auto figures = std::to_array<Row>({
    {"lead_time", " lead lt leadtime cycletime cycle elapsed duration turnaround "},
    {"process_time", " process pt processtime touchtime effort work "},
    {"wait_time", " wait wt waittime waiting waitingtime "},
    {"rolled_ca", " ca pca cna quality rolledca rolledpca completeaccurate "},
    {"activity_ratio", " efficiency flowefficiency processefficiency processcycleefficiency activity flow valueadd "},
    {"first_pass_yield", " fpy firstpassyield yield "},
    {"dora.deployment_frequency", " deploymentfrequency deploys deployments "},
    {"dora.change_failure_rate", " changefailurerate changefailure cfr failurerate "},
    {"dora.failed_deployment_recovery_time", " mttr recoverytime timetorestore recovery "},
    {"dora.change_lead_time", " changeleadtime leadtimeforchanges "},
});

}  // namespace

std::string bare_name(std::string_view name) {
    std::string bare;
    for (const char c : lower_case(name)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (kept) bare += c;
    }
    return bare;
}

std::vector<std::string_view> properties_called(std::string_view bare) {
    std::vector<std::string_view> found;
    for (const Row& row : names)
        if (!bare.empty() && holds(row.others, bare)) found.push_back(row.ours);
    return found;
}

std::string_view statement_for(std::string_view bare) {
    const auto found = std::find_if(statements.begin(), statements.end(),
                                    [&](const Row& row) { return !bare.empty() && holds(row.others, bare); });
    return found == statements.end() ? std::string_view() : found->ours;
}

std::string_view figure_called(std::string_view bare) {
    const auto found = std::find_if(figures.begin(), figures.end(),
                                    [&](const Row& row) { return !bare.empty() && holds(row.others, bare); });
    return found == figures.end() ? std::string_view() : found->ours;
}

}  // namespace vsm::lower
