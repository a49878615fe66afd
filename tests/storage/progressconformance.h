// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "progressprobe.h"

#include <QObject>

#include <functional>
#include <memory>

namespace QtDelivery::Test {

/*!
    \brief What every ConsumerProgress must do, as a suite for QtTest.

    For your own implementation copy progressconformance.h, progressconformance.cpp and
   progressprobe.h; they need nothing but QtTest and the library's public headers. Derive the test
   from it, and say how a new place to store in is made, as in queueconformance.h.

    In one point the suite asks for more than ConsumerProgress promises its user: the end is
   complete when the destructor returns, so that the next object can take possession at once.
*/
class ProgressConformance : public QObject
{
    Q_OBJECT

public:
    /*! Makes a progress on one place; called again and again for the same one. */
    using MakeProgress = std::function<std::unique_ptr<ConsumerProgress>()>;
    /*! Makes a new, empty place, and says how to make a progress on it. */
    using MakePlace = std::function<MakeProgress()>;

    struct Traits
    {
        /*! Several objects may use one place at a time, each for another consumer. */
        bool severalConsumersAtOnce = true;
        /*! The longest context that is taken for certain, in bytes. */
        qsizetype contextBytes = 64 * 1024;
    };

    ProgressConformance(MakePlace makePlace, Traits traits);

private Q_SLOTS:
    void init();
    void cleanup();

    void unknownPair();
    void recordAndLoadAgain();
    void lastRecordWins();
    void severalRecordsInFlight();
    void recordsFromWithinAnAnswer();
    void answersInOrder();
    void contexts_data();
    void contexts();
    void names_data();
    void names();
    void severalProducers();
    void severalConsumers();
    void severalConsumersAtOnce();
    void newStreamReplaces();
    void recordOfAnotherProducerIsRefused();
    void secondOwnerIsRefused();
    void endWithRequestsPending();
    void endWhileLoading();

protected:
    /*! A new object on the place of this test. */
    [[nodiscard]] std::unique_ptr<ProgressProbe> open();
    /*! What a new object finds; a producer id of "failed" if it does not load. */
    [[nodiscard]] ConsumerPosition reloaded();
    [[nodiscard]] ConsumerPosition reloaded(const QString &consumerId, const QString &producerId);

private:
    const MakePlace m_makePlace;
    const Traits m_traits;
    MakeProgress m_make;
    QStringList m_violations;
};

/*! The ids that the suite uses where it matters little. */
[[nodiscard]] QString testConsumerId();
[[nodiscard]] QString testProducerId();
/*! Everything up to \a seqNr of testProducerId(), in the numbering that the test has throughout. */
[[nodiscard]] ConsumerPosition consumerPosition(qint64 seqNr, const QByteArray &context = {});

} // namespace QtDelivery::Test
