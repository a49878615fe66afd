// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// What ProducerController does with messages that are read from files and devices.

#include "producercontrollerprivate.h"
#include "storage/payloadfiles.h"
#include "words/text.h"

#include <QFileInfo>
#include <QIODevice>

namespace QtDelivery {

namespace {

// With a durable queue: a longer one is a file there, which costs three syncs of its own.
constexpr quint64 LargestInJournal = 64 << 10;

} // namespace

Error ProducerControllerPrivate::streamable(const QString &name) const
{
    if (const Error error = usable())
        return error;
    if (m_queue && !m_queue->takesFiles())
        return {Error::Code::InvalidArgument,
                Text::tr("This durable queue stores only what is in memory; a FileProducerQueue "
                         "stores files and devices, too.")};
    if (!name.isEmpty() && !isValidId(name))
        return {
            Error::Code::InvalidArgument,
            Text::tr(
                "A message's name must be 1 to 255 bytes of UTF-8 without control characters.")};
    return {};
}

SendResult ProducerControllerPrivate::send(std::unique_ptr<QIODevice> device, const QString &name,
                                           const QByteArray &context)
{
    if (const Error error = streamable(name))
        return error;
    return send(payloadSourceOf(std::move(device)), name, context);
}

SendResult ProducerControllerPrivate::sendFile(const QString &path, const QString &name,
                                               const QByteArray &context)
{
    const QString shown = name.isEmpty() ? QFileInfo(path).fileName() : name;
    if (const Error error = streamable(shown))
        return error;
    return send(openPayloadFile(path), shown, context);
}

SendResult ProducerControllerPrivate::send(const Result<std::shared_ptr<PayloadSource>> &source,
                                           const QString &name, const QByteArray &context)
{
    if (!source)
        return source.error();
    const quint64 size = (*source)->size();
    if (m_queue && size > LargestInJournal)
        return sendStored(*source, name, context);
    if (!m_queue && size > quint64(PayloadArena::MaxPayload))
        return answer(m_machine->send(*source, name), size, m_machine->maxStreamedSize());
    QByteArray payload(qsizetype(size), Qt::Uninitialized);
    if (size > 0 && !(*source)->read(0, payload.data(), payload.size()))
        return Error(Error::Code::SourceFailed, Text::tr("What is to be sent cannot be read."));
    const SeqNr seqNr = m_machine->nextSeqNr();
    const ProducerMachine::SendOutcome outcome = m_machine->send(payload, name);
    if (m_queue && outcome == ProducerMachine::SendOutcome::Accepted)
        m_queue->add({.seqNr = seqNr,
                      .payload = payload,
                      .context = context,
                      .qualifier = {},
                      .name = name});
    return answer(outcome, size, m_machine->maxStreamedSize());
}

SendResult ProducerControllerPrivate::sendStored(const std::shared_ptr<PayloadSource> &source,
                                                 const QString &name, const QByteArray &context)
{
    const auto stored = std::make_shared<StoredPayload>(source->size());
    const SeqNr seqNr = m_machine->nextSeqNr();
    const ProducerMachine::SendOutcome outcome = m_machine->send(stored, name);
    if (outcome == ProducerMachine::SendOutcome::Accepted)
        m_queue->add({.seqNr = seqNr,
                      .payload = {},
                      .context = context,
                      .qualifier = {},
                      .name = name,
                      .reader = std::make_shared<SourceReader>(source)},
                     stored);
    return answer(outcome, source->size(), m_machine->maxStreamedSize());
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
