// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storageerrors.h"

#include <QCoreApplication>

namespace QtDelivery {

Error storageRetried(const Error &reason)
{
    return {reason.code(),
            //: %1 is the reason, a whole sentence
            QCoreApplication::translate("QtDelivery", "Storing has failed and is tried again: %1")
                .arg(reason.message())};
}

Error storageGivenUp(const Error &reason)
{
    return {
        reason.code(),
        //: %1 is the reason, a whole sentence
        QCoreApplication::translate(
            "QtDelivery",
            "Storing has failed and is not tried any more: %1 Nothing is lost; call retry() when "
            "the reason is gone.")
            .arg(reason.message())};
}

} // namespace QtDelivery
