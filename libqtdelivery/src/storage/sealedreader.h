// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/payloadsource.h"
#include "sealedpieces.h"
#include "syncedfile.h"

#include <QtDelivery/payloadreader.h>

#include <optional>

namespace QtDelivery {

/*! \brief The piece of a file that was read last: reading in order decrypts each once. */
class FetchedPiece
{
public:
    /*! Reads piece \a index; false if that is not there, or not as it was written. */
    [[nodiscard]] bool fetch(const SyncedFile &file, const SealedPieces &pieces, qint64 index);
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    qint64 m_index = -1; // -1 = none
    QByteArray m_bytes;
};

/*! \brief Reads an encrypted payload from its file.

    The file is open from a read to that of the last byte, or to one that fails: thousands may wait
   to be read. */
class SealedReader final : public PayloadReader
{
public:
    SealedReader(QString path, std::shared_ptr<const CipherKeys> keys, SealedPayload payload)
        : m_path(std::move(path))
        , m_keys(std::move(keys))
        , m_payload(std::move(payload))
    { }

    [[nodiscard]] qint64 size() const override { return m_payload.size; }
    [[nodiscard]] bool read(qint64 offset, char *to, qint64 size) override;

private:
    [[nodiscard]] Error open();
    void close();

    const QString m_path;
    const std::shared_ptr<const CipherKeys> m_keys;
    const SealedPayload m_payload;
    SyncedFile m_file;
    std::optional<SealedPieces> m_pieces; // if the file is open
    FetchedPiece m_fetched;
};

} // namespace QtDelivery
