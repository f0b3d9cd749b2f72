# steppe_embed(out_var FILE path SYMBOL name): compiles a data file in. Generates a .cpp in the build
# folder that defines `namespace steppe { extern const std::string_view name; }` with its bytes.
function(steppe_embed out_var)
  cmake_parse_arguments(arg "" "FILE;SYMBOL" "" ${ARGN})
  set(source ${PROJECT_SOURCE_DIR}/${arg_FILE})
  set(target ${CMAKE_CURRENT_BINARY_DIR}/${arg_SYMBOL}.cpp)
  add_custom_command(OUTPUT ${target}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${source} -DOUTPUT=${target} -DSYMBOL=${arg_SYMBOL}
      -P ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
    DEPENDS ${source} ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
    COMMENT "Embedding ${arg_FILE}" VERBATIM)
  set(${out_var} ${${out_var}} ${target} PARENT_SCOPE)
endfunction()
