// What is drawn of a stream, and where: shapes, arrows and texts with coordinates, in pixels from the top left. Data only; knows neither how it was
// laid out nor SVG.
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

/// `PT 45min`: a line of a data box.
struct DataLine {
    std::string label;
    std::string value;
    bool changed = false;  ///< by the future that is drawn
};

/// What a future does to an element: in its own picture, and in that of the stream it is based on.
enum class Mark { none, added, changed, removed };

/// A burst with a number, or a word in a frame.
struct Tag {
    std::string text;
    std::size_t burst = 0;  ///< number in the list of kaizens, from 1
    bool alert = false;     ///< a constraint; else what a future does
};

/// What is written in and around the shape of a step, wait or queue.
struct Content {
    std::vector<std::string> title;  ///< lines, fitted
    std::string team;                ///< fitted
    std::string kind;                ///< of a step that is not manual; the role of a terminal
    std::string second_kind;         ///< of a terminal with two roles
    std::vector<std::string> second_title;
    double width = 0;                ///< of a terminal: what its words need
    std::vector<DataLine> data;      ///< values fitted
    std::string full;                ///< all that is known, for who points at it
    std::string wait;                ///< of a step with a wait of its own: the time
    Mark mark = Mark::none;
    bool team_changed = false;
    bool hot = false;                ///< more of the lead time is spent here than anywhere else
    std::vector<Tag> tags;
};

/// Something with a border on which arrows end.
struct Shape {
    enum class Kind { step, wait, delay, fork, join, diamond, merge, terminal };
    Kind kind = Kind::step;
    ir::ElementId element;  ///< invalid for a terminal
    Rect rect;
    Rect data;              ///< of a step: the box below; no height: none
    Content content;        ///< of a step, wait or terminal
};

struct Arrow {
    std::vector<Point> points;
    bool head = true;
};

/// A stage, or the part of it that stands in one row.
struct Band {
    ir::ElementId stage;
    Rect rect;
    std::string title;  ///< fitted
    std::string full;
    std::vector<Tag> tags;  ///< those that fit beside the title
};

/// The words at the beginning of a branch.
struct Caption {
    Point at;
    std::string text;
    std::string full;
    std::vector<Tag> tags;
};

/// Work that comes back.
struct Arc {
    std::vector<Point> points;
    Point label_at;  ///< the middle of the label's base line
    std::string label;
    std::string full;
    bool head = true;
};

/// A piece of the timeline: waiting is high, work is low; what may be either lies between.
struct Rung {
    enum class Kind { waiting, work, either };
    ir::ElementId element;
    Kind kind = Kind::work;
    double from = 0;
    double to = 0;
    double microseconds = 0;
    std::string text;
    std::string full;  ///< where the text alone does not say what it tells of
};

struct Ladder {
    std::vector<Rung> rungs;
    double high = 0;
    double low = 0;
    bool key = false;  ///< says what high and low are, left of its first rung

    double height_of(Rung::Kind kind) const { return kind == Rung::Kind::waiting ? high : kind == Rung::Kind::work ? low : (high + low) / 2; }
};

struct Figure {
    std::string label;
    std::string value;
    std::vector<std::string> notes;  ///< fitted
    bool work = false;               ///< in the colour of work on the timeline
    Rect rect;
};

struct Line {
    Point at;
    std::string text;  ///< fitted
    std::string full;
    std::size_t burst = 0;  ///< the burst that it tells of stands before it
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
    std::vector<Line> legend;  ///< what the figures say in words, kaizens, what was removed
};

}  // namespace vsm::backends::svg
