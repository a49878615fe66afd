// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "tracked.h"

#include <QCoreApplication>

namespace QtDelivery {

QFuture<SendResult> Tracked::finished(const SendResult &result)
{
    QPromise<SendResult> promise;
    promise.start();
    promise.addResult(result);
    promise.finish();
    return promise.future();
}

QFuture<SendResult> Tracked::add(SeqNr seqNr)
{
    QPromise<SendResult> &promise = m_waiting[seqNr];
    promise.start();
    return promise.future();
}

Tracked::Due Tracked::takeDue()
{
    auto node = m_waiting.extract(m_waiting.begin());
    return {node.key(), std::move(node.mapped())};
}

void Tracked::finishAll(SeqNr seqNr)
{
    auto waiting = std::exchange(m_waiting, {});
    for (auto &[number, promise] : waiting) {
        if (number <= seqNr)
            promise.addResult(SendResult(number));
        else
            promise.addResult(SendResult(
                Error(Error::Code::Stopped,
                      //: %1 is a message's number
                      QCoreApplication::translate(
                          "QtDelivery", "The controller stopped before message %1 was confirmed.")
                          .arg(number))));
        promise.finish();
    }
}

} // namespace QtDelivery
