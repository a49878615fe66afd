// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "testnode.h"

#include <QtDelivery/deliverynode.h>

#include <QStringList>

namespace TestSupport {

/*! \brief The signals of a node as lines, such as "linkUp right". linkCountChanged is left out. */
class NodeLog : public QObject
{
public:
    explicit NodeLog(QtDelivery::DeliveryNode *node)
    {
        using QtDelivery::DeliveryNode;
        connect(node, &DeliveryNode::linkUp, this, [this](const QString &peer) {
            ++linksUp;
            add("linkUp", {peer});
        });
        connect(node, &DeliveryNode::linkDown, this,
                [this](const QString &peer, const QtDelivery::Error &reason) {
                    --linksUp;
                    add("linkDown", {peer, QtDelivery::Error::codeName(reason.code())});
                });
        connect(node, &DeliveryNode::producerOffered, this, adder("producerOffered"));
        connect(node, &DeliveryNode::producerWithdrawn, this, adder("producerWithdrawn"));
        connect(node, &DeliveryNode::consumerOffered, this, adder("consumerOffered"));
        connect(node, &DeliveryNode::consumerWithdrawn, this, adder("consumerWithdrawn"));
        connect(node, &DeliveryNode::closed, this, [this] { add("closed", {}); });
        connect(
            node, &DeliveryNode::reconnectScheduled, this,
            [this](const QUrl &, std::chrono::milliseconds delay, const QtDelivery::Error &reason) {
                delays.append(delay.count());
                lastReason = reason.code();
            });
    }

    /*! The lines since the last call. */
    [[nodiscard]] QStringList take() { return std::exchange(m_lines, {}); }

    int linksUp = 0;
    QList<qint64> delays; //!< of reconnectScheduled
    QtDelivery::Error::Code lastReason = QtDelivery::Error::Code::NoError; //!< of it

private:
    void add(const char *signal, const QStringList &values)
    {
        m_lines.append((QStringList(QString::fromLatin1(signal)) + values).join(u' '));
    }

    std::function<void(const QString &, const QString &)> adder(const char *signal)
    {
        return [this, signal](const QString &id, const QString &peer) { add(signal, {id, peer}); };
    }

    QStringList m_lines;
};

inline const QUrl Left(QStringLiteral("local:left"));
inline const QUrl Right(QStringLiteral("local:right"));

inline QtDelivery::NodeSettings named(const QString &name)
{
    return {.nodeId = name};
}

/*! A node that listens and one that connects to it. */
struct Pair
{
    explicit Pair(const QtDelivery::NodeSettings &leftSettings = named(QStringLiteral("left")),
                  const QtDelivery::NodeSettings &rightSettings = named(QStringLiteral("right")))
        : left(world, leftSettings)
        , right(world, rightSettings)
        , leftLog(&left)
        , rightLog(&right)
    {
        ok = !left.listen(Left) && !right.connectTo(Left);
    }

    VirtualWorld world;
    TestNode left;
    TestNode right;
    NodeLog leftLog;
    NodeLog rightLog;
    bool ok = false;
};

} // namespace TestSupport
