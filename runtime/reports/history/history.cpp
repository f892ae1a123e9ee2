#include "runtime/reports/history/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "base/writers/csv.h"
#include "base/writers/json.h"
#include "runtime/figures/compare.h"
#include "runtime/figures/significance.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/reports/text_table.h"
#include "runtime/words/apart.h"
#include "runtime/words/figure_words.h"
#include "runtime/words/ratio_digits.h"

namespace vsm::runtime {
namespace {

using ir::Metric;
using State = HistoryPoint::State;
using Rows = std::vector<std::vector<Cell>>;

constexpr Metric shown[] = {Metric::expected_lead_time, Metric::lead_time, Metric::process_time,
                            Metric::activity_ratio,     Metric::rolled_ca, Metric::steps};
constexpr std::size_t widest_line = 60;  ///< points of a sparkline: the latest ones

std::size_t place_of(Metric metric) {
    const auto& all = history_metrics();
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), metric) - all.begin());
}

/// A stream with only the calendar, which is all that formatting needs.
ir::Stream on_calendar(const Calendar& calendar) {
    ir::Stream stream;
    stream.calendar = calendar;
    return stream;
}

/// Bounds are abbreviated to fit the column.
std::string text_of(const HistoryPoint& point, Metric metric) {
    const MetricValue& figure = point.figures[place_of(metric)];
    const ir::Stream stream = on_calendar(point.calendar);
    const std::string bound = figure.value || figure.endless ? "" : bounded_text(metric, figure, stream);
    return bound.empty() ? value_text(metric, figure, stream) : bound;
}

std::vector<std::optional<double>> values_of(const StreamHistory& stream, Metric metric) {
    std::vector<std::optional<double>> values;
    for (const HistoryPoint& point : stream.points)
        if (point.kept)
            values.push_back(point.state == State::measured ? point.figures[place_of(metric)].value : std::nullopt);
    if (values.size() > widest_line) values.erase(values.begin(), values.end() - widest_line);
    return values;
}

std::vector<const HistoryPoint*> measured_of(const StreamHistory& stream) {
    std::vector<const HistoryPoint*> measured;
    for (const HistoryPoint& point : stream.points)
        if (point.state == State::measured && point.kept) measured.push_back(&point);
    return measured;
}

/// The lead time with rework is shown only if it ever differs from that as drawn.
bool is_told(const StreamHistory& stream, Metric metric) {
    if (metric != Metric::expected_lead_time) return true;
    return std::any_of(stream.points.begin(), stream.points.end(), [](const HistoryPoint& point) {
        return point.state == State::measured &&
               !(point.figures[place_of(Metric::expected_lead_time)] == point.figures[place_of(Metric::lead_time)]);
    });
}

/// `8d4h → 5d2h`, or one value if the change is insignificant.
std::string first_to_last(const HistoryPoint& first, const HistoryPoint& last, Metric metric) {
    const MetricValue &was = first.figures[place_of(metric)], &is = last.figures[place_of(metric)];
    if (!was.value || !is.value) {
        const std::string from = text_of(first, metric), to = text_of(last, metric);
        return from == to ? to : from + " → " + to;
    }
    const ApartTexts texts =
        texts_apart(metric, *was.value, on_calendar(first.calendar), *is.value, on_calendar(last.calendar));
    return is_change(metric, was, is) ? texts.before + " → " + texts.after : texts.after;
}

std::string lines_of(const StreamHistory& stream, bool color) {
    Rows rows;
    const auto measured = measured_of(stream);
    for (const Metric metric : shown) {
        if (measured.empty() || !is_told(stream, metric)) continue;
        const std::string name =
            figure_name(metric) +
            (metric == Metric::lead_time && is_told(stream, Metric::expected_lead_time) ? " as drawn" : "");
        rows.push_back({{{"  " + name}},
                        {{sparkline(values_of(stream, metric)), Paint::work}},
                        {{first_to_last(*measured.front(), *measured.back(), metric)}}});
    }
    const Column columns[] = {{false, 24}, {false, widest_line}, {false, 24}};
    return render_table(columns, rows, color);
}

/// One row: the figures at a commit, or what else happened to the stream there.
std::vector<Cell> row_of(const History& history, const StreamHistory& stream, std::size_t at, const HistoryPoint* point,
                         const StreamHistory::Move* move) {
    const HistoryCommit& commit = history.commits[at];
    const bool measured = point != nullptr && point->state == State::measured;
    const std::string state = point == nullptr ? "moved" : point->state == State::gone ? "removed" : "broken";
    std::vector<Cell> row{{{"  " + commit.id.substr(0, 8), Paint::faint}}, {{commit.date, Paint::faint}}};
    for (const Metric metric : shown) {
        if (!is_told(stream, metric)) continue;
        const bool first = row.size() == 2;
        if (measured)
            row.push_back({{text_of(*point, metric), point->kept ? Paint::plain : Paint::faint}});
        else
            row.push_back({{first ? state : "", Paint::open}});
    }
    std::string told;
    if (point != nullptr && !point->kept) told += "[not kept] ";
    if (move != nullptr) told += fmt::format("[from {}] ", move->from);
    row.push_back({{one_line(told + commit.subject)}});
    return row;
}

std::string table_of(const History& history, const StreamHistory& stream, bool color) {
    std::vector<Cell> head{{{"  commit", Paint::faint}}, {{"date", Paint::faint}}};
    std::vector<Column> columns{{false, 10}, {false, 10}};
    for (const Metric metric : shown) {
        if (!is_told(stream, metric)) continue;
        const bool rework = is_told(stream, Metric::expected_lead_time);
        const std::string name = metric == Metric::lead_time            ? (rework ? "as drawn" : "lead")
                                 : metric == Metric::expected_lead_time ? "with rework"
                                 : metric == Metric::process_time       ? "process"
                                 : metric == Metric::activity_ratio     ? "activity"
                                 : metric == Metric::rolled_ca          ? "%C&A"
                                                                        : "steps";
        head.push_back({{name, Paint::faint}});
        columns.push_back({true, 11});
    }
    head.push_back({{"subject", Paint::faint}});
    Rows rows{std::move(head)};
    auto move = stream.moves.begin();
    const auto move_at = [&](std::size_t commit) {
        return move != stream.moves.end() && move->commit == commit ? &*move++ : nullptr;
    };
    for (const HistoryPoint& point : stream.points) {
        for (; move != stream.moves.end() && move->commit < point.commit; ++move)
            rows.push_back(row_of(history, stream, move->commit, nullptr, &*move));
        rows.push_back(row_of(history, stream, point.commit, &point, move_at(point.commit)));
    }
    for (; move != stream.moves.end(); ++move) rows.push_back(row_of(history, stream, move->commit, nullptr, &*move));
    std::size_t used = 0;
    columns.push_back({false, 1});
    const std::vector<std::size_t> widths = widths_of(columns, rows);
    for (std::size_t i = 0; i + 1 < columns.size(); ++i) used += widths[i] + 2;
    columns.back().widest = used < 90 ? 100 - used : 10;
    return render_table(columns, rows, color);
}

const std::string& last_path(const StreamHistory& stream) {
    const bool moved_last =
        !stream.moves.empty() && (stream.points.empty() || stream.moves.back().commit >= stream.points.back().commit);
    return moved_last ? stream.moves.back().to : stream.points.back().path;
}

std::string_view name_of(State state) {
    switch (state) {
        case State::measured: return "measured";
        case State::broken: return "broken";
        case State::gone: return "removed";
    }
    return "";
}

/// Seconds, shares of 1, counts, or rates per working day.
std::optional<double> number_of(Metric metric, const std::optional<double>& value, const Calendar& calendar) {
    if (!value) return std::nullopt;
    const ir::MetricType type = ir::info_of(metric).type;
    if (type == ir::MetricType::time) return *value / microseconds_per_second;
    return type == ir::MetricType::rate
               ? *value * static_cast<double>(calendar.day.microseconds) / microseconds_per_second
               : *value;
}

}  // namespace

const std::vector<Metric>& history_metrics() { return compared_metrics(); }

bool keep_last(History& history, std::size_t most) {
    std::set<std::size_t> told;
    for (const StreamHistory& stream : history.streams) {
        for (const HistoryPoint& point : stream.points) told.insert(point.commit);
        for (const StreamHistory::Move& move : stream.moves) told.insert(move.commit);
    }
    const bool more = told.size() > most;
    while (told.size() > most) told.erase(told.begin());
    std::set<std::size_t> used = told;
    for (const History::Unread& one : history.unread) used.insert(one.commit);
    std::vector<std::size_t> place(history.commits.size());
    std::vector<HistoryCommit> commits;
    for (const std::size_t one : used) {
        place[one] = commits.size();
        commits.push_back(std::move(history.commits[one]));
    }
    history.commits = std::move(commits);
    for (StreamHistory& stream : history.streams) {
        std::erase_if(stream.points, [&](const HistoryPoint& one) { return !told.contains(one.commit); });
        std::erase_if(stream.moves, [&](const StreamHistory::Move& one) { return !told.contains(one.commit); });
        for (HistoryPoint& one : stream.points) one.commit = place[one.commit];
        for (StreamHistory::Move& one : stream.moves) one.commit = place[one.commit];
    }
    std::erase_if(history.streams, [](const StreamHistory& one) { return one.points.empty() && one.moves.empty(); });
    for (History::Unread& one : history.unread) one.commit = place[one.commit];
    return more;
}

std::vector<MetricValue> history_figures(const ir::CheckedModel& model, const StreamMetrics& metrics) {
    std::vector<MetricValue> figures;
    for (const Metric metric : history_metrics())
        figures.push_back(value_of(model.model(), model.stream(metrics.stream), metrics, metric));
    return figures;
}

std::string sparkline(std::span<const std::optional<double>> values) {
    static constexpr const char* blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double low = 0, high = 0;
    bool any = false;
    for (const auto& value : values) {
        if (!value) continue;
        low = any ? std::min(low, *value) : *value;
        high = any ? std::max(high, *value) : *value;
        any = true;
    }
    std::string line;
    for (const auto& value : values) {
        if (!value)
            line += "·";
        else
            line += blocks[high > low ? static_cast<std::size_t>((*value - low) / (high - low) * 7 + 0.5) : 3];
    }
    return line;
}

std::string history_text(const History& history, ReportStyle style) {
    std::string text;
    std::map<std::string_view, std::size_t> names;
    for (const StreamHistory& stream : history.streams) ++names[stream.name];
    for (const StreamHistory& stream : history.streams) {
        const std::string name =
            stream.name.empty() && !stream.points.empty() ? stream.points.back().path : stream.name;
        text += text.empty() ? "" : "\n";
        std::string heading = one_line(name) + (stream.title.empty() ? "" : "  " + one_line(stream.title));
        // The file distinguishes streams of equal name.
        if (names[stream.name] > 1 && !stream.name.empty()) heading += "  " + one_line(last_path(stream));
        text += painted({cut_to(heading, 100), Paint::strong}, style.color) + "\n\n";
        const std::string lines = lines_of(stream, style.color);
        text += lines + (lines.empty() ? "" : "\n") + table_of(history, stream, style.color);
    }
    return text;
}

namespace {

/// The bound of a figure that is not known.
struct Bound {
    std::string_view key;
    std::optional<double> MetricValue::* of;
};

/// The times of the stream have a lower bound, rolled %C&A an upper one.
std::vector<Bound> bounds_of(Metric metric) {
    if (metric == Metric::takt || ir::info_of(metric).key.starts_with("dora.")) return {};
    if (ir::info_of(metric).type == ir::MetricType::time) return {{"_at_least", &MetricValue::at_least}};
    if (metric == Metric::rolled_ca) return {{"_at_most", &MetricValue::at_most}};
    return {};
}

/// `lead_time_seconds`, `lead_time_at_least_seconds`.
std::string column_of(Metric metric, std::string_view bound) {
    const ir::MetricInfo& info = ir::info_of(metric);
    const std::string_view unit = info.type == ir::MetricType::time   ? "_seconds"
                                  : info.type == ir::MetricType::rate ? "_per_day"
                                                                      : "";
    return fmt::format("{}{}{}", info.key, bound, unit);
}

/// Empty if the figure is known, or not even its bound is.
std::string bound_digits(Metric metric, const MetricValue& figure, const Bound& bound, const Calendar& calendar) {
    const auto number = figure.value ? std::nullopt : number_of(metric, figure.*bound.of, calendar);
    return number ? figure_digits(metric, *number) : std::string();
}

/// The value, or null; then the bound follows under its own key.
void add_figure(JsonWriter& json, Metric metric, const MetricValue& figure, const Calendar& calendar) {
    const std::string_view key = ir::info_of(metric).key;
    const auto value = number_of(metric, figure.value, calendar);
    json.key(key);
    value ? json.number(figure_digits(metric, *value)) : json.null();
    for (const Bound& bound : bounds_of(metric)) {
        const std::string digits = bound_digits(metric, figure, bound, calendar);
        if (!digits.empty()) json.key(fmt::format("{}{}", key, bound.key)).number(digits);
    }
}

}  // namespace

std::string history_csv(const History& history) {
    CsvWriter csv;
    for (const std::string_view name : {"commit", "date", "subject", "file", "stream", "state"}) csv.plain(name);
    for (const Metric metric : history_metrics()) {
        csv.plain(column_of(metric, ""));
    }
    csv.plain("kept");
    for (const Metric metric : history_metrics())
        for (const Bound& bound : bounds_of(metric)) csv.plain(column_of(metric, bound.key));
    csv.end_row();
    for (const StreamHistory& stream : history.streams) {
        for (const HistoryPoint& point : stream.points) {
            const HistoryCommit& commit = history.commits[point.commit];
            csv.plain(commit.id)
                .plain(commit.date)
                .text(log_text(commit.subject))
                .text(log_text(point.path))
                .text(stream.name)
                .plain(name_of(point.state));
            for (std::size_t i = 0; i < history_metrics().size(); ++i) {
                const Metric metric = history_metrics()[i];
                const auto value =
                    point.figures.empty() ? std::nullopt : number_of(metric, point.figures[i].value, point.calendar);
                csv.plain(value ? figure_digits(metric, *value) : std::string());
            }
            csv.plain(point.kept ? "true" : "false");
            for (std::size_t i = 0; i < history_metrics().size(); ++i)
                for (const Bound& bound : bounds_of(history_metrics()[i]))
                    csv.plain(point.figures.empty()
                                  ? std::string()
                                  : bound_digits(history_metrics()[i], point.figures[i], bound, point.calendar));
            csv.end_row();
        }
    }
    return csv.finish();
}

std::string history_json(const History& history) {
    constexpr auto line = JsonWriter::Layout::line;
    JsonWriter json;
    json.object().member("version", 1).key("commits").array();
    for (const HistoryCommit& one : history.commits)
        json.object(line)
            .member("id", one.id)
            .member("date", one.date.empty() ? std::optional<std::string_view>() : one.date)
            .member("subject", one.subject)
            .close();
    json.close().key("streams").array();
    for (const StreamHistory& stream : history.streams) {
        json.object().key("name");
        stream.name.empty() ? json.null() : json.value(stream.name);
        json.key("title");
        stream.title.empty() ? json.null() : json.value(stream.title);
        json.key("points").array();
        for (const HistoryPoint& point : stream.points) {
            json.object()
                .member("commit", history.commits[point.commit].id)
                .member("file", point.path)
                .member("state", name_of(point.state))
                .member("kept", point.kept)
                .key("figures");
            if (point.figures.empty()) {
                json.null().close();
                continue;
            }
            json.object();
            for (std::size_t i = 0; i < point.figures.size(); ++i)
                add_figure(json, history_metrics()[i], point.figures[i], point.calendar);
            json.close().close();
        }
        json.close().key("moves").array();
        for (const StreamHistory::Move& move : stream.moves)
            json.object(line)
                .member("commit", history.commits[move.commit].id)
                .member("from", move.from)
                .member("to", move.to)
                .close();
        json.close().close();
    }
    json.close().key("unread").array();
    for (const History::Unread& one : history.unread)
        json.object(line).member("commit", history.commits[one.commit].id).member("why", one.why).close();
    json.close().close();
    return json.finish();
}

}  // namespace vsm::runtime
