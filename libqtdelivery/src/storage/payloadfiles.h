// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/payloadsource.h"

#include <QtDelivery/result.h>

#include <memory>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace QtDelivery {

/*! \file
    Payloads that are not in memory: where they come from, and where they go. Errors are
    SourceFailed for a source; else StorageFull, StorageInUse or StorageFailed. */

/*! Reads from the file \a path, which must stay as it is: a read fails once its size or the time of
    its last change is another. */
[[nodiscard]] Result<std::shared_ptr<PayloadSource>> openPayloadFile(const QString &path);

/*! Reads from \a device, which is opened if it is not open, all of it whatever its position is. Of
    a file as above, of another device as long as its size stays. A device without random access is
    refused: its bytes could not be read a second time. */
[[nodiscard]] Result<std::shared_ptr<PayloadSource>> payloadSourceOf(
    std::unique_ptr<QIODevice> device);

/*! Gives the file \a from the name \a to, on the same file system, such that both the bytes and the
    name are there after the power failed. StorageFailed if there is a file \a to, unless it may be
    \a replaced. */
[[nodiscard]] Error movePayloadFile(const QString &from, const QString &to, bool replaced);

/*! The same with a new file of what \a source reads, for that one is not encrypted. */
[[nodiscard]] Error writePayloadFile(PayloadSource &source, const QString &to, bool replaced);

/*! A device with what \a source reads; open() says whether that can be read at all. */
[[nodiscard]] std::unique_ptr<QIODevice> payloadDevice(std::shared_ptr<PayloadSource> source);

} // namespace QtDelivery
