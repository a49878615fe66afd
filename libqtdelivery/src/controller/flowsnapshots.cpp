// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "consumercontrollerprivate.h"
#include "producercontrollerprivate.h"

namespace QtDelivery {

namespace {

FlowSurroundings::Storage storageOf(const StorageClient *storage)
{
    if (!storage)
        return FlowSurroundings::Storage::None;
    if (storage->state() == StorageClient::State::Broken)
        return FlowSurroundings::Storage::Broken;
    // A consumer's progress is loaded when a producer is named: before that there is nothing to do.
    return storage->state() == StorageClient::State::Loading ? FlowSurroundings::Storage::Loading
                                                             : FlowSurroundings::Storage::Ready;
}

} // namespace

FlowSurroundings ControllerBase::surroundings(const StorageClient *storage) const
{
    FlowSurroundings around{.id = m_id,
                            .wantedPeerId = m_wantedPartner,
                            .wantedNodeId = m_wantedNode,
                            .state = m_state,
                            .storage = storageOf(storage),
                            .storageError = storage ? storage->error() : Error(),
                            .measured = storage ? storage->storageSnapshot() : StorageSnapshot()};
    if (!m_host)
        return around;
    const QString &known = m_observer.peerNodeId();
    const LinkOutlook outlook = m_host->linkOutlook(this, known.isEmpty() ? m_wantedNode : known);
    around.nodeId = m_host->nodeId();
    around.now = m_host->now();
    around.isLinked = outlook.isLinked;
    around.expectsLink = outlook.expectsLink;
    around.nextAttempt = outlook.nextAttempt;
    around.rtt = outlook.rtt;
    around.isCongested = outlook.isCongested;
    return around;
}

void ControllerBase::setRecording(bool on)
{
    m_isRecording = on;
    m_observer.recorder.setOn(on, m_host ? toMicroseconds(m_host->now()) : 0);
}

void ControllerBase::recordNow(FlowEvent::Kind kind, SeqNr seqNr, qint64 detail)
{
    if (m_host)
        m_observer.recorder.add(kind, toMicroseconds(m_host->now()), seqNr, detail);
}

FlowSnapshot ProducerControllerPrivate::snapshot() const
{
    const SeqNr last = m_machine->nextSeqNr() - 1;
    const SeqNr confirmed = m_machine->confirmedSeqNr();
    noteAge(last, confirmed);
    const FlowSurroundings around = surroundings(m_queue.get());
    FlowSnapshot shown = flowSnapshot(m_machine->snapshot(), m_observer, around);
    shown.oldestUnconfirmedAt = m_ages.oldest(last, confirmed, around.now);
    return shown;
}

FlowSnapshot ConsumerControllerPrivate::snapshot() const
{
    const SeqNr last = m_machine.receivedSeqNr();
    const SeqNr confirmed = m_machine.confirmedSeqNr();
    noteAge(last, confirmed);
    if (m_machine.outstanding()) // a slot that runs an event loop has not come to note it
        noteOutstanding();
    const FlowSurroundings around = surroundings(m_progress.get());
    FlowSnapshot shown = flowSnapshot(m_machine.snapshot(), m_observer, around);
    shown.oldestUnconfirmedAt = m_ages.oldest(last, confirmed, around.now);
    return shown;
}

} // namespace QtDelivery
