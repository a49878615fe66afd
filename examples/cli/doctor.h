// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "finding.h"

#include <QCoreApplication>
#include <QStringList>

namespace Cli {

/*! `qtdelivery doctor`: looks at what the library needs of this machine, and says in plain words
   what it finds and what would mend it. Changes nothing. */
class Doctor
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)

public:
    /*! \a arguments: what follows "doctor" on the command line. */
    explicit Doctor(const QStringList &arguments)
        : m_arguments(arguments)
    { }

    /*! The exit code: 0 nothing needs mending, 1 something does, 2 wrong usage. */
    [[nodiscard]] int run() const;

private:
    [[nodiscard]] static QString helpText();

    const QStringList m_arguments;
};

} // namespace Cli
