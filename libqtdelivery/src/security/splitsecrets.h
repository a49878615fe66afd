// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "secretentries.h"
#include "secretindex.h"

#include <QtDelivery/credentialstore.h>

#include <functional>

namespace QtDelivery {

/*!
    \brief Secrets of any length and their names, in the short entries of a keychain.

    Theory of operation
    -------------------
    A secret is cut into pieces, each an entry under a key that is never used again. The index says
   which names there are and where their pieces are; its head is the one entry by whose replacement
   a writer makes a secret appear, change or disappear. So a reader finds the former secret or the
   new one, and a writer that ends between two entries changes nothing:

        write    index (the new pieces are garbage), pieces, index (they are the secret's, the
                 former ones are garbage), drop the garbage, index (without it)
        remove   index (the pieces are garbage), drop the garbage, index (without it)

    What a writer that ended in between left behind is in the index as garbage, and dropped by the
   next one. Writers exclude each other by a lock that the owner has; readers need none: what does
   not fit together was replaced in the meantime, so they read again, a few times.

    A locked keychain of which nobody gives the password says that an entry does not exist, and that
   one was dropped which was not; only writing fails. So whenever something is missing a probe is
   written, which shows whether that is true; then the missing entry is read once more, since the
   keychain may have been opened for the probe.

    One request at a time. The answer may come from within the call, and may destroy this.
*/
class SplitSecrets
{
public:
    using Answer = std::function<void(const CredentialOutcome &)>;

    /*! \a entries must live longer. \a makeToken: another text with each call. */
    SplitSecrets(SecretEntries *entries, std::function<QString()> makeToken)
        : m_entries(entries)
        , m_makeToken(std::move(makeToken))
    { }
    Q_DISABLE_COPY_MOVE(SplitSecrets)

    void carryOut(const CredentialRequest &request, Answer answer);
    /*! The request that is under way is not answered any more. */
    void forget();

private:
    using Step = std::function<void()>;
    using BytesStep = std::function<void(const QByteArray &)>;

    void readIndex();
    void readIndexParts(const IndexHead &head, const QByteArray &bytes, int number);
    void useIndex(const SecretIndex &index);
    void readPieces(const SecretPieces &pieces, const QByteArray &bytes, int number);
    void writeSecret();
    void writePieces(const SecretPieces &pieces, const QByteArrayList &parts, int number);
    void removeSecret();
    void makeCurrent(const SecretPieces &pieces);
    void dropGarbage(int number);
    void writeIndex(Step next);
    void writeIndexParts(const QByteArrayList &parts, int number, const Step &next);

    void get(const QString &key, BytesStep next, Step missing);
    void put(const QString &key, const QByteArray &value, Step next);
    void probe(Step next);
    /*! What was read does not fit together. */
    void readAgain();
    void fail(const Error &error);
    void end(const CredentialOutcome &outcome);

    SecretEntries *const m_entries;
    const std::function<QString()> m_makeToken;
    CredentialRequest m_request;
    Answer m_answer;
    SecretIndex m_index;
    int m_attempts = 0;
    bool m_isProbed = false; // something was missing, and the keychain was open
    bool m_isWritten = false; // what can fail now is only to clean up
};

} // namespace QtDelivery
