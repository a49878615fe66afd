// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/ringbuffer.h"
#include "lifewatch.h"
#include "link/flowendpoint.h"
#include "link/flowhost.h"
#include "observe/flowreport.h"

#include <QtDelivery/error.h>

#include <QObject>
#include <QPointer>
#include <QThread>

namespace QtDelivery {

class DeliveryNode;
class StorageClient;

/*! \brief What both controllers have in common: a node, an id, an application object, a wanted
   partner, errors to tell.

    A derived class feeds its machine from the node's calls and lets work() schedule whatever came
   out of it. */
class ControllerBase : public FlowEndpoint
{
public:
    ControllerBase(QObject *controller, QString id, DeliveryNode *node);

    [[nodiscard]] const QString &id() const override { return m_id; }
    [[nodiscard]] const QString &wantedPartner() const override { return m_wantedPartner; }
    [[nodiscard]] const QString &wantedNode() const override { return m_wantedNode; }
    void setRecording(bool on) override;
    [[nodiscard]] QList<FlowEvent> eventsAfter(qint64 number) const override
    {
        return m_observer.recorder.after(number);
    }

    /*! usable() has no error to give: the short way for what is called for each message. The id of
     * a thread is one instruction away, a QThread two calls, so a caller is looked at once. */
    [[nodiscard]] bool isUsable() const
    {
        return QThread::currentThreadId() == m_callers && !m_state.isError();
    }
    /*! Why a function of the controller cannot do its work here and now; no error if it can. */
    [[nodiscard]] Error usable() const;
    /*! The application's object is there (again). */
    Error start(QObject *application);

protected:
    ~ControllerBase() override;

    /*! Offers the id on the node, unless \a settingsError or the arguments forbid it. */
    void join(const Error &settingsError);
    /*! The controller's end, for \a reason; the offer is taken back. */
    void leave(Reason reason);
    void setWanted(const QString &partner, const QString &node);
    void tell(const Error &error);
    /*! Schedules what the machine wants after any call that may have changed it. Mostly the flow
     * has its turn already. */
    void work()
    {
        if (!route.queuedForEvents || (!route.queuedForTransmit && hasFrames()))
            schedule();
    }
    /*! The partner was attached or detached. */
    void attachmentChanged();

    // for whoever watches
    void record(FlowEvent::Kind kind, SeqNr seqNr = 0, qint64 detail = 0)
    {
        if (m_isRecording)
            recordNow(kind, seqNr, detail);
    }
    /*! Messages up to \a last are here, those up to \a confirmed are confirmed. */
    void noteAge(SeqNr last, SeqNr confirmed) const
    {
        if (m_host)
            m_ages.note(last, confirmed, m_host->turnTime());
    }
    [[nodiscard]] FlowSurroundings surroundings(const StorageClient *storage) const;

    // what work() asks of the machine
    [[nodiscard]] virtual bool hasSignals() const = 0;
    [[nodiscard]] virtual bool hasFrames() const = 0;

    /*! Emits what both controllers have to tell beside their machine's events, and returns how many
     * signals that were. \a alive watches this object: a slot may end it. */
    [[nodiscard]] int emitNotices(const LifeWatch &alive);
    virtual void emitAttachedChanged() = 0;
    virtual void emitError(const Error &error) = 0;
    virtual void emitLoaded() = 0;

    virtual void applicationStarted() = 0;
    virtual void applicationGone() = 0;

    QObject *const m_controller;
    const QString m_id;
    QPointer<DeliveryNode> m_node;
    FlowHost *m_host = nullptr; // null: never joined, left, or the node is gone
    Error m_state;
    bool m_started = false;

    LifeWatch::Life m_life; // of this and the controller: they end together
    RingBuffer<Error> m_errors; // to be told in the next turn
    bool m_attachmentTold = true;
    bool m_loadedTold = true; // that the durable storage is loaded
    bool m_isRecording = false;
    mutable AgeMarks m_ages;
    mutable FlowObserver m_observer; // whoever looks may complete its notes

private:
    void schedule();
    void recordNow(FlowEvent::Kind kind, SeqNr seqNr, qint64 detail);

    mutable Qt::HANDLE m_callers = nullptr; // the thread that usable() has seen
    QString m_wantedPartner;
    QString m_wantedNode;
    QMetaObject::Connection m_applicationDestroyed;
};

} // namespace QtDelivery
