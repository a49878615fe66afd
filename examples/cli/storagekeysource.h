// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/storagekeys.h>

#include <QCoreApplication>
#include <QStringList>

namespace Cli {

/*! The keys of what is encrypted on the disk, from where the command line says. */
class StorageKeySource
{
    Q_DECLARE_TR_FUNCTIONS(StorageKeySource)

public:
    /*! What \a option with the values \a sources lacks, as a sentence. */
    [[nodiscard]] static QString refusal(const QString &option, const QStringList &sources);

    /*! Fetches the keys at \a sources: the first is for what is new, the others are former ones.
       The reason as a sentence if that cannot be. */
    [[nodiscard]] static QString fetch(const QStringList &sources, QtDelivery::StorageKeys *keys);
};

} // namespace Cli
