// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "queueconformance.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QTemporaryDir>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;

class tst_FileQueueConformance : public QueueConformance
{
    Q_OBJECT

public:
    tst_FileQueueConformance()
        : QueueConformance([] {
            const auto place = std::make_shared<QTemporaryDir>();
            return [place] { return std::make_unique<FileProducerQueue>(place->path()); };
        })
    { }
};

QTEST_GUILESS_MAIN(tst_FileQueueConformance)
#include "tst_filequeueconformance.moc"
