# Everything that is not ours, one target each.
find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS json url)
find_package(spdlog CONFIG REQUIRED)
find_package(date CONFIG REQUIRED)
find_package(tomlplusplus CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(GTest CONFIG REQUIRED)
find_package(PkgConfig REQUIRED)

# pkg_library(<target> <pkg-config modules...>)
function(pkg_library target)
  pkg_check_modules(${target} REQUIRED IMPORTED_TARGET GLOBAL ${ARGN})
  add_library(${target} ALIAS PkgConfig::${target})
endfunction()
pkg_library(sodium libsodium)
pkg_library(pango pangocairo cairo pangoft2 fontconfig)
pkg_library(qrencode libqrencode)
pkg_library(lzma liblzma)

# SQLite: Debian's 3.40.1 has the WAL-reset bug, so the amalgamation inside the pinned npm package is compiled in.
set(SQLITE_SOURCE "${CMAKE_SOURCE_DIR}/node_modules/better-sqlite3/deps/sqlite3")
if(NOT EXISTS "${SQLITE_SOURCE}/sqlite3.c")
  message(FATAL_ERROR "SQLite source is missing (${SQLITE_SOURCE}/sqlite3.c): run ./deploy/install first")
endif()
add_library(matanai_sqlite STATIC "${SQLITE_SOURCE}/sqlite3.c")
target_include_directories(matanai_sqlite SYSTEM PUBLIC "${SQLITE_SOURCE}")
target_compile_definitions(matanai_sqlite PRIVATE
  SQLITE_THREADSAFE=2 SQLITE_DQS=0 SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_SECURE_DELETE=1 SQLITE_TRUSTED_SCHEMA=0
  SQLITE_DEFAULT_WAL_SYNCHRONOUS=2 SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_OMIT_DEPRECATED SQLITE_OMIT_LOAD_EXTENSION
  SQLITE_USE_ALLOCA SQLITE_ENABLE_STAT4 SQLITE_DEFAULT_MEMSTATUS=0
  HAVE_FDATASYNC=1)
target_compile_options(matanai_sqlite PRIVATE -w)
target_link_libraries(matanai_sqlite PUBLIC Threads::Threads)

# Asio and Beast are compiled once, here, instead of in every file that includes them.
add_library(matanai_asio STATIC deploy/cmake/asio_impl.cpp)
target_compile_definitions(matanai_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(matanai_asio PUBLIC Boost::headers Threads::Threads)
add_library(matanai_beast STATIC deploy/cmake/beast_impl.cpp)
target_compile_definitions(matanai_beast PUBLIC BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(matanai_beast PUBLIC matanai_asio)
