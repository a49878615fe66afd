// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "splitsecrets.h"

#include "credentialerrors.h"

#include <utility>

namespace QtDelivery {

namespace {

// So often another one may write between two of our reads.
constexpr int MaxAttempts = 10;

} // namespace

void SplitSecrets::carryOut(const CredentialRequest &request, Answer answer)
{
    m_request = request;
    m_answer = std::move(answer);
    m_attempts = 0;
    m_isProbed = false;
    m_isWritten = false;
    readIndex();
}

void SplitSecrets::forget()
{
    m_answer = nullptr;
    m_request = {};
    m_entries->forget();
}

void SplitSecrets::end(const CredentialOutcome &outcome)
{
    m_request = {}; // and the secret in it
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(outcome);
}

void SplitSecrets::fail(const Error &error)
{
    end({.error = m_isWritten ? Error() : error});
}

void SplitSecrets::get(const QString &key, BytesStep next, Step missing)
{
    m_entries->get(key, [=, this](const Result<QByteArray> &value) {
        if (value)
            next(*value);
        else if (value.error().code() != Error::Code::CredentialNotFound)
            fail(value.error());
        else if (m_isProbed)
            missing();
        else
            probe([=, this] { get(key, next, missing); });
    });
}

void SplitSecrets::put(const QString &key, const QByteArray &value, Step next)
{
    m_entries->put(key, value, [next = std::move(next), this](const Error &error) {
        if (error)
            fail(error);
        else
            next();
    });
}

void SplitSecrets::probe(Step next)
{
    put(QStringLiteral("probe"), QByteArrayLiteral("1"), [next = std::move(next), this] {
        m_isProbed = true;
        next();
    });
}

void SplitSecrets::readAgain()
{
    if (++m_attempts < MaxAttempts)
        readIndex();
    else
        fail(secretsDamaged());
}

void SplitSecrets::readIndex()
{
    const auto found = [this](const QByteArray &entry) {
        const Result<IndexHead> head = decodeIndexHead(entry);
        if (head)
            readIndexParts(*head, head->first, 1);
        else
            fail(head.error());
    };
    get(indexHeadKey(), found, [this] { useIndex({}); });
}

void SplitSecrets::readIndexParts(const IndexHead &head, const QByteArray &bytes, int number)
{
    if (number <= head.parts) {
        const auto found = [=, this](const QByteArray &part) {
            readIndexParts(head, bytes + part, number + 1);
        };
        get(indexPartKey(head.serial, number), found, [this] { readAgain(); });
        return;
    }
    const Result<SecretIndex> index = decodeIndex(head, bytes);
    if (index)
        useIndex(*index);
    else
        readAgain();
}

void SplitSecrets::useIndex(const SecretIndex &index)
{
    using Kind = CredentialRequest::Kind;
    m_index = index;
    const bool needsOne = m_request.kind == Kind::Read || m_request.kind == Kind::Remove;
    if (needsOne && !index.secrets.contains(m_request.name))
        return fail(credentialNotFound(m_request.name));
    switch (m_request.kind) {
    case Kind::Read:
        return readPieces(index.secrets.value(m_request.name), {}, 0);
    case Kind::Write:
        return writeSecret();
    case Kind::Remove:
        return removeSecret();
    case Kind::ListNames:
        return end({.names = index.secrets.keys()});
    }
}

void SplitSecrets::readPieces(const SecretPieces &pieces, const QByteArray &bytes, int number)
{
    if (number < pieces.count) {
        const auto found = [=, this](const QByteArray &piece) {
            readPieces(pieces, bytes + piece, number + 1);
        };
        get(pieceKey(pieces.token, number), found, [this] { readAgain(); });
        return;
    }
    if (secretDigest(bytes) == pieces.digest)
        end({.secret = bytes});
    else
        readAgain();
}

void SplitSecrets::writeSecret()
{
    const QByteArrayList parts = splitBytes(m_request.secret, MaxEntryBytes);
    const SecretPieces pieces{.token = m_makeToken(),
                              .count = qint32(parts.size()),
                              .digest = secretDigest(m_request.secret)};
    m_index.garbage.append(pieces);
    writeIndex([=, this] { writePieces(pieces, parts, 0); });
}

void SplitSecrets::writePieces(const SecretPieces &pieces, const QByteArrayList &parts, int number)
{
    if (number < parts.size())
        put(pieceKey(pieces.token, number), parts[number],
            [=, this] { writePieces(pieces, parts, number + 1); });
    else
        makeCurrent(pieces);
}

void SplitSecrets::makeCurrent(const SecretPieces &pieces)
{
    m_index.garbage.removeOne(pieces);
    if (const auto former = m_index.secrets.constFind(m_request.name);
        former != m_index.secrets.constEnd())
        m_index.garbage.append(*former);
    m_index.secrets.insert(m_request.name, pieces);
    writeIndex([this] {
        m_isWritten = true;
        dropGarbage(0);
    });
}

void SplitSecrets::removeSecret()
{
    m_index.garbage.append(m_index.secrets.take(m_request.name));
    writeIndex([this] { dropGarbage(0); });
}

void SplitSecrets::dropGarbage(int number)
{
    if (m_index.garbage.isEmpty())
        return end({});
    const SecretPieces &pieces = m_index.garbage.first();
    if (number < pieces.count) {
        m_entries->drop(pieceKey(pieces.token, number), [=, this](const Error &error) {
            if (error)
                fail(error);
            else
                dropGarbage(number + 1);
        });
        return;
    }
    m_index.garbage.removeFirst();
    if (m_index.garbage.isEmpty())
        writeIndex([this] { end({}); });
    else
        dropGarbage(0);
}

void SplitSecrets::writeIndex(Step next)
{
    ++m_index.serial;
    writeIndexParts(encodeIndex(m_index), 1, next);
}

void SplitSecrets::writeIndexParts(const QByteArrayList &parts, int number, const Step &next)
{
    if (number < parts.size())
        put(indexPartKey(m_index.serial, number), parts[number],
            [=, this] { writeIndexParts(parts, number + 1, next); });
    else
        put(indexHeadKey(), parts.first(), next); // the head last: it is what readers go by
}

} // namespace QtDelivery
