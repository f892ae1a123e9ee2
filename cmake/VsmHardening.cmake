# Hardening: limits the damage if a crafted map exploits a bug. Tested by tests/hostile/hardening.py.
include(CheckCXXSourceCompiles)

# Assertions of the standard library.
add_compile_definitions(_GLIBCXX_ASSERTIONS)

function(vsm_harden_releases)
  set(release $<NOT:$<CONFIG:Debug>>)
  # Stack overwrites abort the program, and the addresses of code are randomised.
  add_compile_options($<${release}:-fstack-protector-strong> $<${release}:-fPIE>)
  # Address tables are filled at startup and read-only afterwards.
  add_link_options($<IF:$<BOOL:${VSM_STATIC}>,-static-pie,$<${release}:-pie>> $<${release}:-Wl,-z,relro,-z,now>)
  # Functions of the C library with size checks. The sanitizers check the same.
  if(NOT VSM_SANITIZE)
    set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
    set(program "#include <cstring>\nstatic_assert(__USE_FORTIFY_LEVEL == 3);\nint main() {}")
    check_cxx_source_compiles("${program}" VSM_FORTIFY_3)
    set(level $<IF:$<BOOL:${VSM_FORTIFY_3}>,3,2>)
    add_compile_options($<${release}:-U_FORTIFY_SOURCE> $<${release}:-D_FORTIFY_SOURCE=${level}>)
  endif()
endfunction()
vsm_harden_releases()
