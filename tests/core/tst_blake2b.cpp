// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/blake2b.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>

using namespace QtDelivery;

class TestBlake2b : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownDigests_data();
    void knownDigests();
    void piecesMakeNoDifference();
};

void TestBlake2b::knownDigests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("digest");
    // As `b2sum -l 256` prints them.
    QTest::newRow("nothing") << QByteArray()
                             << QByteArray("0e5751c026e543b2e8ab2eb06099daa1"
                                           "d1e5df47778f7787faab45cdf12fe3a8");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray("bddd813c634239723171ef3fee98579b"
                                       "94964e3bb1cb3e427262c8c068d52319");
}

void TestBlake2b::knownDigests()
{
    QFETCH(const QByteArray, bytes);
    Blake2b hash;
    hash.addData(bytes);
    QTEST(hash.result().toHex(), "digest");
}

void TestBlake2b::piecesMakeNoDifference()
{
    QByteArray bytes(10'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 7 + i / 251);
    Blake2b hash;
    qsizetype size = 1;
    for (qsizetype at = 0; at < bytes.size(); at += size, size = size * 2 % 509) {
        size = std::min(size, bytes.size() - at);
        hash.addData(QByteArrayView(bytes).sliced(at, size));
    }
    QCOMPARE(hash.result(), QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256));
}

QTEST_APPLESS_MAIN(TestBlake2b)
#include "tst_blake2b.moc"
