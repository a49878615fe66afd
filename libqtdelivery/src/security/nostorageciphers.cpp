// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Instead of storageciphers.cpp, without libsodium.

#include "storageciphers.h"

#include "words/text.h"

namespace QtDelivery {

Result<std::shared_ptr<const CipherKeys>> makeCipherKeys(const QList<QByteArray> & /*keys*/)
{
    return Error(Error::Code::StorageFailed,
                 Text::tr("This program was built without support for encrypted files."));
}

} // namespace QtDelivery
