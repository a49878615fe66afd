// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../remote/remoteprocess.h"
#include "alertboard.h"
#include "flowhistory.h"
#include "pairmodel.h"
#include "transfers.h"

#include <QtDelivery/eventmodel.h>
#include <QtDelivery/flowmodel.h>
#include <QtDelivery/linkmodel.h>
#include <QtDelivery/monitorclient.h>

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace Monitor {

/*! \brief Everything that is watched, and what it was: the one place where the windows' models are
   filled.

    Either processes are watched, found in the registry or given by their socket or address; or a
   recording is shown, whose frames replay() takes. */
class Session : public QObject
{
    Q_OBJECT

public:
    enum class Mode {
        Registry, //!< watch() and whatever appears in MonitorRegistry
        Given, //!< watch() alone
        Replay, //!< replay() alone
    };

    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    /*! Forgets everything and begins anew. */
    void begin(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }
    /*! Watches the process at \a socketPath; again, if it was lost. */
    void watch(const QString &socketPath);
    /*! The same of one on the network. Once it has been watched it is looked for when it is lost,
     * until it is back or refuses. */
    void watch(const RemoteProcess &process);
    /*! Lets another \a client watch \a source, which is one of sources(). */
    void connectClient(QtDelivery::MonitorClient *client, const QString &source) const;
    /*! Replay: \a source sent \a frame at \a time, microseconds since 1970. */
    void replay(const QString &source, const QByteArray &frame, qint64 time);
    /*! Replay: \a source was gone. */
    void endSource(const QString &source);
    /*! Replay: a part is through; views may be renewed. */
    void announce();

    [[nodiscard]] PairModel &pairs() { return m_pairs; }
    /*! The ends with durable storage. */
    [[nodiscard]] QtDelivery::FlowModel &storages() { return m_storages; }
    [[nodiscard]] QtDelivery::LinkModel &links() { return m_links; }
    [[nodiscard]] QtDelivery::EventModel &events() { return m_events; }
    [[nodiscard]] AlertBoard &alerts() { return m_alerts; }
    [[nodiscard]] const FlowHistories &histories() const { return m_histories; }
    [[nodiscard]] const Transfers &transfers() const { return m_transfers; }

    /*! Now, or the time of the recording, as far as it is told: microseconds since 1970. */
    [[nodiscard]] qint64 now() const;
    /*! To be added to the clock of \a source. */
    [[nodiscard]] qint64 clockOffset(const QString &source) const;
    /*! Nodes that are watched. */
    [[nodiscard]] int nodeCount() const;
    /*! Sockets, or addresses, of all sources that are alive. */
    [[nodiscard]] QStringList sources() const;
    /*! Those on the network that are looked for. */
    [[nodiscard]] QStringList lostSources() const;
    /*! "program (pid)", with the host if it is another, or the node where the program does not tell
     * them apart. */
    [[nodiscard]] QString processText(const QString &source) const;
    /*! Watched nodes that have not said anything for two seconds: their threads are busy. */
    [[nodiscard]] QStringList silentProcesses() const;

    /*! These are wanted first among those whose events are recorded. */
    void preferEvents(const QList<EndKey> &ends);
    /*! Whether the events of every confirmation are kept, which push the others out. Default false.
     */
    void setRoutineWanted(bool wanted) { m_isRoutineWanted = wanted; }

Q_SIGNALS:
    /*! A node came or went. */
    void sourcesChanged();
    /*! Something else to see; at most a few times a second. */
    void refreshed();
    /*! What was given by hand cannot be watched, for \a reason. */
    void watchFailed(const QString &socketPath, const QString &reason);
    /*! What is on the network cannot be watched any longer, for \a reason; it is looked for. */
    void watchLost(const QString &source, const QString &reason);
    /*! It is back. */
    void watchResumed(const QString &source);
    /*! begin() was called. */
    void restarted();

private:
    struct Source
    {
        QtDelivery::MonitorClient client;
        QHash<QString, QtDelivery::LinkSnapshot> links;
        QStringList flowKeys; // in the order of their appearance
        RemoteProcess remote; // without an address: one of this machine
        bool isGiven = false; // by hand
        bool wasWatched = false;
        bool hasEnded = false;
        bool isRecordingStale = true; // the wanted events have to be told again
    };

    Source &add(const QString &socketPath);
    Source &addRemote(const RemoteProcess &process);
    void arrived(Source *source, const QString &path);
    void gone(const QString &path, const QtDelivery::Error &reason);
    void search();
    void take(Source &source, const QList<QtDelivery::FlowSnapshot> &flows);
    void forget(const QString &socketPath, bool isLost);
    void lookAround();
    void refresh();
    void evaluateAlerts();
    void wantEvents();

    PairModel m_pairs;
    QtDelivery::FlowModel m_storages;
    QtDelivery::LinkModel m_links;
    QtDelivery::EventModel m_events;
    AlertBoard m_alerts;
    FlowHistories m_histories;
    Transfers m_transfers;
    std::map<QString, std::unique_ptr<Source>> m_sources;
    std::map<QString, RemoteProcess> m_lost; // on the network, by their sources
    QList<EndKey> m_preferred;
    QTimer m_look;
    QTimer m_search;
    QTimer m_refresh;
    qint64 m_lastAlerts = 0;
    qint64 m_replayTime = 0;
    Mode m_mode = Mode::Given;
    bool m_isRoutineWanted = false;
};

} // namespace Monitor
