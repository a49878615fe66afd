# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# xxHash is used header-only (XXH_INLINE_ALL): a build dependency, never a run-time one.
find_path(XxHash_INCLUDE_DIR NAMES xxhash.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(XxHash REQUIRED_VARS XxHash_INCLUDE_DIR)
if(XxHash_FOUND AND NOT TARGET XxHash::XxHash)
    add_library(XxHash::XxHash INTERFACE IMPORTED)
    set_target_properties(XxHash::XxHash PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${XxHash_INCLUDE_DIR}")
endif()
mark_as_advanced(XxHash_INCLUDE_DIR)
