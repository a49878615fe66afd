// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Opens a journal whose files are the input: as they are, or put together from records with bodies
// of the input and checksums that are right, encrypted or not. What can be opened must go on
// working and say the same when it is opened again.

#include "storage/journal.h"
#include "storage/journalinspector.h"
#include "storage/simulateddisk.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace QtDelivery;
using namespace QtDelivery::Test;

namespace {

constexpr qint64 SegmentSize = 1024;

void check(bool ok, int line = __builtin_LINE())
{
    if (ok)
        return;
    std::fprintf(stderr, "check in line %d failed\n", line);
    std::abort();
}

class Input
{
public:
    Input(const uint8_t *data, size_t size)
        : m_bytes(reinterpret_cast<const char *>(data), qsizetype(size))
    { }

    [[nodiscard]] bool atEnd() const { return m_bytes.isEmpty(); }
    quint8 byte() { return quint8(take(1).at(0)); }
    QByteArray take(qsizetype size)
    {
        QByteArray bytes = m_bytes.first(std::min(size, m_bytes.size())).toByteArray();
        m_bytes = m_bytes.sliced(bytes.size());
        bytes.resize(size, '\0');
        return bytes;
    }
    QByteArray rest() { return take(m_bytes.size()); }

private:
    QByteArrayView m_bytes;
};

/*! Encrypts nothing, so that the input is what is decrypted; its authenticators are zeros. */
class TransparentCipher final : public PieceCipher
{
public:
    void seal(const PieceNonce &, QByteArrayView, char *data, qint64 size) const override
    {
        std::fill_n(data + size, PieceTagSize, '\0');
    }
    bool open(const PieceNonce &, QByteArrayView, char *data, qint64 size) const override
    {
        return std::all_of(data + size, data + size + PieceTagSize, [](char c) { return c == 0; });
    }
};

class TransparentKeys final : public CipherKeys
{
public:
    QByteArrayList ids() const override { return {QByteArray(KeyIdSize, 'k')}; }
    QByteArray newSalt() const override { return QByteArray(FileSaltSize, 's'); }
    std::unique_ptr<PieceCipher> cipher(QByteArrayView keyId, QByteArrayView) const override
    {
        return keyId == ids().constFirst() ? std::make_unique<TransparentCipher>() : nullptr;
    }
};

using Keys = std::shared_ptr<const CipherKeys>; // null: not encrypted

SegmentHeader header(quint64 number, const Keys &keys)
{
    SegmentHeader header{QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), number, SegmentSize,
                         QStringLiteral("orders")};
    if (keys) {
        header.keyId = keys->ids().constFirst();
        header.salt = keys->newSalt();
    }
    return header;
}

/*! A segment with records that are valid as far as checksums go. */
QByteArray segment(quint64 number, Input &input, const Keys &keys)
{
    const SegmentHeader first = header(number, keys);
    const std::unique_ptr<PieceCipher> cipher = first.cipher(keys.get());
    QByteArray bytes = encodeSegmentHeader(first);
    RecordWriter writer(bytes, first.seed(), 0, 0, cipher.get());
    for (int count = input.byte() % 16; count > 0 && !input.atEnd(); --count) {
        const RecordType type = RecordType(input.byte() % 7);
        const qsizetype size = input.byte();
        if (writer.end() + RecordHeaderSize + aligned(size + PieceTagSize) > SegmentSize)
            break;
        writer.writeBody(type, input.take(size));
    }
    bytes.resize(SegmentSize, '\0');
    return bytes;
}

QMap<QString, QByteArray> files(quint8 kind, Input &input, const Keys &keys)
{
    QMap<QString, QByteArray> files;
    const int count = 1 + (kind & 7) % 3;
    for (int i = 1; i <= count; ++i) {
        QByteArray bytes;
        if (kind & 4)
            bytes = segment(quint64(i), input, keys);
        else
            bytes = i == count ? input.rest() : input.take(SegmentSize);
        files.insert(segmentFileName(quint64(i)), bytes);
    }
    return files;
}

JournalConfig config(const Keys &keys)
{
    JournalConfig config;
    config.keys = keys;
    config.segmentSize = SegmentSize;
    config.snapshotEvery = 3;
    return config;
}

void use(SimulatedDisk &disk, const Keys &keys)
{
    DurableProducerState before;
    {
        Journal journal(disk, config(keys));
        const auto opened = journal.open(QStringLiteral("orders"), QUuid(), {});
        if (!opened) {
            check(!opened.error().message().isEmpty());
            return;
        }
        before = *opened;
        if (before.currentSeqNr >= MaxSeqNr - 1)
            return;
        const DurableMessage message{before.currentSeqNr, QByteArray(100, 'x'), {}, {}};
        check(!journal.append({message}, {}) && !journal.sync());
        journal.mark();
        before.addMessageSent(message);
    }
    Journal journal(disk, config(keys));
    const auto opened = journal.open(QStringLiteral("orders"), QUuid(), {});
    check(bool(opened));
    ++before.generation;
    check(*opened == before);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    Input input(data, size);
    const quint8 kind = input.byte();
    const Keys keys = kind & 8 ? std::make_shared<TransparentKeys>() : nullptr;
    SimulatedDisk disk;
    disk.setFiles(files(kind, input, keys));
    check(bool(inspectJournal(disk, {}, keys.get())));
    use(disk, keys);
    return 0;
}
