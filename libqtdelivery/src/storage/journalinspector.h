// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "filesystem.h"

#include <QtDelivery/journalreport.h>

#include <functional>

namespace QtDelivery {

/*! FileProducerQueue::inspect() for any \a files. */
[[nodiscard]] Result<JournalReport> inspectJournal(
    FileSystem &files, const std::function<void(const JournalRecord &)> &visit);

} // namespace QtDelivery
