// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "frames.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace QtDelivery {

/*! What two nodes have in common, and what they call it. */
struct LinkSecret
{
    QString name;
    QByteArray key;
};

/*! What both sides of a connection have seen when one proves its secret to the other. */
struct LinkTranscript
{
    const HelloFrame &initiator;
    const HelloFrame &acceptor;
    QByteArrayView channelBinding; //!< what both know of the encryption below; empty without one
};

enum class Prover : quint8 { Initiator = 1, Acceptor = 2 };

/*!
    What \a prover sends to show that it has \a key, without showing it: HMAC-SHA-256 over its role,
    both Hellos and the channel binding.

    The other side's nonce is in its Hello, so a proof of another connection is worth nothing; the
    role is in it, so one's own proof is worth nothing when it comes back; the identities are in it,
    so it is worth nothing at a third node; and the channel binding is, so that nobody can stand
    between two encrypted connections and pass proofs on. */
[[nodiscard]] QByteArray linkProof(Prover prover, const QByteArray &key,
                                   const LinkTranscript &transcript);

/*! Whether both are equal, in a time that tells nothing of where they differ. */
[[nodiscard]] bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace QtDelivery
