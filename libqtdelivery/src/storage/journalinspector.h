// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "filesystem.h"
#include "piececipher.h"

#include <QtDelivery/journalreport.h>

#include <functional>

namespace QtDelivery {

/*! FileProducerQueue::inspect() for any \a files. */
[[nodiscard]] Result<JournalReport> inspectJournal(
    FileSystem &files, const std::function<void(const JournalRecord &)> &visit,
    const CipherKeys *keys = nullptr);

} // namespace QtDelivery
