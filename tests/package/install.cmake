# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

cmake_minimum_required(VERSION 3.23)

# Installs the build BUILD_DIR to FIRST_PREFIX, then moves the package to PREFIX.

file(REMOVE_RECURSE "${FIRST_PREFIX}" "${PREFIX}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${FIRST_PREFIX}" --config "${CONFIG}"
    COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${FIRST_PREFIX}" "${PREFIX}")
