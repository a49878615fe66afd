// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "vaultcipher.h"
#include "words/text.h"

#include <QDir>

namespace QtDelivery {

Error vaultDamaged(const QString &path)
{
    return {
        Error::Code::StorageCorrupt,
        //: %1 is a file
        Text::tr("%1 is damaged, or is no file of credentials. Put a copy of it in its place, or "
                 "remove it and enter the credentials again.")
            .arg(QDir::toNativeSeparators(path))};
}

Error vaultsUnsupported()
{
    return {Error::Code::StorageFailed,
            Text::tr("This program was built without support for encrypted files of credentials.")};
}

} // namespace QtDelivery
