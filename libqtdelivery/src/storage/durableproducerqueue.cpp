// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/durableproducerqueue.h>

namespace QtDelivery {

DurableProducerState::Step DurableProducerState::stepOf(qint64 seqNr) const
{
    if (seqNr == currentSeqNr)
        return Step::New;
    return seqNr >= 1 && seqNr < currentSeqNr ? Step::Known : Step::Impossible;
}

void DurableProducerState::addMessageSent(const DurableMessage &message)
{
    Q_ASSERT(stepOf(message.seqNr) == Step::New);
    unconfirmed.append(message);
    context = message.context;
    currentSeqNr = message.seqNr + 1;
}

bool DurableProducerState::confirm(qint64 seqNr, const QString &qualifier)
{
    const qint64 upTo = std::min(seqNr, currentSeqNr - 1);
    if (upTo <= confirmedSeqNr.value(qualifier))
        return false;
    confirmedSeqNr.insert(qualifier, upTo);
    highestConfirmedSeqNr = std::max(highestConfirmedSeqNr, upTo);
    unconfirmed.removeIf([&](const DurableMessage &message) {
        return message.seqNr <= upTo && message.qualifier == qualifier;
    });
    return true;
}

bool DurableProducerState::dropQualifier(const QString &qualifier)
{
    const bool isUsed =
        std::any_of(unconfirmed.cbegin(), unconfirmed.cend(),
                    [&](const DurableMessage &message) { return message.qualifier == qualifier; });
    return !isUsed && confirmedSeqNr.remove(qualifier) > 0;
}

PayloadReader::~PayloadReader() = default;

DurableProducerQueue::DurableProducerQueue(QObject *parent)
    : QObject(parent)
{ }

DurableProducerQueue::~DurableProducerQueue() = default;

void DurableProducerQueue::skip(qint64, const QString &) { }

std::shared_ptr<PayloadReader> DurableProducerQueue::openPayload(qint64, qint64) const
{
    return nullptr;
}

QString DurableProducerQueue::payloadFile(qint64) const
{
    return {};
}

} // namespace QtDelivery
