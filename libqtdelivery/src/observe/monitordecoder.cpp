// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "monitorframes.h"

#include "core/machinesnapshots.h"
#include "monitorkeys.h"
#include "monitorproof.h"
#include "wirefields.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <algorithm>
#include <limits>

namespace QtDelivery {

namespace {

using namespace MonitorKeys;

constexpr qsizetype MaxTransfers = 64;
// So high that nothing counts so far, and so low that sums of some are numbers.
constexpr qint64 MaxCount = qint64(1) << 56;

/*
    A value of the wrong type makes the frame malformed. A missing one leaves the default, and so
    does a number beyond an enumeration, which comes from a later version.
*/
class MemberReader
{
public:
    MemberReader(const QCborMap &map, bool *isMalformed)
        : m_map(map)
        , m_isMalformed(isMalformed)
    { }

    void operator()(int key, QString &text)
    {
        const QCborValue value = take(key, QCborValue::String);
        if (value.isString())
            text = value.toString().left(MaxShownText);
    }
    void operator()(int key, bool &flag)
    {
        const QCborValue value = m_map.value(key);
        if (value.isBool())
            flag = value.toBool();
        else if (!value.isUndefined())
            *m_isMalformed = true;
    }
    void operator()(int key, qint64 &number)
    {
        const QCborValue value = take(key, QCborValue::Integer);
        if (value.isInteger())
            number = value.toInteger();
    }
    void operator()(int key, quint64 &count)
    {
        qint64 number = 0;
        (*this)(key, number);
        count = quint64(std::clamp<qint64>(number, 0, MaxCount));
    }
    void operator()(int key, int &number)
    {
        qint64 wide = number;
        (*this)(key, wide);
        number = int(std::clamp<qint64>(wide, 0, std::numeric_limits<int>::max()));
    }
    /*! A nonce or a proof, which both have one size only. */
    void operator()(int key, QByteArray &bytes)
    {
        bytes = take(key, QCborValue::ByteArray).toByteArray();
        if (bytes.size() != MonitorNonceSize)
            *m_isMalformed = true;
    }
    void operator()(int key, QUrl &url)
    {
        QString text;
        (*this)(key, text);
        url = QUrl(text);
    }
    void operator()(int key, FlowSnapshot::Role &role) { readEnum(key, role, 1); }
    void operator()(int key, FlowSnapshot::State &state) { readEnum(key, state, 4); }
    void operator()(int key, LinkSnapshot::State &state) { readEnum(key, state, 4); }
    void operator()(int key, FlowEvent::Kind &kind) { readEnum(key, kind, 14); }
    void operator()(int key, Blocked::Reason &reason) { readEnum(key, reason, 9); }
    void operator()(int key, Blocked &blocked)
    {
        const QCborValue value = take(key, QCborValue::Map);
        if (!value.isMap())
            return;
        MemberReader reader(value.toMap(), m_isMalformed);
        visitBlocked(blocked, reader);
    }
    void operator()(int key, StorageSnapshot &storage)
    {
        const QCborValue value = take(key, QCborValue::Map);
        if (!value.isMap())
            return;
        MemberReader reader(value.toMap(), m_isMalformed);
        visitStorage(storage, reader);
    }
    void operator()(int key, QList<qint64> &counts)
    {
        const QCborArray array = take(key, QCborValue::Array).toArray();
        for (const QCborValue &value : array) {
            if (counts.size() >= StorageSnapshot::MaxSteps)
                return;
            counts.append(std::clamp<qint64>(value.toInteger(), 0, MaxCount));
        }
    }
    void operator()(int key, QList<SeqRange> &ranges)
    {
        const QCborArray array = take(key, QCborValue::Array).toArray();
        for (qsizetype i = 0; i + 1 < array.size(); i += 2) {
            if (ranges.size() >= qsizetype(MaxShownRanges))
                return;
            ranges.append({array[i].toInteger(), array[i + 1].toInteger()});
        }
    }
    void operator()(int key, QList<ChunkProgress> &transfers)
    {
        const QCborArray array = take(key, QCborValue::Array).toArray();
        for (const QCborValue &value : array) {
            if (transfers.size() >= MaxTransfers)
                return;
            ChunkProgress progress;
            MemberReader reader(value.toMap(), m_isMalformed);
            visitProgress(progress, reader);
            transfers.append(progress);
        }
    }

private:
    QCborValue take(int key, QCborValue::Type type)
    {
        const QCborValue value = m_map.value(key);
        if (!value.isUndefined() && value.type() != type)
            *m_isMalformed = true;
        return value;
    }
    template <typename E> void readEnum(int key, E &value, qint64 last)
    {
        qint64 number = qint64(value);
        (*this)(key, number);
        value = number >= 0 && number <= last ? E(number) : E();
    }

    const QCborMap m_map;
    bool *const m_isMalformed;
};

MonitorHello readHello(const QCborMap &map, bool *isMalformed)
{
    MonitorHello hello;
    MemberReader reader(map, isMalformed);
    hello.version = 0;
    reader(HelloVersion, hello.version);
    reader(HelloPid, hello.pid);
    reader(HelloProgram, hello.program);
    reader(HelloNodeId, hello.nodeId);
    reader(HelloClock, hello.clock);
    reader(HelloWallClock, hello.wallClock);
    return hello;
}

void readEvent(const QCborMap &map, MonitorUpdate *update, bool *isMalformed)
{
    QString key;
    FlowEvent event;
    MemberReader reader(map, isMalformed);
    reader(EventFlow, key);
    visitEvent(event, reader);
    if (update->events.isEmpty() || update->events.last().first != key)
        update->events.append({key, {}});
    update->events.last().second.append(event);
}

void readItem(qint64 section, const QCborValue &item, MonitorUpdate *update, bool *isMalformed)
{
    const bool isText = section == SectionRemovedFlow || section == SectionRemovedLink;
    const bool isKnown = section >= SectionFlow && section <= SectionRefusals;
    if (isKnown && (isText ? !item.isString() : !item.isMap())) {
        *isMalformed = true;
        return;
    }
    MemberReader reader(item.toMap(), isMalformed);
    switch (section) {
    case SectionFlow:
        update->flows.emplace_back();
        visitFlow(update->flows.last(), reader);
        break;
    case SectionRemovedFlow:
        update->removedFlows.append(item.toString().left(MaxShownText));
        break;
    case SectionLink:
        update->links.emplace_back();
        visitLink(update->links.last(), reader);
        break;
    case SectionRemovedLink:
        update->removedLinks.append(item.toString().left(MaxShownText));
        break;
    case SectionEvent:
        readEvent(item.toMap(), update, isMalformed);
        break;
    case SectionRefusals:
        visitRefusals(update->refusals.emplace(), reader);
        break;
    default:
        break; // of a later version
    }
}

MonitorUpdate readUpdate(const QCborMap &map, bool *isMalformed)
{
    MonitorUpdate update;
    MemberReader reader(map, isMalformed);
    reader(UpdateClock, update.clock);
    reader(UpdateComplete, update.isComplete);
    const QCborValue items = map.value(UpdateItems);
    if (!items.isArray() && !items.isUndefined())
        *isMalformed = true;
    const QCborArray array = items.toArray();
    for (qsizetype i = 0; i + 1 < array.size() && !*isMalformed; i += 2)
        readItem(array[i].toInteger(), array[i + 1], &update, isMalformed);
    return update;
}

MonitorRequest readRequest(const QCborMap &map, bool *isMalformed)
{
    MonitorRequest request;
    const QCborValue keys = map.value(RequestRecorded);
    if (!keys.isArray() && !keys.isUndefined())
        *isMalformed = true;
    const QCborArray array = keys.toArray();
    for (const QCborValue &key : array) {
        if (request.recordedFlows.size() < MaxRecordedFlows)
            request.recordedFlows.append(key.toString());
    }
    return request;
}

/*! Nonces and proofs. */
void readProofs(qint64 type, const QCborMap &map, MonitorFrame *frame)
{
    MemberReader reader(map, &frame->isMalformed);
    if (type == ChallengeType) {
        reader(ChallengeNonce, frame->challenge.emplace().nonce);
    } else if (type == ProcessProofType) {
        reader(ProcessProofProof, frame->processProof.emplace().proof);
    } else if (type == WatcherProofType) {
        MonitorWatcherProof &proof = frame->watcherProof.emplace();
        reader(WatcherProofNonce, proof.nonce);
        reader(WatcherProofProof, proof.proof);
    }
}

} // namespace

MonitorFrame decoded(const QByteArray &frame)
{
    MonitorFrame result;
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(frame, &error);
    const QCborMap map = value.toMap();
    if (error.error != QCborError::NoError || !value.isMap() || !map.value(Type).isInteger()) {
        result.isMalformed = true;
        return result;
    }
    const qint64 type = map.value(Type).toInteger();
    switch (type) {
    case HelloType:
        result.hello = readHello(map, &result.isMalformed);
        break;
    case UpdateType:
        result.update = readUpdate(map, &result.isMalformed);
        break;
    case RequestType:
        result.request = readRequest(map, &result.isMalformed);
        break;
    default: // one of a later version is skipped
        readProofs(type, map, &result);
        break;
    }
    return result;
}

} // namespace QtDelivery
