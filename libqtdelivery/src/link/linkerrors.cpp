// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linkerrors.h"

#include <QCoreApplication>

namespace QtDelivery {

namespace {

struct Wording
{
    Reason reason;
    Error::Code code;
    const char *text; // of what this side saw; a peer's Close is quoted
};

constexpr Wording wordings[] = {
    {Reason::GoingAway, Error::Code::Closed,
     QT_TRANSLATE_NOOP("QtDelivery", "the node closed in an orderly way")},
    {Reason::Superseded, Error::Code::ConnectionLost,
     QT_TRANSLATE_NOOP("QtDelivery", "another connection to the same node took over")},
    {Reason::NotThisProtocol, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP(
         "QtDelivery",
         "the other side does not speak the QtDelivery protocol, or it wants tls://")},
    {Reason::UnsupportedVersion, Error::Code::UnsupportedVersion,
     QT_TRANSLATE_NOOP("QtDelivery", "there is no version of the protocol that both sides know")},
    {Reason::HandshakeTimeout, Error::Code::TimedOut,
     QT_TRANSLATE_NOOP("QtDelivery", "the handshake took longer than handshakeTimeout")},
    {Reason::HeartbeatTimeout, Error::Code::ConnectionLost,
     QT_TRANSLATE_NOOP("QtDelivery", "nothing was heard for longer than heartbeatTimeout")},
    {Reason::FrameTooLarge, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "a frame exceeded maxFrameLength")},
    {Reason::BadChecksum, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "a frame was damaged on its way")},
    {Reason::MalformedFrame, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "a frame was malformed")},
    {Reason::UnknownFrame, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "a frame was of an unknown type")},
    {Reason::UnexpectedFrame, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "a frame came out of turn")},
    {Reason::GrantExceeded, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "the producer sent more than it was granted")},
    {Reason::ImpossibleNumber, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "a frame held an impossible sequence number")},
    {Reason::WrongDigest, Error::Code::ProtocolError,
     QT_TRANSLATE_NOOP("QtDelivery", "the bytes of a large message do not match its digest")},
    {Reason::AuthenticationFailed, Error::Code::NotAuthenticated,
     QT_TRANSLATE_NOOP("QtDelivery",
                       "the two nodes do not have the same shared secret under the same name")},
    {Reason::SecretMissing, Error::Code::NotAuthenticated,
     QT_TRANSLATE_NOOP("QtDelivery",
                       "one of the two nodes has a shared secret, the other has none")},
    {Reason::LimitReached, Error::Code::LimitReached,
     QT_TRANSLATE_NOOP("QtDelivery", "a limit of the node's settings was reached")},
    {Reason::SelfConnection, Error::Code::InvalidArgument,
     QT_TRANSLATE_NOOP("QtDelivery", "the node is connected to itself")},
    {Reason::ConnectionLost, Error::Code::ConnectionLost,
     QT_TRANSLATE_NOOP("QtDelivery", "the connection broke")},
};

} // namespace

Error linkError(Reason reason, const QString &nodeId, bool byPeer)
{
    Error::Code code = Error::Code::ProtocolError;
    QString text;
    for (const Wording &wording : wordings) {
        if (wording.reason == reason) {
            code = wording.code;
            text = QCoreApplication::translate("QtDelivery", wording.text);
        }
    }
    if (text.isEmpty()) // a later version's
        text = QCoreApplication::translate("QtDelivery", "reason %1").arg(int(reason));
    const QString peer =
        nodeId.isEmpty() ? QCoreApplication::translate("QtDelivery", "an unknown node") : nodeId;
    //: %1 is a node's name, %2 one of the texts above
    const QString sentence = byPeer
        ? QCoreApplication::translate("QtDelivery", "%1 closed the link: %2.")
        //: %1 is a node's name, %2 one of the texts above
        : QCoreApplication::translate("QtDelivery", "The link to %1 ended: %2.");
    return {code, sentence.arg(peer, text)};
}

} // namespace QtDelivery
