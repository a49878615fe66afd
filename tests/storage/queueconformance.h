// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "queueprobe.h"

#include <QObject>

#include <functional>
#include <memory>

namespace QtDelivery::Test {

/*!
    \brief What every DurableProducerQueue must do, as a suite for QtTest.

    For your own queue copy queueconformance.h and .cpp, queueprobe.h and bytesreader.h; they need
   nothing but QtTest and the library's public headers. Derive the test from it, and say how a new
   place to store in is made:

    \code
    class tst_MyQueue : public QueueConformance
    {
        Q_OBJECT
    public:
        tst_MyQueue()
            : QueueConformance([] {
                const auto place = std::make_shared<QTemporaryDir>();
                return [place] { return std::make_unique<MyQueue>(place->path()); };
            })
        { }
    private Q_SLOTS:
        void whatOnlyThisQueueDoes();
    };
    QTEST_GUILESS_MAIN(tst_MyQueue)
    \endcode

    In two points the suite asks for more than DurableProducerQueue promises its user: an orderly
   end keeps the confirmations, and is complete when the destructor returns, so that the next queue
   can take possession at once.
*/
class QueueConformance : public QObject
{
    Q_OBJECT

public:
    /*! Makes a queue on one place; called again and again for the same one. */
    using MakeQueue = std::function<std::unique_ptr<DurableProducerQueue>()>;
    /*! Makes a new, empty place, and says how to make a queue on it. */
    using MakePlace = std::function<MakeQueue()>;

    explicit QueueConformance(MakePlace makePlace);

private Q_SLOTS:
    void init();
    void cleanup();

    void emptyAtFirst();
    void eq01_storeAndLoadAgain();
    void generationGrowsAndStreamStays();
    void eq02_idempotentStore();
    void eq02_overlappingBatch();
    void gapIsRefused_data();
    void gapIsRefused();
    void failureLeavesNothingPending();
    void severalBatchesInFlight();
    void requestsFromWithinAnAnswer();
    void eq03_confirmAndLoadAgain();
    void eq04_idempotentConfirm();
    void confirmBeyondWhatIsStored();
    void s28_confirmPerQualifier();
    void h57_highestIsNoLowWaterMark();
    void h49_restartWithNothingUnconfirmed();
    void contexts();
    void payloads_data();
    void payloads();
    void names_data();
    void names();
    void otherProducerIsRefused();
    void secondOwnerIsRefused();
    void takesAsManyMessagesAsItSays();
    void lastMessageMayPassTheByteLimit();
    void h51_endWithRequestsPending();
    void endWhileLoading();
    void filesOrNone();
    void confirmedFileIsRemoved();
    void namesAndSkippedNumbers();
    void fileThatCannotBeRead();

protected:
    /*! A new queue on the place of this test. */
    [[nodiscard]] std::unique_ptr<QueueProbe> open();
    /*! The state that a new queue finds; empty if it does not load. */
    [[nodiscard]] DurableProducerState reloaded(const QString &producerId = {});

private:
    const MakePlace m_makePlace;
    MakeQueue m_make;
    QStringList m_violations;
};

/*! A message with the payload "<number>". */
[[nodiscard]] DurableMessage durableMessage(qint64 seqNr, const QString &qualifier = {});
/*! Messages \a from … \a to. */
[[nodiscard]] QList<DurableMessage> durableMessages(qint64 from, qint64 to);
/*! The numbers of \a messages. */
[[nodiscard]] QList<qint64> numbersOf(const QList<DurableMessage> &messages);

} // namespace QtDelivery::Test
