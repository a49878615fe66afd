// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "rangewriter.h"

namespace QtDelivery {

namespace {

// So many bytes of a message are read again in one turn, for its digest.
constexpr quint64 CatchUpPerTurn = 1 << 20;

} // namespace

RangeWriter::Outcome RangeWriter::write(FrameWriter &writer, ChannelNr channel,
                                        const UnconfirmedBuffer &buffer, SeqNr seqNr,
                                        qsizetype chunkSize, quint64 *offset)
{
    if (this->seqNr() != seqNr)
        m_state = std::make_unique<State>(
            seqNr, buffer.source(seqNr) ? QByteArray() : buffer.payload(seqNr),
            m_newDigest(buffer.size(seqNr)));
    if (const Outcome outcome = catchUp(buffer, *offset, chunkSize); outcome != Outcome::Written)
        return outcome;
    const quint64 total = buffer.size(seqNr);
    const QByteArrayView payload =
        bytes(buffer, *offset, qsizetype(std::min(quint64(chunkSize), total - *offset)));
    if (payload.isEmpty())
        return failed();
    addToDigest(*offset, payload);
    const bool isLast = *offset + quint64(payload.size()) == total;
    if (isLast && !isAsStored(buffer))
        return failed();
    writer.write(
        channel,
        RangeFrame{.seqNr = seqNr,
                   .offset = *offset,
                   .totalSize = total,
                   .digest = isLast ? QByteArrayView(m_state->digest.result()) : QByteArrayView(),
                   .payload = payload,
                   .name = isLast ? buffer.name(seqNr) : QByteArrayView()});
    *offset += quint64(payload.size());
    return Outcome::Written;
}

RangeWriter::Outcome RangeWriter::writeWhole(FrameWriter &writer, ChannelNr channel,
                                             const UnconfirmedBuffer &buffer, SeqNr seqNr)
{
    m_state = std::make_unique<State>(seqNr, QByteArray(),
                                      DirectDigest::make(0)); // which nobody asks for
    const QByteArrayView payload = bytes(buffer, 0, qsizetype(buffer.size(seqNr)));
    if (payload.isEmpty())
        return failed();
    writer.write(channel, MessageFrame{seqNr, payload, buffer.name(seqNr)});
    m_state.reset(); // it may be long
    return Outcome::Written;
}

/*! Whoever tries again begins with the first byte. */
RangeWriter::Outcome RangeWriter::failed()
{
    m_state.reset();
    return Outcome::SourceFailed;
}

bool RangeWriter::isAsStored(const UnconfirmedBuffer &buffer)
{
    const PayloadSource *const source = buffer.source(m_state->seqNr);
    const QByteArray digest = source ? source->digest() : QByteArray();
    return digest.isEmpty() || digest == m_state->digest.result();
}

QByteArrayView RangeWriter::bytes(const UnconfirmedBuffer &buffer, quint64 offset, qsizetype size)
{
    PayloadSource *const source = buffer.source(m_state->seqNr);
    if (!source)
        return QByteArrayView(m_state->payload).sliced(qsizetype(offset), size);
    m_state->scratch.resize(size);
    return source->read(offset, m_state->scratch.data(), size) ? QByteArrayView(m_state->scratch)
                                                               : QByteArrayView();
}

void RangeWriter::addToDigest(quint64 offset, QByteArrayView bytes)
{
    if (m_state->payload.isEmpty()) // they are in the scratch
        m_state->digest.add(offset, bytes);
    else
        m_state->digest.addInPlace(offset, bytes);
}

RangeWriter::Outcome RangeWriter::catchUp(const UnconfirmedBuffer &buffer, quint64 offset,
                                          qsizetype chunkSize)
{
    MessageDigest &digest = m_state->digest;
    const quint64 end = std::min(offset, digest.position() + CatchUpPerTurn);
    while (digest.position() < end) {
        const quint64 at = digest.position();
        const QByteArrayView piece =
            bytes(buffer, at, qsizetype(std::min(quint64(chunkSize), end - at)));
        if (piece.isEmpty())
            return failed();
        addToDigest(at, piece);
    }
    return digest.position() >= offset ? Outcome::Written : Outcome::CatchingUp;
}

} // namespace QtDelivery
