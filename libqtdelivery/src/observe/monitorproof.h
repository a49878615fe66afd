// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace QtDelivery {

constexpr qsizetype MonitorNonceSize = 32;

/*! What process and watcher have both seen when one proves to the other that it has the token. */
struct MonitorTranscript
{
    QByteArray processNonce{};
    QByteArray watcherNonce{};
    QByteArray channelBinding{}; //!< Connection::channelBinding()
};

enum class MonitorProver : quint8 { Watcher = 1, Process = 2 };

/*!
    What \a prover sends to show that it has \a token, without showing it: HMAC-SHA-256 over its
   role, both nonces and the channel binding.

    As with linkProof(): the other side's nonce makes a proof of another connection worthless, the
   role one's own proof that comes back, and the channel binding one that somebody between two
   encrypted connections passes on. All parts but the purpose have a fixed size, so no two
   transcripts look alike. */
[[nodiscard]] QByteArray monitorProof(MonitorProver prover, const QByteArray &token,
                                      const MonitorTranscript &transcript);

/*! MonitorNonceSize bytes that nobody can guess. */
[[nodiscard]] QByteArray newMonitorNonce();

} // namespace QtDelivery
