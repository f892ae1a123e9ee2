#include "base/unit_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace vsm {
namespace {

struct Row {
    std::string_view unit;
    std::string_view words;  ///< each between two spaces
};

constexpr auto rows = std::to_array<Row>({
    {"s", " s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo secondi "},
    {"min", " min mins m mn minute minutes minuten minuto minutos minuti minuut "},
    {"h", " h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren "},
    {"d", " d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen arbeitstag arbeitstage "
          "werktag werktage workday workdays pd "},
    {"w", " w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken "},
    {"month",
     " month months mo mos mon mth mths monat monate monaten mois mes meses mese mesi maand maanden quarter quarters "
     "quartal quartale "
     "year years y yr yrs jahr jahre jahren an ans année années annee annees año años anno anni jaar sprint sprints "},
    {"ms", " ms msec msecs millisecond milliseconds millisekunde millisekunden "},
    {"%", " % percent pct prozent procent pourcent pc "},
});

}  // namespace

std::string_view unit_called(std::string_view word) {
    constexpr std::size_t longest = 16;
    if (word.empty() || word.size() > longest || word.find(' ') != std::string_view::npos) return {};
    const std::string wanted = " " + lower_case(word) + " ";
    for (const Row& row : rows)
        if (row.words.find(wanted) != std::string_view::npos) return row.unit;
    return {};
}

std::string weeks_help(std::string_view number, std::string_view unit) {
    const std::string word = lower_case(unit);
    const bool sprint = word.starts_with("sprint");
    const int weeks = sprint                                                                    ? 2
                      : word.starts_with("quart")                                               ? 13
                      : word.starts_with("y") || word.starts_with("j") || word.starts_with("a") ? 52
                                                                                                : 4;
    int count = 1;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (error != std::errc() || end != number.data() + number.size() || count < 1 || count > 999) count = 1;
    return sprint ? fmt::format("a sprint has no fixed length: count in weeks, such as `{}w`", weeks * count)
                  : fmt::format("months and years have no fixed length: count in weeks, such as `{}w`", weeks * count);
}

bool hedges(std::string_view word) {
    constexpr std::string_view words = " about approx approximately around circa ca roughly nearly almost max maximum "
                                       "min minimum up at under over less more between from every each "
                                       "within etwa rund bis ab mindestens maximal a an one two three four five six "
                                       "seven eight nine ten half few several some couple ";
    return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

}  // namespace vsm
