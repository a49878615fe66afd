// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "alertboard.h"

#include "text.h"
#include "times.h"
#include "words.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace Monitor {

using QtDelivery::FlowSnapshot;
using QtDelivery::LinkSnapshot;

namespace {

constexpr qint64 FlapTime = 60 * Second;
constexpr qsizetype ResendLooks = 10;

} // namespace

Screen screenFor(AlertKind kind)
{
    switch (kind) {
    case AlertKind::NoProgress:
    case AlertKind::TwoProducers:
        return Screen::Window;
    case AlertKind::OldBacklog:
    case AlertKind::ManyResends:
        return Screen::OverTime;
    case AlertKind::SlowStorage:
        return Screen::Storage;
    case AlertKind::FlappingLink:
        return Screen::Links;
    }
    return Screen::Window;
}

QString alertTitle(AlertKind kind)
{
    switch (kind) {
    case AlertKind::NoProgress:
        return Words::tr("No progress");
    case AlertKind::OldBacklog:
        return Words::tr("Old backlog");
    case AlertKind::ManyResends:
        return Words::tr("Many resends");
    case AlertKind::SlowStorage:
        return Words::tr("Slow storage");
    case AlertKind::FlappingLink:
        return Words::tr("Unsteady link");
    case AlertKind::TwoProducers:
        return Words::tr("Two producers");
    }
    return {};
}

AlertRule ruleOf(AlertKind kind)
{
    switch (kind) {
    case AlertKind::NoProgress: // seconds without a confirmation
        return {.raise = 10, .clear = 1};
    case AlertKind::OldBacklog: // seconds
        return {.raise = 30, .clear = 15, .raiseAfter = 3 * Second};
    case AlertKind::ManyResends: // share of what was transmitted
        return {.raise = 0.05, .clear = 0.01, .raiseAfter = 2 * Second, .clearAfter = 10 * Second};
    case AlertKind::SlowStorage: // seconds
        return {.raise = 0.25, .clear = 0.1, .raiseAfter = 2 * Second};
    case AlertKind::FlappingLink: // losses within a minute
        return {.raise = 3, .clear = 1, .clearAfter = 30 * Second};
    case AlertKind::TwoProducers:
        return {.raise = 1, .clear = 0, .raiseAfter = 2 * Second};
    }
    return {};
}

bool AlertGate::update(const AlertRule &rule, double value, qint64 now)
{
    const bool isBeyond = m_isOn ? value <= rule.clear : value >= rule.raise;
    if (!isBeyond) {
        m_since = -1;
        return m_isOn;
    }
    if (m_since < 0)
        m_since = now;
    if (now - m_since >= (m_isOn ? rule.clearAfter : rule.raiseAfter)) {
        m_isOn = !m_isOn;
        m_since = -1;
    }
    return m_isOn;
}

AlertBoard::AlertBoard(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void AlertBoard::evaluate(const std::vector<const FlowPair *> &flows,
                          const QList<LinkSnapshot> &links, qint64 now)
{
    m_checked.clear();
    for (FlowMemory &memory : m_flows)
        memory.isSeen = false;
    for (const FlowPair *pair : flows)
        checkFlow(*pair, now);
    checkTwins(flows, now);
    checkLinks(links, now);
    m_flows.removeIf(
        [](const std::pair<const QString &, FlowMemory &> &entry) { return !entry.second.isSeen; });
    // What is not there any more has nothing to complain about.
    const QList<GateKey> known = m_gates.keys();
    for (const GateKey &key : known) {
        if (!m_checked.contains(key)) {
            if (m_gates.value(key).isOn())
                end(key, now);
            m_gates.remove(key);
        }
    }
}

/*! Flows of several nodes may have one name, and both ends of one flow a storage. */
AlertBoard::GateKey AlertBoard::gateOf(const Alert &alert)
{
    const bool isOfOneEnd = alert.kind == AlertKind::SlowStorage;
    return {
        alert.kind,
        QStringList{alert.subject, alert.flow.node, isOfOneEnd ? alert.end.key : QString()}.join(
            u'\n')};
}

void AlertBoard::check(Alert alert, double value, qint64 now)
{
    const GateKey key = gateOf(alert);
    auto gate = m_gates.find(key);
    const AlertRule rule = ruleOf(alert.kind);
    if (gate == m_gates.end()) {
        if (value < rule.raise)
            return;
        gate = m_gates.insert(key, {});
    }
    m_checked.insert(key, true);
    const bool wasOn = gate->isOn();
    const bool isOn = gate->update(rule, value, now);
    alert.begin = now;
    if (isOn && !wasOn)
        raise(alert);
    else if (!isOn && wasOn)
        end(key, now);
    else if (gate->isQuiet())
        m_gates.remove(key);
}

void AlertBoard::checkFlow(const FlowPair &pair, qint64 now)
{
    const FlowEnd &any = pair.anyEnd();
    const QString subject = pair.title();
    const QString memoryKey = any.source + u'\n' + any.flow.key();
    const bool isNew = !m_flows.contains(memoryKey);
    FlowMemory &memory = m_flows[memoryKey];
    if (isNew || memory.confirmed != pair.confirmed() || pair.backlog() == 0)
        memory.progressAt = now;
    memory.confirmed = pair.confirmed();
    memory.isSeen = true;
    const auto alert = [&](AlertKind kind, const QString &sentence) {
        return Alert{.kind = kind,
                     .subject = subject,
                     .flow = pair.name(),
                     .end = any.key(),
                     .sentence = sentence};
    };
    const qint64 still = now - memory.progressAt;
    const QString why = pair.sentence();
    check(alert(AlertKind::NoProgress,
                why.isEmpty()
                    //: %1 is a flow, %2 a number of messages
                    ? Words::tr("%1: %2 messages wait, and none has been confirmed for a while.")
                          .arg(subject, countText(pair.backlog()))
                    //: %1 is a flow, %2 a sentence
                    : Words::tr("%1: %2").arg(subject, why)),
          pair.backlog() > 0 ? double(still) / double(Second) : 0, now);
    const qint64 age = pair.age();
    check(alert(AlertKind::OldBacklog,
                //: %1 is a flow, %2 a time such as 40 s
                Words::tr("%1: the oldest unconfirmed message has waited for %2.")
                    .arg(subject, durationText(age))),
          age < 0 || still >= 10 * Second ? 0 : double(age) / double(Second), now);
    if (pair.producer) {
        const FlowSnapshot &flow = pair.producer->flow;
        auto &looks = memory.sentAndResent;
        looks.push_back({flow.messages, flow.resent});
        if (qsizetype(looks.size()) > ResendLooks)
            looks.pop_front();
        const qint64 sent = looks.back().first - looks.front().first;
        const qint64 resent = looks.back().second - looks.front().second;
        const double share =
            resent < 10 ? 0 : double(resent) / double(qMax<qint64>(1, sent + resent));
        check(alert(AlertKind::ManyResends,
                    //: %1 is a flow, %2 a percentage
                    Words::tr("%1: %2 of the messages are sent again.")
                        .arg(subject, QLocale().toString(share * 100, 'f', 0) + u'%')),
              share, now);
    }
    for (const auto &end : {pair.producer, pair.consumer}) {
        if (!end || !end->flow.isDurable)
            continue;
        const qint64 latency = end->flow.storeLatency;
        //: %1 is a flow, %2 a time such as 300 ms
        Alert slow = alert(
            AlertKind::SlowStorage,
            Words::tr("%1: the storage takes %2 to answer.").arg(subject, latencyText(latency)));
        slow.end = end->key();
        check(slow, double(qMax<qint64>(0, latency)) / double(Second), now);
    }
}

void AlertBoard::checkTwins(const std::vector<const FlowPair *> &flows, qint64 now)
{
    QHash<QString, const FlowPair *> producers;
    for (const FlowPair *pair : flows) {
        if (!pair->producer || pair->producer->flow.state == FlowSnapshot::State::Stopped)
            continue;
        const QString id = pair->producer->flow.id;
        const FlowPair *const other = producers.value(id);
        if (!other) {
            producers.insert(id, pair);
            continue;
        }
        // Two nodes may use one id for two consumers; both for the same one is a mistake.
        const QString consumer = pair->producer->flow.peerId;
        if (consumer.isEmpty() || consumer != other->producer->flow.peerId
            || pair->producer->flow.peerNodeId != other->producer->flow.peerNodeId)
            continue;
        check(
            {.kind = AlertKind::TwoProducers,
             .subject = id,
             .flow = pair->name(),
             .end = pair->producer->key(),
             //: %1 is the id of a producer, %2 and %3 are nodes
             .sentence = Words::tr("%1: the nodes %2 and %3 both have a producer of this name for "
                                   "the same consumer.")
                             .arg(id, other->producer->flow.nodeId, pair->producer->flow.nodeId)},
            1, now);
    }
}

void AlertBoard::checkLinks(const QList<LinkSnapshot> &links, qint64 now)
{
    QHash<QString, bool> isUp; // by the two nodes; a link that is lost has another number next time
    for (const LinkSnapshot &link : links) {
        const QString peer = link.peerNodeId.isEmpty() ? link.url.toString() : link.peerNodeId;
        const QString subject = QStringLiteral("%1 – %2").arg(link.nodeId, peer);
        isUp[subject] = isUp.value(subject) || link.state == LinkSnapshot::State::Up;
    }
    for (auto link = isUp.cbegin(); link != isUp.cend(); ++link)
        m_links[link.key()];
    for (auto memory = m_links.begin(); memory != m_links.end();) {
        const bool up = isUp.value(memory.key());
        if (memory->wasUp && !up)
            memory->losses.push_back(now);
        memory->wasUp = up;
        while (!memory->losses.empty() && now - memory->losses.front() > FlapTime)
            memory->losses.pop_front();
        const auto losses = qint64(memory->losses.size());
        //: %1 are two nodes, %2 is a number
        const QString sentence = Words::tr("%1: the link was lost %2 times within a minute.")
                                     .arg(memory.key(), countText(losses));
        check({.kind = AlertKind::FlappingLink, .subject = memory.key(), .sentence = sentence},
              double(losses), now);
        const bool isForgotten = !isUp.contains(memory.key()) && losses == 0;
        memory = isForgotten ? m_links.erase(memory) : std::next(memory);
    }
}

void AlertBoard::raise(const Alert &alert)
{
    beginInsertRows({}, 0, 0);
    m_alerts.push_front(alert);
    ++m_activeCount;
    endInsertRows();
    Q_EMIT activeCountChanged();
    Q_EMIT raised(alert.sentence);
}

void AlertBoard::end(const GateKey &key, qint64 now)
{
    const auto last = m_alerts.begin() + m_activeCount;
    const auto found = std::find_if(m_alerts.begin(), last,
                                    [&](const Alert &alert) { return gateOf(alert) == key; });
    if (found == last)
        return;
    const int row = int(found - m_alerts.begin());
    Alert ended = *found;
    ended.ended = now;
    beginRemoveRows({}, row, row);
    m_alerts.erase(found);
    --m_activeCount;
    endRemoveRows();
    beginInsertRows({}, m_activeCount, m_activeCount);
    m_alerts.insert(m_alerts.begin() + m_activeCount, ended);
    endInsertRows();
    if (rowCount() - m_activeCount > MaxEnded) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_alerts.pop_back();
        endRemoveRows();
    }
    Q_EMIT activeCountChanged();
}

void AlertBoard::clear()
{
    m_gates.clear();
    m_flows.clear();
    m_links.clear();
    if (m_alerts.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_alerts.clear();
    m_activeCount = 0;
    endRemoveRows();
    Q_EMIT activeCountChanged();
}

int AlertBoard::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_alerts.size());
}

int AlertBoard::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AlertBoard::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Alert &alert = m_alerts[size_t(index.row())];
    const auto clockText = [](qint64 time) {
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time / 1000).time(),
                                  QStringLiteral("HH:mm:ss"));
    };
    if (role == SortRole && index.column() == TimeColumn)
        return alert.begin;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != SortRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return alert.ended < 0
            //: an alert that is on since the time %1
            ? tr("since %1").arg(clockText(alert.begin))
            //: the alert was on from the time %1 to the time %2
            : tr("%1 to %2").arg(clockText(alert.begin), clockText(alert.ended));
    case KindColumn:
        return alertTitle(alert.kind);
    case SubjectColumn:
        return alert.subject;
    default:
        return alert.sentence;
    }
}

QVariant AlertBoard::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return QAbstractTableModel::headerData(section, orientation, role);
    //: when an alert was on
    const std::array<QString, ColumnCount> titles{tr("When"), tr("Alert"), tr("About"),
                                                  tr("What is wrong")};
    return titles[size_t(section)];
}

} // namespace Monitor
