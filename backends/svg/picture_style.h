// Style sheet of a picture, stand-alone or inside a page, for light and dark screens and print.
#pragma once

namespace vsm::backends::svg {

/// Literal colours, since many SVG renderers do not support custom properties. Shapes or words repeat whatever colour
/// expresses. The dark scheme applies to screens only.
inline constexpr char style_sheet[] = R"css(
.vsm{background:#fff;font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans","DejaVu Sans","Noto Sans",sans-serif}
.vsm text{font-size:11px;fill:#111827}
.vsm .c{text-anchor:middle}
.vsm .e{text-anchor:end}
.vsm .n{font-weight:bold;font-size:12px}
.vsm .h{font-weight:bold;font-size:18px}
.vsm .s{font-size:12px}
.vsm .k{font-style:italic}
.vsm .s,.vsm .k,.vsm .l{fill:#4b5563}
.vsm .v{font-weight:bold}
.vsm .bt{paint-order:stroke;stroke:#f3f4f6;stroke-width:4px}
.vsm .big{font-size:18px;font-weight:bold}
.vsm .band{fill:#f3f4f6;stroke:#9ca3af}
.vsm .box{fill:#dbeafe;stroke:#374151;stroke-width:1.3}
.vsm .auto{fill:#dcfce7}
.vsm .appr{fill:#fef3c7}
.vsm .ext{fill:#ede9fe;stroke-dasharray:6 3}
.vsm .end,.vsm .data,.vsm .gate,.vsm .pill{fill:#fff}
.vsm .data,.vsm .tri,.vsm .in,.vsm .star{stroke:#374151}
.vsm .gate{stroke:#374151;stroke-width:1.3}
.vsm .tri{fill:#fde68a}
.vsm .star{fill:#facc15}
.vsm .bar,.vsm .t{fill:#374151}
.vsm .in,.vsm .a,.vsm .w,.vsm .hi,.vsm .lo,.vsm .mi,.vsm .sum{fill:none}
.vsm .a{stroke:#374151;stroke-width:1.4}
.vsm .w{stroke:#9d174d;stroke-width:1.3;stroke-dasharray:5 3}
.vsm .wt{fill:#9d174d}
.vsm text.wl{fill:#9d174d;font-size:10.5px}
.vsm .hi,.vsm .lo,.vsm .mi{stroke-width:2.2;stroke-linecap:square}
.vsm .hi{stroke:#b45309}
.vsm .lo{stroke:#1d4ed8}
.vsm .mi{stroke:#4b5563;stroke-dasharray:6 5}
.vsm text.hx{fill:#b45309;font-weight:bold}
.vsm text.lx,.vsm text.wk{fill:#1d4ed8;font-weight:bold}
.vsm text.mx{fill:#4b5563;font-weight:bold}
.vsm .pill{stroke:#4338ca}
.vsm .al{stroke:#b91c1c}
.vsm text.px{fill:#4338ca;stroke:none;font-size:10px;font-weight:bold}
.vsm text.al{fill:#b91c1c}
.vsm .ch{fill:#4338ca}
.vsm .star+text{fill:#111827;font-size:9px}
.vsm .star+text.tiny{font-size:6.5px}
.vsm .chg{stroke:#4338ca;stroke-width:2.6}
.vsm .gone{stroke:#6b7280;stroke-dasharray:2 3}
.vsm .hot{stroke:#b91c1c;stroke-width:2.6}
.vsm .sum{stroke:#9ca3af}
@media screen and (prefers-color-scheme:dark){.vsm{background:#111827}
.vsm text{fill:#f3f4f6}
.vsm .s,.vsm .k,.vsm .l{fill:#c3c9d3}
.vsm .band{fill:#1f2937;stroke:#6b7280}
.vsm .bt{stroke:#1f2937}
.vsm .box{fill:#1e3a8a;stroke:#d1d5db}
.vsm .auto{fill:#14532d}
.vsm .appr{fill:#713f12}
.vsm .ext{fill:#4c1d95}
.vsm .end,.vsm .data,.vsm .gate,.vsm .pill{fill:#111827}
.vsm .data,.vsm .tri,.vsm .in,.vsm .star,.vsm .gate,.vsm .a{stroke:#d1d5db}
.vsm .tri{fill:#92400e}
.vsm .bar,.vsm .t{fill:#d1d5db}
.vsm .w{stroke:#f9a8d4}
.vsm .wt,.vsm text.wl{fill:#f9a8d4}
.vsm .hi{stroke:#fbbf24}
.vsm .lo{stroke:#93c5fd}
.vsm .mi{stroke:#c3c9d3}
.vsm text.mx{fill:#c3c9d3}
.vsm text.hx{fill:#fbbf24}
.vsm text.lx,.vsm text.wk{fill:#93c5fd}
.vsm .pill,.vsm .chg{stroke:#a5b4fc}
.vsm text.px,.vsm .ch{fill:#a5b4fc}
.vsm .hot,.vsm .al{stroke:#f87171}
.vsm text.al{fill:#f87171}
.vsm .star+text{fill:#111827}
.vsm .gone{stroke:#9ca3af}
.vsm .sum{stroke:#6b7280}}
)css";

}  // namespace vsm::backends::svg
