# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# qtdelivery_embed_translations(target catalogue): compiles translations/<catalogue>_*.ts into the target, as the
# resources :/QtDelivery/translations/<catalogue>_*.qm. As a source and not by qt_add_resources, so that an installed
# static library is whole. Without QTDELIVERY_BUILD_TRANSLATIONS it does nothing.
function(qtdelivery_embed_translations target catalogue)
    if(NOT QTDELIVERY_BUILD_TRANSLATIONS)
        return()
    endif()
    file(GLOB sources CONFIGURE_DEPENDS ${QtDelivery_SOURCE_DIR}/translations/${catalogue}_*.ts)
    set(directory ${CMAKE_CURRENT_BINARY_DIR}/translations)
    set(compiled)
    set(entries "")
    foreach(source IN LISTS sources)
        cmake_path(GET source STEM language)
        set(output ${directory}/${language}.qm)
        add_custom_command(OUTPUT ${output}
            COMMAND ${CMAKE_COMMAND} -E make_directory ${directory}
            COMMAND Qt6::lrelease -silent ${source} -qm ${output}
            DEPENDS ${source}
            VERBATIM)
        list(APPEND compiled ${output})
        string(APPEND entries "<file>${language}.qm</file>")
    endforeach()
    string(MAKE_C_IDENTIFIER ${catalogue}_translations name)
    set(list ${directory}/${name}.qrc)
    file(CONFIGURE OUTPUT ${list} CONTENT
        "<RCC><qresource prefix=\"/QtDelivery/translations\">${entries}</qresource></RCC>\n")
    set(code ${directory}/qrc_${name}.cpp)
    add_custom_command(OUTPUT ${code}
        COMMAND Qt6::rcc --name ${name} --output ${code} ${list}
        DEPENDS ${compiled} ${list}
        VERBATIM)
    set_source_files_properties(${code} PROPERTIES SKIP_AUTOMOC ON SKIP_UNITY_BUILD_INCLUSION ON)
    target_sources(${target} PRIVATE ${code})
endfunction()
