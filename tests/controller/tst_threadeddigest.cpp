// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "controller/threadeddigest.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>
#include <thread>
#include <vector>

using namespace QtDelivery;

// The digest of a large message, computed in another thread.

class TestThreadedDigest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameAsDirect_data();
    void sameAsDirect();
    void settledBytesMayGo();
    void shortOnesHaveNoThread();
    void moreThanProcessors();
    void givenUp();
};

namespace {

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

enum class How { Copied, InPlace };

void addAll(DigestStream &digest, QByteArrayView bytes, qsizetype piece, How how = How::Copied)
{
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        const QByteArrayView next = bytes.sliced(at, std::min(piece, bytes.size() - at));
        how == How::Copied ? digest.add(next) : digest.addInPlace(next);
    }
}

bool isThreaded(const DigestStream *digest)
{
    return dynamic_cast<const ThreadedDigest *>(digest);
}

} // namespace

void TestThreadedDigest::sameAsDirect_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qsizetype>("piece");
    QTest::addColumn<How>("how");
    const qsizetype least = ThreadedDigest::MinSize;
    for (const qsizetype size : {least, least + 1, 3 * least - 1, 8 * least}) {
        for (const qsizetype piece : {997, 65536, 300'000, 5'000'000}) {
            QTest::addRow("%lld in pieces of %lld", qint64(size), qint64(piece))
                << size << qsizetype(piece) << How::Copied;
            QTest::addRow("%lld in pieces of %lld, in place", qint64(size), qint64(piece))
                << size << qsizetype(piece) << How::InPlace;
        }
    }
}

/*! More than may wait, with pieces of which few or many may. */
void TestThreadedDigest::sameAsDirect()
{
    QFETCH(const qsizetype, size);
    QFETCH(const qsizetype, piece);
    QFETCH(const How, how);
    const QByteArray bytes = pattern(size);
    const auto digest = ThreadedDigest::make(quint64(size));
    QCOMPARE(isThreaded(digest.get()), std::thread::hardware_concurrency() > 1);
    addAll(*digest, bytes, piece, how);
    QCOMPARE(digest->result(), QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256));
}

/*! Memory that is needed for something else now. */
void TestThreadedDigest::settledBytesMayGo()
{
    const QByteArray bytes = pattern(3 * ThreadedDigest::MinSize);
    const auto digest = ThreadedDigest::make(quint64(bytes.size()));
    constexpr qsizetype part = 700'000;
    QByteArray memory(part, Qt::Uninitialized);
    for (qsizetype at = 0; at < bytes.size(); at += part) {
        const QByteArrayView next =
            QByteArrayView(bytes).sliced(at, std::min(part, bytes.size() - at));
        std::ranges::copy(next, memory.data());
        addAll(*digest, QByteArrayView(memory).first(next.size()), 65536, How::InPlace);
        digest->settle();
        memory.fill('x');
    }
    QCOMPARE(digest->result(), QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256));
}

void TestThreadedDigest::shortOnesHaveNoThread()
{
    const QByteArray bytes = pattern(1000);
    const auto digest = ThreadedDigest::make(ThreadedDigest::MinSize - 1);
    QVERIFY(!isThreaded(digest.get()));
    addAll(*digest, bytes, 100);
    QCOMPARE(digest->result(), QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256));
}

/*! However many messages there are at a time: a bounded number of threads. */
void TestThreadedDigest::moreThanProcessors()
{
    const unsigned processors = std::thread::hardware_concurrency();
    const unsigned most = processors > 1 ? processors : 0;
    const QByteArray bytes = pattern(2 * ThreadedDigest::MinSize);
    const QByteArray expected = QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256);
    for (int round = 0; round < 2; ++round) { // what is over gives its place back
        std::vector<std::unique_ptr<DigestStream>> digests;
        for (unsigned i = 0; i < most + 3; ++i)
            digests.push_back(ThreadedDigest::make(quint64(bytes.size())));
        QCOMPARE(std::ranges::count_if(digests,
                                       [](const auto &digest) { return isThreaded(digest.get()); }),
                 most);
        for (const auto &digest : digests)
            addAll(*digest, bytes, 65536);
        for (const auto &digest : digests)
            QCOMPARE(digest->result(), expected);
        const auto next = ThreadedDigest::make(quint64(bytes.size()));
        QCOMPARE(isThreaded(next.get()), most > 0); // although all of them are still there
    }
}

/*! A lost link, a cancelled message: nobody asks for the result. */
void TestThreadedDigest::givenUp()
{
    const QByteArray bytes = pattern(ThreadedDigest::MinSize);
    for (int i = 0; i < 50; ++i) {
        const auto digest = ThreadedDigest::make(quint64(bytes.size()));
        addAll(*digest, QByteArrayView(bytes).first(i * 20'000), 65536);
    }
    QVERIFY(isThreaded(ThreadedDigest::make(quint64(bytes.size())).get())
            == (std::thread::hardware_concurrency() > 1));
}

QTEST_APPLESS_MAIN(TestThreadedDigest)
#include "tst_threadeddigest.moc"
