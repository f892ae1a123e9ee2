# Run by cpack after packing: its .tar.gz contains the builder's name and depends on directory order, so it is repacked.
foreach(package IN LISTS CPACK_PACKAGE_FILES)
  if(NOT package MATCHES "\\.tar\\.gz$")
    continue()
  endif()
  set(folder "${package}.unpacked")
  file(REMOVE_RECURSE "${folder}")
  file(MAKE_DIRECTORY "${folder}")
  execute_process(COMMAND tar -xzf "${package}" -C "${folder}" --no-same-owner COMMAND_ERROR_IS_FATAL ANY)
  execute_process(
    COMMAND tar -C "${folder}" --format=ustar --sort=name --owner=0 --group=0 --numeric-owner
      "--mtime=@$ENV{SOURCE_DATE_EPOCH}"
            -cf - "${CPACK_PACKAGE_FILE_NAME}"
    COMMAND gzip -9n
    OUTPUT_FILE "${package}"
    COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE_RECURSE "${folder}")
endforeach()
