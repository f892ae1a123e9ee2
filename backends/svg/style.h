// How a picture looks: one style sheet for a drawing of its own and for one in a page. Light, dark and in print.
#pragma once

namespace vsm::backends::svg {

inline constexpr char style_sheet[] = R"css(
.vsm{--ink:#111827;--soft:#4b5563;--line:#374151;--paper:#ffffff;--band:#f3f4f6;--edge:#9ca3af;--manual:#dbeafe;--auto:#dcfce7;--appr:#fef3c7;--ext:#ede9fe;--data:#ffffff;--wait:#fde68a;--high:#b45309;--low:#1d4ed8;--back:#9d174d;--mark:#b91c1c;--burst:#facc15;background:#ffffff;font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans","DejaVu Sans","Noto Sans",sans-serif}
@media (prefers-color-scheme:dark){.vsm{--ink:#f3f4f6;--soft:#c3c9d3;--line:#d1d5db;--paper:#111827;--band:#1f2937;--edge:#6b7280;--manual:#1e3a8a;--auto:#14532d;--appr:#713f12;--ext:#4c1d95;--data:#111827;--wait:#92400e;--high:#fbbf24;--low:#93c5fd;--back:#f9a8d4;--mark:#f87171;--burst:#a16207;background:#111827}}
@media print{.vsm{--ink:#000000;--soft:#333333;--line:#333333;--paper:#ffffff;--band:#f3f4f6;--edge:#777777;--manual:#dbeafe;--auto:#dcfce7;--appr:#fef3c7;--ext:#ede9fe;--data:#ffffff;--wait:#fde68a;--high:#92400e;--low:#1d4ed8;--back:#9d174d;--mark:#b91c1c;--burst:#facc15;background:#ffffff}}
.vsm text{font-size:11px;fill:var(--ink)}
.vsm .c{text-anchor:middle}
.vsm .e{text-anchor:end}
.vsm .n{font-weight:bold;font-size:12px}
.vsm .h{font-weight:bold;font-size:18px}
.vsm .s{font-size:12px;fill:var(--soft)}
.vsm .k{fill:var(--soft);font-style:italic}
.vsm .l{fill:var(--soft)}
.vsm .v{font-weight:bold}
.vsm .band{fill:var(--band);stroke:var(--edge)}
.vsm .box{stroke:var(--line);stroke-width:1.3;fill:var(--manual)}
.vsm .auto{fill:var(--auto)}
.vsm .appr{fill:var(--appr)}
.vsm .ext{fill:var(--ext);stroke-dasharray:6 3}
.vsm .end{fill:var(--paper)}
.vsm .data{fill:var(--data);stroke:var(--line)}
.vsm .tri{fill:var(--wait);stroke:var(--line)}
.vsm .bar{fill:var(--line)}
.vsm .gate{fill:var(--paper);stroke:var(--line);stroke-width:1.3}
.vsm .in{fill:none;stroke:var(--line)}
.vsm .a{fill:none;stroke:var(--line);stroke-width:1.4}
.vsm .t{fill:var(--line)}
.vsm .w{fill:none;stroke:var(--back);stroke-width:1.3;stroke-dasharray:5 3}
.vsm .wt{fill:var(--back)}
.vsm text.wl{fill:var(--back);font-size:10.5px}
.vsm .hi{fill:none;stroke:var(--high);stroke-width:2.2}
.vsm .lo{fill:none;stroke:var(--low);stroke-width:2.2}
.vsm .up{fill:none;stroke:var(--edge)}
.vsm text.hx{fill:var(--high);font-weight:bold}
.vsm text.lx{fill:var(--low);font-weight:bold}
.vsm .pill{fill:var(--paper);stroke:var(--mark)}
.vsm text.px{fill:var(--mark);font-size:10px;font-weight:bold}
.vsm .hot{stroke:var(--mark);stroke-width:2.6}
.vsm .star{fill:var(--burst);stroke:var(--line)}
.vsm .sum{fill:none;stroke:var(--edge)}
.vsm .big{font-size:16px;font-weight:bold}
)css";

}  // namespace vsm::backends::svg
