// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linkproof.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

namespace QtDelivery {

namespace {

constexpr char Purpose[] = "QtDelivery link proof 1"; // with the NUL behind it

/*! Fields of changing length are told apart by their length, or two transcripts could look alike.
 */
void addField(QMessageAuthenticationCode &mac, QByteArrayView field)
{
    const quint32 size = qToLittleEndian(quint32(field.size()));
    mac.addData(reinterpret_cast<const char *>(&size), sizeof(size));
    mac.addData(field.data(), field.size());
}

/*! Without the header: its checksum and flags are not the sender's alone. */
void addHello(QMessageAuthenticationCode &mac, const HelloFrame &hello)
{
    QByteArray frame;
    FrameWriter(frame).write(hello);
    addField(mac, QByteArrayView(frame).sliced(FrameHeaderSize));
}

} // namespace

QByteArray linkProof(Prover prover, const QByteArray &key, const LinkTranscript &transcript)
{
    QMessageAuthenticationCode mac(QCryptographicHash::Sha256, key);
    mac.addData(Purpose, sizeof(Purpose));
    const char role = char(prover);
    mac.addData(&role, 1);
    addHello(mac, transcript.initiator);
    addHello(mac, transcript.acceptor);
    addField(mac, transcript.channelBinding);
    return mac.result();
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size()) // no secret: the size of a proof is in the protocol
        return false;
    volatile uchar difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = difference | (uchar(a[i]) ^ uchar(b[i]));
    return difference == 0;
}

} // namespace QtDelivery
