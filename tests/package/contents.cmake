# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

cmake_minimum_required(VERSION 3.23)

# What is installed below PREFIX: the public headers and no other, the package's files, the documents, and nowhere a path
# of the machine that built it.

set(headers_dir "${SOURCE_DIR}/libqtdelivery/include")
file(GLOB_RECURSE expected RELATIVE "${headers_dir}" "${headers_dir}/*")
file(GLOB_RECURSE installed RELATIVE "${PREFIX}/include" "${PREFIX}/include/*")
if(NOT expected)
    message(SEND_ERROR "There is no header in ${headers_dir}")
endif()
foreach(header IN LISTS expected)
    if(NOT header IN_LIST installed)
        message(SEND_ERROR "A public header is not installed: ${header}")
    endif()
endforeach()
foreach(header IN LISTS installed)
    if(NOT header IN_LIST expected)
        message(SEND_ERROR "A header that is not public is installed: ${header}")
    endif()
endforeach()

foreach(file
        ${LIBDIR}/cmake/QtDelivery/FindZstd.cmake
        ${LIBDIR}/cmake/QtDelivery/QtDeliveryConfig.cmake
        ${LIBDIR}/cmake/QtDelivery/QtDeliveryConfigVersion.cmake
        ${LIBDIR}/cmake/QtDelivery/QtDeliveryTargets.cmake
        ${DOCDIR}/LICENSE
        ${DOCDIR}/architecture.md)
    if(NOT EXISTS "${PREFIX}/${file}")
        message(SEND_ERROR "This is not installed: ${file}")
    endif()
endforeach()

file(GLOB_RECURSE texts "${PREFIX}/*.cmake" "${PREFIX}/*.h" "${PREFIX}/*.md")
foreach(text IN LISTS texts)
    file(READ "${text}" content)
    foreach(path "${SOURCE_DIR}" "${BUILD_DIR}")
        string(FIND "${content}" "${path}" found)
        if(NOT found EQUAL -1)
            message(SEND_ERROR "${text} names ${path}")
        endif()
    endforeach()
endforeach()
