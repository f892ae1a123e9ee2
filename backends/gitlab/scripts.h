// The shell of the pipeline: one fixed text for every job. All that concerns a map reaches it as variables.
#pragma once

namespace vsm::backends::gitlab {

/// Says and waits: each line of PLAYS holds seconds, conditions (`VARIABLE=word,…`, or `-`) and a text for `printf %b`. A line of the log
/// begins with `>`. METRICS, where there is one, becomes the metrics report. For any POSIX shell whose `sleep` takes parts of a second.
inline constexpr char play_script[] = R"sh(printf %s "$PLAYS" | while read -r seconds conditions text; do
  for condition in $(printf %s "$conditions" | tr ',' ' '); do
    [ "$condition" = - ] || [ "$(printenv "${condition%%=*}")" = "${condition#*=}" ] || continue 2
  done
  printf '> %b\n' "$text"
  [ "$seconds" = 0 ] || sleep "$seconds"
done
[ -z "${METRICS-}" ] || printf %s "$METRICS" >metrics.txt
)sh";

}  // namespace vsm::backends::gitlab
