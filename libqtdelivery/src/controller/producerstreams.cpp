// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// What ProducerController does with messages that are read from files and devices.

#include "producercontrollerprivate.h"
#include "storage/payloadfiles.h"
#include "words/text.h"

#include <QFileInfo>
#include <QIODevice>

namespace QtDelivery {

Error ProducerControllerPrivate::streamable(const QString &name) const
{
    if (const Error error = usable())
        return error;
    if (m_queue)
        return {Error::Code::InvalidArgument,
                Text::tr("With a durable queue only what is in memory can be sent.")};
    if (!name.isEmpty() && !isValidId(name))
        return {
            Error::Code::InvalidArgument,
            Text::tr(
                "A message's name must be 1 to 255 bytes of UTF-8 without control characters.")};
    return {};
}

SendResult ProducerControllerPrivate::send(std::unique_ptr<QIODevice> device, const QString &name)
{
    if (const Error error = streamable(name))
        return error;
    return send(payloadSourceOf(std::move(device)), name);
}

SendResult ProducerControllerPrivate::sendFile(const QString &path, const QString &name)
{
    const QString shown = name.isEmpty() ? QFileInfo(path).fileName() : name;
    if (const Error error = streamable(shown))
        return error;
    return send(openPayloadFile(path), shown);
}

SendResult ProducerControllerPrivate::send(const Result<std::shared_ptr<PayloadSource>> &source,
                                           const QString &name)
{
    if (!source)
        return source.error();
    const quint64 size = (*source)->size();
    if (size > quint64(PayloadArena::MaxPayload))
        return answer(m_machine->send(*source, name), size, m_machine->maxStreamedSize());
    QByteArray payload(qsizetype(size), Qt::Uninitialized);
    if (size > 0 && !(*source)->read(0, payload.data(), payload.size()))
        return Error(Error::Code::SourceFailed, Text::tr("What is to be sent cannot be read."));
    return answer(m_machine->send(payload, name), size, m_machine->maxStreamedSize());
}

Error ProducerControllerPrivate::cancel(SeqNr seqNr)
{
    if (const Error error = usable())
        return error;
    if (m_queue)
        return {Error::Code::InvalidArgument,
                Text::tr("What a durable queue has cannot be taken back.")};
    switch (m_machine->cancel(seqNr)) {
    case ProducerMachine::CancelOutcome::Cancelled:
        work();
        return {};
    case ProducerMachine::CancelOutcome::TooLate:
        //: %1 is a message's number
        return {Error::Code::TooLate, Text::tr("Message %1 has been transmitted.").arg(seqNr)};
    case ProducerMachine::CancelOutcome::Unknown:
        break;
    }
    //: %1 is a message's number
    return {Error::Code::InvalidArgument, Text::tr("There is no message %1.").arg(seqNr)};
}

void ProducerControllerPrivate::setPaused(bool paused)
{
    if (usable() || paused == m_machine->isTransmissionPaused())
        return;
    m_machine->setTransmissionPaused(paused);
    work();
}

} // namespace QtDelivery
