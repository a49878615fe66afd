// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "security/storageciphers.h"

#include <QtDelivery/storagekeys.h>

#include <QTest>

#include <set>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

namespace {

QByteArray key(char filled)
{
    return {StorageKeySize, filled};
}

std::shared_ptr<const CipherKeys> keys(const QList<QByteArray> &all)
{
    const auto made = makeCipherKeys(all);
    return made ? *made : nullptr;
}

const QByteArrayView Head("head");
const QByteArray Plain("nobody's business");

/*! \a plain at \a place, encrypted, with what is behind it. */
QByteArray sealed(const PieceCipher &cipher, quint64 place, const QByteArray &plain = Plain)
{
    QByteArray piece = plain + QByteArray(PieceTagSize, '\0');
    cipher.seal(place, Head, piece.data(), plain.size());
    return piece;
}

/*! What is in \a piece; null if it is not as it was sealed. */
QByteArray opened(const PieceCipher &cipher, quint64 place, QByteArray piece,
                  QByteArrayView head = Head)
{
    const qsizetype size = piece.size() - PieceTagSize;
    return cipher.open(place, head, piece.data(), size) ? piece.first(size) : QByteArray();
}

} // namespace

class TestStorageKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secrets_data();
    void secrets();
    void idsTellKeysApart();
    void noKeyIsTheDefault();
    void aPieceComesBack();
    void everyChangeIsNoticed();
    void aPieceBelongsToItsFileAndPlace();
    void olderKeysStillRead();
};

void TestStorageKeys::secrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("isKey");
    QTest::newRow("32 bytes") << key('k') << true;
    QTest::newRow("its base64") << key('k').toBase64() << true;
    QTest::newRow("and the end of a line") << key('k').toBase64() + "\n" << true;
    QTest::newRow("31 bytes") << key('k').chopped(1) << false;
    QTest::newRow("base64 of 33 bytes") << (key('k') + 'k').toBase64() << false;
    QTest::newRow("a passphrase") << QByteArray("open sesame") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TestStorageKeys::secrets()
{
    QFETCH(QByteArray, secret);
    QFETCH(bool, isKey);
    const auto made = StorageKeys::fromSecret(secret);
    QCOMPARE(made.hasValue(), isKey);
    QCOMPARE(StorageKeys::fromSecret(key('a'), {secret}).hasValue(), isKey);
    if (isKey) {
        QVERIFY(!made->isEmpty());
        QCOMPARE(made->ids(), StorageKeys::fromSecret(key('k'))->ids());
        return;
    }
    QCOMPARE(made.error().code(), Error::Code::InvalidArgument);
    QVERIFY(secret.isEmpty() || !made.error().message().contains(QString::fromLatin1(secret)));
}

void TestStorageKeys::idsTellKeysApart()
{
    const auto made = StorageKeys::fromSecret(key('a'), {key('b'), key('c')});
    QVERIFY(made);
    QCOMPARE(made->ids().size(), 3);
    QCOMPARE(made->ids().first(), StorageKeys::fromSecret(key('a'))->ids().first());
    std::set<QString> ids;
    for (const QString &id : made->ids()) {
        QCOMPARE(id.size(), 2 * KeyIdSize);
        ids.insert(id);
    }
    QCOMPARE(ids.size(), size_t(3));
}

void TestStorageKeys::noKeyIsTheDefault()
{
    QVERIFY(StorageKeys().isEmpty());
    QVERIFY(StorageKeys().ids().isEmpty());
}

void TestStorageKeys::aPieceComesBack()
{
    const auto cipher = keys({key('a')})->cipher(keys({key('a')})->ids().first(), "file");
    QVERIFY(cipher);
    for (const QByteArray &plain : {QByteArray(), QByteArray("x"), QByteArray(100'000, 'x')}) {
        const QByteArray piece = sealed(*cipher, 8, plain);
        QVERIFY(plain.isEmpty() || !piece.contains(plain));
        QCOMPARE(opened(*cipher, 8, piece), plain);
    }
}

void TestStorageKeys::everyChangeIsNoticed()
{
    const auto all = keys({key('a')});
    const auto cipher = all->cipher(all->ids().first(), "file");
    const QByteArray piece = sealed(*cipher, 8);
    for (qsizetype at = 0; at < piece.size(); ++at) {
        QByteArray changed = piece;
        changed[at] = char(changed[at] ^ 1);
        QVERIFY2(opened(*cipher, 8, changed).isNull(), qPrintable(QString::number(at)));
    }
    QVERIFY(opened(*cipher, 8, piece, "Head").isNull());
    QCOMPARE(opened(*cipher, 8, piece), Plain);
}

void TestStorageKeys::aPieceBelongsToItsFileAndPlace()
{
    const auto all = keys({key('a')});
    const QByteArray id = all->ids().first();
    const auto cipher = all->cipher(id, "file");
    const QByteArray piece = sealed(*cipher, 8);
    QVERIFY(opened(*cipher, 16, piece).isNull());
    QVERIFY(opened(*all->cipher(id, "another"), 8, piece).isNull());
    QVERIFY(sealed(*cipher, 16) != piece);
    QCOMPARE(opened(*all->cipher(id, "file"), 8, piece), Plain);
    QVERIFY(all->newSalt() != all->newSalt());
    QCOMPARE(all->newSalt().size(), FileSaltSize);
}

void TestStorageKeys::olderKeysStillRead()
{
    const auto old = keys({key('a')});
    const QByteArray id = old->ids().first();
    const QByteArray piece = sealed(*old->cipher(id, "file"), 8);
    const auto rotated = keys({key('b'), key('a')});
    QVERIFY(rotated->ids().first() != id);
    const auto cipher = rotated->cipher(id, "file");
    QVERIFY(cipher);
    QCOMPARE(opened(*cipher, 8, piece), Plain);
    QVERIFY(!keys({key('b')})->cipher(id, "file"));
    QVERIFY(!rotated->cipher("unknown!", "file"));
}

QTEST_APPLESS_MAIN(TestStorageKeys)
#include "tst_storagekeys.moc"
