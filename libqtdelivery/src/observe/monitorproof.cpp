// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "monitorproof.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <array>

namespace QtDelivery {

namespace {

constexpr char Purpose[] = "QtDelivery monitor proof 1"; // with the NUL behind it

} // namespace

QByteArray monitorProof(MonitorProver prover, const QByteArray &token,
                        const MonitorTranscript &transcript)
{
    QMessageAuthenticationCode mac(QCryptographicHash::Sha256, token);
    mac.addData(Purpose, sizeof(Purpose));
    const char role = char(prover);
    mac.addData(&role, 1);
    mac.addData(transcript.processNonce);
    mac.addData(transcript.watcherNonce);
    mac.addData(transcript.channelBinding);
    return mac.result();
}

QByteArray newMonitorNonce()
{
    std::array<quint32, MonitorNonceSize / sizeof(quint32)> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    return {reinterpret_cast<const char *>(words.data()), MonitorNonceSize};
}

} // namespace QtDelivery
