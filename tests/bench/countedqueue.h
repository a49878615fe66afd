// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchsupport.h"

#include <QtDelivery/fileproducerqueue.h>

#include <functional>

namespace Bench {

// Counts the batches that a producer's controller hands over in the measured part.
class CountedQueue final : public QtDelivery::FileProducerQueue
{
    Q_OBJECT

public:
    CountedQueue(const QString &directory, std::function<bool()> isMeasuring)
        : FileProducerQueue(directory)
        , m_isMeasuring(std::move(isMeasuring))
    { }

    void store(const QList<QtDelivery::DurableMessage> &messages) override
    {
        if (m_isMeasuring())
            ++m_batches;
        FileProducerQueue::store(messages);
    }

    void addTo(Report &report) const { report.add("batches", m_batches); }

private:
    const std::function<bool()> m_isMeasuring;
    std::int64_t m_batches = 0;
};

} // namespace Bench
