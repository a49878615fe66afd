// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/storagekeys.h>

#include <QCoreApplication>
#include <QStringList>

namespace Cli {

/*! `qtdelivery journal verify|dump DIR [--key-from SOURCE]`: reads the folder of `send --durable`
   without changing it. */
class Journal
{
    Q_DECLARE_TR_FUNCTIONS(Journal)

public:
    /*! \a arguments: what follows "journal" on the command line. */
    explicit Journal(const QStringList &arguments)
        : m_arguments(arguments)
    { }

    /*! The exit code: 0 it is sound, 1 it is damaged or cannot be read, 2 wrong usage. */
    [[nodiscard]] int run() const;

private:
    [[nodiscard]] static int verify(const QString &directory, const QtDelivery::StorageKeys &keys);
    [[nodiscard]] static int dump(const QString &directory, const QtDelivery::StorageKeys &keys);

    const QStringList m_arguments;
};

} // namespace Cli
