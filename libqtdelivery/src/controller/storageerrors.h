// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

namespace QtDelivery {

/*! Trying again cannot help: somebody has to do something first. */
[[nodiscard]] inline bool needsHelp(Error::Code code)
{
    return code == Error::Code::StorageInUse || code == Error::Code::StorageCorrupt
        || code == Error::Code::UnknownFormat || code == Error::Code::InvalidArgument
        || code == Error::Code::WrongThread;
}

/*! What the application is told when storing has failed for the first time, and when it is not
 * tried any more. */
[[nodiscard]] Error storageRetried(const Error &reason);
[[nodiscard]] Error storageGivenUp(const Error &reason);

} // namespace QtDelivery
