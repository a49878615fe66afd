// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowpair.h"

#include <QtDelivery/linksnapshot.h>

#include <QAbstractTableModel>
#include <QHash>

#include <deque>
#include <vector>

namespace Monitor {

/*! What an alert is about. */
enum class AlertKind {
    NoProgress, //!< messages wait and none is confirmed
    OldBacklog, //!< the oldest message waits for long, although others are confirmed
    ManyResends, //!< a large share is transmitted again
    SlowStorage, //!< the storage takes long to answer
    FlappingLink, //!< a link comes and goes
    TwoProducers, //!< two live producers with one id
};
constexpr int AlertKindCount = int(AlertKind::TwoProducers) + 1;

/*! The screen that explains an alert. */
enum class Screen { Window, OverTime, Storage, Links };
[[nodiscard]] Screen screenFor(AlertKind kind);
[[nodiscard]] QString alertTitle(AlertKind kind);

/*! When an alert begins and ends. It begins when the value has been at \a raise or above for
    \a raiseAfter, and ends when it has been at \a clear or below for \a clearAfter: what trembles
    around one threshold does not ring the bell again and again. Times are microseconds. */
struct AlertRule
{
    double raise = 0;
    double clear = 0;
    qint64 raiseAfter = 0;
    qint64 clearAfter = 5'000'000;
};
[[nodiscard]] AlertRule ruleOf(AlertKind kind);

/*! \brief One value under one rule. */
class AlertGate
{
public:
    /*! The value is \a value at \a now; true while the alert is on. */
    bool update(const AlertRule &rule, double value, qint64 now);
    [[nodiscard]] bool isOn() const { return m_isOn; }
    /*! Nothing is known of it that matters. */
    [[nodiscard]] bool isQuiet() const { return !m_isOn && m_since < 0; }

private:
    bool m_isOn = false;
    qint64 m_since = -1; // the value has been beyond the threshold that matters next
};

/*! One alert that is on, or was. */
struct Alert
{
    AlertKind kind = AlertKind::NoProgress;
    QString subject = {}; //!< the flow, or the node at the other end of the link
    FlowName flow = {}; //!< to be shown
    EndKey end = {}; //!< an end of it
    QString sentence = {};
    qint64 begin = 0; //!< microseconds since 1970
    qint64 ended = -1; //!< -1 = it is on
};

/*! \brief Looks at everything about once a second, and keeps the alerts as rows: those that are on,
    then those that were, the newest first. */
class AlertBoard : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, KindColumn, SubjectColumn, SentenceColumn };
    static constexpr int ColumnCount = SentenceColumn + 1;
    enum Role { SortRole = Qt::UserRole + 1 };
    static constexpr int MaxEnded = 200;

    explicit AlertBoard(QObject *parent = nullptr);

    /*! \a now in microseconds since 1970. Links with the source that they are of. */
    void evaluate(const std::vector<const FlowPair *> &flows,
                  const QList<QtDelivery::LinkSnapshot> &links, qint64 now);
    void clear();

    [[nodiscard]] int activeCount() const { return m_activeCount; }
    [[nodiscard]] const Alert &alertAt(int row) const { return m_alerts.at(size_t(row)); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    void activeCountChanged();
    /*! A new one is on, for people who look elsewhere. */
    void raised(const QString &sentence);

private:
    struct GateKey
    {
        AlertKind kind;
        QString subject;

        friend bool operator==(const GateKey &, const GateKey &) = default;
        friend size_t qHash(const GateKey &key, size_t seed = 0)
        {
            return qHashMulti(seed, int(key.kind), key.subject);
        }
    };
    struct FlowMemory // of the last look
    {
        qint64 confirmed = 0;
        qint64 progressAt = 0; //!< microseconds since 1970
        std::deque<std::pair<qint64, qint64>> sentAndResent; //!< of the last looks
        bool isSeen = false;
    };
    struct LinkMemory
    {
        bool wasUp = false;
        std::deque<qint64> losses; //!< microseconds since 1970
    };

    [[nodiscard]] static GateKey gateOf(const Alert &alert);
    void check(Alert alert, double value, qint64 now);
    void checkFlow(const FlowPair &pair, qint64 now);
    void checkLinks(const QList<QtDelivery::LinkSnapshot> &links, qint64 now);
    void checkTwins(const std::vector<const FlowPair *> &flows, qint64 now);
    void raise(const Alert &alert);
    void end(const GateKey &key, qint64 now);

    std::deque<Alert> m_alerts;
    int m_activeCount = 0; // the first of m_alerts
    QHash<GateKey, AlertGate> m_gates;
    QHash<QString, FlowMemory> m_flows;
    QHash<QString, LinkMemory> m_links;
    QHash<GateKey, bool> m_checked; // in this look
};

} // namespace Monitor
