// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sealedstate.h"

#include "alternatingcopies.h"
#include "keyerrors.h"

#include <QtEndian>

namespace QtDelivery {

namespace {

constexpr qint64 HeadSize = KeyIdSize + FileSaltSize;
constexpr quint64 OnlyPlace = 0; // there is only one piece

QByteArray headerOf(quint64 serial, QByteArrayView head)
{
    QByteArray header("QtDelivery: state");
    const quint64 number = qToLittleEndian(serial);
    header.append(reinterpret_cast<const char *>(&number), sizeof number);
    header.append(head.data(), head.size());
    return header;
}

} // namespace

QByteArray encryptState(const CipherKeys &keys, quint64 serial, QByteArrayView state)
{
    const QByteArray keyId = keys.ids().constFirst();
    QByteArray bytes = keyId + keys.newSalt();
    const auto cipher = keys.cipher(keyId, headerOf(serial, bytes));
    if (!cipher)
        return {};
    bytes.append(state.data(), state.size());
    bytes.append(PieceTagSize, '\0');
    cipher->seal(OnlyPlace, {}, bytes.data() + HeadSize, state.size());
    return bytes;
}

Error decryptState(const CipherKeys *keys, const QString &path, quint64 serial, QByteArray *state)
{
    if (state->size() < HeadSize + PieceTagSize)
        return damaged(path);
    const QByteArrayView head = QByteArrayView(*state).first(HeadSize);
    const QByteArray keyId = head.first(KeyIdSize).toByteArray();
    const auto cipher = keys ? keys->cipher(keyId, headerOf(serial, head)) : nullptr;
    if (!cipher)
        return noCipher(keys, path, keyId);
    const qint64 size = state->size() - HeadSize - PieceTagSize;
    if (!cipher->open(OnlyPlace, {}, state->data() + HeadSize, size))
        return damaged(path);
    *state = state->mid(HeadSize, size);
    return {};
}

} // namespace QtDelivery
