// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "watcher.h"

#include <QtDelivery/deliverynode.h>

#include <QSet>

namespace QtDelivery {

namespace {

constexpr qsizetype MaxUpdate = 256 * 1024;

} // namespace

Watcher::Watcher(std::unique_ptr<Connection> connection, std::function<void()> happened)
    : m_connection(std::move(connection))
    , m_happened(std::move(happened))
{
    m_connection->setObserver(this);
    if (m_connection->available() > 0)
        m_happened(); // it came while the connection was somebody else's: no notice follows
}

Watcher::~Watcher() = default;

void Watcher::down(const Error &)
{
    m_hasEnded = true;
    m_happened();
}

void Watcher::greet(const MonitorHello &hello)
{
    m_connection->write(encoded(hello));
}

bool Watcher::read()
{
    QByteArray bytes(MaxWatcherFrame, Qt::Uninitialized);
    while (const qint64 count = m_connection->read(bytes.data(), bytes.size()))
        m_frames.append(bytes.first(count));
    while (const auto bytes = m_frames.next()) {
        const MonitorFrame frame = decoded(*bytes);
        if (frame.isMalformed)
            return false;
        if (!frame.request)
            continue;
        m_recorded = frame.request->recordedFlows;
        m_lastEvents.removeIf(
            [this](const auto &entry) { return !m_recorded.contains(entry.key()); });
    }
    return !m_frames.isBroken();
}

void Watcher::update(DeliveryNode &node, const QList<FlowSnapshot> &flows,
                     const QList<LinkSnapshot> &links)
{
    UpdateWriter writer(node.clock());
    addLinks(&writer, links);
    addEvents(&writer, node);
    if (const Refusals refusals = node.refusals(); refusals != m_refusals) {
        writer.add(refusals);
        m_refusals = refusals;
    }
    const bool isComplete = addFlows(&writer, flows);
    m_connection->write(writer.finish(isComplete));
}

bool Watcher::addFlows(UpdateWriter *writer, const QList<FlowSnapshot> &flows)
{
    QSet<QString> present;
    present.reserve(flows.size());
    QStringList keys;
    keys.reserve(flows.size());
    for (const FlowSnapshot &flow : flows) {
        keys.append(flow.key());
        present.insert(keys.last());
    }
    m_flows.removeIf([&](const auto &entry) {
        if (present.contains(entry.key()))
            return false;
        writer->removeFlow(entry.key());
        return true;
    });
    for (qsizetype i = 0; i < flows.size(); ++i) {
        const qsizetype at = (m_nextFlow + i) % flows.size();
        if (writer->size() >= MaxUpdate) {
            m_nextFlow = at;
            return false;
        }
        const auto sent = m_flows.constFind(keys[at]);
        if (sent != m_flows.constEnd() && sent->isSameAs(flows[at]))
            continue;
        writer->add(flows[at]);
        m_flows.insert(keys[at], flows[at]);
    }
    m_nextFlow = 0;
    return true;
}

void Watcher::addLinks(UpdateWriter *writer, const QList<LinkSnapshot> &links)
{
    QSet<QString> present;
    for (const LinkSnapshot &link : links) {
        const QString key = link.key();
        present.insert(key);
        const auto sent = m_links.constFind(key);
        if (sent != m_links.constEnd() && sent->isSameAs(link))
            continue;
        writer->add(link);
        m_links.insert(key, link);
    }
    m_links.removeIf([&](const auto &entry) {
        if (present.contains(entry.key()))
            return false;
        writer->removeLink(entry.key());
        return true;
    });
}

void Watcher::addEvents(UpdateWriter *writer, DeliveryNode &node)
{
    for (const QString &key : std::as_const(m_recorded)) {
        if (writer->size() >= MaxUpdate)
            return;
        const QList<FlowEvent> events = node.eventsAfter(key, m_lastEvents.value(key));
        if (events.isEmpty())
            continue;
        writer->add(key, events);
        m_lastEvents.insert(key, events.last().number);
    }
}

} // namespace QtDelivery
