// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../core/goldenframes.h"
#include "core/framedecoder.h"
#include "flowpair.h"

#include <QTcpSocket>
#include <QUrl>

#include <optional>

namespace TestSupport {

/*! \brief A peer on a bare TCP socket that says exactly what the test says. */
class RawPeer : public QObject
{
public:
    RawPeer()
    {
        connect(&socket, &QTcpSocket::readyRead, this, [this] {
            if (isReading)
                read();
        });
    }

    [[nodiscard]] bool connectTo(const QUrl &url)
    {
        socket.connectToHost(url.host(), quint16(url.port()));
        return waitUntil([this] { return socket.state() == QAbstractSocket::ConnectedState; });
    }

    [[nodiscard]] static QtDelivery::HelloFrame hello()
    {
        QtDelivery::HelloFrame frame;
        frame.initiator = true;
        frame.node = {0x4242, 0x4242};
        frame.connectionNumber = 1;
        frame.maxFrameLength = 1 << 20;
        frame.nodeId = QStringLiteral("raw");
        return frame;
    }

    /*! Connects, says Hello and hears one. */
    [[nodiscard]] bool shakeHands(const QUrl &url)
    {
        if (!connectTo(url))
            return false;
        say(hello());
        return waitUntil([this] { return peer.has_value(); });
    }

    void say(const QtDelivery::Frame &frame, QtDelivery::ChannelNr channel = 0)
    {
        socket.write(QtDelivery::Test::encoded(channel, frame));
    }

    /*! What the node's Close said; none if the connection ended without one. */
    [[nodiscard]] std::optional<QtDelivery::Reason> waitForClose()
    {
        (void)waitUntil(
            [this] { return closed || socket.state() == QAbstractSocket::UnconnectedState; });
        return closed;
    }

    /*! Reads what is there. */
    void read()
    {
        using namespace QtDelivery;
        m_decoder.append(socket.readAll());
        ChannelNr channel = 0;
        Frame frame;
        while (m_decoder.next(&channel, &frame) == FrameDecoder::Result::Frame) {
            m_decoder.setMaxLength(1 << 24);
            if (const auto *hello = std::get_if<HelloFrame>(&frame))
                peer = *hello;
            else if (const auto *close = std::get_if<CloseFrame>(&frame))
                closed = close->reason;
            else if (std::holds_alternative<DetachFrame>(frame))
                ++detached;
            else if (std::holds_alternative<AttachFrame>(frame))
                attachChannel = channel;
            else if (std::holds_alternative<AttachedFrame>(frame))
                isAttached = true;
        }
    }

    QTcpSocket socket;
    bool isReading = true;
    std::optional<QtDelivery::HelloFrame> peer;
    std::optional<QtDelivery::Reason> closed;
    QtDelivery::ChannelNr attachChannel = 0; // that the node has opened
    bool isAttached = false; // the node has answered our Attach
    int detached = 0;

private:
    QtDelivery::FrameDecoder m_decoder;
};

} // namespace TestSupport
