// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

namespace QtDelivery {

// What can be wrong with a journal, in words. All name the file, by its path.

[[nodiscard]] Error journalDamaged(const QString &path, qint64 offset);
[[nodiscard]] Error journalSegmentMissing(const QString &path);
[[nodiscard]] Error journalPayloadMissing(const QString &path, qint64 seqNr);
[[nodiscard]] Error journalPayloadDamaged(const QString &path, qint64 seqNr);
[[nodiscard]] Error journalSourceFailed(qint64 seqNr);
[[nodiscard]] Error journalForeign(const QString &path);
[[nodiscard]] Error journalVersionUnknown(const QString &path);
[[nodiscard]] Error journalOfAnother(const QString &path, const QString &producerId);
[[nodiscard]] Error journalGap(qint64 seqNr, qint64 expected);
[[nodiscard]] Error journalMessageTooLong(qint64 seqNr);
[[nodiscard]] Error journalNotLoaded();

} // namespace QtDelivery
