// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"

#include <QtDelivery/sendresult.h>

#include <QFuture>
#include <QPromise>

#include <map>

namespace QtDelivery {

/*! \brief The futures of messages that wait to be stored, or confirmed. Each finishes once, in
 * order. */
class Tracked
{
public:
    /*! One that is no longer in here: finishing it runs continuations, which may delete whatever
     * they like. */
    struct Due
    {
        SeqNr seqNr;
        QPromise<SendResult> promise;

        void finish()
        {
            promise.addResult(SendResult(seqNr));
            promise.finish();
        }
    };

    [[nodiscard]] static QFuture<SendResult> finished(const SendResult &result);

    [[nodiscard]] QFuture<SendResult> add(SeqNr seqNr);
    /*! Everything up to \a seqNr has come to pass. */
    void setDue(SeqNr seqNr) { m_dueUpTo = std::max(m_dueUpTo, seqNr); }
    [[nodiscard]] bool hasDue() const
    {
        return !m_waiting.empty() && m_waiting.begin()->first <= m_dueUpTo;
    }
    [[nodiscard]] Due takeDue();
    /*! The end: up to \a seqNr with success, the rest with Error::Code::Stopped. */
    void finishAll(SeqNr seqNr);

private:
    std::map<SeqNr, QPromise<SendResult>> m_waiting;
    SeqNr m_dueUpTo = 0;
};

} // namespace QtDelivery
