// The shell script of the pipeline, the same for every job. Data of the map is passed in variables.
#pragma once

namespace vsm::backends::gitlab {

/// Prints and sleeps: each line of PLAYS contains seconds, conditions (`VARIABLE=word,…`, or `-`) and a text for
/// `printf %b`. Log lines begin with `>`. METRICS, if set, becomes the metrics report. Runs in any POSIX shell whose
/// `sleep` accepts fractions of a second.
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
