// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/flowevent.h>
#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/linksnapshot.h>
#include <QtDelivery/monitorclient.h>
#include <QtDelivery/refusals.h>

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace QtDelivery {

/*! \file
    The frames between a MonitorServer and a MonitorClient, as doc/monitor-protocol.md describes
    them: a length of four bytes, then a CBOR map with small integers as keys. A key that is not
    known is skipped, a member with its default value is left out. */

constexpr int MonitorVersion = 1;
constexpr qsizetype MaxMonitorFrame = 1024 * 1024; //!< without the length
constexpr qsizetype MaxWatcherFrame = 64 * 1024; //!< the same, of what a watcher sends
constexpr qsizetype MaxProofFrame = 256; //!< the same, before it has shown who it is
constexpr int MaxRecordedFlows = MonitorClient::MaxEventFlows; //!< whose events one watcher gets
constexpr int MaxShownText = 1024; //!< characters of one string; longer ones are cut

/*! The first frame of a server. */
struct MonitorHello
{
    int version = MonitorVersion;
    qint64 pid = 0;
    QString program{};
    QString nodeId{};
    qint64 clock = 0; //!< the node's, at the same instant as
    qint64 wallClock = 0; //!< microseconds since 1970, UTC

    friend bool operator==(const MonitorHello &, const MonitorHello &) = default;
};

/*! What has changed. */
struct MonitorUpdate
{
    qint64 clock = 0; //!< the node's
    bool isComplete = false; //!< nothing that has changed is left for a later update
    QList<FlowSnapshot> flows{};
    QStringList removedFlows{};
    QList<LinkSnapshot> links{};
    QStringList removedLinks{};
    QList<std::pair<QString, QList<FlowEvent>>> events{}; //!< by flow
    std::optional<Refusals> refusals{}; //!< the node's

    friend bool operator==(const MonitorUpdate &, const MonitorUpdate &) = default;
};

/*! A watcher's only frame: the flows whose events it wants, in place of those before. */
struct MonitorRequest
{
    QStringList recordedFlows{};

    friend bool operator==(const MonitorRequest &, const MonitorRequest &) = default;
};

/*! Over the network, the first frame of a server: what the watcher has to prove its token with. */
struct MonitorChallenge
{
    QByteArray nonce{}; //!< MonitorNonceSize bytes

    friend bool operator==(const MonitorChallenge &, const MonitorChallenge &) = default;
};

/*! A watcher's answer. */
struct MonitorWatcherProof
{
    QByteArray nonce{}; //!< MonitorNonceSize bytes
    QByteArray proof{};

    friend bool operator==(const MonitorWatcherProof &, const MonitorWatcherProof &) = default;
};

/*! The server's answer to that; the hello follows. */
struct MonitorProcessProof
{
    QByteArray proof{};

    friend bool operator==(const MonitorProcessProof &, const MonitorProcessProof &) = default;
};

/*! A whole frame, with its length. */
[[nodiscard]] QByteArray encoded(const MonitorHello &hello);
[[nodiscard]] QByteArray encoded(const MonitorRequest &request);
[[nodiscard]] QByteArray encoded(const MonitorChallenge &challenge);
[[nodiscard]] QByteArray encoded(const MonitorWatcherProof &proof);
[[nodiscard]] QByteArray encoded(const MonitorProcessProof &proof);

/*! \brief Puts an update together, item by item, so that a frame never gets too long. */
class UpdateWriter
{
public:
    explicit UpdateWriter(qint64 clock);

    /*! Bytes of the frames so far. */
    [[nodiscard]] qsizetype size() const { return m_frames.size() + m_items.size(); }

    void add(const FlowSnapshot &flow);
    void add(const LinkSnapshot &link);
    void removeFlow(const QString &key);
    void removeLink(const QString &key);
    void add(const QString &flowKey, const QList<FlowEvent> &events);
    void add(const Refusals &refusals);

    /*! All frames, the last of which says \a isComplete. */
    [[nodiscard]] QByteArray finish(bool isComplete);

private:
    void append(int section, const QByteArray &item);
    void close(bool isComplete);

    const qint64 m_clock;
    QByteArray m_frames; // that are closed
    QByteArray m_items; // of the open frame: sections with one item each
};

/*! \brief Cuts a stream of bytes into frames. */
class MonitorFrames
{
public:
    explicit MonitorFrames(qsizetype maxFrame)
        : m_maxFrame(maxFrame)
    { }

    void append(const QByteArray &bytes);
    /*! The next frame, without its length; none if it is not there in full. */
    [[nodiscard]] std::optional<QByteArray> next();
    /*! Nothing is left of what was appended. */
    [[nodiscard]] bool isEmpty() const { return m_at == m_bytes.size(); }
    /*! A frame announces more than is allowed: nothing more can be read. */
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

private:
    qsizetype m_maxFrame;
    QByteArray m_bytes;
    qsizetype m_at = 0; // what is before was given out
    bool m_isBroken = false;
};

/*! One decoded frame, of whichever kind it is. */
struct MonitorFrame
{
    std::optional<MonitorHello> hello{};
    std::optional<MonitorUpdate> update{};
    std::optional<MonitorRequest> request{};
    std::optional<MonitorChallenge> challenge{};
    std::optional<MonitorWatcherProof> watcherProof{};
    std::optional<MonitorProcessProof> processProof{};
    bool isMalformed = false; //!< none of them, and not one of a later version either
};

[[nodiscard]] MonitorFrame decoded(const QByteArray &frame);

} // namespace QtDelivery
