include(VsmTable)

# vsm_generate_thresholds(TABLE FOLDER): the rows of a table of thresholds as types, in FOLDER/thresholds/RULE.h for
# each rule. An unchanged header is not rewritten, so that a threshold added at the end rebuilds no other rule.
function(vsm_generate_thresholds table folder)
  vsm_table_rows("${table}" VSM_THRESHOLD 1 rules)
  vsm_table_rows("${table}" VSM_THRESHOLD 2 keys)
  vsm_table_rows("${table}" VSM_THRESHOLD 3 kinds)
  set(index 0)
  foreach(rule key kind IN ZIP_LISTS rules keys kinds)
    string(APPEND rows_of_${rule} "inline constexpr Row<${index}, ThresholdKind::${kind}> ${rule}_${key}{};\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(GLOB stale "${folder}/thresholds/*.h")
  foreach(rule IN LISTS rules)
    list(REMOVE_ITEM stale "${folder}/thresholds/${rule}.h")
    file(CONFIGURE OUTPUT "${folder}/thresholds/${rule}.h" CONTENT "// Generated from compiler/lint/thresholds.def.
#pragma once

#include \"compiler/lint/thresholds.h\"

namespace vsm::lint::threshold {

${rows_of_${rule}}
}  // namespace vsm::lint::threshold
" @ONLY)
  endforeach()
  foreach(file IN LISTS stale)
    file(REMOVE "${file}")
  endforeach()
endfunction()
