// Maps that random maps rarely produce, some with their next version, for tests of sentences.
#pragma once

#include <fmt/format.h>

#include <string>

namespace vsm::tests {

/// A map that random maps rarely produce, and perhaps its next version.
struct Rare {
    const char* map;
    const char* next = nullptr;
};

inline const Rare rare[] = {
    // several equally long
    {"stream s { step a \"Code\" { process: 4d, lead: 4d } step b \"Approve\" { kind: approval, process: 0min, lead: "
     "4d } step c { process: 1h, wait: 1h } }",
     "stream s { step a \"Code\" { process: 4d, lead: 4d } step b \"Approve\" { kind: approval, process: 0min, lead: "
     "1d } step c { process: 1h, wait: 1h } }"},
    // none stands out
    {"stream s { step a { process: 1h, lead: 1d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }",
     "stream s { step a { process: 1h, lead: 9d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }"},
    {"stream s { step a { process: 1h, lead: 9d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }",
     "stream s { step a { process: 1h, lead: 1d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }"},
    {"stream s { step a { process: 1h, lead: 5d } step b { process: 1h, lead: 4d } step c { process: 1h, lead: 4d } "
     "step d { process: 1h, lead: 4d } step e { process: 1h, lead: 4d } }"},
    // endless rework
    {"stream s { step a { process: 1h, wait: 1h, rework 99.99999999% to a } target lead_time <= 1d }",
     "stream s { step a { process: 1h, wait: 1h } target lead_time <= 1d }"},
    {"stream s { step a { process: 1h, wait: 1h, ca: 90% } }",
     "stream s { step a { process: 1h, wait: 1h, ca: 90%, rework 99.99999999% to a } }"},
    {"stream s { step a { process: 1h, wait: 1h, rework 99.99999999% to a } }"},
    // rework makes another path the longest, with less process time
    {"stream s { parallel p { step a { process: 3d, lead: 4d } step b { process: 1h, lead: 3d, rework 50% to b } } }"},
    {"stream s { parallel p { step a { process: 1h, lead: 4d } step b { process: 2d, lead: 3d, rework 50% to b } } }"},
    {"stream s { parallel p { step a { process: 1h..9h, wait: 1h, rework 50% to a } step b { process: 1h..8h, wait: 1h "
     "} } }"},
    // faster in one way, slower in the other
    {"stream s { step a { process: 1h, wait: 5h, rework 10% to a } }",
     "stream s { step a { process: 1h, wait: 4h, rework 70% to a } }"},
    {"stream s { parallel p { step a { process: 1h, lead: 4d } step b { process: 2d, lead: 3d, rework 90% to b } } }",
     "stream s { parallel p { step a { process: 1h, lead: 5d } step b { process: 2d, lead: 3d, rework 90% to b } } }"},
    // targets
    {"stream s { step a { process: 1d, wait: 1d, ca: 90% } target lead_time <= 3d target rolled_ca >= 80% }"},
    {"stream s { step a { process: 1d, wait: 1d, ca: 90% } target lead_time <= 1d target rolled_ca >= 95% target "
     "process_time <= 1h }"},
    {"stream s { step a { process: ?, wait: 1d, ca: 90% } target lead_time <= 3d target process_time <= 1h }"},
    {"stream s { step a { process: 1d, wait: 1d } target lead_time from 1d to <= 12h }"},
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d by 2027-01-01 } future f of s by 2028-01-01 { "
     "change a { process: 1h, wait: 1h } target lead_time <= 4h by 2027-01-01 }",
     "stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d by 2027-01-01 } future f of s by 2026-01-01 { "
     "change a { process: 1h, wait: 1h } target lead_time <= 4h by 2027-01-01 }"},
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d by 2027-01-01 target lead_time = 2d } future "
     "f of s { change a { process: 1h, wait: 1h } target lead_time <= 4h by 2027-01-01 }"
     " future g of f { change a { process: 30min, wait: 30min } }"},
    {"stream s { step a { process: 1d, wait: 4h } step b { process: 1d, wait: 4h } step c { process: 1d, wait: 4h } "
     "step d { process: 1d, wait: 4h } step e { process: 1d, wait: 4h }\n"
     "target lead_time <= 5.1d }\nfuture f of s { change a { wait: 1min } change b { wait: 1min } change c { wait: "
     "1min } change d { wait: 1min } change e { wait: 1min } remove e }"},
    {"stream s { step a { process: 1d, wait: 4h } step b { process: 1d, wait: 4h } target lead_time <= 1d }\nfuture f "
     "of s { change a { wait: ? } }"},
    {"stream s { step a { process: 1d, wait: 4h } target process_time <= 1d }\nfuture f of s { kaizen \"All\" { change "
     "a { wait: 0min } move a before b replace b with step c { process: 1h, wait: 1h } } change a { process: 1h } "
     "change a { ca: 90% } change a { ca: 91% } }"},
    // a target that is easier, one that is still met, one whose figure becomes known
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d } stream t { step b { process: 1h, wait: 1h } "
     "target lead_time <= 1d } stream u { step c { process: ?, wait: 1h } target lead_time <= 1d }",
     "stream s { step a { process: 1d, wait: 1d } target lead_time <= 3d } stream t { step b { process: 1h, wait: 2h } "
     "target lead_time <= 1d } stream u { step c { process: 1h, wait: 1h } target lead_time <= 1d }"},
    // a future has come true, and its target refers to the new figure
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 50% } future f of s { change a { process: 1h, "
     "wait: 1h } }",
     "stream s { step a { process: 1h, wait: 1h } target lead_time <= 50% }"},
    // many teams, one of them overloaded
    {"team a { people: 1 } team b { people: 1 } team c { people: 1 } team d { people: 1 } team e { people: 1 } team f "
     "{ people: 1 } team g { people: 1 } team h { people: 1 } team i { people: 1 } team j { people: 1 }\n"
     "stream s { demand: 10/w step sa { team: a, process: 5h, wait: 1h } step sb { team: b, process: 2h, wait: 1h } "
     "step sc { team: c, process: 1h, wait: 1h } step sd { team: d, process: 1h, wait: 1h }"
     " step se { team: e, process: 1h, wait: 1h } step sf { team: f, process: 1h, wait: 1h } step sg { team: g, "
     "process: 1h, wait: 1h } step sh { team: h, process: 1h, wait: 1h }"
     " step si { team: i, process: 1h, wait: 1h } step sj { team: j, process: 1h, wait: 1h } }"},
    {"team a { people: 1 } team b { people: 1 } stream s { demand: 10/w step sa { team: a, process: 2h, wait: 1h } "
     "step sb { team: b, process: 2h, wait: 1h } }"},
    // some times are known, with the longest among them
    {"stream s { step a { process: ?, lead: 4d } step b { process: ?, lead: 4d } step c { process: ?, wait: ? } }"},
    // recovery and failures in production
    {"stream s { demand: 10/w step a { process: 1h, wait: 1h, milestone: commit } step b { process: 1h, wait: 1h, "
     "milestone: production } step c { process: 1h, wait: 1h, rework 20% to b } }"},
    {"stream s { demand: 10/w change_failure: 10% deploys: 5/w step a { process: 1h, wait: 1h, milestone: commit } "
     "step b { process: 1h, wait: 1h, ca: 80%, milestone: production } }\n"
     "stream r { recovers: s step x { process: 1h, wait: 1h } }"},
    // software, with hints
    {"stream s \"Deploy\" { step a \"Code\" { team: dev, process: 1h, lead: 1d } step b \"Approve\" { team: cab, kind: "
     "approval, process: 1h, lead: 9d, ca: 90% } step c \"Test\" { team: dev, process: 1h, lead: 3d, ca: 80%, rework "
     "20% to a } }"},
    {"stream s { outcome: \"More\" step a { process: 1h, wait: 1h, class: va } step b { process: 1h, wait: 1h, class: "
     "nva } }",
     "stream s { outcome: \"More\" step a { process: 1h, wait: 1h, class: va } step b { process: 1h, wait: 1h, class: "
     "nva } }\nstream t { step x { process: ?, wait: ? } }"},
    // more than is listed
    {"stream s { step a_name_of_some_length { process: ?, wait: 1h } step b_name_of_some_length { process: ?, wait: 1h "
     "} step c_name_of_some_length { process: ?, wait: 1h }"
     " step d_name_of_some_length { process: ?, wait: 1h } step e_name_of_some_length { process: ?, wait: 1h } }"},
    {"stream s { step a { kind: approval, process: 1min, wait: 1d } step b { kind: approval, process: 1min, wait: 1d } "
     "step c { kind: approval, process: 1min, wait: 1d } step d { kind: approval, process: 1min, wait: 1d }"
     " step e { kind: approval, process: 1min, wait: 1d } step f { kind: approval, process: 1min, wait: 1d } step g { "
     "kind: approval, process: 1min, wait: 1d } }"},
    {"stream s { choose c { branch 25% a { step wa { process: 1h, wait: 1h } } branch 25% b { step wb { process: 2h, "
     "wait: 1h } } branch 25% d { step wd { process: 3h, wait: 1h } } branch 25% e { step we { process: 4h, wait: 1h } "
     "} } }\n"
     "future f of s { change a { share: 10% } change b { share: 20% } change d { share: 30% } change e { share: 40% } "
     "}"},
    // only names, files, findings or declarations
    {"team a { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }",
     "team a { people: 1 }\nteam b { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }"},
    {"team a { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }",
     "team a \"Title\" { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 1h } step b { process: 1h, wait: 1h } }",
     "stream s \"T\" { step a { process: 1h, wait: 1h } step c \"b\" { process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 1h } step b { process: 1h, wait: 2h } step c { process: 2h, wait: 1h } }",
     "stream s { step b { process: 1h, wait: 2h } step c { process: 2h, wait: 1h } step a { process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 1h } }", "stream t { step z { process: 3h, wait: 9h } }"},
    {"stream s { step a { process: 1h, wait: 1h } }", "stream s { step a { process: 1h, wait: }"},
    {"stream s { step a { process: 1h, wait: }", "stream s { step a { process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 400h, ca: 0.3% } target lead_time from 800h to <= 400h }"},
    {"team a { people: 1 }", "team a { people: 2 }"},
    {"stream s { step a { process: ?, wait: ? } step b { process: ?, lead: ?, ca: ? } wait ? }",
     "stream s { step a { process: ?, wait: 1h } step b { process: ?, lead: ?, ca: ? } wait ? }"},
    {"stream s { timings: unknown step a { } step b { } }",
     "stream s { timings: unknown step a { } step b { process: ?, wait: 1d } }"},
    {"stream s { calendar: 8h/d 5d/w step a { process: 1d, wait: 1d } }",
     "stream s { calendar: 4h/d 5d/w step a { process: 1d, wait: 1d } }"},
    {"stream s { step a { process: 1h, wait: 40h, ca: 99.97%, rework 0.02% to a } step b { process: 5h, wait: 0s, ca: "
     "100% } target rolled_ca >= 100% target lead_time <= 5d5h }\nfuture f of s { change a { ca: 99.98% } change b { "
     "wait: 10s } }",
     "stream s { step a { process: 1h, wait: 144001s, ca: 99.98%, rework 0.02% to a } step b { process: 5h, wait: 0s, "
     "ca: 100% } target rolled_ca >= 100% target lead_time <= 5d5h }\nfuture f of s { change a { ca: 99.98% } change b "
     "{ wait: 10s } }"},
};

/// More futures per target, and more targets per future, than reports list.
inline std::string crowd() {
    std::string text = "stream s { step a { process: 1d, wait: 1d }";
    for (int i = 1; i <= 22; ++i) text += fmt::format(" target lead_time <= {}h", i);
    text += " }\n";
    for (int i = 1; i <= 14; ++i) text += fmt::format("future f{} of s {{ change a {{ wait: {}h }} }}\n", i, i);
    return text;
}

}  // namespace vsm::tests
