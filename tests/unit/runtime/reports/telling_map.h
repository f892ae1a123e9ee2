// Random maps with much of what reports mention, and their next versions, as text: for tests of sentences. Does not
// depend on figures.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/runtime/figures/random_map.h"

namespace vsm::tests {

/// A map generated from a seed. change() turns it into its next version. Most versions compile.
class TellingMap {
public:
    explicit TellingMap(std::uint64_t seed) : dice_(seed) {
        const long count = 1 + dice_.below(5);
        for (long i = 0; i < count; ++i) pieces_.push_back(piece());
        if (std::none_of(pieces_.begin(), pieces_.end(),
                         [](const Piece& one) { return one.kind == Piece::Kind::step; }))
            pieces_.push_back(step_piece());
        for (int i = 0; i < 3; ++i) people_.push_back(1 + dice_.below(4));
        if (!dice_.one_in(3)) demand_ = 1 + dice_.below(30);
        for (long i = dice_.below(4); i > 0; --i) goals_.push_back(goal());
        for (long i = dice_.below(3); i > 0; --i) futures_.push_back(future());
    }

    void change() {
        for (long i = 1 + dice_.below(2); i > 0; --i) change_once();
    }

    std::string text() const {
        std::string text;
        for (std::size_t i = 0; i < people_.size(); ++i)
            text += "team t" + std::to_string(i) + " \"Team " + std::to_string(i) +
                    "\" { people: " + std::to_string(people_[i]) + " cost: 80/h }\n";
        text += "stream s" + (titled_ ? std::string(" \"Stream\"") : "") + " {\n  trigger: \"t\"\n  customer: \"c\"\n";
        if (short_days_) text += "  calendar: 4h/d 5d/w\n";
        if (demand_ > 0) text += "  demand: " + std::to_string(demand_) + "/w\n";
        for (const Piece& one : pieces_) text += text_of(one);
        for (const std::string& one : goals_) text += "  " + one + "\n";
        text += "}\n";
        for (const Future& one : futures_) text += text_of(one);
        return text;
    }

private:
    struct Work {
        std::string name, title;
        long process = 0, wait = 0, more = 0;  ///< seconds; `more`: width of the range of the wait
        bool process_unknown = false, wait_unknown = false;
        long ca = -1;  ///< percent; -1 not stated, -2 `?`
        long team = -1, batch = 1, people = 0;
        std::string kind, rework;
    };
    struct Piece {
        enum class Kind { step, wait, queue, parallel, choose } kind = Kind::step;
        std::string name;
        std::vector<Work> works;
        long amount = 0;
    };
    struct Future {
        std::string name, by;
        std::vector<std::string> edits, goals;
    };

    long seconds() {
        static constexpr long lengths[] = {0, 60, 3600, 7200, 28800, 28800, 57600, 144000, 144001, 200000};
        return lengths[dice_.below(10)];
    }

    Work work() {
        Work made;
        made.name = "w" + std::to_string(++names_);
        if (dice_.one_in(2)) made.title = "Work " + std::to_string(names_);
        made.process = seconds() / (dice_.one_in(2) ? 8 : 1);
        made.wait = seconds();
        if (dice_.one_in(5)) made.more = 3600 * (1 + dice_.below(20));
        made.process_unknown = dice_.one_in(15);
        made.wait_unknown = dice_.one_in(15);
        const long quality = dice_.below(10);
        made.ca = quality > 4 ? 50 + dice_.below(51) : quality == 0 ? -2 : -1;
        made.team = dice_.below(5) - 2;
        if (dice_.one_in(8)) made.batch = 2 + dice_.below(6);
        if (dice_.one_in(8)) made.people = 1 + dice_.below(3);
        static constexpr const char* kinds[] = {"", "", "", "automated", "approval", "manual"};
        made.kind = kinds[dice_.below(6)];
        if (dice_.one_in(3)) made.rework = rework(made.name);
        works_.push_back(made.name);
        return made;
    }

    std::string rework(const std::string& own) {
        static constexpr int rates[] = {1, 5, 20, 50, 80};
        std::string text = " rework " + std::to_string(rates[dice_.below(5)]) + "%";
        if (dice_.one_in(4)) return text + " { process: 1h, wait: 30min }";
        if (dice_.one_in(4)) text += " once";
        const std::string& to = tops_.empty() || dice_.one_in(2)
                                    ? own
                                    : tops_[static_cast<std::size_t>(dice_.below(static_cast<long>(tops_.size())))];
        return text + " to " + to;
    }

    Piece step_piece() {
        Piece made;
        made.works.push_back(work());
        tops_.push_back(made.works.front().name);
        return made;
    }

    Piece piece() {
        Piece made;
        const long choice = dice_.below(9);
        if (choice < 5) return step_piece();
        made.name = "p" + std::to_string(++names_);
        made.kind = choice == 5   ? Piece::Kind::wait
                    : choice == 6 ? Piece::Kind::queue
                    : choice == 7 ? Piece::Kind::parallel
                                  : Piece::Kind::choose;
        made.amount = choice == 5 ? seconds() : 1 + dice_.below(40);
        for (int i = 0; choice > 6 && i < 2; ++i) made.works.push_back(work());
        if (choice > 6) tops_.push_back(made.name);
        return made;
    }

    std::string bound(bool relative) {
        static constexpr const char* times[] = {"1d", "2d", "5d", "10d", "1h", "5d1h", "3d", "50%", "80%", "10%"};
        return times[dice_.below(relative ? 10 : 7)];
    }

    std::string goal() {
        std::string text = "target ";
        static constexpr const char* keys[] = {"lead_time",       "lead_time",          "process_time",
                                               "drawn.lead_time", "total_process_time", "wait_time"};
        const long choice = dice_.below(9);
        const bool from = dice_.one_in(3);
        if (choice < 6) {
            text += std::string(keys[choice]) + (from ? " from 20d to" : "") + (dice_.one_in(6) ? " >= " : " <= ") +
                    bound(true);
        } else if (choice == 6) {
            text += std::string("rolled_ca") + (from ? " from 40% to" : "") +
                    " >= " + std::to_string(10 * (3 + dice_.below(7))) + "%";
        } else if (choice == 7) {
            text += "activity_ratio >= " + std::to_string(10 * (1 + dice_.below(7))) + "%";
        } else {
            text += works_.front() + ".lead_time < " + bound(false);
        }
        if (dice_.one_in(2)) text += " by 2027-0" + std::to_string(1 + dice_.below(9)) + "-01";
        return text;
    }

    Future future() {
        Future made;
        made.name = "f" + std::to_string(++names_);
        if (dice_.one_in(2)) made.by = "2027-0" + std::to_string(1 + dice_.below(9)) + "-01";
        const std::string time = std::to_string(dice_.below(4) * 3600) + "s";
        for (long i = dice_.below(5); i > 0; --i) {
            const std::string& on = works_[static_cast<std::size_t>(dice_.below(static_cast<long>(works_.size())))];
            const std::string edit = dice_.one_in(5)
                                         ? "remove " + on
                                         : "change " + on + " { process: " + std::to_string(dice_.below(3) * 600) +
                                               "s, wait: " + time + (dice_.one_in(2) ? ", ca: 95%" : "") + " }";
            made.edits.push_back(dice_.one_in(2) ? "kaizen \"Better " + std::to_string(i) + "\" { " + edit + " }"
                                                 : edit);
        }
        if (dice_.one_in(3)) made.goals.push_back(goal());
        return made;
    }

    Work& any_work() {
        std::vector<Work*> all;
        for (Piece& one : pieces_)
            for (Work& work : one.works) all.push_back(&work);
        return *all[static_cast<std::size_t>(dice_.below(static_cast<long>(all.size())))];
    }

    void change_once() {
        Work& work = any_work();
        switch (dice_.below(18)) {
            case 0: work.wait += 1; break;
            case 1: work.wait = seconds(); break;
            case 2: work.process = seconds(); break;
            case 3: work.wait_unknown = !work.wait_unknown; break;
            case 4: work.process_unknown = !work.process_unknown; break;
            case 5: work.rework = work.rework.empty() ? rework(work.name) : ""; break;
            case 6: work.ca = work.ca < 0 ? 80 : work.ca == 100 ? 60 : work.ca + 1; break;
            case 7: work.title = "Another " + std::to_string(++names_); break;
            case 8: people_[0] += 1; break;
            case 9: demand_ = demand_ == 0 ? 0 : demand_ + 1; break;
            case 10: goals_.push_back(goal()); break;
            case 11:
                if (!goals_.empty()) goals_.pop_back();
                break;
            case 12: futures_.push_back(future()); break;
            case 13:
                if (!futures_.empty()) futures_.pop_back();
                break;
            case 14: short_days_ = !short_days_; break;
            case 15: pieces_.push_back(piece()); break;
            case 16:
                std::rotate(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(pieces_.size() / 2),
                            pieces_.end());
                break;
            default: titled_ = !titled_; break;
        }
    }

    static std::string text_of(const Work& work) {
        const auto time = [](long seconds) { return std::to_string(seconds) + "s"; };
        std::string text = "  step " + work.name + (work.title.empty() ? "" : " \"" + work.title + "\"") +
                           " { process: " + (work.process_unknown ? "?" : time(work.process));
        text += ", wait: " + (work.wait_unknown ? "?"
                              : work.more > 0   ? time(work.wait) + ".." + time(work.wait + work.more)
                                                : time(work.wait));
        if (work.ca != -1) text += ", ca: " + (work.ca == -2 ? "?" : std::to_string(work.ca) + "%");
        if (work.team >= 0) text += ", team: t" + std::to_string(work.team);
        if (work.batch > 1) text += ", batch: " + std::to_string(work.batch);
        if (work.people > 0) text += ", people: " + std::to_string(work.people);
        if (!work.kind.empty()) text += ", kind: " + work.kind;
        return text + work.rework + " }\n";
    }

    static std::string text_of(const Piece& piece) {
        std::string inside;
        switch (piece.kind) {
            case Piece::Kind::step: return text_of(piece.works.front());
            case Piece::Kind::wait: return "  wait " + piece.name + " " + std::to_string(piece.amount) + "s\n";
            case Piece::Kind::queue: return "  queue " + piece.name + " " + std::to_string(piece.amount) + "\n";
            case Piece::Kind::parallel:
                for (const Work& one : piece.works) inside += text_of(one);
                return "  parallel " + piece.name + " {\n" + inside + "  }\n";
            case Piece::Kind::choose: break;
        }
        return "  choose " + piece.name + " {\n  branch " + std::to_string(10 + piece.amount) + "% " + piece.name +
               "a {\n" + text_of(piece.works[0]) + "  }\n  branch " + piece.name + "b {\n" + text_of(piece.works[1]) +
               "  }\n  }\n";
    }

    static std::string text_of(const Future& future) {
        std::string text = "future " + future.name + " of s" + (future.by.empty() ? "" : " by " + future.by) + " {\n";
        for (const std::string& one : future.edits) text += "  " + one + "\n";
        for (const std::string& one : future.goals) text += "  " + one + "\n";
        return text + "}\n";
    }

    Dice dice_;
    int names_ = 0;
    std::vector<std::string> works_;  ///< names of all steps
    std::vector<std::string> tops_;   ///< possible targets of rework
    std::vector<Piece> pieces_;
    std::vector<long> people_;
    long demand_ = 0;
    std::vector<std::string> goals_;
    std::vector<Future> futures_;
    bool short_days_ = false, titled_ = true;
};

}  // namespace vsm::tests
