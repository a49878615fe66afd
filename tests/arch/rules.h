// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

// Rules about the source tree as such. Every check takes the root of a tree, so that it can be
// given one with a mistake in it, and answers what is wrong as "file:line: what", one entry each.

namespace QtDelivery::Test {

/*! \brief One row of the table in libqtdelivery/doc/architecture.md, "Layers". */
struct Layer
{
    QString name; //!< as in the table
    QString directory; //!< below the root of the tree
    QStringList mayInclude{}; //!< names of other layers; its own headers always
    QStringList singleHeaders{}; //!< the only headers of other layers, as paths below src/
    QStringList qtModules{}; //!< every header of these modules
    QStringList qtHeaders{}; //!< single headers of Qt
    QString sqlPrefix{}; //!< of the names of files that may include QtSql, too
    QStringList libraries{}; //!< headers of other libraries
    QString rule; //!< the row in words
    bool isPlanned = false; //!< it may still be empty
    bool isApplication = false; //!< outside of the library: any Qt module and system header
    bool isPure = false; //!< no header of the standard library for I/O, threads, clocks, chance
};

[[nodiscard]] const std::vector<Layer> &layers();

/*! C++ files below \a directory, as sorted paths relative to \a root. */
[[nodiscard]] QStringList sourceFiles(const QString &root, const QString &directory);

/*! The problem with `#include` line \a line of \a file; empty if there is none or the line is not
    an include. */
[[nodiscard]] QString includeProblem(const QString &root, const Layer &layer, const QString &file,
                                     const QString &line);

[[nodiscard]] QStringList includeProblems(const QString &root, const Layer &layer);
/*! Directories of src/ for which there is no layer. */
[[nodiscard]] QStringList unknownDirectories(const QString &root);
/*! Rows of the table in the document for which there is no layer; an entry too if there is no
 * table. */
[[nodiscard]] QStringList untestedRows(const QString &root);
/*! Sources of the library that its CMakeLists.txt does not list. */
[[nodiscard]] QStringList unlistedSources(const QString &root);
/*! Sources of the library with more than \a limit lines that are neither blank nor comment. */
[[nodiscard]] QStringList longFiles(const QString &root, int limit);
/*! Sources and scripts that do not begin with the two SPDX lines. */
[[nodiscard]] QStringList filesWithoutLicense(const QString &root);
/*! Headers of the library whose first line of code is not `#pragma once`. */
[[nodiscard]] QStringList unguardedHeaders(const QString &root);

} // namespace QtDelivery::Test
