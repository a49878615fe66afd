// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "clocks.h"
#include "flightrecorder.h"
#include "transferrate.h"

#include <QtDelivery/error.h>

#include <QString>

#include <memory>

namespace QtDelivery {

/*! \brief What a controller notes for whoever watches, beside what it knows anyway.

    Nothing here is done per message: the notes are made once per turn, or when something other than
   traffic happens. */
class FlowObserver
{
public:
    // ---- notes of the controller
    /*! The other end, when it is attached. */
    void attached(const QString &peerId, const QString &peerNodeId)
    {
        m_peerId = peerId;
        m_peerNodeId = peerNodeId;
        m_refusal = {};
    }
    /*! The flow was refused: it stays so until the application does something. */
    void refused(const Error &why) { m_refusal = why; }
    void allowed() { m_refusal = {}; }
    void rejected() { ++m_rejected; }
    /*! The delivery that the application has not confirmed, named by the count of deliveries. */
    void outstanding(quint64 delivery, TimePoint now)
    {
        if (m_outstanding == delivery)
            return;
        m_outstanding = delivery;
        m_outstandingSince = now;
    }

    // ---- for the report
    [[nodiscard]] const QString &peerId() const { return m_peerId; }
    [[nodiscard]] const QString &peerNodeId() const { return m_peerNodeId; }
    [[nodiscard]] const Error &refusal() const { return m_refusal; }
    [[nodiscard]] qint64 rejectedCount() const { return m_rejected; }
    [[nodiscard]] TimePoint outstandingSince() const { return m_outstandingSince; }

    StoreClock storage;
    FlightRecorder recorder;
    TransferRate transfer;

private:
    QString m_peerId; // of the other end that was attached last
    QString m_peerNodeId;
    Error m_refusal;
    qint64 m_rejected = 0;
    quint64 m_outstanding = 0;
    TimePoint m_outstandingSince{};
};

} // namespace QtDelivery
