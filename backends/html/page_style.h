// Style sheet of the page; pictures bring their own.
#pragma once

namespace vsm::backends::html {

inline constexpr char page_style[] = R"css(
:root{color-scheme:light dark;--text:#111827;--dim:#4b5563;--rule:#d1d5db;--panel:#f9fafb;--work:#1d4ed8;--idle:#b45309;--again:#9d174d}
@media screen and (prefers-color-scheme:dark){:root{--text:#f3f4f6;--dim:#c3c9d3;--rule:#4b5563;--panel:#1f2937;--work:#93c5fd;--idle:#fbbf24;--again:#f9a8d4}body{background:#111827}}
body{margin:0 auto;padding:1.5rem;max-width:84rem;color:var(--text);font:1rem/1.5 "Helvetica Neue",Helvetica,Arial,"Liberation Sans","DejaVu Sans","Noto Sans",sans-serif;overflow-wrap:anywhere}
h1{margin:0;font-size:1.7rem;line-height:1.25}
h2{margin:2rem 0 .5rem;font-size:1.2rem;border-bottom:1px solid var(--rule)}
.outcome{font-size:1.15rem;margin:.3rem 0}
.dim{color:var(--dim)}
.picture{overflow-x:auto;margin:1rem 0}
.picture svg{max-width:100%;height:auto;min-width:44rem;display:block}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.7rem;margin:1rem 0}
dl.facts div{background:var(--panel);border:1px solid var(--rule);padding:.6rem .8rem}
dl.facts dt{color:var(--dim)}
dl.facts dd{margin:0;font-size:1.3rem;font-weight:bold}
dl.facts dd.said{font-size:.9rem;font-weight:normal}
table{border-collapse:collapse;margin:.5rem 0}
th,td{padding:.25rem .8rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
thead th{vertical-align:bottom}
th:first-child{min-width:min(9em,30vw)}
th.number,td.number{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}td.number{white-space:nowrap}
.spent{display:block;width:16rem;height:1rem}
.spent .idle{fill:var(--idle)}
.spent .either{fill:var(--dim)}
.spent .work{fill:var(--work)}
.spent .again{fill:var(--again)}
dl.facts dd.worked{color:var(--work)}
.messages{border:2px solid #dc2626;padding:.5rem 1rem;margin-bottom:1rem;overflow-x:auto}
.messages pre{margin:0;font-size:.85rem;overflow-wrap:normal}
nav{display:flex;flex-wrap:wrap;gap:1rem;margin-bottom:1rem}
nav a{color:inherit}
nav a[aria-current]{font-weight:bold;text-decoration:none}
summary{cursor:pointer;font-weight:bold}
/* on paper the picture takes what the words leave of the sheet */
@media print{@page{size:landscape;margin:8mm}:root{font-size:11px}body{padding:0;max-width:none}h2{margin:.6rem 0 .2rem}ul,p{margin:.2rem 0}th,td{padding-top:.1rem;padding-bottom:.1rem}.more{display:none}main{display:flex;flex-direction:column;height:calc(100vh - 2px)}.picture{overflow:hidden;margin:.6rem 0;flex:1 1 0;min-height:50mm}.picture svg{min-width:0;width:100%;height:100%}dl.facts{grid-template-columns:repeat(4,1fr);margin:.3rem 0;gap:.3rem}}
)css";

}  // namespace vsm::backends::html
