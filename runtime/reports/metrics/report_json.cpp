#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/writers/json.h"
#include "runtime/figures/absent.h"
#include "runtime/figures/compare.h"
#include "runtime/figures/goals.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/reports/metrics/report_sections.h"
#include "runtime/words/figure_words.h"
#include "runtime/words/ratio_digits.h"

namespace vsm::runtime {
namespace {

constexpr auto line = JsonWriter::Layout::line;

class Writer {
public:
    std::string run(std::span<const FileMetrics> files) {
        json_.object().member("version", 1).key("streams").array();
        for (const FileMetrics& file : files)
            for (const StreamMetrics& metrics : file.shown()) stream(file, metrics);
        json_.close().close();
        return json_.finish();
    }

private:
    void stream(const FileMetrics& file, const StreamMetrics& metrics) {
        const ir::Stream& stream = file.model->stream(metrics.stream);
        calendar_ = stream.calendar;
        endless_ = metrics.expected.endless;
        json_.object().member("name", stream.name.value).key("title");
        text_or_null(stream.title.value);
        json_.member("file", file.path).key("of");
        if (stream.future)
            json_.value(file.model->stream(stream.future->of).name.value);
        else
            json_.null();
        json_.key("by");
        if (stream.future && stream.future->by)
            json_.value(format_date(*stream.future->by));
        else
            json_.null();
        calendar();
        figures(metrics.mean);
        json_.member("rolled_ca_skipped", metrics.rolled_ca_skipped);
        json_.member("steps", metrics.steps).member("handoffs", metrics.handoffs);
        json_.key("best").object();
        figures(metrics.best);
        json_.close().key("worst").object();
        figures(metrics.worst);
        json_.close();
        expected(metrics.expected);
        load(file, stream, metrics);
        unknown(stream, metrics.unknown);
        absent(file.model->model(), stream, metrics.absent);
        json_.key("elements").array();
        elements(stream, metrics, stream.body.elements);
        json_.close();
        levers(stream, metrics);
        targets(file, stream, metrics);
        observations(file, metrics);
        dora(metrics.dora);
        if (stream.future) comparison(file, stream, metrics);
        json_.close();
    }

    void expected(const Expected& expected) {
        time("expected_lead_time", expected.lead_time);
        time("expected_process_time", expected.process_time);
        time("expected_total_process_time", expected.total_process_time);
        json_.member("approximate", expected.approximate);
        ratio("first_pass_yield", expected.first_pass_yield);
    }

    std::optional<double> per_day(const std::optional<double>& per_second) const {
        if (!per_second) return std::nullopt;
        return *per_second * static_cast<double>(calendar_.day.microseconds) / microseconds_per_second;
    }

    void load(const FileMetrics& file, const ir::Stream& stream, const StreamMetrics& metrics) {
        const Load& load = metrics.load;
        ratio("throughput", per_day(load.throughput));
        json_.key("takt");
        maybe_time(load.takt, calendar_);
        bounded_ratio("wip", load.wip, load.wip_at_least);
        bounded_ratio("effort_fte", load.effort_fte, load.effort_fte_at_least);
        bounded_ratio("cost", load.cost, load.cost_at_least);
        json_.key("time_constraint");
        text_or_null(metrics.longest.empty() ? "" : stream.elements[metrics.longest.front()].label);
        json_.key("time_constraints").array();
        for (const ir::ElementId id : held_up_by(metrics)) json_.value(stream.elements[id].label);
        json_.close();
        json_.key("load_constraint");
        text_or_null(name_of_load_constraint(file.model->model(), stream, load));
        teams(file.model->model(), load);
    }

    /// By id, those of unknown work between the others.
    void teams(const ir::Model& model, const Load& load) {
        std::map<ir::TeamId, MetricValue> all;
        for (const TeamLoad& team : load.teams) all[team.team].value = team.utilization;
        for (const OpenLoad& open : load.open)
            if (const auto* team = std::get_if<ir::TeamId>(&open.of)) all[*team].at_least = open.at_least;
        json_.key("teams").array();
        for (const auto& [id, utilization] : all) {
            json_.object(line).member("name", model.teams[id].name.value);
            bounded_ratio("utilization", utilization.value, utilization.at_least);
            json_.close();
        }
        json_.close();
    }

    void levers(const ir::Stream& stream, const StreamMetrics& metrics) {
        json_.key("levers").array();
        for (const Lever& lever : metrics.levers) {
            json_.object()
                .member("element", stream.elements[lever.element].label)
                .member("change", name_of(lever.change));
            time("expected_lead_time", {lever.expected_lead_time, metrics.expected.lead_time.known});
            if (lever.saves_more) json_.key("saved").null();
            json_.key(lever.saves_more ? "saved_at_least" : "saved");
            maybe_time(lever.saved, calendar_, lever.saves_more ? Rounding::down : Rounding::nearest);
            const bool bound = lever.rolled_ca && !metrics.mean.rolled_ca.value;
            ratio("rolled_ca", bound ? std::nullopt : lever.rolled_ca);
            if (bound) ratio("rolled_ca_at_most", lever.rolled_ca);
            json_.key("hint");
            text_or_null(std::string(lever.hint));
            json_.close();
        }
        json_.close();
    }

    void observations(const FileMetrics& file, const StreamMetrics& metrics) {
        json_.key("observations").array();
        for (const Observation& one : observations_of(file, metrics.stream))
            json_.object()
                .member("rule", one.name)
                .member("severity", name_of(one.severity))
                .member("text", one.text)
                .member("help", one.help)
                .close();
        json_.close();
    }

    void targets(const FileMetrics& file, const ir::Stream& stream, const StreamMetrics& metrics) {
        json_.key("targets").array();
        for (const JudgedTarget& judged : targets_of(file, metrics)) {
            const ir::Metric metric = judged.judged_by;
            json_.object().member("metric", judged.target->metric.text);
            const bool of_element = judged.target->metric.element.valid();
            json_
                .member("judged_by",
                        of_element ? std::string_view(judged.target->metric.text) : ir::info_of(metric).key)
                .key("from");
            value(metric, judged.target->baseline ? std::optional(amount_of(*judged.target->baseline)) : std::nullopt,
                  stream);
            json_.member("relation", ir::text_of(judged.target->relation)).key("bound");
            value(metric, judged.bound, stream);
            json_.member("written", judged.target->bound.text).key("by");
            text_or_null(judged.target->by ? format_date(*judged.target->by) : "");
            bounded("current", metric, judged.current, stream);
            ratio("progress", judged.progress);
            in_futures(file, judged, stream);
            json_.member("verdict", name_of(judged.verdict)).close();
        }
        json_.close();
    }

    /// The figure in each future, by its name; the bounds of those that are unknown in objects of their own.
    void in_futures(const FileMetrics& file, const JudgedTarget& judged, const ir::Stream& stream) {
        const auto in_future = [&](const TargetInFuture& one, const std::optional<double>& figure, Rounding rounding) {
            json_.key(file.model->stream(one.future).name.value);
            value(judged.judged_by, figure, stream, rounding);
        };
        json_.key("futures").object();
        for (const TargetInFuture& one : judged.futures) in_future(one, one.value.value, Rounding::nearest);
        json_.close();
        const auto bounds = [&](std::string_view key, std::optional<double> MetricValue::* bound, Rounding rounding) {
            const auto bounded = [&](const TargetInFuture& one) { return !one.value.value && one.value.*bound; };
            if (std::ranges::none_of(judged.futures, bounded)) return;
            json_.key(key).object();
            for (const TargetInFuture& one : judged.futures)
                if (bounded(one)) in_future(one, one.value.*bound, rounding);
            json_.close();
        };
        bounds("futures_at_least", &MetricValue::at_least, Rounding::down);
        bounds("futures_at_most", &MetricValue::at_most, Rounding::up);
    }

    void dora(const Dora& dora) {
        json_.key("dora").object();
        dora_time("change_lead_time", dora.change_lead_time, dora.change_lead_time_at_least);
        dora_number("deployment_frequency", dora.deployment_frequency, true);
        dora_number("change_failure_rate", dora.change_failure_rate, false);
        dora_time("failed_deployment_recovery_time", dora.failed_deployment_recovery_time,
                  dora.failed_deployment_recovery_time_at_least);
        dora_number("break_fix_rate", dora.break_fix_rate, true);
        dora_number("open_incidents", dora.open_incidents, false);
        if (dora.open_incidents_at_least) ratio("open_incidents_at_least", dora.open_incidents_at_least);
        dora_number("deployment_rework_rate", dora.deployment_rework_rate, false);
        json_.close();
    }

    void dora_time(std::string_view key, const std::optional<DoraFigure>& figure,
                   const std::optional<double>& at_least) {
        json_.key(key);
        if (!figure) json_.null();
        if (!figure && at_least) {
            json_.key(fmt::format("{}_at_least", key));
            maybe_time(at_least, round_the_clock, Rounding::down);
        }
        if (!figure) return;
        json_.object(line).member("seconds", figure->value / microseconds_per_second);
        json_.member("text", format_duration(figure->value, round_the_clock));
        json_.member("origin", figure->stated ? "stated" : "derived").close();
    }

    void dora_number(std::string_view key, const std::optional<DoraFigure>& figure, bool rate) {
        json_.key(key);
        if (!figure) return void(json_.null());
        json_.object(line);
        ratio("value", rate ? per_day(figure->value) : figure->value);
        json_.member("origin", figure->stated ? "stated" : "derived").close();
    }

    /// Keys include the prefix `dora.`.
    void comparison(const FileMetrics& file, const ir::Stream& stream, const StreamMetrics& metrics) {
        const StreamMetrics* base = metrics_of(*file.streams, stream.future->of);
        if (base == nullptr) return;
        const Comparison made = compare(*file.model, metrics, *base, *file.streams);
        json_.key("differences").object();
        for (const Difference& one : made.differences) {
            json_.key(ir::info_of(one.metric).key).object(line).key("difference");
            value(one.metric, one.change(), stream);
            ratio("ratio", one.ratio());
            json_.close();
        }
        json_.close().key("contributions").array();
        for (const Contribution& contribution : made.contributions) {
            json_.object().key("kaizens").array();
            for (const std::size_t kaizen : contribution.kaizens) json_.value(kaizen_title(stream, kaizen));
            json_.close().key("edits").array();
            for (const std::size_t edit : contribution.edits) json_.value(text_of(stream.future->edits[edit]));
            json_.close().key("differences").object();
            for (const Difference& one : contribution.differences) {
                if (one.now == one.then) continue;
                json_.key(ir::info_of(one.metric).key);
                value(one.metric, one.change(), stream);
            }
            json_.close().close();
        }
        json_.close();
    }

    /// A figure in the format of its type; a difference may be negative.
    void value(ir::Metric metric, const std::optional<double>& figure, const ir::Stream& stream,
               Rounding rounding = Rounding::nearest) {
        switch (ir::info_of(metric).type) {
            case ir::MetricType::time: return maybe_time(figure, calendar_of(metric, stream), rounding);
            case ir::MetricType::rate: return number_or_null(per_day(figure));
            case ir::MetricType::ratio:
            case ir::MetricType::number:
            case ir::MetricType::name: return number_or_null(figure);
        }
    }

    /// A figure, or null and what is known of it under `KEY_at_least` and `KEY_at_most`.
    void bounded(std::string_view key, ir::Metric metric, const MetricValue& figure, const ir::Stream& stream) {
        json_.key(key);
        value(metric, figure.value, stream);
        if (figure.value) return;
        if (figure.at_least) {
            json_.key(fmt::format("{}_at_least", key));
            value(metric, figure.at_least, stream, Rounding::down);
        }
        if (figure.at_most) {
            json_.key(fmt::format("{}_at_most", key));
            value(metric, figure.at_most, stream, Rounding::up);
        }
    }

    void number_or_null(const std::optional<double>& figure) {
        if (figure)
            json_.number(ratio_digits(*figure));
        else
            json_.null();
    }

    void maybe_time(const std::optional<double>& microseconds, const Calendar& calendar,
                    Rounding rounding = Rounding::nearest) {
        if (!microseconds) return void(json_.null());
        json_.object(line).member("seconds", *microseconds / microseconds_per_second);
        json_.member("text", signed_duration(*microseconds, calendar, rounding)).close();
    }

    void calendar() {
        const double hour = 3600.0 * microseconds_per_second;
        const auto day = static_cast<double>(calendar_.day.microseconds);
        json_.key("calendar").object(line).key("hours_per_day").number(ratio_digits(day / hour));
        json_.key("days_per_week").number(ratio_digits(static_cast<double>(calendar_.week.microseconds) / day)).close();
    }

    void figures(const Figures& figures) {
        time("lead_time", figures.lead_time);
        time("process_time", figures.process_time);
        time("wait_time", figures.wait_time);
        time("total_process_time", figures.total_process_time);
        ratio("activity_ratio", figures.activity_ratio);
        ratio("pce", figures.pce);
        ratio("rolled_ca", figures.rolled_ca.value);
        if (figures.rolled_ca.at_most) ratio("rolled_ca_at_most", figures.rolled_ca.at_most);
    }

    void unknown(const ir::Stream& stream, const std::vector<Unknown>& unknowns) {
        json_.key("unknown").array();
        for (const Unknown& unknown : unknowns) {
            json_.object(line).member("key", ir::info_of(unknown.metric).key).key("because").array();
            for (const ir::ElementId id : unknown.because) json_.value(stream.elements[id].label);
            json_.close().close();
        }
        json_.close();
    }

    void absent(const ir::Model& model, const ir::Stream& stream, const std::vector<Absent>& all) {
        json_.key("absent").array();
        for (const Absent& one : all) {
            json_.object(line).member("key", ir::info_of(one.metric).key).member("reason", name_of(one.lack));
            json_.member("because", text_of(model, stream, one)).close();
        }
        json_.close();
    }

    void elements(const ir::Stream& stream, const StreamMetrics& metrics, const std::vector<ir::ElementId>& ids) {
        for (const ir::ElementId id : ids) {
            const ir::Element& element = stream.elements[id];
            const auto* branch = std::get_if<ir::Branch>(&element.what);
            if (branch == nullptr || !branch->implicit) one(element, metrics.elements[id]);
            elements(stream, metrics, ir::children_of(element));
        }
    }

    void one(const ir::Element& element, const ElementMetrics& metrics) {
        json_.object().member("name", element.label).member("kind", ir::keyword_of(element));
        time("lead_time", metrics.lead_time);
        time("process_time", metrics.process_time);
        time("wait_time", metrics.wait_time);
        ratio("ca", metrics.ca);
        ratio("visits", endless_ ? std::nullopt : metrics.visits);
        bounded_ratio("utilization", metrics.utilization, metrics.utilization_at_least);
        json_.key("on_timeline");
        if (metrics.on_timeline == OnTimeline::undecided)
            json_.null();
        else
            json_.value(metrics.on_timeline == OnTimeline::yes);
        json_.close();
    }

    /// Null if unknown; then the bound follows under its own key.
    void time(std::string_view key, const TimeFigure& figure) {
        if (!figure.known) json_.key(key).null();
        json_.key(figure.known ? std::string(key) : fmt::format("{}_at_least", key)).object(line);
        json_.member("seconds", figure.microseconds / microseconds_per_second);
        const Rounding rounding = figure.known ? Rounding::nearest : Rounding::down;
        json_.member("text", format_duration(figure.microseconds, calendar_, rounding)).close();
    }

    void ratio(std::string_view key, const std::optional<double>& ratio) {
        json_.key(key);
        number_or_null(ratio);
    }

    /// Null if unknown; then its lower bound, if there is one, follows under its own key.
    void bounded_ratio(std::string_view key, const std::optional<double>& value,
                       const std::optional<double>& at_least) {
        ratio(key, value);
        if (!value && at_least) ratio(fmt::format("{}_at_least", key), at_least);
    }

    void text_or_null(const std::string& text) {
        if (text.empty())
            json_.null();
        else
            json_.value(text);
    }

    JsonWriter json_;
    Calendar calendar_;
    bool endless_ = false;
};

}  // namespace

std::string metrics_json(std::span<const FileMetrics> files) { return Writer().run(files); }

}  // namespace vsm::runtime
