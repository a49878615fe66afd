// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "monitorframes.h"

#include "monitorkeys.h"
#include "wirefields.h"

#include <QCborStreamWriter>
#include <QtEndian>

namespace QtDelivery {

namespace {

using namespace MonitorKeys;

/*! Appends members; empty texts, lists and reasons, and what is false, are left out. */
class MemberWriter
{
public:
    explicit MemberWriter(QCborStreamWriter &cbor)
        : m_cbor(cbor)
    { }

    void operator()(int key, const QString &text)
    {
        if (text.isEmpty())
            return;
        writeKey(key);
        m_cbor.append(QStringView(text).left(MaxShownText));
    }
    void operator()(int key, const QByteArray &bytes)
    {
        writeKey(key);
        m_cbor.append(bytes);
    }
    void operator()(int key, quint64 count) { (*this)(key, qint64(count)); }
    void operator()(int key, bool value)
    {
        if (!value)
            return;
        writeKey(key);
        m_cbor.append(true);
    }
    void operator()(int key, qint64 value)
    {
        writeKey(key);
        m_cbor.append(value);
    }
    void operator()(int key, int value) { (*this)(key, qint64(value)); }
    void operator()(int key, const QUrl &url) { (*this)(key, url.toString()); }
    void operator()(int key, const Blocked &blocked)
    {
        if (!blocked.isBlocked())
            return;
        writeKey(key);
        writeMap([&] { visitBlocked(blocked, *this); });
    }
    void operator()(int key, const StorageSnapshot &storage)
    {
        if (!storage.isKnown())
            return;
        writeKey(key);
        writeMap([&] { visitStorage(storage, *this); });
    }
    void operator()(int key, const QList<qint64> &counts)
    {
        if (counts.isEmpty())
            return;
        writeKey(key);
        m_cbor.startArray(quint64(counts.size()));
        for (const qint64 count : counts)
            m_cbor.append(count);
        m_cbor.endArray();
    }
    void operator()(int key, const QList<SeqRange> &ranges)
    {
        if (ranges.isEmpty())
            return;
        writeKey(key);
        m_cbor.startArray(quint64(ranges.size()) * 2);
        for (const SeqRange &range : ranges) {
            m_cbor.append(range.from);
            m_cbor.append(range.to);
        }
        m_cbor.endArray();
    }
    void operator()(int key, const QList<ChunkProgress> &transfers)
    {
        if (transfers.isEmpty())
            return;
        writeKey(key);
        m_cbor.startArray(quint64(transfers.size()));
        for (const ChunkProgress &progress : transfers)
            writeMap([&] { visitProgress(progress, *this); });
        m_cbor.endArray();
    }
    template <typename E>
    requires std::is_enum_v<E>
    void operator()(int key, E value) { (*this)(key, qint64(value)); }

    template <typename Members> void writeMap(Members members)
    {
        m_cbor.startMap();
        members();
        m_cbor.endMap();
    }

private:
    void writeKey(int key) { m_cbor.append(qint64(key)); }

    QCborStreamWriter &m_cbor;
};

QByteArray framed(const QByteArray &body)
{
    QByteArray length(4, Qt::Uninitialized);
    qToBigEndian(quint32(body.size()), length.data());
    return length + body;
}

template <typename Members> QByteArray map(Members members)
{
    QByteArray bytes;
    QCborStreamWriter cbor(&bytes);
    MemberWriter writer(cbor);
    writer.writeMap([&] { members(writer, cbor); });
    return bytes;
}

QByteArray text(const QString &string)
{
    QByteArray bytes;
    QCborStreamWriter(&bytes).append(string);
    return bytes;
}

} // namespace

QByteArray encoded(const MonitorHello &hello)
{
    return framed(map([&](MemberWriter &writer, QCborStreamWriter &) {
        writer(Type, HelloType);
        writer(HelloVersion, hello.version);
        writer(HelloPid, hello.pid);
        writer(HelloProgram, hello.program);
        writer(HelloNodeId, hello.nodeId);
        writer(HelloClock, hello.clock);
        writer(HelloWallClock, hello.wallClock);
    }));
}

QByteArray encoded(const MonitorRequest &request)
{
    return framed(map([&](MemberWriter &writer, QCborStreamWriter &cbor) {
        writer(Type, RequestType);
        cbor.append(qint64(RequestRecorded));
        cbor.startArray(quint64(request.recordedFlows.size()));
        for (const QString &key : request.recordedFlows)
            cbor.append(key);
        cbor.endArray();
    }));
}

QByteArray encoded(const MonitorChallenge &challenge)
{
    return framed(map([&](MemberWriter &writer, QCborStreamWriter &) {
        writer(Type, ChallengeType);
        writer(ChallengeNonce, challenge.nonce);
    }));
}

QByteArray encoded(const MonitorWatcherProof &proof)
{
    return framed(map([&](MemberWriter &writer, QCborStreamWriter &) {
        writer(Type, WatcherProofType);
        writer(WatcherProofNonce, proof.nonce);
        writer(WatcherProofProof, proof.proof);
    }));
}

QByteArray encoded(const MonitorProcessProof &proof)
{
    return framed(map([&](MemberWriter &writer, QCborStreamWriter &) {
        writer(Type, ProcessProofType);
        writer(ProcessProofProof, proof.proof);
    }));
}

// ---- updates

namespace {

// Room for the frame's own members.
constexpr qsizetype Spare = 64;

} // namespace

UpdateWriter::UpdateWriter(qint64 clock)
    : m_clock(clock)
{ }

void UpdateWriter::append(int section, const QByteArray &item)
{
    if (item.size() > MaxMonitorFrame - Spare)
        return; // cannot happen: every member is bounded
    if (m_items.size() + item.size() > MaxMonitorFrame - Spare)
        close(false);
    m_items += char(section); // a small number is its own CBOR
    m_items += item;
}

void UpdateWriter::add(const FlowSnapshot &flow)
{
    append(SectionFlow,
           map([&](MemberWriter &writer, QCborStreamWriter &) { visitFlow(flow, writer); }));
}

void UpdateWriter::add(const LinkSnapshot &link)
{
    append(SectionLink,
           map([&](MemberWriter &writer, QCborStreamWriter &) { visitLink(link, writer); }));
}

void UpdateWriter::removeFlow(const QString &key)
{
    append(SectionRemovedFlow, text(key));
}

void UpdateWriter::removeLink(const QString &key)
{
    append(SectionRemovedLink, text(key));
}

void UpdateWriter::add(const QString &flowKey, const QList<FlowEvent> &events)
{
    for (const FlowEvent &event : events) {
        append(SectionEvent, map([&](MemberWriter &writer, QCborStreamWriter &) {
                   writer(EventFlow, flowKey);
                   visitEvent(event, writer);
               }));
    }
}

void UpdateWriter::add(const Refusals &refusals)
{
    append(SectionRefusals, map([&](MemberWriter &writer, QCborStreamWriter &) {
               visitRefusals(refusals, writer);
           }));
}

/*
    An update's items are one array: section, item, section, item … of no announced length, so that
    they can be appended one by one.
*/
void UpdateWriter::close(bool isComplete)
{
    constexpr char beginArray = char(0x9f);
    constexpr char endAny = char(0xff);
    QByteArray body;
    QCborStreamWriter cbor(&body);
    cbor.startMap(isComplete ? 4 : 3);
    cbor.append(qint64(Type));
    cbor.append(qint64(UpdateType));
    cbor.append(qint64(UpdateClock));
    cbor.append(m_clock);
    if (isComplete) {
        cbor.append(qint64(UpdateComplete));
        cbor.append(true);
    }
    cbor.append(qint64(UpdateItems));
    body += beginArray;
    body += m_items;
    body += endAny;
    m_frames += framed(body);
    m_items.resize(0);
}

QByteArray UpdateWriter::finish(bool isComplete)
{
    close(isComplete);
    return std::exchange(m_frames, {});
}

// ---- the stream

void MonitorFrames::append(const QByteArray &bytes)
{
    m_bytes.remove(0, std::exchange(m_at, 0)); // here and not in next(): frames may be tiny
    m_bytes.append(bytes);
}

std::optional<QByteArray> MonitorFrames::next()
{
    const qsizetype left = m_bytes.size() - m_at;
    if (m_isBroken || left < 4)
        return std::nullopt;
    const quint32 length = qFromBigEndian<quint32>(m_bytes.constData() + m_at);
    if (length == 0 || length > quint64(m_maxFrame)) {
        m_isBroken = true;
        return std::nullopt;
    }
    if (left < 4 + qsizetype(length))
        return std::nullopt;
    QByteArray frame = m_bytes.mid(m_at + 4, length);
    m_at += 4 + qsizetype(length);
    return frame;
}

} // namespace QtDelivery
