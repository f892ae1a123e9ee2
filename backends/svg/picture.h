// The display list of a stream: shapes, arrows and texts with coordinates in pixels from the top left. Data only; does
// not depend on layout or SVG.
#pragma once

#include <string>
#include <vector>

#include "ir/model.h"

namespace vsm::backends::svg {

struct Point {
    double x = 0;
    double y = 0;
};

struct Rect {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    double center() const { return x + width / 2; }
    double middle() const { return y + height / 2; }
};

/// A line of a data box: `PT 45min`.
struct DataLine {
    std::string label;
    std::string value;
    bool changed = false;  ///< by the future that is drawn
};

/// How a future changes an element: marked in its own picture and in that of its base.
enum class Mark { none, added, changed, removed };

/// A burst with a number, or a word in a frame.
struct Tag {
    std::string text;
    std::size_t burst = 0;  ///< number in the list of kaizens, from 1; 0 for a word
    bool alert = false;     ///< a constraint; else a change by a future
};

/// The text in and around the shape of a step, wait or queue.
struct Content {
    std::vector<std::string> title;  ///< fitted lines
    std::string team;                ///< fitted
    std::string kind;                ///< kind of a step unless manual; role of a terminal
    std::string second_kind;         ///< second role of a terminal
    std::vector<std::string> second_title;
    double width = 0;            ///< terminals only: width of the words
    std::vector<DataLine> data;  ///< values fitted
    std::string full;            ///< all facts, as a tooltip
    std::string wait;            ///< time of a wait, or of a step's own wait
    Mark mark = Mark::none;
    bool team_changed = false;
    bool hot = false;  ///< holds up the stream (runtime::held_up_by)
    std::vector<Tag> tags;
};

/// A shape on whose border arrows end.
struct Shape {
    enum class Kind { step, wait, delay, fork, join, diamond, merge, terminal };
    Kind kind = Kind::step;
    ir::ElementId element;  ///< invalid for a terminal
    Rect rect;
    Rect data;        ///< steps only: the data box; height 0 if there is none
    Content content;  ///< of a step, wait or terminal; of a fork or diamond, its bursts
};

struct Arrow {
    std::vector<Point> points;
    bool head = true;
};

/// A stage, or its part in one row.
struct Band {
    ir::ElementId stage;
    Rect rect;
    std::string title;  ///< fitted
    std::string full;
    std::vector<Tag> tags;  ///< those that fit beside the title
};

/// The label at the start of a branch.
struct Caption {
    Point at;
    std::string text;
    std::string full;
    std::vector<Tag> tags;
};

/// Rework.
struct Arc {
    std::vector<Point> points;
    Point label_at;  ///< middle of the label's base line
    std::string label;
    std::string full;
    bool head = true;
};

/// A section of the timeline: high for waiting, low for work, in between if it may be either.
struct Rung {
    enum class Kind { waiting, work, either };
    ir::ElementId element;
    Kind kind = Kind::work;
    double from = 0;
    double to = 0;
    double microseconds = 0;
    std::string text;
    std::string full;  ///< a tooltip, if the text alone is ambiguous
};

struct Ladder {
    std::vector<Rung> rungs;
    double high = 0;
    double low = 0;
    bool key = false;  ///< label the high and low levels, left of the first rung

    double height_of(Rung::Kind kind) const {
        return kind == Rung::Kind::waiting ? high : kind == Rung::Kind::work ? low : (high + low) / 2;
    }
};

struct Figure {
    std::string label;
    std::string value;
    std::vector<std::string> notes;  ///< fitted
    bool work = false;               ///< coloured like work on the timeline
    Rect rect;
};

struct Line {
    Point at;
    std::string text;  ///< fitted
    std::string full;
    std::size_t burst = 0;  ///< number of the burst drawn in front of the text; 0 for none
    bool strong = false;
};

struct Picture {
    double width = 0;
    double height = 0;
    std::vector<Line> title;
    std::vector<Line> subtitles;
    std::vector<Band> bands;
    std::vector<Shape> shapes;
    std::vector<Arrow> arrows;
    std::vector<Caption> captions;
    std::vector<Arc> arcs;
    std::vector<Ladder> ladders;
    std::vector<Figure> summary;
    std::vector<Line> legend;  ///< findings in words, kaizens, removed elements
};

}  // namespace vsm::backends::svg
