# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# Builds the project at SOURCE_DIR as a static library, installs it, and builds and runs the consumer with it; all below
# WORK_DIR, with joined sources and without optimisation, since only linking is of interest here.

cmake_minimum_required(VERSION 3.23)

function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(common -G "${GENERATOR}" -D CMAKE_BUILD_TYPE= -D CMAKE_CXX_COMPILER=${CXX_COMPILER} -D Qt6_DIR=${Qt6_DIR})
set(prefix ${WORK_DIR}/prefix)
file(REMOVE_RECURSE ${prefix})

run(${CMAKE_COMMAND} -S ${SOURCE_DIR} -B ${WORK_DIR}/library ${common}
    -D BUILD_SHARED_LIBS=OFF -D QTDELIVERY_BUILD_TESTS=OFF -D QTDELIVERY_BUILD_EXAMPLES=OFF
    -D QTDELIVERY_BUILD_MONITOR=OFF -D QTDELIVERY_JOIN_SOURCES=ON)
run(${CMAKE_COMMAND} --build ${WORK_DIR}/library)
run(${CMAKE_COMMAND} --install ${WORK_DIR}/library --prefix ${prefix})

file(GLOB_RECURSE libraries RELATIVE ${prefix} ${prefix}/*.a ${prefix}/*.so ${prefix}/*.lib)
list(LENGTH libraries count)
if(NOT count EQUAL 1 OR NOT libraries MATCHES "QtDelivery\\.(a|lib)$")
    message(FATAL_ERROR "One static library should be installed, not: ${libraries}")
endif()

run(${CMAKE_COMMAND} -S ${SOURCE_DIR}/tests/package/consumer -B ${WORK_DIR}/consumer ${common}
    -D CMAKE_PREFIX_PATH=${prefix} -D EXPECTED_PREFIX=${prefix} -D EXPECTED_VERSION=${VERSION})
run(${CMAKE_COMMAND} --build ${WORK_DIR}/consumer --target consumer)
run(${WORK_DIR}/consumer/consumer)
