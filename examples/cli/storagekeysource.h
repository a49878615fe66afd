// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialreference.h>
#include <QtDelivery/storagekeys.h>

#include <QCoreApplication>
#include <QStringList>

namespace Cli {

/*! The keys of what is encrypted on the disk, from where the command line says: the first is for
   what is new, the others are former ones. */
class StorageKeySource
{
    Q_DECLARE_TR_FUNCTIONS(StorageKeySource)

public:
    /*! The values \a texts of \a option; what they lack as a sentence. */
    [[nodiscard]] QString parse(const QString &option, const QStringList &texts);

    /*! Fetches the keys, if there are any, into \a keys; the reason as a sentence if that cannot
       be. Waits as CredentialReader::read() does. */
    [[nodiscard]] QString fetch(QtDelivery::StorageKeys *keys) const;

private:
    QList<QtDelivery::CredentialReference> m_references;
};

} // namespace Cli
