# The Windows build: the printer wires that only Windows has, and a small program that uses them.
# Header-only libraries come from the host, through a folder that holds nothing else: glibc's headers must stay out.
set(headers "${CMAKE_BINARY_DIR}/include")
file(MAKE_DIRECTORY "${headers}")
foreach(library boost CLI)
  if(NOT EXISTS "/usr/include/${library}")
    message(FATAL_ERROR "/usr/include/${library} is missing: run ./deploy/install first")
  endif()
  file(CREATE_LINK "/usr/include/${library}" "${headers}/${library}" SYMBOLIC)
endforeach()

add_library(matanai_asio STATIC deploy/cmake/asio_impl.cpp)
target_include_directories(matanai_asio SYSTEM PUBLIC "${headers}")
target_compile_definitions(matanai_asio PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_ALL_NO_LIB
  _WIN32_WINNT=0x0A00 WIN32_LEAN_AND_MEAN NOMINMAX UNICODE _UNICODE)
target_link_libraries(matanai_asio PUBLIC ws2_32 mswsock bcrypt pthread)

file(GLOB sources CONFIGURE_DEPENDS printer/transport/*.cpp printer/transport/windows/*.cpp)
add_executable(matanai-print-windows ${sources})
target_compile_definitions(matanai-print-windows PRIVATE MATANAI_VERSION="${PROJECT_VERSION}")
target_link_options(matanai-print-windows PRIVATE -municode)
target_link_libraries(matanai-print-windows PRIVATE matanai_asio matanai_options winspool setupapi)
