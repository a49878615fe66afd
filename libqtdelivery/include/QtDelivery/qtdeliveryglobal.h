// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

/*! \file
    \brief The macro that marks what the library exports.

    Define `QTDELIVERY_STATIC` for a static library, in the library and in everything that uses it.
    The CMake target `QtDelivery::QtDelivery` does that by itself. */

/*! \def QTDELIVERY_EXPORT
    Marks what the library exports. */
/*! \def QTDELIVERY_NODISCARD_EXPORT
    Marks an exported class whose values must not be ignored. */

#if defined(QTDELIVERY_STATIC)
#define QTDELIVERY_EXPORT
#elif defined(QTDELIVERY_BUILDING_LIBRARY)
#define QTDELIVERY_EXPORT Q_DECL_EXPORT
#else
#define QTDELIVERY_EXPORT Q_DECL_IMPORT
#endif

// An exported class whose values must not be ignored. GCC 12 does not take attributes of both
// syntaxes on one class, so the standard one carries the visibility there.
#if defined(QTDELIVERY_STATIC)
#define QTDELIVERY_NODISCARD_EXPORT [[nodiscard]]
#elif defined(Q_CC_GNU) && !defined(Q_OS_WIN)
#define QTDELIVERY_NODISCARD_EXPORT [[nodiscard, gnu::visibility("default")]]
#else
#define QTDELIVERY_NODISCARD_EXPORT [[nodiscard]] QTDELIVERY_EXPORT
#endif
