# Read by cpack before packing: timestamps in the packages are the time of the commit, unless SOURCE_DATE_EPOCH is set.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND git -C "${CPACK_VSM_SOURCE}" log -1 --format=%ct
                  OUTPUT_VARIABLE commit_time OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT commit_time)
    set(commit_time 315532800)  # 1980, the earliest year that every archive format supports
  endif()
  set(ENV{SOURCE_DATE_EPOCH} "${commit_time}")
endif()
