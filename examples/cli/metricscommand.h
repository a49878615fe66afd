// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QStringList>

namespace Cli {

/*! `qtdelivery metrics`: the flows of all running processes as text for Prometheus. */
class Metrics
{
    Q_DECLARE_TR_FUNCTIONS(Metrics)

public:
    /*! \a arguments: what follows "metrics" on the command line. */
    explicit Metrics(const QStringList &arguments)
        : m_arguments(arguments)
    { }

    /*! The exit code: 0 it is printed, 1 standard output takes nothing, 2 wrong usage. */
    [[nodiscard]] int run() const;

private:
    const QStringList m_arguments;
};

} // namespace Cli
