// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <core/rangereceiver.h>

#include <QCryptographicHash>
#include <QTest>

using namespace QtDelivery;

namespace {

constexpr qsizetype Size = 5 * 1024 * 1024 + 3; // several pieces
constexpr Incarnation Producer{1, 2};

QByteArray pattern()
{
    QByteArray bytes(Size, Qt::Uninitialized);
    for (qsizetype i = 0; i < Size; ++i)
        bytes[i] = char(i * 31 + i / 257);
    return bytes;
}

QByteArray digestOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256);
}

/*! What a former life has left of one message, in memory. */
class Spool final : public PayloadSpool
{
public:
    class Payload final : public SpooledPayload
    {
    public:
        QString path() const override { return {}; }
        quint64 size() const override { return quint64(Size); }
        void discard() override { }
    };

    class Sink final : public PayloadSink
    {
    public:
        explicit Sink(Spool *spool)
            : m_spool(spool)
        { }
        quint64 have() const override { return quint64(m_spool->bytes.size()); }
        bool read(quint64 offset, char *to, qsizetype size) override
        {
            ++m_spool->reads;
            m_spool->longestRead = std::max(m_spool->longestRead, size);
            std::copy_n(m_spool->bytes.constData() + offset, size, to);
            return m_spool->isReadable;
        }
        bool write(QByteArrayView bytes) override
        {
            m_spool->bytes.append(bytes);
            return true;
        }
        std::shared_ptr<SpooledPayload> finish() override { return std::make_shared<Payload>(); }
        void discard() override { m_spool->bytes.clear(); }

    private:
        Spool *const m_spool;
    };

    std::unique_ptr<PayloadSink> open(Incarnation, SeqNr, quint64) override
    {
        return std::make_unique<Sink>(this);
    }
    std::optional<quint64> find(Incarnation, SeqNr) override { return quint64(Size); }

    QByteArray bytes;
    int reads = 0;
    qsizetype longestRead = 0;
    bool isReadable = true;
};

} // namespace

/*! What a former life has left is verified a piece at a time, while the rest arrives. */
class TestPartialMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void verifiedPieceByPiece_data();
    void verifiedPieceByPiece();
    void h48_badPartIsBegunAnew_data();
    void h48_badPartIsBegunAnew();
    void nextMessageWaitsForTheVerdict();
    void neverTellsThatItIsComplete();

private:
    /*! The bytes from \a offset on, which reach the end. */
    [[nodiscard]] RangeFrame tail(qsizetype offset) const
    {
        return {.seqNr = 7,
                .offset = quint64(offset),
                .totalSize = quint64(Size),
                .digest = m_digest,
                .payload = QByteArrayView(m_bytes).sliced(offset)};
    }

    const QByteArray m_bytes = pattern();
    const QByteArray m_digest = digestOf(m_bytes);
    Spool m_spool;
    std::optional<RangeReceiver> m_receiver;
};

using Outcome = RangeReceiver::Outcome;

void TestPartialMessage::init()
{
    m_spool.bytes.clear();
    m_spool.reads = 0;
    m_spool.isReadable = true;
    m_receiver.emplace(1000, true);
    m_receiver->setSpool(&m_spool);
}

void TestPartialMessage::verifiedPieceByPiece_data()
{
    QTest::addColumn<int>("piecesBefore"); // the rest arrives
    QTest::newRow("the rest first") << 0;
    QTest::newRow("in between") << 2;
    QTest::newRow("the rest last") << 5;
}

void TestPartialMessage::verifiedPieceByPiece()
{
    QFETCH(const int, piecesBefore);
    const qsizetype have = Size - 1000;
    m_spool.bytes = m_bytes.first(have);
    m_receiver->restore(Producer, 7);
    QCOMPARE(m_receiver->have(7), quint64(have));
    for (int i = 0; i < piecesBefore; ++i)
        QCOMPARE(m_receiver->catchUp(), Outcome::Taken);
    QCOMPARE(m_receiver->isBehind(), piecesBefore < 5);
    Outcome outcome = m_receiver->handleRange(tail(have), Producer);
    int pieces = piecesBefore;
    for (; outcome == Outcome::Verifying; ++pieces) {
        QVERIFY(m_receiver->isVerifying());
        outcome = m_receiver->catchUp();
    }
    QCOMPARE(outcome, Outcome::Complete);
    QCOMPARE(pieces, piecesBefore == 5 ? 5 : 6); // the last of 1003 bytes, or of 3
    QCOMPARE(m_spool.reads, pieces);
    QCOMPARE(m_spool.longestRead, 1 << 20);
    ReceiveBuffer buffer;
    buffer.reset(7);
    m_receiver->moveTo(buffer);
    QVERIFY(buffer.hasNext());
    const auto extra = buffer.takeExtra();
    QVERIFY(extra && extra->file);
}

void TestPartialMessage::h48_badPartIsBegunAnew_data()
{
    QTest::addColumn<bool>("isReadable");
    QTest::newRow("another byte") << true;
    QTest::newRow("cannot be read") << false;
}

void TestPartialMessage::h48_badPartIsBegunAnew()
{
    QFETCH(const bool, isReadable);
    const qsizetype have = Size - 1000;
    m_spool.bytes = m_bytes.first(have);
    m_spool.bytes[100] = char(m_spool.bytes[100] + 1);
    m_spool.isReadable = isReadable;
    m_receiver->restore(Producer, 7);
    Outcome outcome = m_receiver->handleRange(tail(have), Producer);
    while (outcome == Outcome::Verifying)
        outcome = m_receiver->catchUp();
    QCOMPARE(outcome, Outcome::Missing);
    QVERIFY(m_spool.bytes.isEmpty());
    const auto resend = m_receiver->pollResend();
    QVERIFY(resend);
    QCOMPARE(*resend, (ResendFrame{7, 7, 0}));
    m_spool.isReadable = true;
    QCOMPARE(m_receiver->handleRange(tail(0), Producer), Outcome::Complete);
}

void TestPartialMessage::nextMessageWaitsForTheVerdict()
{
    const qsizetype have = Size - 1000;
    m_spool.bytes = m_bytes.first(have);
    m_receiver->restore(Producer, 7);
    QCOMPARE(m_receiver->handleRange(tail(have), Producer), Outcome::Verifying);
    const RangeFrame next{
        .seqNr = 8, .offset = 0, .totalSize = 5000, .digest = {}, .payload = "next"};
    QCOMPARE(m_receiver->handleRange(next, Producer), Outcome::Missing);
    QVERIFY(!m_receiver->hasResend()); // it would come too early again
    Outcome outcome = Outcome::Verifying;
    while (outcome == Outcome::Verifying)
        outcome = m_receiver->catchUp();
    QCOMPARE(outcome, Outcome::Complete);
    ReceiveBuffer buffer;
    buffer.reset(7);
    m_receiver->moveTo(buffer);
    QCOMPARE(m_receiver->pollResend(), std::optional<ResendFrame>(ResendFrame{8, 8, 0}));
}

/*! The producer would send all of it to somebody who has all of it. */
void TestPartialMessage::neverTellsThatItIsComplete()
{
    m_spool.bytes = m_bytes.first(Size - 1);
    m_receiver->restore(Producer, 7);
    QCOMPARE(m_receiver->handleRange(tail(Size - 1), Producer), Outcome::Verifying);
    QCOMPARE(m_receiver->have(7), quint64(Size - 1));
}

QTEST_APPLESS_MAIN(TestPartialMessage)
#include "tst_partialmessage.moc"
